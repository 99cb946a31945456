"""One photo explained: who looked, why that was allowed, what is kept of it, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from safelight.app.composition import Rooms
from safelight.app.holdings import Held, Holdings
from safelight.app.kept import Kept
from safelight.app.scoping import Scoping
from safelight.consent.ledger import digest_macs
from safelight.consent.purposes import NOTICES
from safelight.library.catalogue import Row
from safelight.library.drawers import owned_by
from safelight.library.records import subject_of
from safelight.library.shelves import IdeaShelf
from safelight.library.trail import Look
from safelight.model.consent import Grant, Purpose, PurposeState, Refusal

_STEPS = {
    "": "Chosen to be read or shown",
    "read_asset": "Name, date, size, camera and a preview read from the file",
    "read_places": "Coordinates read and named",
    "look": "The picture looked at for what is in it",
    "read_words": "Words in it read",
    "likeness": "Compared with pictures that are nearly the same",
    "people.keep": "Looked at for faces",
    "people.group": "Faces put together with those of the same person",
    "ideas": "Put into an idea",
    "own-theme": "Taught a theme of yours",
    "taste-in-ideas": "What you said of an idea with it was learnt",
    "own-pair": "Looked at by the image-text model of your own",
    "collage": "Put into a collage",
    "survey": "Looked over for a film: what moves when, and where faces are",
    "film": "Put into a film",
    "enhance": "Made an enhanced copy of",
    "restyle": "Made a restyled copy of",
    "gif": "Put into a moving picture",
    "sticker": "Cut out as a sticker",
    "card": "Put on a card",
    "pdf": "Put into a book or page",
}


@dataclass(frozen=True, slots=True)
class LookRun:
    """The same thing done with a photo, once or many times.

    Attributes:
        entries: where the ledger says so, oldest first.
        allowed_by: entries of the permissions that were in force then.
        proven: whether each of these entries holds exactly this photo and those that were used
            with it, recomputed from the ledger; None where it was not asked for.
    """

    what: str
    first_at: datetime
    last_at: datetime
    entries: tuple[int, ...]
    allowed_by: tuple[int, ...]
    proven: bool | None = None


@dataclass(frozen=True, slots=True)
class PurposeAccount:
    """What one purpose has to do with a photo.

    Attributes:
        covered: whether it may be used for this photo now.
        why: in words, why or why not.
        scope: what the permission covers, in words; empty without one.
        entry: of the ledger, that recorded the permission.
        looks: what was done with it under this purpose.
        held: what is kept of it.
        drawers: files that hold it, each with a key of its own.
        off: what turning the purpose off would remove of it.
    """

    purpose: Purpose
    title: str
    covered: bool
    why: str
    scope: str
    notice_version: int | None
    notice_digest: str | None
    since: datetime | None
    until: datetime | None
    entry: int | None
    looks: tuple[LookRun, ...]
    held: tuple[Held, ...]
    drawers: tuple[str, ...]
    off: str


@dataclass(frozen=True, slots=True)
class Use:
    """An idea or a creation that uses a photo; `kind` is idea or creation."""

    kind: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One photo's account."""

    asset: str
    path: str
    purposes: tuple[PurposeAccount, ...]
    uses: tuple[Use, ...]
    drawers_folder: str


