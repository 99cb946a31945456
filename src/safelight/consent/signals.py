"""What a browser says that its person wants everywhere: Global Privacy Control (`Sec-GPC: 1`).

Nothing here is sold or shared, so the signal has nothing to stop. It is kept as a wish: it can
turn nothing on, and what is shared says that nobody may train on it, unless the person leaves that
out of a single picture.
"""

from __future__ import annotations

from datetime import datetime

from safelight.consent.kept import Kept

GPC = "gpc"


class Signals(Kept):
    """Signals in the `consent` drawer, each recorded once."""

    def heard(self, name: str) -> None:
        """Remember a signal; what is known already costs one look-up."""
        if self.since(name) is not None:
            return
        self.ledger.append("signal", None, {"signal": name})
        self.connect().execute(
            "insert or ignore into signal values (?, ?)", (name, self.clock().isoformat())
        )

    def since(self, name: str) -> datetime | None:
        """When a signal was first heard."""
        row = self.connect().execute("select at from signal where name = ?", (name,)).fetchone()
        return datetime.fromisoformat(row[0]) if row else None
