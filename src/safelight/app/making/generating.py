"""A photo handed to the person's own generator, and the picture that comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from safelight.app.composition import Rooms
from safelight.app.generating import Asked, Exchange, Generator, find_generator
from safelight.app.making.altering import (
    COPY,
    Alteration,
    Altered,
    build_alter_request,
    parse_altered,
)
from safelight.app.making.keeping import Made, Shelf
from safelight.app.making.pictures import Pictures
from safelight.app.making.wishes import Progress, Wish
from safelight.app.steps import STEP_ALTER
from safelight.library.catalogue import Row
from safelight.library.records import subject_of
from safelight.model.consent import Permit, Purpose, Refusal
from safelight.model.creations import Creation, CreationKind
from safelight.model.errors import RefusedError, RenderError, UserError
from safelight.model.jobs import Job

GENERATOR = "generator"
NEEDS = (Purpose.REMOTE, Purpose.RESTYLE)
"""What must be on for a photo before it is handed to a generator, besides `library`."""
USUAL_STRENGTH = 0.5
_HANDED_OVER, _PICTURE_BACK = 0.1, 0.9
"""Shares of the work at which the generator begins and ends."""
_SENT_EDGE = 1024
_KEPT_EDGE = 2048
_MOST_MEGAPIXELS = 40.0
_LONGEST_WORDS = 1000


class Generating:
    """Hands over one photo at a time: recorded before it leaves, consent asked all the way."""

    def __init__(self, rooms: Rooms, pictures: Pictures, shelf: Shelf) -> None:
        self._rooms = rooms
        self._pictures = pictures
        self._shelf = shelf

    @property
    def named(self) -> bool:
        """Whether the settings name a generator."""
        return bool(self._rooms.settings.generator)

    def refusal(self) -> Refusal | None:
        """The first switch that is off; None where all are on."""
        found = map(self._rooms.gate.refusal, NEEDS)
        return next((refusal for refusal in found if refusal is not None), None)

    def make(self, wish: Wish, report: Progress) -> Creation:
        """Let the generator make a picture of a photo and of words, and keep it.

        Raises:
            UserError: the generator's address is not of this machine, or there are no words.
            RefusedError: consent does not cover it, or ended before the picture was kept.
            RenderError: the generator gives no picture.
        """
        generator, words = find_generator(self._rooms.settings), _words(wish)
        row = self._pictures.one(wish)
        permits = self._permits(row)
        sent = self._pictures.altered(row["id"], Alteration(COPY, _SENT_EDGE))

        def go_on(share: float) -> None:
            report(_HANDED_OVER + (_PICTURE_BACK - _HANDED_OVER) * share)
            self._check(permits, row)

        strength = USUAL_STRENGTH if wish.strength is None else wish.strength
        asked = Asked(sent.content, sent.width, sent.height, words, strength, wish.seed)
        made = self._read(row, self._ask(generator, asked, permits[0], row, go_on))
        go_on(1.0)
        creation = self._shelf.keep_wished(_described(row, generator, asked, made), wish, NEEDS)
        try:
            self._check(permits, row)
        except RefusedError:  # withdrawn while it was written, perhaps after its erasure looked
            self._rooms.creations.remove(creation.id)
            raise
        return creation

    def _permits(self, row: Row) -> list[Permit]:
        found = []
        for purpose in NEEDS:
            decision = self._rooms.gate.decide(purpose, [subject_of(row)])
            if isinstance(decision, Refusal):
                raise RefusedError(decision.text)
            found.append(decision)
        return found

    def _check(self, permits: Sequence[Permit], row: Row) -> None:
        for permit in permits:
            refusal = self._rooms.gate.check(permit, row["id"])
            if refusal is not None:
                raise RefusedError(refusal.text)

    def _ask(
        self,
        generator: Generator,
        asked: Asked,
        permit: Permit,
        row: Row,
        go_on: Callable[[float], None],
    ) -> bytes:
        go_on(0.0)
        gate = self._rooms.gate
        entry = gate.record_egress(permit, row["id"], asked.photo)
        if isinstance(entry, Refusal):
            raise RefusedError(entry.text)

        def sent() -> None:
            gate.record_egress_done(entry, permit.purpose)

        return generator.make(
            asked, Exchange(self._rooms.settings.generator_timeout_s, go_on, sent)
        )

    def _read(self, row: Row, answer: bytes) -> Altered:
        """The answer as fresh pixels, by a worker: it is believed no more than any file."""
        limit = min(_MOST_MEGAPIXELS, float(self._rooms.settings.max_megapixels))
        request = build_alter_request(answer, Alteration(COPY, _KEPT_EDGE), limit)
        job = Job(row["id"], STEP_ALTER, request, self._rooms.settings.step_timeout_s)
        result = next(iter(self._rooms.interactive.run([job])))
        if result.output is None:
            raise RenderError(f"The generator's answer is no picture: {result.error}")
        return parse_altered(result.output)


def _words(wish: Wish) -> str:
    words = (wish.words or "").strip()
    if not words:
        raise UserError("Say in words what the generator should make of the photo.")
    if len(words) > _LONGEST_WORDS:
        raise UserError(f"The words for the generator are longer than {_LONGEST_WORDS} letters.")
    return words


def _described(row: Row, generator: Generator, asked: Asked, made: Altered) -> Made:
    recipe: dict[str, object] = {
        "kind": str(CreationKind.RESTYLE),
        "asset": row["id"],
        "style": GENERATOR,
        "origin": GENERATOR,
        "generator": generator.name,
        "words": asked.words,
        "strength": asked.strength,
        "seed": asked.seed,
    }
    return Made(
        kind=CreationKind.RESTYLE,
        title=asked.words if len(asked.words) <= 60 else asked.words[:59] + "…",
        media_type="image/jpeg",
        width=made.width,
        height=made.height,
        used=(row["id"],),
        recipe=recipe,
        content=made.content,
    )