class Explaining:
    """Explains photos of one library."""

    def __init__(self, rooms: Rooms, scoping: Scoping) -> None:
        self._rooms = rooms
        self._scoping = scoping
        self._holdings = Holdings(rooms)

    def explain(self, asset: str, *, prove: bool = False) -> Explanation | Refusal | None:
        """The account of one photo; None where it is not in the library or may not be seen.

        Args:
            prove: check every entry that speaks of it against the ledger.
        """
        refusal = self._rooms.gate.refusal(Purpose.LIBRARY)
        if refusal is not None:
            return refusal
        view = self._rooms.view()
        row = next(iter(self._rooms.listing.assets(view, "a.id = ?", (asset,))), None)
        if row is None:
            return None
        uses = self._uses(asset)
        accounts = tuple(self._account(purpose, row, uses, prove) for purpose in NOTICES)
        folder = str(self._rooms.drawers.folder)
        return Explanation(asset, row["path"], accounts, tuple(use for use, _ in uses), folder)

    def _account(
        self,
        purpose: Purpose,
        row: Row,
        uses: list[tuple[Use, frozenset[Purpose]]],
        prove: bool,
    ) -> PurposeAccount:
        state = self._rooms.book.state(purpose)
        grant, covered = state.grant, state.active and self._covers(purpose, row)
        held = self._holdings.of(purpose, row)
        return PurposeAccount(
            purpose=purpose,
            title=state.notice.title,
            covered=covered,
            why=_why(state, covered),
            scope=self._scoping.words(grant.scope) if grant else "",
            notice_version=grant.notice_version if grant else None,
            notice_digest=grant.notice_digest if grant else None,
            since=grant.granted_at if grant else None,
            until=state.ends_at,
            entry=grant.entry if grant else None,
            looks=self._looks(purpose, row, prove) if grant else (),
            held=held,
            drawers=tuple(d for d in owned_by(purpose) if held and self._rooms.drawers.exists(d)),
            off=_off(purpose, grant, held, [use for use, on in uses if purpose in on]),
        )

    def _covers(self, purpose: Purpose, row: Row) -> bool:
        condition = self._rooms.gate.condition(purpose, "a")
        sql = f"select 1 from asset a where a.id = ? and ({condition.sql})"  # noqa: S608  # ours
        reader = self._rooms.drawers.reader(["catalogue"])
        return reader.execute(sql, (row["id"], *condition.params)).fetchone() is not None

    def _looks(self, purpose: Purpose, row: Row, prove: bool) -> tuple[LookRun, ...]:
        subject = subject_of(row)
        wanted = self._rooms.book.macs(purpose, {subject.id, subject.path})
        found = self._rooms.trail.find(purpose, wanted)
        grants = [
            e.index for e in self._rooms.ledger.entries(events=("grant",)) if e.purpose is purpose
        ]
        runs = groupby(sorted(found, key=lambda look: look.step), key=lambda look: look.step)
        return tuple(self._run(step, list(looks), grants, prove) for step, looks in runs)

    def _run(self, step: str, looks: list[Look], grants: list[int], prove: bool) -> LookRun:
        before = [[grant for grant in grants if grant < look.entry] for look in looks]
        return LookRun(
            _words_of(step),
            looks[0].at,
            looks[-1].at,
            tuple(look.entry for look in looks),
            tuple(dict.fromkeys(found[-1] for found in before if found)),
            self._proven(looks) if prove else None,
        )

    def _proven(self, looks: list[Look]) -> bool:
        first, last = looks[0].entry, looks[-1].entry
        entries = self._rooms.ledger.entries(first, last - first + 1)
        said = {entry.index: entry.body.get("digest") for entry in entries}
        return all(said.get(look.entry) == digest_macs(look.macs) for look in looks)

    def _uses(self, asset: str) -> list[tuple[Use, frozenset[Purpose]]]:
        rooms, found = self._rooms, list[tuple[Use, frozenset[Purpose]]]()
        for drawer, purpose in (("catalogue", Purpose.LIBRARY), ("ideas", Purpose.SUGGEST)):
            if rooms.gate.allows(purpose) and rooms.drawers.exists(drawer):
                found += [
                    (Use("idea", idea.id, idea.title), idea.purposes | {purpose})
                    for idea, _ in IdeaShelf(rooms.drawers, drawer).all()
                    if asset in idea.assets
                ]
        found += [
            (Use("creation", made.id, made.title), purposes)
            for made, purposes in Kept(rooms).standing()
            if asset in made.used
        ]
        return list({(use.kind, use.id): (use, on) for use, on in found}.values())


def _why(state: PurposeState, covered: bool) -> str:
    if covered:
        return state.why
    if state.active:
        return "On, but what you allowed does not cover this photo."
    return state.why


def _words_of(step: str) -> str:
    name = step.rpartition(":")[2]
    if name.startswith("people.") and name not in _STEPS:
        return "What you said of the people in it was kept"
    return _STEPS.get(name) or f"Used for {Path(name).name.replace('.', ' ').replace('-', ' ')}"


def _off(purpose: Purpose, grant: Grant | None, held: tuple[Held, ...], uses: list[Use]) -> str:
    if grant is None:
        return ""
    parts = ["what is kept of it here"] if held else []
    for kind in ("idea", "creation"):
        number = sum(use.kind == kind for use in uses)
        if number:
            parts.append(f"{number} {kind}{'' if number == 1 else 's'} that used it")
    if not parts:
        return "Nothing of this photo: nothing of it is kept for this."
    if purpose is Purpose.LIBRARY:
        parts.append("everything that the other purposes keep")
    return f"Erases {', '.join(parts[:-1])}{' and ' if parts[1:] else ''}{parts[-1]}."
