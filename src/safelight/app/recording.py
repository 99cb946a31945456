"""Consent records and receipts of one library, in the forms that others read."""

from __future__ import annotations

import json
from typing import Any

from safelight.app.composition import Rooms
from safelight.app.scoping import Scoping
from safelight.consent.records import (
    History,
    Person,
    dpv_document,
    histories,
    kantara_receipts,
)

_EVENTS = ("ask", "grant", "decline", "expire", "withdraw")


class Records:
    """Writes down what the ledger and the book say of consent."""

    def __init__(self, rooms: Rooms, scoping: Scoping) -> None:
        self._rooms = rooms
        self._scoping = scoping

    def histories(self) -> list[History]:
        """What happened to the consent for each purpose that was ever asked for."""
        states = self._rooms.book.states()
        scopes = [self._scoping.words(s.grant.scope) if s.grant else "" for s in states]
        return histories(self._rooms.ledger.entries(events=_EVENTS), states, scopes)

    def dpv(self) -> dict[str, Any]:
        """Records and receipts as ISO/IEC TS 27560 in DPV, JSON-LD."""
        return dpv_document(self.histories(), self._person(), self._rooms.book.limits.region)

    def kantara(self) -> list[dict[str, Any]]:
        """Receipts as Kantara 1.1."""
        return kantara_receipts(self.histories(), self._person(), self._rooms.book.limits.region)

    def text(self, form: str) -> str:
        """A whole document, `dpv` or `kantara`, as JSON for people to keep."""
        document = self.dpv() if form == "dpv" else self.kantara()
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"

    def _person(self) -> Person:
        return Person.of(next(iter(self._rooms.ledger.entries(0, 1)), None))
