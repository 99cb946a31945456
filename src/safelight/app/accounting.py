"""The account of a library: what is on, what was read today, what is kept, what left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from safelight.app.composition import Rooms
from safelight.app.recounting import recount
from safelight.app.scoping import Scoping
from safelight.app.views import LedgerLine
from safelight.library.drawers import owned_by, trail_name
from safelight.model.consent import Purpose, PurposeState

LEFT = ("export", "share", "egress-intent", "egress-done")
"""Events after which something is outside Safelight."""
_COUNTED = {
    "catalogue": (("photo", "select count(*) from asset"),),
    "places": (
        ("photo with a place", "select count(*) from location where country is not null"),
        ("place you want no ideas of", "select count(*) from wish"),
    ),
    "content": (("photo looked at", "select count(*) from sight"),),
    "faces": (
        ("photo looked through", "select count(*) from looked"),
        ("face template", "select count(*) from face where template is not null"),
        ("person", "select count(*) from person"),
    ),
    "ideas": (("idea", "select count(*) from idea"),),
    "taste": (
        ("theme of yours", "select count(*) from own_theme"),
        ("subject you want more or fewer of", "select count(*) from weight"),
        ("idea you liked or dismissed", "select count(*) from leaning"),
    ),
    "creations": (("creation", "select count(*) from creation"),),
}
_MANY = {
    "person": "people",
    "photo with a place": "photos with a place",
    "place you want no ideas of": "places you want no ideas of",
    "photo looked at": "photos looked at",
    "photo looked through": "photos looked through",
    "theme of yours": "themes of yours",
    "subject you want more or fewer of": "subjects you want more or fewer of",
    "idea you liked or dismissed": "ideas you liked or dismissed",
}
_MOST_COUNTED, _MOST_COUNTED_OF_OTHERS = 100_000, 20_000


@dataclass(frozen=True, slots=True)
class PurposeToday:
    """One purpose on the privacy page.

    Attributes:
        scope: what it covers, in words.
        read: photos selected today; None where there are too many to tell apart quickly.
        entries: of the ledger today, the first and the last; None where there are none.
        kept: what it holds, each with a number: "1,204 photos with a place".
        size: bytes of its drawers.
        ends_with: titles of what is turned off with it.
    """

    state: PurposeState
    scope: str
    read: int | None
    entries: tuple[int, int] | None
    kept: tuple[str, ...]
    size: int
    ends_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """The privacy page.

    Attributes:
        left: what was exported or shared, newest first.
        refused: attempts to train or to advertise.
    """

    purposes: tuple[PurposeToday, ...]
    left: tuple[LedgerLine, ...]
    refused: tuple[LedgerLine, ...]
    ledger_size: int


class Accounting:
    """Reads the account of one library."""

    def __init__(self, rooms: Rooms, scoping: Scoping) -> None:
        self._rooms = rooms
        self._scoping = scoping

    def account(self, midnight: datetime) -> Account:
        """Everything as it is now.

        Args:
            midnight: when the person's day began, aware.
        """
        ledger = self._rooms.ledger
        ended = ledger.entries(events=(*LEFT, "refusal"))
        left = [recount(entry) for entry in ended if entry.event in LEFT]
        refused = [
            recount(entry)
            for entry in ended
            if entry.event == "refusal" and entry.purpose in (Purpose.TRAIN, Purpose.ADS)
        ]
        purposes = tuple(self._today(state, midnight) for state in self._rooms.book.states())
        return Account(purposes, tuple(left[::-1]), tuple(refused[::-1]), len(ledger))

    def _today(self, state: PurposeState, midnight: datetime) -> PurposeToday:
        purpose, drawers = state.notice.purpose, self._rooms.drawers
        read, entries = self._read(purpose, midnight) if state.active else (0, [])
        owned = [name for name in owned_by(purpose) if drawers.exists(name)]
        _, *rest = self._rooms.book.ending(purpose)
        return PurposeToday(
            state=state,
            scope=self._scoping.words(state.grant.scope) if state.grant else "",
            read=read,
            entries=(entries[0], entries[-1]) if entries else None,
            kept=tuple(words for name in owned for words in self._kept(name)),
            size=sum(drawers.size(name) for name in owned),
            ends_with=tuple(
                other.notice.title
                for each in rest
                if (other := self._rooms.book.state(each)).grant is not None
            ),
        )

    def _read(self, purpose: Purpose, midnight: datetime) -> tuple[int | None, list[int]]:
        if not self._rooms.drawers.exists(trail_name(purpose)):
            return 0, []
        selected, _, entries = self._rooms.trail.since(purpose, midnight)
        if not selected:
            return 0, entries
        by_file = purpose is Purpose.LIBRARY
        if self._rooms.catalogue.count() > (_MOST_COUNTED if by_file else _MOST_COUNTED_OF_OTHERS):
            return None if by_file else len(selected), entries
        names = self._rooms.catalogue.names()  # a photo is selected by its id or by its path
        seen = (selected.isdisjoint(self._rooms.book.macs(purpose, pair)) for pair in names)
        return sum(not unseen for unseen in seen), entries

    def _kept(self, drawer: str) -> list[str]:
        found = []
        for one, sql in _COUNTED.get(drawer, ()):
            row = self._rooms.drawers.connection(drawer).execute(sql).fetchone()
            number = int(row[0]) if row else 0
            if number:
                found.append(f"{number:,} {one if number == 1 else _MANY.get(one, one + 's')}")
        return found
