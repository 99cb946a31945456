"""Pictures as vectors, in the `content` drawer: ours, and those of a person's own model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from safelight.library.content_store import ContentStore
from safelight.model.consent import SqlCondition
from safelight.model.observations import Embedding
from safelight.model.sights import Views


class Vectors(ContentStore):
    """Embeddings by model."""

    def put(self, items: Iterable[tuple[str, Embedding]]) -> None:
        """Keep vectors; those of other models stay beside them."""
        with self.connection:
            self.connection.executemany(
                "insert or replace into embedding values (?, ?, ?, ?)",
                [(asset, vector.model, vector.dimension, vector.values) for asset, vector in items],
            )

    def assets(self, model: str) -> set[str]:
        """Ids of the assets that have a vector of this model."""
        sql = "select asset from embedding where model = ?"
        return {asset for (asset,) in self.connection.execute(sql, (model,))}

    def all(
        self, model: str, library: SqlCondition, content: SqlCondition
    ) -> tuple[list[str], NDArray[np.float16]]:
        """Ids and unit vectors (n, dimension) of every asset that may be seen."""
        assets, values, dimension = list[str](), bytearray(), 0
        for asset, dimension, vector in self._each(  # noqa: B007  # the last is that of all
            "e.asset, e.dimension, e.vector",
            "content.embedding e join asset a on a.id = e.asset",
            library,
            content,
            "e.model = ?",
            (model,),
        ):
            assets.append(asset)
            values += vector  # a hundred thousand are a quarter of a gigabyte: held once
        if not assets:
            return [], np.zeros((0, 0), np.float16)
        return assets, np.frombuffer(values, "<f2").reshape(len(assets), dimension)

    def views(
        self, model: str, assets: Sequence[str], library: SqlCondition, content: SqlCondition
    ) -> Views:
        """Embeddings of those of some assets that may be seen."""
        rows = self._rows(
            "e.asset, e.dimension, e.vector",
            "content.embedding e join asset a on a.id = e.asset",
            library,
            content,
            "e.model = ? and e.asset in (select value from json_each(?))",
            (model, json.dumps(list(assets))),
        )
        values = memoryview(b"".join(row[2] for row in rows))
        return Views([row[0] for row in rows], int(rows[0][1]) if rows else 0, values)
