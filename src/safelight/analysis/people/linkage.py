"""Merging the nearest clusters first, in rounds of whole matrix products.

In each round every cluster finds its nearest other. Two that are nearest to one another become
one, and a small cluster joins a much larger one that is nearest to it. For mutual pairs alone and
mean squared distance this is average linkage exactly (nearest neighbours survive other merges,
Bruynooghe 1977); letting small ones join at once saves a round for each of them.
Memory is bounded: distances exist for one block at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelight.analysis.people.clusters import Clusters

Array = NDArray[Any]
Bias = Callable[[Clusters], Array]

BLOCK = 1 << 23
"""Distances held at once: 32 MB of float32."""
MUCH_LARGER = 8
MOST_ROUNDS = 400


def average(clusters: Clusters) -> Array:
    """What makes the linkage the mean squared distance over all pairs."""
    return clusters.spread


def noise_free(noise: float) -> Bias:
    """What takes out of a squared distance of centres that a mean of few faces is inexact.

    Args:
        noise: how much the squared error of a centre of one face exceeds that of many.
    """
    return lambda clusters: -noise / clusters.size


def link(
    clusters: Clusters, limit: float, bias: Bias, least: int = 1
) -> tuple[Array, Clusters]:
    """Merge until no two clusters are within `limit`.

    Args:
        limit: squared distance of centres plus both biases, under which clusters are one.
        least: a cluster only joins one of at least this size, or merges with another such.

    Returns:
        The new cluster of each old one (n,), and the new clusters.
    """
    labels = np.arange(len(clusters))
    near, gap = nearest(clusters, np.arange(len(clusters)), bias, least)
    for _ in range(MOST_ROUNDS):
        goal = _goals(clusters, near, gap, limit)
        if goal is None:
            break
        step, count = _numbered(goal)
        changed = np.bincount(step, minlength=count) > 1
        keep = np.zeros(count, np.int64)
        keep[step[::-1]] = np.arange(len(step))[::-1]
        stale = (near >= 0) & changed[step[np.maximum(near, 0)]]
        near = np.where(near >= 0, step[np.maximum(near, 0)], -1)[keep]
        again = changed | (stale & (gap < limit))[keep]
        gap, labels = gap[keep], step[labels]
        clusters = clusters.joined(step, count)
        rows = np.flatnonzero(again) if bias is average else np.arange(count)
        near[rows], gap[rows] = nearest(clusters, rows, bias, least)
    return labels, clusters


def nearest(
    clusters: Clusters, rows: Array, bias: Bias, least: int = 1
) -> tuple[Array, Array]:
    """The nearest permitted cluster of each of `rows` (-1 where none), and how far it is."""
    allowed = np.flatnonzero(clusters.size >= least)
    near, gap = np.full(len(rows), -1, np.int64), np.full(len(rows), np.inf)
    if not len(allowed):
        return near, gap
    others = clusters.take(allowed)
    centres, shifts = clusters.centres, bias(clusters).astype(np.float32)
    lengths = np.einsum("ij,ij->i", centres, centres) + shifts
    targets, ends = -2 * centres[allowed].T, lengths[allowed]
    place = np.full(len(clusters), -1)
    place[allowed] = np.arange(len(allowed))
    height = max(1, BLOCK // len(allowed))
    for start in range(0, len(rows), height):
        part = rows[start : start + height]
        block = centres[part] @ targets
        block += ends
        own = place[part]
        block[np.flatnonzero(own >= 0), own[own >= 0]] = np.inf
        block[clusters.forbidden(part, others)] = np.inf
        best = block.argmin(axis=1)
        least_gap = block[np.arange(len(part)), best] + lengths[part]
        gap[start : start + height] = least_gap
        near[start : start + height] = np.where(np.isfinite(least_gap), allowed[best], -1)
    return near, gap


def _goals(clusters: Clusters, near: Array, gap: Array, limit: float) -> Array | None:
    """Which cluster each becomes part of (itself for most); None when nothing is left to do."""
    me = np.arange(len(near))
    close = (near >= 0) & (gap < limit)
    other = np.maximum(near, 0)
    mutual = close & (near[other] == me) & close[other]
    size = clusters.size
    joins = close & ~mutual & (size * MUCH_LARGER <= size[other])
    pulled = mutual & ((size < size[other]) | ((size == size[other]) & (me > other)))
    movers = np.flatnonzero(pulled | joins)
    movers = movers[~(pulled | joins)[other[movers]]]  # no chains within a round
    movers = movers[np.argsort(gap[movers], kind="stable")]
    movers = movers[_one_a_photo(clusters, movers, other[movers])]
    if not len(movers):
        return None
    goal = me.copy()
    goal[movers] = other[movers]
    return goal


def _one_a_photo(clusters: Clusters, movers: Array, goals: Array) -> Array:
    """Of several that join one cluster from one photo or under one ban, only the nearest."""
    keep = np.ones(len(movers), bool)
    for table in (clusters.photos, clusters.bans):
        entries = table[movers].tocoo()
        order = np.argsort(entries.row, kind="stable")
        rows, columns = entries.row[order], entries.col[order]
        keys = goals[rows].astype(np.int64) * table.shape[1] + columns
        _, first = np.unique(keys, return_index=True)
        late = np.ones(len(keys), bool)
        late[first] = False
        keep[rows[late]] = False
    return keep


def _numbered(goal: Array) -> tuple[Array, int]:
    roots = np.unique(goal)
    return np.searchsorted(roots, goal), len(roots)
