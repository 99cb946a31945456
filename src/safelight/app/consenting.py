"""The person's switches: allowing, declining, withdrawing with everything that stood on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from safelight.app.composition import Rooms
from safelight.app.narrowing import Narrowing
from safelight.app.scoping import Scoping
from safelight.consent.purposes import NOTICES
from safelight.library.drawers import DRAWERS
from safelight.library.erasure import Erasure
from safelight.library.scrubbing import empty_logs
from safelight.library.shelves import idea_shelves
from safelight.library.taste import Taste
from safelight.model.consent import (
    Ended,
    ErasureReport,
    Grant,
    Purpose,
    PurposeState,
    Refusal,
    Scope,
)

SOON = timedelta(days=7)
"""So long before a permission runs out the person is told."""


_RECALLED_FROM = ("catalogue", "ideas", "creations", "restyled", "taste")


class Consenting:
    """Consent of one library.

    Args:
        quietly: entered while data goes: pauses scans, and drops what is in memory before and
            after, for what was asked for meanwhile.
    """

    def __init__(self, rooms: Rooms, quietly: Callable[[], AbstractContextManager[None]]) -> None:
        self._rooms = rooms
        self._quietly = quietly
        self._erasure = Erasure(rooms.book, rooms.drawers, rooms.keys, rooms.ledger, self.recall)
        self._narrowing = Narrowing(rooms)
        self.scoping = Scoping(rooms)

    # Switches

    def purposes(self) -> list[PurposeState]:
        """Every purpose with its switch."""
        return list(self._rooms.book.states())

    def standing(self) -> dict[Purpose, int]:
        """Purposes that are on now, with the number of changes that each has seen."""
        return self._rooms.standing()

    def allow(
        self, purposes: Sequence[Purpose], scope: Scope, expires_at: datetime | None
    ) -> list[Grant | Refusal]:
        """Turn purposes on, each with a record of its own.

        What a purpose held of photos that it does not cover any more is erased.

        Args:
            scope: albums and people may be given by name.

        Raises:
            UserError: it names what is not known, or makes no sense.
        """
        scope = self.scoping.resolve(scope)
        ordered = [purpose for purpose in NOTICES if purpose in purposes]
        never = [purpose for purpose in purposes if purpose not in NOTICES]
        given = [self._rooms.book.allow(each, scope, expires_at) for each in (*ordered, *never)]
        if not scope.is_everything:
            with self._quietly():
                self.narrow()
        return given

    def renew(self, purpose: Purpose, expires_at: datetime | None) -> Grant | Refusal:
        """Allow again what is on or has just run out, for the same photos; only ever asked for.

        Raises:
            UserError: there is nothing to renew, or it names what is not known any more.
        """
        return self._rooms.book.allow(purpose, self.scoping.last(purpose), expires_at)

    def decline(self, purposes: Sequence[Purpose], *, for_good: bool = False) -> None:
        """Remember that the person was asked and said "Not now", or no."""
        self._rooms.papers.answers.decline(purposes, for_good=for_good)
        for purpose in purposes:
            self._rooms.papers.endings.seen(purpose)

    def asked(self) -> None:
        """Remember that the notices of all purposes that are off were shown."""
        if self._rooms.ledger.fault:
            return  # such a log takes nothing more, and the page says so
        off = [state.notice.purpose for state in self.purposes() if not state.active]
        self._rooms.papers.answers.ask(off)

    def answered(self) -> bool:
        """Whether the person has answered the prompt, with yes or no."""
        changed = any(self._rooms.book.revision(purpose) for purpose in Purpose)
        return changed or bool(self._rooms.papers.answers.declined())

    def withdraw(self, purpose: Purpose, why: str = "") -> ErasureReport:
        """Turn a purpose off, with all that needs it, and erase what came from them.

        Args:
            why: for the record, where it was not the person's own act.
        """
        with self._quietly():
            report = self._erasure.withdraw(purpose, why)
            # What was struck or taken back must not stay in the logs of drawers that live on.
            empty_logs(self._rooms.drawers, ("consent", *_RECALLED_FROM))
        return report

    def ends_with(self, purpose: Purpose) -> tuple[Purpose, ...]:
        """The other purposes that are on and end when this one is turned off."""
        _, *rest = self._rooms.book.ending(purpose)
        return tuple(each for each in rest if self._rooms.gate.allows(each))

    def hear(self, signal: str) -> None:
        """Remember what a browser says its person wants everywhere; it turns nothing on."""
        self._rooms.papers.signals.heard(signal)

    def heard(self, signal: str) -> datetime | None:
        """Since when a browser has said so; None where none has."""
        return self._rooms.papers.signals.since(signal)

    # Time

    def ends_soon(self, now: datetime) -> list[PurposeState]:
        """Purposes that are on and run out within days, the first to end first."""
        found = [s for s in self.purposes() if s.active and s.ends_at and s.ends_at - now <= SOON]
        return sorted(found, key=lambda state: state.ends_at or now)

    def ended(self) -> list[Ended]:
        """Permissions that ended by themselves and that the person has not answered to."""
        return self._rooms.papers.endings.all()

    def end_over(self) -> tuple[Purpose, ...]:
        """End what has run out, lost its limit or is ruled out, and erase what came from it.

        A permission stops counting at its very moment; this erases and tells the person.
        """
        over = self._rooms.book.over()
        if not over:
            return ()
        grants = {state.notice.purpose: state.grant for state in self.purposes()}
        self._rooms.papers.endings.note(
            {p: (grant, why) for p, why in over.items() if (grant := grants[p]) is not None}
        )
        for purpose, why in over.items():
            if self._rooms.book.state(purpose).grant is not None:  # may have ended with another
                self.withdraw(purpose, why)
        return tuple(over)

    def take_out(self, album: str, paths: Sequence[str], assets: Sequence[str] = ()) -> int:
        """Take photos out of an album, and erase what was worked out from them under it."""
        count = self.scoping.take_out(album, paths, assets)
        with self._quietly():
            self.narrow()
        return count

    def remove_album(self, album: str) -> None:
        """Forget an album; what is limited to it is turned off and erased.

        Raises:
            UserError: there is none of that name.
        """
        self.scoping.remove(album)
        self.end_over()

    def narrow(self) -> int:
        """Erase what purposes hold of photos outside their scopes; returns of how many."""
        count = self._narrowing.run()
        if count:
            empty_logs(self._rooms.drawers, DRAWERS)
        return count

    def finish_pending(self) -> None:
        """Finish what a crash cut short, and end what ran out while nothing was running."""
        self._erasure.finish_pending()
        self.end_over()
        self.narrow()

    def recall(self, purpose: Purpose) -> int:
        """Remove ideas and creations that stand on a purpose and lie elsewhere; returns how many.

        A theme of the person's own learnt its numbers from what was seen: they go, its photos and
        its name stay, which are the person's word.
        """
        count = sum(shelf.recall(purpose) for shelf in idea_shelves(self._rooms.drawers))
        if purpose is Purpose.CONTENT:
            Taste(self._rooms.drawers).unlearn_numbers()
        return count + self._rooms.creations.recall(purpose)
