"""Permissions that ended by themselves, until the person has been told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import apsw

from safelight.consent.kept import Kept
from safelight.consent.scopes import from_json, to_json
from safelight.model.consent import Ended, Grant, Purpose, Scope


class Endings(Kept):
    """What ended by itself, in the `consent` drawer; the ledger has it first."""

    def note(self, over: Mapping[Purpose, tuple[Grant, str]]) -> None:
        """Record that grants are over, before what came from them is erased."""
        now = self.clock().isoformat()
        for purpose, (grant, why) in over.items():
            self.ledger.append("expire", purpose, {"grant": grant.entry, "why": why})
            self.connect().execute(
                "insert or replace into consent_ended values (?, ?, ?, ?)",
                (purpose.value, now, why, to_json(grant.scope)),
            )

    def all(self) -> list[Ended]:
        """What the person has not been told about, or has not answered."""
        rows = self.connect().execute("select * from consent_ended order by at, purpose")
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
        self.connect().execute("delete from consent_ended where purpose = ?", (purpose.value,))

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
