"""What a browser says that its person wants everywhere: Global Privacy Control (`Sec-GPC: 1`).

Nothing here is sold or shared, so the signal has nothing to stop. It is kept as a wish: it can
turn nothing on, and what is shared says that nobody may train on it, unless the person leaves that
out of a single picture.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import apsw

from safelight.consent.clock import Clock, utc_now
from safelight.consent.ledger import Ledger

GPC = "gpc"


class Signals:
    """Signals in the `consent` drawer, each recorded once.

    Args:
        connect: gives the calling thread's connection to the `consent` drawer.
    """

    def __init__(
        self, connect: Callable[[], apsw.Connection], ledger: Ledger, clock: Clock = utc_now
    ) -> None:
        self._connect = connect
        self._ledger = ledger
        self._clock = clock

    def heard(self, name: str) -> None:
        """Remember a signal; what is known already costs one look-up."""
        if self.since(name) is not None:
            return
        self._ledger.append("signal", None, {"signal": name})
        self._connect().execute(
            "insert or ignore into signal values (?, ?)", (name, self._clock().isoformat())
        )

    def since(self, name: str) -> datetime | None:
        """When a signal was first heard."""
        row = self._connect().execute("select at from signal where name = ?", (name,)).fetchone()
        return datetime.fromisoformat(row[0]) if row else None
