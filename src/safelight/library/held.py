"""How many rows drawers hold: in all, and of some assets."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

import apsw

from safelight.library.drawers import Drawers

BY_ASSET = ("previews", "places", "content", "faces")
"""Drawers whose tables name the asset of each row in a column `asset`."""


def count_rows(drawers: Drawers, names: Iterable[str]) -> int:
    """Rows of all tables of drawers; a drawer that cannot be opened counts as none."""
    return sum(_rows(drawers, name) for name in names)


def rows_of(drawers: Drawers, assets: Collection[str]) -> dict[str, int]:
    """By drawer: how many rows are of these assets. The catalogue's own are one an asset."""
    wanted = json.dumps(sorted(assets))
    found = {"catalogue": len(assets)} if assets else {}
    for name in BY_ASSET:
        if drawers.exists(name):
            connection = drawers.connection(name)
            found[name] = sum(
                _one(connection, f"select count(*) from {table} where {_AMONG}", (wanted,))  # noqa: S608  # names are ours
                for table in _tables(connection)
                if "asset" in _columns(connection, table)
            )
    return {name: count for name, count in found.items() if count}


_AMONG = "asset in (select value from json_each(?))"


def _rows(drawers: Drawers, name: str) -> int:
    if not drawers.exists(name):
        return 0
    try:
        connection = drawers.connection(name)
        counts = (_one(connection, f"select count(*) from {t}") for t in _tables(connection))  # noqa: S608
        return sum(counts)
    except apsw.Error:
        return 0


def _tables(connection: apsw.Connection) -> list[str]:
    sql = "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'"
    return [name for (name,) in connection.execute(sql)]


def _columns(connection: apsw.Connection, table: str) -> set[str]:
    return {row[1] for row in connection.execute(f"pragma table_info({table})")}


def _one(connection: apsw.Connection, sql: str, params: tuple[str, ...] = ()) -> int:
    row = connection.execute(sql, params).fetchone()
    return int(row[0]) if row else 0
