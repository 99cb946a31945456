"""The greedy choice behind `choosing`: what each photo would add, and what is out.

A sum of concave gains (Nemhauser, Wolsey, Fisher 1978: greedy is within 1 - 1/e of the best
set): each day, place, month and scene pays much for its first photo and ever less for the next,
fuller ones somewhat more; ratings and distance from what is chosen decide the rest. A photo that
looks almost like a chosen one is passed over, and with it all that look like that one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from safelight.ideas.likeness import FARTHEST_BITS, alike, alike_mask
from safelight.ideas.pool import Pool, Rows

SCENE_GAP_S = 40 * 60.0

_CHAPTER, _PLACE, _MONTH, _SCENE = 12.0, 4.0, 3.0, 2.0
_SPACING = 0.8


class Greedy:
    """One greedy choice. `worth` is what each row would add now, minus infinity once it is out."""

    def __init__(self, pool: Pool, rows: Rows, size: int, by_place: bool) -> None:
        self._size = size
        self._levels = _levels(pool, rows, size, by_place)
        self._worth = pool.quality[rows] + sum(level.gain() for level in self._levels)
        self._prints, self._known, self._utc = pool.prints[rows], pool.known[rows], pool.utc[rows]
        self._video, self._videos_left = pool.video[rows], max(1, size // 5)
        self._position = _positions(self._utc)
        self._apart = np.full(len(rows), _SPACING)
        self._found: list[int] = []
        self._looks: list[tuple[float, int | None]] = []

    def run(self) -> list[int]:
        """Positions in `rows` of the photos taken, in the order of taking."""
        while len(self._found) < self._size:
            best = int(np.argmax(self._worth + self._apart))
            if self._worth[best] == -np.inf:
                break
            rival = self._rival_of(best)
            if rival is None:
                self._take(best)
            else:
                alike_to_rival = alike_mask(self._prints, self._known, self._utc, rival)
                self._worth[alike_to_rival] = -np.inf
        return self._found

    def _rival_of(self, row: int) -> int | None:
        """The row already found that looks almost the same."""
        utc, look = self._look_of(row)
        for found, (found_utc, found_look) in zip(self._found, self._looks, strict=True):
            # Unlike at any distance in time: this spares the careful look for nearly all.
            if (
                look is not None
                and found_look is not None
                and (look ^ found_look).bit_count() > FARTHEST_BITS
            ):
                continue
            if alike(found_look, look, found_utc - utc):
                return found
        return None

    def _look_of(self, row: int) -> tuple[float, int | None]:
        return float(self._utc[row]), int(self._prints[row]) if self._known[row] else None

    def _take(self, row: int) -> None:
        self._found.append(row)
        self._looks.append(self._look_of(row))
        for level in self._levels:
            level.take(row, self._worth)
        self._worth[row] = -np.inf
        near = np.abs(self._position - self._position[row])
        self._apart = np.minimum(self._apart, near * (_SPACING * self._size))
        if self._video[row]:
            self._videos_left -= 1
            if not self._videos_left:
                self._worth[self._video] = -np.inf


@dataclass
class _Level:
    """One way to divide the story; label -1 belongs nowhere and gains nothing.

    `order` and `bounds` find the shots of a label without looking through all.
    """

    labels: Rows
    first: float
    weight: list[float]
    taken: list[int]
    order: Rows
    bounds: list[int]

    @classmethod
    def of(cls, labels: Rows, first: float) -> _Level:
        labels = labels + 1
        counts = np.bincount(labels)
        mass = counts.astype(np.float64)
        mass[0] = 0.0
        weight = np.sqrt(mass / max(1.0, mass.max()))
        order = np.argsort(labels, kind="stable")
        bounds = [0, *np.cumsum(counts).tolist()]
        return cls(labels, first, weight.tolist(), [0] * len(mass), order, bounds)

    def gain(self) -> NDArray[np.float64]:
        """What each shot adds while nothing is taken."""
        return np.where(self.labels == 0, 0.0, self.first)

    def take(self, at: int, worth: NDArray[np.float64]) -> None:
        """Count one shot as taken and lower the worth of those that share its label."""
        label = int(self.labels[at])
        if label == 0:
            return
        taken, weight = self.taken[label], self.weight[label]
        now = weight / (1 + taken) if taken else self.first
        members = self.order[self.bounds[label] : self.bounds[label + 1]]
        worth[members] += weight / (2 + taken) - now
        self.taken[label] += 1


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
