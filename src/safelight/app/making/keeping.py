"""Keeping what was made: recorded first, then stored with the purposes it stands on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from safelight.app.composition import Rooms
from safelight.app.making.wishes import Wish
from safelight.library.storage_errors import storage_errors
from safelight.model.consent import Purpose
from safelight.model.creations import Cell, Creation, CreationKind
from safelight.model.errors import RefusedError

_OPENING = frozenset({Purpose.LIBRARY, Purpose.RESTYLE, Purpose.REMOTE})
"""Purposes under which photos are opened to make something."""


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file and what is to be said of it.

    Attributes:
        used: asset ids, in order.
        recipe: parameters that make it again.
        cells: what was shown of each, where that is known.
        poster: a JPEG that stands for what moves.
    """

    kind: CreationKind
    title: str
    media_type: str
    width: int
    height: int
    used: tuple[str, ...]
    recipe: dict[str, object]
    content: bytes = field(repr=False)
    cells: tuple[Cell, ...] = ()
    poster: bytes = field(default=b"", repr=False)


class Shelf:
    """Where the creations of one library go."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def keep(
        self,
        made: Made,
        idea: str | None,
        purposes: Iterable[Purpose],
    ) -> Creation:
        """Store what was made; withdrawing any of the purposes takes it back.

        Args:
            idea: where it came from.
            purposes: what it stands on, besides `library`.

        Raises:
            RefusedError: one of them was turned off while it was made.
            UserError: the disk is full or cannot be written.
        """
        stands_on = frozenset(purposes) | {Purpose.LIBRARY}
        creation = Creation(
            id=_name_of(made.recipe),
            kind=made.kind,
            title=made.title,
            media_type=made.media_type,
            width=made.width,
            height=made.height,
            used=made.used,
            cells=made.cells,
            recipe=made.recipe,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            idea=idea,
        )
        step = str(creation.kind)
        with storage_errors(self._rooms.settings.home), self._rooms.book.held():
            self._require(stands_on, creation.used)
            for purpose in sorted(stands_on & {Purpose.LIBRARY, Purpose.RESTYLE}):
                self._rooms.record(purpose, step, list(creation.used))
            self._rooms.creations.put(creation, stands_on, made.content, made.poster)
        return creation

    def _require(self, stands_on: frozenset[Purpose], used: Sequence[str]) -> None:
        """Stop unless every purpose is on, and those that opened photos cover all that is used."""
        gate = self._rooms.gate
        for purpose in sorted(stands_on):
            refusal = gate.refusal(purpose)
            if refusal is not None:
                raise RefusedError(f"It was dropped when it was made: {refusal.text}")
        for purpose in sorted(stands_on & _OPENING):
            covered = gate.condition(purpose, "a")
            chosen = "a.id in (select value from json_each(?))"
            sql = f"select count(*) from asset a where {chosen} and ({covered.sql})"  # noqa: S608
            reader = self._rooms.drawers.reader(["catalogue"])
            row = reader.execute(sql, (json.dumps(used), *covered.params)).fetchone()
            if row is None or row[0] < len(set(used)):
                raise RefusedError(
                    "It was dropped when it was made: meanwhile a photo in it was erased, or is "
                    "no longer covered by what you allow."
                )

    def poster(self, creation: str) -> bytes | None:
        """The picture that stands for a creation; None where there is none.

        Raises:
            RefusedError: `library` is off.
        """
        refusal = self._rooms.gate.refusal(Purpose.LIBRARY)
        if refusal is not None:
            raise RefusedError(refusal.text)
        return self._rooms.creations.poster(creation)

    def keep_wished(self, made: Made, wish: Wish, purposes: Iterable[Purpose] = ()) -> Creation:
        """Store what was wished for; it stands on what its idea stands on, too."""
        idea = wish.idea
        stands_on = {*purposes, *(idea.purposes if idea else ())}
        return self.keep(made, idea.id if idea else None, stands_on)


def _name_of(recipe: dict[str, object]) -> str:
    """The id of a creation: the same recipe, the same id."""
    text = json.dumps(recipe, sort_keys=True).encode()
    return hashlib.blake2b(text, digest_size=8).hexdigest()
