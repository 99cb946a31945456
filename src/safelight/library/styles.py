"""Own styles, as they are kept in the `restyled` drawer."""

from __future__ import annotations

import json

from safelight.library.stores import Store


class StyleShelf(Store):
    """Numbers that a network read of a picture, with what the person said of their right."""

    drawer = "restyled"

    def put(self, name: str, style: tuple[float, ...], said: str, at: str) -> None:
        """Keep a style."""
        self.connection.execute(
            "insert or replace into style values (?, ?, ?, ?)", (name, json.dumps(style), said, at)
        )

    def names(self) -> list[str]:
        """Names in order."""
        if not self.exists:
            return []
        return [name for (name,) in self.connection.execute("select name from style order by 1")]

    def get(self, name: str) -> tuple[float, ...] | None:
        """The numbers of one style."""
        if not self.exists:
            return None
        found = self.connection.execute("select numbers from style where name = ?", (name,))
        row = found.fetchone()
        return tuple(json.loads(row[0])) if row else None

    def remove(self, name: str) -> bool:
        """Forget a style; False where there was none."""
        if not self.exists:
            return False
        self.connection.execute("delete from style where name = ?", (name,))
        return bool(self.connection.changes())
