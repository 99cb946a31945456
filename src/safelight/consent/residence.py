"""The region that a person chose in the app; a region can only take away."""

from __future__ import annotations

from collections.abc import Callable

import apsw

from safelight.consent.clock import Clock, utc_now
from safelight.consent.ledger import Ledger


class Residence:
    """The chosen region in the `consent` drawer, recorded in the ledger first.

    Args:
        connect: gives the calling thread's connection to the `consent` drawer.
    """

    def __init__(
        self, connect: Callable[[], apsw.Connection], ledger: Ledger, clock: Clock = utc_now
    ) -> None:
        self._connect = connect
        self._ledger = ledger
        self._clock = clock

    def code(self) -> str:
        """The code of the region; empty for none."""
        row = self._connect().execute("select code from chosen_region").fetchone()
        return str(row[0]) if row else ""

    def choose(self, code: str) -> None:
        """Remember a region, or none with an empty code."""
        # Which one stays in the encrypted drawer: the log outlives what is forgotten here.
        self._ledger.append("region", None, {"chosen": bool(code)})
        if code:
            self._connect().execute(
                "insert or replace into chosen_region values (1, ?, ?)",
                (code, self._clock().isoformat()),
            )
        else:
            self._connect().execute("delete from chosen_region")
