"""Clusters of templates as columns: sums that merging adds up, and who may not be together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy import sparse  # type: ignore[import-untyped,unused-ignore]

Array = NDArray[Any]

MIRROR_SHARE = 0.2
"""Two clusters may share this part of the smaller one's photos: mirrors, collages and photos of
photos do show one person twice. Below five photos none is tolerated."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """n clusters of templates of d numbers.

    Attributes:
        size: faces in each, float64 (n,).
        total: sums of templates, float64 (n, d).
        square: sums of squared lengths, float64 (n,).
        photos: which photos each shows, sparse (n, photos), ones.
        bans: sparse (n, bans): two clusters with a ban in common are never one person.
    """

    size: Array
    total: Array
    square: Array
    photos: sparse.csr_matrix
    bans: sparse.csr_matrix

    def __len__(self) -> int:
        return len(self.size)

    @property
    def centres(self) -> Array:
        """Mean templates, float32 (n, d)."""
        return np.asarray((self.total / self.size[:, None]).astype(np.float32))

    @property
    def spread(self) -> Array:
        """Mean squared distance of a cluster's templates from its centre, float64 (n,)."""
        mean = self.total / self.size[:, None]
        return np.asarray(
            np.maximum(self.square / self.size - np.einsum("ij,ij->i", mean, mean), 0.0)
        )

    def take(self, rows: Array) -> Clusters:
        """Some of them, in the order given."""
        return Clusters(
            self.size[rows],
            self.total[rows],
            self.square[rows],
            self.photos[rows],
            self.bans[rows],
        )

    def joined(self, labels: Array, count: int) -> Clusters:
        """Clusters of clusters: those with one label, from 0 to `count` - 1, become one."""
        n = len(self)
        ones = np.ones(n)
        by = _matrix((ones, (labels, np.arange(n))), shape=(count, n))
        return Clusters(
            by @ self.size,
            by @ self.total,
            by @ self.square,
            _ones(by @ self.photos),
            _ones(by @ self.bans),
        )


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Which clusters may not become one, asked for one block of rows at a time.

    Attributes:
        clusters: rows.
        others: sizes of the columns.
        photos, bans: the columns' tables, transposed.
    """

    clusters: Clusters
    others: Array
    photos: sparse.csr_matrix
    bans: sparse.csr_matrix

    @classmethod
    def between(cls, clusters: Clusters, columns: Array) -> Conflicts:
        """All clusters against some of them."""
        photos, bans = (t[columns].T.tocsr() for t in (clusters.photos, clusters.bans))
        return cls(clusters, clusters.size[columns], photos, bans)

    def among(self, rows: Array) -> tuple[Array, Array]:
        """Pairs: position in `rows`, position among the columns."""
        mine = self.clusters
        shared = (mine.photos[rows] @ self.photos).tocoo()
        smaller = np.minimum(mine.size[rows][shared.row], self.others[shared.col])
        hard = shared.data > MIRROR_SHARE * smaller
        banned = (mine.bans[rows] @ self.bans).tocoo()
        return (
            np.concatenate([shared.row[hard], banned.row]),
            np.concatenate([shared.col[hard], banned.col]),
        )


def single_faces(templates: Array, photos: Array, bans: Sequence[tuple[int, int]] = ()) -> Clusters:
    """Each face a cluster of its own.

    Args:
        templates: (n, d), finite.
        photos: which photo each face is in, integers from 0 (n,).
        bans: (face, ban) pairs, both from 0; faces with a ban in common are never one person.
    """
    n = len(templates)
    wide = templates.astype(np.float64)
    shape = (n, int(photos.max(initial=-1)) + 1 or 1)
    pairs = np.array(bans, np.int64).reshape(-1, 2)
    width = int(pairs[:, 1].max(initial=-1)) + 1 or 1
    return Clusters(
        np.ones(n),
        wide,
        np.einsum("ij,ij->i", wide, wide),
        _matrix((np.ones(n), (np.arange(n), photos)), shape=shape),
        _ones(_matrix((np.ones(len(pairs)), pairs.T), shape=(n, width))),
    )


def _matrix(values: Any, **more: Any) -> sparse.csr_matrix:
    # Imported when people are grouped, not when the program starts: it takes a quarter second.
    from scipy import sparse  # type: ignore[import-untyped,unused-ignore]

    return sparse.csr_matrix(values, **more)


def _ones(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    matrix = _matrix(matrix)
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix
