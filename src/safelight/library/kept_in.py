"""Pictures that names, tags or copies keep out of ideas, and the person's word that they go in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from safelight.library.catalogue import Catalogue
from safelight.library.keeping_out import kept_out
from safelight.library.records import metadata_from_row
from safelight.library.stores import Store


class KeptIn(Store):
    """Decisions in the catalogue drawer; those over what content says are in its own."""

    drawer = "catalogue"

    def all(self) -> set[str]:
        """Assets that the person brought back."""
        return {asset for (asset,) in self.connection.execute("select asset from kept_in")}

    def set(self, row: dict[str, object], back: bool) -> None:
        """Bring one asset back, or leave it out again.

        Args:
            row: the asset's row of the catalogue.
        """
        asset = str(row["id"])
        with self.connection:
            if back:
                now = datetime.now(UTC).isoformat(timespec="seconds")
                self.connection.execute(
                    "insert or replace into kept_in values (?, ?)", (asset, now)
                )
            else:
                self.connection.execute("delete from kept_in where asset = ?", (asset,))
            reason = None if back else kept_out(str(row["path"]), metadata_from_row(row))
            self.connection.execute("update asset set kept_out = ? where id = ?", (reason, asset))
            Catalogue(self._drawers).mark_duplicates()

    def remove(self, assets: Iterable[str]) -> None:
        """Forget decisions about assets that are no more."""
        self.connection.executemany("delete from kept_in where asset = ?", [(a,) for a in assets])
