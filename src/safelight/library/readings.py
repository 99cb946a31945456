"""Words read in pictures, and which pictures hint at some, in the `content` drawer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from safelight.library.stores import Store
from safelight.model.consent import SqlCondition


class Hint(NamedTuple):
    """A picture that hints at text.

    Attributes:
        strength: 0 to 1.
        paper: a document or a screen, or whether it is one hangs on its text.
        read: whether its words were read already.
    """

    asset: str
    strength: float
    paper: bool
    read: bool = False


class Readings(Store):
    """Reads and writes; open it only while `content` is on."""

    drawer = "content"

    def put_hints(self, looked_at: Sequence[str], hints: Iterable[Hint]) -> None:
        """Keep which of the assets that were looked at just now hint at text.

        What was read in them before is forgotten: they may say something else now.
        """
        gone = [(asset,) for asset in looked_at]
        with self.connection:
            self.connection.executemany("delete from hinted where asset = ?", gone)
            self.connection.executemany("delete from reading where asset = ?", gone)
            self.connection.executemany(
                "insert into hinted values (?, ?, ?)",
                [(hint.asset, hint.strength, hint.paper) for hint in hints],
            )

    def put(self, texts: Iterable[tuple[str, str]], reader: str) -> None:
        """Keep words that were read; an empty text says that there were none.

        Args:
            reader: digests of the models that read.
        """
        rows = list(texts)
        with self.connection:
            self.connection.executemany(
                "delete from failed where asset = ? and version = ?",
                [(asset, reader) for asset, _ in rows],
            )
            self.connection.executemany(
                "insert or replace into reading (asset, text, reader) values (?, ?, ?)",
                [(asset, text, reader) for asset, text in rows],
            )

    def hints(self, reader: str, library: SqlCondition, content: SqlCondition) -> list[Hint]:
        """Pictures that hint at text and may be seen (conditions for the alias `a`)."""
        if not self.exists:
            return []
        sql = (
            "select h.asset, h.strength, h.paper, r.asset is not null"  # noqa: S608  # ours
            " from content.hinted h join asset a on a.id = h.asset"
            " left join content.reading r on r.asset = h.asset and r.reader = ?"
            f" where ({library.sql}) and ({content.sql})"
        )
        connection = self._drawers.reader(("catalogue", "content"))
        rows = connection.execute(sql, (reader, *library.params, *content.params))
        return [
            Hint(asset, strength, bool(paper), bool(read)) for asset, strength, paper, read in rows
        ]

    def text(self, asset: str) -> str:
        """Words read in one asset; empty where there are none."""
        row = self.connection.execute(
            "select text from reading where asset = ?", (asset,)
        ).fetchone()
        return str(row[0]) if row else ""
