"""Own styles, as they are kept in the `restyled` drawer."""

from __future__ import annotations

import json

import apsw

from safelight.library.drawers import Drawers

_DRAWER = "restyled"


class StyleShelf:
    """Numbers that a network read of a picture, with what the person said of their right."""

    def __init__(self, drawers: Drawers) -> None:
        self._drawers = drawers

    @property
    def _connection(self) -> apsw.Connection:
        return self._drawers.connection(_DRAWER)

    def put(self, name: str, style: tuple[float, ...], said: str, at: str) -> None:
        """Keep a style."""
        self._connection.execute(
            "insert or replace into style values (?, ?, ?, ?)", (name, json.dumps(style), said, at)
        )

    def names(self) -> list[str]:
        """Names in order."""
        if not self._drawers.exists(_DRAWER):
            return []
        return [name for (name,) in self._connection.execute("select name from style order by 1")]

    def get(self, name: str) -> tuple[float, ...] | None:
        """The numbers of one style."""
        if not self._drawers.exists(_DRAWER):
            return None
        found = self._connection.execute("select numbers from style where name = ?", (name,))
        row = found.fetchone()
        return tuple(json.loads(row[0])) if row else None

    def remove(self, name: str) -> bool:
        """Forget a style; False where there was none."""
        if not self._drawers.exists(_DRAWER):
            return False
        self._connection.execute("delete from style where name = ?", (name,))
        return bool(self._connection.changes())
