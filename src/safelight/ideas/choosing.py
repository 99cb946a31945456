"""Choosing a set of photos that tells a whole story, and its cover.

A greedy choice over a sum of concave gains (Nemhauser, Wolsey, Fisher 1978: within 1 - 1/e of
the best set): each day, place, month and scene pays much for its first photo and ever less for
the next, fuller ones somewhat more; ratings and distance from what is chosen decide the rest.
After each pick everything near-identical to it is out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2, sqrt

import numpy as np
from numpy.typing import NDArray

from safelight.ideas.likeness import alike_mask
from safelight.ideas.pool import Pool, Rows, quality
from safelight.model.assets import AssetKind, Shot

SMALLEST, LARGEST = 4, 30
SCENE_GAP_S = 40 * 60.0

_CHAPTER, _PLACE, _MONTH, _SCENE = 12.0, 4.0, 3.0, 2.0
_SPACING = 0.8


def suggested_size(n_candidates: int, days: float) -> int:
    """How many photos tell a story of `n_candidates` different photos on `days` days.

    Grows with the root of the photos and the logarithm of the days, from 4 to 30, and is never
    more than there are: 9 for a full day, 13 for a weekend, 20 for a week, 28 for a month.
    """
    by_photos = 2 * sqrt(n_candidates)
    by_span = 9 + 4 * log2(max(1.0, days))
    return min(n_candidates, LARGEST, max(SMALLEST, round(min(by_photos, by_span))))


def choose(shots: Sequence[Shot], size: int, *, by_place: bool = True) -> list[Shot]:
    """Choose at most `size` shots, oldest first: distinct, spread out, the person's best.

    Kept-out shots, untrusted times and rejected photos are never chosen, identical fingerprints
    never twice, videos at most one in five. With `by_place` false, places play no part.
    """
    pool = Pool.of(shots)
    rows = np.arange(len(pool.shots))
    return [pool.shots[row] for row in pick(pool, rows, size, by_place=by_place)]


def choose_cover(chosen: Sequence[Shot]) -> Shot:
    """Choose the one of a chosen set to show first: rated, wide, from the heart of the story.

    Raises:
        ValueError: the set is empty.
    """
    if not chosen:
        raise ValueError("no cover without photos")
    middle = (len(chosen) - 1) / 2

    def fitness(place: int) -> float:
        shot = chosen[place]
        ratio = shot.width / max(1, shot.height)
        wide = 0.25 if 1.2 <= ratio <= 1.9 else 0.1 if 1.0 <= ratio <= 2.4 else 0.0
        centre = 1 - abs(place - middle) / (middle + 1)
        return 2 * quality(shot) + wide + 0.3 * centre - 2 * (shot.kind is AssetKind.VIDEO)

    return chosen[max(range(len(chosen)), key=lambda place: (fitness(place), -place))]


def pick(pool: Pool, rows: Rows, size: int, *, by_place: bool = True) -> list[int]:
    """Choose rows of a pool; see `choose`. Rows that do not lead their burst are passed over."""
    rows = rows[pool.lead[rows]]
    size = min(size, len(rows))
    if size < 1:
        return []
    levels = _levels(pool, rows, size, by_place)
    position = _positions(pool.utc[rows])
    apart = np.full(len(rows), np.inf)
    is_free = np.ones(len(rows), dtype=np.bool_)
    prints, known, utc = pool.prints[rows], pool.known[rows], pool.utc[rows]
    video = pool.video[rows]
    videos_left = max(1, size // 5)
    found: list[int] = []
    while len(found) < size and is_free.any():
        gain = pool.quality[rows] + _SPACING * np.minimum(1.0, apart * size)
        for level in levels:
            gain += level.gain()
        best = int(np.argmax(np.where(is_free, gain, -np.inf)))
        found.append(best)
        is_free &= ~alike_mask(prints, known, utc, best)
        is_free[best] = False
        apart = np.minimum(apart, np.abs(position - position[best]))
        videos_left -= int(video[best])
        if not videos_left:
            is_free &= ~video
        for level in levels:
            level.take(best)
    return sorted(int(rows[at]) for at in found)


@dataclass
class _Level:
    """One way to divide the story; label -1 belongs nowhere and gains nothing."""

    labels: Rows
    first: float
    weight: NDArray[np.float64]
    taken: NDArray[np.float64]

    @classmethod
    def of(cls, labels: Rows, first: float) -> _Level:
        mass = np.bincount(labels + 1).astype(np.float64)
        mass[0] = 0.0
        return cls(labels + 1, first, np.sqrt(mass / max(1.0, mass.max())), np.zeros(len(mass)))

    def gain(self) -> NDArray[np.float64]:
        again = self.weight / (1 + self.taken)
        each = np.where(self.taken == 0, self.first, again)
        each[0] = 0.0
        return each[self.labels]

    def take(self, at: int) -> None:
        self.taken[self.labels[at]] += 1


def _levels(pool: Pool, rows: Rows, size: int, by_place: bool) -> list[_Level]:
    _, days = np.unique(pool.day[rows], return_inverse=True)
    gaps = np.diff(pool.utc[rows], prepend=pool.utc[rows[0]])
    scenes = np.cumsum(gaps > SCENE_GAP_S, dtype=np.intp)
    levels = [_Level.of(_fold(days, size), _CHAPTER), _Level.of(_fold(scenes, size), _SCENE)]
    if days.max() >= size:
        levels.append(_Level.of(_fold((pool.day[rows] - pool.day[rows[0]]) // 30, size), _MONTH))
    if by_place and (pool.place[rows] >= 0).any():
        levels.append(_Level.of(_place_labels(pool, rows, size), _PLACE))
    return levels


def _fold(labels: NDArray[np.intp], limit: int) -> Rows:
    """Join neighbouring labels (0, 1, 2 …) into at most `limit` even groups."""
    lowest = int(labels.min())
    groups = int(labels.max()) - lowest + 1
    if groups <= limit:
        return labels - lowest
    return (labels - lowest) * limit // groups


def _place_labels(pool: Pool, rows: Rows, size: int) -> Rows:
    """Cities; where there are more than can have one photo each, regions, then countries."""
    codes, labels = np.unique(pool.place[rows], return_inverse=True)
    places = [None if code < 0 else pool.places[code] for code in codes]
    for depth in (3, 2, 1):
        names: dict[tuple[str | None, ...], int] = {}
        parts = [
            -1
            if p is None
            else names.setdefault((p.country_code, p.region, p.city)[:depth], len(names))
            for p in places
        ]
        if len(names) <= size:
            break
    return np.array(parts, dtype=np.intp)[labels]


def _positions(utc: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where in the story each shot is, 0 to 1: half by the clock, half by its rank."""
    span = max(1.0, float(utc[-1] - utc[0]))
    ranks = np.arange(len(utc)) / max(1, len(utc) - 1)
    result: NDArray[np.float64] = ((utc - utc[0]) / span + ranks) / 2
    return result
