"""The nearest permitted other of each cluster, exactly, in blocks of a matrix product.

Memory is bounded: distances exist for one block at a time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelight.analysis.people.clusters import Clusters, Conflicts

Array = NDArray[Any]

BLOCK = 1 << 23
"""Distances held at once: 32 MB of float32."""


def nearest(clusters: Clusters, rows: Array, bias: Array, least: int = 1) -> tuple[Array, Array]:
    """The nearest permitted cluster of each of `rows` (-1 where none), and how far it is.

    Args:
        rows: ascending.
        bias: added to the squared distance of centres for each of the two (n,).
        least: only clusters of at least this size are near to anything.
    """
    columns = np.flatnonzero(clusters.size >= least)
    if not len(columns):
        return np.full(len(rows), -1), np.full(len(rows), np.inf)
    search = _Search(clusters, rows, columns, bias)
    search.triangle() if len(rows) == len(columns) == len(clusters) else search.rectangle()
    return np.where(np.isfinite(search.gap), search.near, -1), search.gap


class _Search:
    def __init__(self, clusters: Clusters, rows: Array, columns: Array, bias: Array) -> None:
        centres = clusters.centres
        lengths = np.einsum("ij,ij->i", centres, centres) + bias.astype(np.float32)
        self.rows, self.columns = rows, columns
        self.near = np.full(len(rows), -1, np.int64)
        self.gap = np.full(len(rows), np.inf, np.float32)
        self._conflicts = Conflicts.between(clusters, columns)
        self._from, self._start = centres[rows], lengths[rows]
        self._to, self._end = -2 * centres[columns].T, lengths[columns]
        self._own = np.searchsorted(columns, rows)
        self._own[~np.isin(rows, columns)] = -1
        self._height = max(1, BLOCK // len(columns))

    def rectangle(self) -> None:
        """Every row against every column."""
        for start in range(0, len(self.rows), self._height):
            self._down(start, self._block(start, 0))

    def triangle(self) -> None:
        """Every pair once, where rows and columns are the same."""
        start = 0
        while start < len(self.rows):
            self._height = max(1, BLOCK // (len(self.columns) - start))
            block = self._block(start, start)
            self._down(start, block, start)
            self._across(start, block)
            start += len(block)

    def _block(self, start: int, left: int) -> Array:
        """Squared distances of some rows to the columns from `left` on, less what rows add."""
        part = slice(start, start + self._height)
        block = self._from[part] @ self._to[:, left:]
        block += self._end[left:]
        block += self._start[part, None]
        own = self._own[part]
        block[np.flatnonzero(own >= 0), own[own >= 0] - left] = np.inf
        row, column = self._conflicts.among(self.rows[part])
        row, column = row[column >= left], column[column >= left]
        block[row, column - left] = np.inf
        return np.asarray(block)

    def _down(self, start: int, block: Array, left: int = 0) -> None:
        part = slice(start, start + len(block))
        best = block.argmin(axis=1)
        gap = block[np.arange(len(block)), best]
        closer = gap < self.gap[part]
        self.near[part] = np.where(closer, self.columns[best + left], self.near[part])
        self.gap[part] = np.where(closer, gap, self.gap[part])

    def _across(self, start: int, block: Array) -> None:
        """The same block seen from its columns."""
        after = block[:, len(block) :]
        column = start + len(block)
        closer = np.flatnonzero(after.min(axis=0, initial=np.inf) < self.gap[column:])
        best = after[:, closer].argmin(axis=0)
        self.near[column + closer] = self.rows[start + best]
        self.gap[column + closer] = after[best, closer]
