"""Answers: what a person was asked, and that they declined, so that the prompt does not nag."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import apsw

from safelight.consent.clock import Clock, utc_now
from safelight.consent.ledger import Ledger
from safelight.consent.purposes import notice
from safelight.model.consent import Purpose


class Answers:
    """What was asked and declined, in the `consent` drawer; recorded in the ledger first.

    Args:
        connect: gives the calling thread's connection to the `consent` drawer.
    """

    def __init__(
        self, connect: Callable[[], apsw.Connection], ledger: Ledger, clock: Clock = utc_now
    ) -> None:
        self._connect = connect
        self._ledger = ledger
        self._clock = clock

    def ask(self, purposes: Sequence[Purpose]) -> None:
        """Remember that notices were put before the person: once for each version of the words."""
        known = dict(self._connect().execute("select purpose, notice_digest from consent_asked"))
        now = self._clock().isoformat()
        for purpose in purposes:
            words = notice(purpose)
            if known.get(purpose.value) == words.digest:
                continue
            body: dict[str, object] = {"notice": words.version, "notice_digest": words.digest}
            self._ledger.append("ask", purpose, body)
            self._connect().execute(
                "insert or replace into consent_asked values (?, ?, ?)",
                (purpose.value, words.digest, now),
            )

    def decline(self, purposes: Sequence[Purpose], *, for_good: bool = False) -> None:
        """Remember "Not now" for these purposes, or a plain no. It turns nothing off."""
        for purpose in purposes:
            self._ledger.append("decline", purpose, {"answer": "no"} if for_good else {})
        now = self._clock().isoformat()
        self._connect().executemany(
            "insert or replace into consent_answer values (?, ?)",
            [(purpose.value, now) for purpose in purposes],
        )

    def declined(self) -> frozenset[Purpose]:
        """The purposes that were declined at some time."""
        rows = self._connect().execute("select purpose from consent_answer")
        return frozenset(Purpose(purpose) for (purpose,) in rows)
