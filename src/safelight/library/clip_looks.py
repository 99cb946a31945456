"""What was seen in videos that were looked over for films, in the `content` drawer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from safelight.library.stores import Store


class ClipLooks(Store):
    """Reads and writes what was seen; open it only while `content` is on."""

    drawer = "content"

    def get(self, asset: str, digest: bytes, version: str) -> dict[str, Any] | None:
        """What this version saw in this very file; None where it did not look yet."""
        if not self.exists:
            return None
        sql = "select seen from clip where asset = ? and digest = ? and version = ?"
        row = self.connection.execute(sql, (asset, digest, version)).fetchone()
        found: dict[str, Any] | None = json.loads(row[0]) if row else None
        return found

    def all(self, assets: Iterable[str]) -> dict[str, dict[str, Any]]:
        """What is kept of these, by asset."""
        if not self.exists:
            return {}
        wanted = json.dumps(list(assets))
        sql = "select asset, seen from clip where asset in (select value from json_each(?))"
        return {asset: json.loads(seen) for asset, seen in self.connection.execute(sql, (wanted,))}

    def put(self, asset: str, digest: bytes, version: str, seen: dict[str, Any]) -> None:
        """Keep what was seen, in place of what was there."""
        row = (asset, digest, version, json.dumps(seen))
        with self.connection:
            self.connection.execute("insert or replace into clip values (?, ?, ?, ?)", row)
