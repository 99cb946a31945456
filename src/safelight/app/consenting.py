"""The person's switches: allowing, declining, withdrawing with everything that stood on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from safelight.app.composition import Rooms
from safelight.consent.purposes import NOTICES
from safelight.library.erasure import Erasure
from safelight.library.shelves import IdeaShelf
from safelight.model.consent import (
    ErasureReport,
    Grant,
    Purpose,
    PurposeState,
    Refusal,
    Scope,
)


class Consenting:
    """Consent of one library.

    Args:
        before_erasing: called before data goes: stops scans and drops what is in memory.
    """

    def __init__(self, rooms: Rooms, before_erasing: Callable[[], None]) -> None:
        self._rooms = rooms
        self._before_erasing = before_erasing
        self._erasure = Erasure(rooms.book, rooms.drawers, rooms.keys, rooms.ledger, self.recall)

    def finish_pending(self) -> None:
        """Finish erasures that a crash cut short."""
        self._erasure.finish_pending()

    def purposes(self) -> list[PurposeState]:
        """Every purpose with its switch."""
        return list(self._rooms.book.states())

    def allow(
        self, purposes: Sequence[Purpose], scope: Scope, expires_at: datetime | None
    ) -> list[Grant | Refusal]:
        """Turn purposes on, each with a record of its own."""
        ordered = [purpose for purpose in NOTICES if purpose in purposes]
        never = [purpose for purpose in purposes if purpose not in NOTICES]
        return [self._rooms.book.allow(each, scope, expires_at) for each in (*ordered, *never)]

    def withdraw(self, purpose: Purpose) -> ErasureReport:
        """Turn a purpose off, with all that needs it, and erase what came from them."""
        self._before_erasing()
        return self._erasure.withdraw(purpose)

    def recall(self, purpose: Purpose) -> int:
        """Remove ideas and creations that stand on a purpose; returns how many."""
        count = 0
        for drawer in ("catalogue", "ideas"):
            if self._rooms.drawers.exists(drawer):
                count += IdeaShelf(self._rooms.drawers, drawer).recall(purpose)
        if self._rooms.drawers.exists("creations"):
            count += self._rooms.creations.recall(purpose)
        return count
