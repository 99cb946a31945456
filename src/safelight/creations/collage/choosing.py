"""Choosing among placed layouts: the best, and alternatives that look unlike it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from safelight.creations.collage.families import Sketch
from safelight.model.creations import Box

_ALIKE = 0.16
"""Mean difference of cells, in sizes of the block, under which two layouts look like one."""

_FORGIVEN = 1.2
"""How much worse than the best an alternative may be."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A sketch with its cells, the block they fill, its cost, and its `look_of`."""

    sketch: Sketch
    boxes: dict[int, Box]
    block: Box
    cost: float
    look: NDArray[np.float64]


def choose(found: Sequence[Placed], count: int) -> list[Placed]:
    """The best, then those that differ most for the least cost."""
    chosen = [found[0]]
    rest = [c for c in found[1:] if c.cost <= found[0].cost + _FORGIVEN]
    nearest = [_distance(c, chosen[0]) for c in rest]
    while len(chosen) < count:
        usable = [i for i, distance in enumerate(nearest) if distance >= _ALIKE / 2]
        if not usable:
            break
        dues = [rest[i].cost + _repetition(rest[i], nearest[i], chosen) for i in usable]
        pick = rest[usable[dues.index(min(dues))]]
        chosen.append(pick)
        nearest = [min(d, _distance(c, pick)) for d, c in zip(nearest, rest, strict=True)]
    return chosen


def _repetition(one: Placed, nearest: float, chosen: Sequence[Placed]) -> float:
    """What an alternative costs for being like those already chosen."""
    families = [c.sketch.family for c in chosen].count(one.sketch.family)
    sides = [c.sketch.frame.title_at for c in chosen].count(one.sketch.frame.title_at)
    stars = 0
    if one.sketch.hero is not None:
        stars = [c.sketch.hero for c in chosen].count(one.sketch.hero)
    sameness = max(0.0, 1 - nearest / (2 * _ALIKE))
    return 0.5 * sameness + 0.1 * families + 0.04 * sides + 0.25 * stars


def _distance(one: Placed, other: Placed) -> float:
    """How unlike two layouts look: mean difference of the cells, as shares of their blocks."""
    moved = float(np.abs(one.look - other.look).sum())
    shape = abs(math.log(_aspect(one.block) / _aspect(other.block)))
    moved_title = one.sketch.frame.title_at != other.sketch.frame.title_at
    # A title that moves makes another picture of one or two photos, not of many.
    title = 0.0 if not moved_title else (0.09 if len(one.boxes) < 3 else 0.03)
    return moved / len(one.boxes) + 0.2 * shape + title


def look_of(boxes: dict[int, Box], block: Box) -> NDArray[np.float64]:
    """Centre and size of each cell in its block, by photo."""
    sides = [boxes[i] for i in range(len(boxes))]
    x, y, w, h = np.array([(b.x, b.y, b.width, b.height) for b in sides], np.float64).T
    across = (x - block.x + w / 2) / block.width
    down = (y - block.y + h / 2) / block.height
    return np.stack([across, down, np.sqrt(w * h / (block.width * block.height))])


def _aspect(box: Box) -> float:
    return box.width / box.height
