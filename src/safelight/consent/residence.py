"""The region that a person chose in the app; a region can only take away."""

from __future__ import annotations

from safelight.consent.kept import Kept


class Residence(Kept):
    """The chosen region in the `consent` drawer, recorded in the ledger first."""

    def code(self) -> str:
        """The code of the region; empty for none."""
        row = self.connect().execute("select code from chosen_region").fetchone()
        return str(row[0]) if row else ""

    def choose(self, code: str) -> None:
        """Remember a region, or none with an empty code."""
        # Which one stays in the encrypted drawer: the log outlives what is forgotten here.
        self.ledger.append("region", None, {"chosen": bool(code)})
        if code:
            self.connect().execute(
                "insert or replace into chosen_region values (1, ?, ?)",
                (code, self.clock().isoformat()),
            )
        else:
            self.connect().execute("delete from chosen_region")
