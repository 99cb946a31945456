"""Answers: that a person was asked and declined, so that the prompt does not nag."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import apsw

from safelight.consent.clock import Clock, utc_now
from safelight.consent.ledger import Ledger
from safelight.model.consent import Purpose


class Answers:
    """What was declined, in the `consent` drawer; recorded in the ledger first.

    Args:
        connect: gives the calling thread's connection to the `consent` drawer.
    """

    def __init__(
        self, connect: Callable[[], apsw.Connection], ledger: Ledger, clock: Clock = utc_now
    ) -> None:
        self._connect = connect
        self._ledger = ledger
        self._clock = clock

    def decline(self, purposes: Sequence[Purpose]) -> None:
        """Remember "Not now" for these purposes. It turns nothing off."""
        for purpose in purposes:
            self._ledger.append("decline", purpose, {})
        now = self._clock().isoformat()
        self._connect().executemany(
            "insert or replace into consent_answer values (?, ?)",
            [(purpose.value, now) for purpose in purposes],
        )

    def declined(self) -> frozenset[Purpose]:
        """The purposes that were declined at some time."""
        rows = self._connect().execute("select purpose from consent_answer")
        return frozenset(Purpose(purpose) for (purpose,) in rows)
