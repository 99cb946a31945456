"""Previews: small upright JPEGs in their own drawer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from safelight.library.stores import Store


class Previews(Store):
    """Reads and writes the `previews` drawer."""

    drawer = "previews"

    def put(self, items: Iterable[tuple[str, bytes]]) -> None:
        """Store previews (asset id, JPEG), replacing older ones."""
        self.connection.executemany(
            "insert or replace into preview (asset, tag, jpeg) values (?, ?, ?)",
            [(asset, _tag(jpeg), jpeg) for asset, jpeg in items],
        )

    def get(self, asset: str) -> bytes | None:
        """The preview of an asset, None where it has none."""
        row = self.connection.execute(
            "select jpeg from preview where asset = ?", (asset,)
        ).fetchone()
        return bytes(row[0]) if row else None

    def remove(self, assets: Iterable[str]) -> None:
        """Forget previews."""
        self.connection.executemany(
            "delete from preview where asset = ?", [(asset,) for asset in assets]
        )


def _tag(jpeg: bytes) -> str:
    return hashlib.blake2b(jpeg, digest_size=8).hexdigest()
