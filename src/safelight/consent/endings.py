"""Permissions that ended by themselves, until the person has been told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import apsw

from safelight.consent.clock import Clock, utc_now
from safelight.consent.ledger import Ledger
from safelight.consent.scopes import from_json, to_json
from safelight.model.consent import Ended, Grant, Purpose, Scope


class Endings:
    """What ended by itself, in the `consent` drawer; the ledger has it first.

    Args:
        connect: gives the calling thread's connection to the `consent` drawer.
    """

    def __init__(
        self, connect: Callable[[], apsw.Connection], ledger: Ledger, clock: Clock = utc_now
    ) -> None:
        self._connect = connect
        self._ledger = ledger
        self._clock = clock

    def note(self, over: Mapping[Purpose, tuple[Grant, str]]) -> None:
        """Record that grants are over, before what came from them is erased."""
        now = self._clock().isoformat()
        for purpose, (grant, why) in over.items():
            self._ledger.append("expire", purpose, {"grant": grant.entry, "why": why})
            self._connect().execute(
                "insert or replace into consent_ended values (?, ?, ?, ?)",
                (purpose.value, now, why, to_json(grant.scope)),
            )

    def all(self) -> list[Ended]:
        """What the person has not been told about, or has not answered."""
        rows = self._connect().execute("select * from consent_ended order by at, purpose")
        return [
            Ended(
                Purpose(purpose),
                datetime.fromisoformat(at),
                why,
                from_json(scope) if scope else None,
            )
            for purpose, at, why, scope in rows
        ]

    def seen(self, purpose: Purpose) -> None:
        """The person has been told and leaves it off."""
        self._connect().execute("delete from consent_ended where purpose = ?", (purpose.value,))

    def consent_changed(
        self, connection: apsw.Connection, *, allowed: Purpose | None, ended: Purpose | None
    ) -> None:
        """Allowed again, so there is nothing to tell; folders in old scopes go with the library.

        A limit that is forgotten must not come back as none: such a scope cannot be renewed.
        """
        if allowed is not None:
            connection.execute("delete from consent_ended where purpose = ?", (allowed.value,))
        if ended is Purpose.LIBRARY:
            everything = to_json(Scope())
            connection.execute(
                "update consent_ended set scope = '' where scope <> ?", (everything,)
            )
