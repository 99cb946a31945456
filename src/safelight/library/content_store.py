"""The `content` drawer, read for what may be seen: both conditions hold in every list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from safelight.library.stores import Store
from safelight.model.consent import SqlCondition


class ContentStore(Store):
    """Tables of the `content` drawer; open it only while that purpose is on.

    Lists take the conditions of the purposes `library` and `content`, compiled for the alias `a`.
    """

    drawer = "content"

    def _rows(self, *query: Any) -> list[tuple[Any, ...]]:
        """The same as `_each`, all at once."""
        return list(self._each(*query))

    def _each(
        self,
        columns: str,
        source: str,
        library: SqlCondition,
        content: SqlCondition,
        where: str = "1",
        params: tuple[Any, ...] = (),
        tail: str = "",
    ) -> Iterator[tuple[Any, ...]]:
        if not self.exists:
            return
        sql = (
            f"select {columns} from {source}"  # noqa: S608  # fragments are this program's
            f" where ({library.sql}) and ({content.sql}) and ({where}) {tail}"
        )
        connection = self._drawers.reader(("catalogue", "content"))
        yield from connection.execute(sql, (*library.params, *content.params, *params))
