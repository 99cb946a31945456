"""Pictures that could not be looked at, each with its reason, in the drawer of the purpose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from safelight.library.stores import Store
from safelight.model.consent import SqlCondition

TRIES = 3
"""Looks that are tried by themselves; after that the person says when."""


class Failures(Store):
    """Reads and writes the table `failed` of one drawer; open it only while its purpose is on."""

    def note(self, reasons: Iterable[tuple[str, str]], version: str) -> None:
        """Count one more failure of assets; another version begins to count afresh."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self.connection:
            self.connection.executemany(
                "insert into failed values (?1, ?2, ?3, 1, ?4) on conflict (asset) do update set"
                " reason = excluded.reason, at = excluded.at, version = excluded.version,"
                " times = case when version = excluded.version then times + 1 else 1 end",
                [(asset, version, reason, now) for asset, reason in reasons],
            )

    def given_up(self, version: str) -> set[str]:
        """Assets that this version failed at so often that it no longer tries by itself."""
        if not self.exists:
            return set()
        sql = "select asset from failed where version = ? and times >= ?"
        return {asset for (asset,) in self.connection.execute(sql, (version, TRIES))}

    def reasons(self, condition: SqlCondition) -> dict[str, str]:
        """Assets that could not be looked at and may be seen (alias `a`), with the reason."""
        if not self.exists:
            return {}
        sql = (
            f"select f.asset, f.reason from {self._drawer}.failed f"  # noqa: S608  # ours
            f" join asset a on a.id = f.asset where ({condition.sql}) order by f.at"
        )
        reader = self._drawers.reader(("catalogue", self._drawer))
        return dict(reader.execute(sql, condition.params))

    def reason(self, asset: str) -> str | None:
        """Why one asset could not be looked at; None where that did not fail."""
        if not self.exists:
            return None
        row = self.connection.execute(
            "select reason from failed where asset = ?", (asset,)
        ).fetchone()
        return str(row[0]) if row else None

    def try_again(self, assets: Iterable[str]) -> None:
        """Begin to count afresh, so that assets are looked at again; their reasons stay."""
        with self.connection:
            rows = [(asset,) for asset in assets]
            self.connection.executemany("update failed set times = 0 where asset = ?", rows)
