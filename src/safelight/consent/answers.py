"""Answers: what a person was asked, and that they declined, so that the prompt does not nag."""

from __future__ import annotations

from collections.abc import Sequence

from safelight.consent.kept import Kept
from safelight.consent.purposes import notice
from safelight.model.consent import Purpose


class Answers(Kept):
    """What was asked and declined, in the `consent` drawer; recorded in the ledger first."""

    def ask(self, purposes: Sequence[Purpose]) -> None:
        """Remember that notices were put before the person: once for each version of the words."""
        known = dict(self.connect().execute("select purpose, notice_digest from consent_asked"))
        now = self.clock().isoformat()
        for purpose in purposes:
            words = notice(purpose)
            if known.get(purpose.value) == words.digest:
                continue
            body: dict[str, object] = {"notice": words.version, "notice_digest": words.digest}
            self.ledger.append("ask", purpose, body)
            self.connect().execute(
                "insert or replace into consent_asked values (?, ?, ?)",
                (purpose.value, words.digest, now),
            )

    def decline(self, purposes: Sequence[Purpose], *, for_good: bool = False) -> None:
        """Remember "Not now" for these purposes, or a plain no. It turns nothing off."""
        for purpose in purposes:
            self.ledger.append("decline", purpose, {"answer": "no"} if for_good else {})
        now = self.clock().isoformat()
        self.connect().executemany(
            "insert or replace into consent_answer values (?, ?)",
            [(purpose.value, now) for purpose in purposes],
        )

    def declined(self) -> frozenset[Purpose]:
        """The purposes that were declined at some time."""
        rows = self.connect().execute("select purpose from consent_answer")
        return frozenset(Purpose(purpose) for (purpose,) in rows)
