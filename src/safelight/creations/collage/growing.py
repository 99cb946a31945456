"""Growing trees that suit a box: exact for a handful of photos, seeded search for more."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product
from random import Random

from safelight.creations.collage.trees import Node, Row, Shapes, column, row

_EXACT = 4
"""Up to this many photos every tree is looked at: 40 of them for four."""


class Grower:
    """Makes trees of photos, in their order, whose natural shape is near that of a box.

    `weights` are the shares of area that the photos should get.
    """

    def __init__(self, shapes: Shapes, weights: Sequence[float], rng: Random) -> None:
        self.shapes = shapes
        self.weights = tuple(weights)
        self._rng = rng
        self._known: dict[tuple[int, ...], list[tuple[Node, float, float]]] = {}

    def grow(self, items: Sequence[int], width: float, height: float) -> Node:
        """One tree of `items` for a box; another call gives another tree."""
        if len(items) <= _EXACT:
            return self._small(tuple(items), width / height)
        cut = self._cut(items)
        share = sum(self.weights[i] for i in items[:cut]) / sum(self.weights[i] for i in items)
        first, second = items[:cut], items[cut:]
        if self._across(width, height):
            left = width * share
            return row([self.grow(first, left, height), self.grow(second, width - left, height)])
        top = height * share
        return column([self.grow(first, width, top), self.grow(second, width, height - top)])

    def _cut(self, items: Sequence[int]) -> int:
        middle = len(items) / 2
        return max(1, min(len(items) - 1, round(self._rng.gauss(middle, len(items) / 8))))

    def _across(self, width: float, height: float) -> bool:
        lean = math.log(width / height) * 2.5
        return self._rng.random() < 1 / (1 + math.exp(-lean))

    def _small(self, items: tuple[int, ...], aspect: float) -> Node:
        known = self._known.get(items)
        if known is None:
            known = self._known[items] = [self._measured(tree) for tree in _every_tree(items)]
        noise = self._rng.random
        return min(
            known, key=lambda k: 3 * abs(math.log(k[1] / aspect)) + k[2] * (0.6 + 0.8 * noise())
        )[0]

    def _measured(self, tree: Node) -> tuple[Node, float, float]:
        areas: dict[int, float] = {}
        aspect = _natural(tree, self.shapes.aspects, 1.0, areas)
        relative = [math.log(areas[i] / self.weights[i]) for i in areas]
        mean = sum(relative) / len(relative)
        unevenness = math.sqrt(sum((r - mean) ** 2 for r in relative) / len(relative))
        return tree, aspect, unevenness


def _natural(tree: Node, aspects: Sequence[float], height: float, areas: dict[int, float]) -> float:
    """Aspect of a tree without gutters; fills the leaves' areas for the given height."""
    aspect = _aspect(tree, aspects)
    if isinstance(tree, int):
        areas[tree] = aspect * height * height
        return aspect
    if isinstance(tree, Row):
        for part in tree.parts:
            _natural(part, aspects, height, areas)
    else:
        for part in tree.parts:
            _natural(part, aspects, aspect * height / _aspect(part, aspects), areas)
    return aspect


def _aspect(tree: Node, aspects: Sequence[float]) -> float:
    if isinstance(tree, int):
        return aspects[tree]
    if isinstance(tree, Row):
        return sum(_aspect(part, aspects) for part in tree.parts)
    return 1 / sum(1 / _aspect(part, aspects) for part in tree.parts)


def _every_tree(items: tuple[int, ...]) -> list[Node]:
    """Every binary tree over items in their order."""
    if len(items) == 1:
        return [items[0]]
    found: list[Node] = []
    for cut in range(1, len(items)):
        for first, second in product(_every_tree(items[:cut]), _every_tree(items[cut:])):
            found += [row([first, second]), column([first, second])]
    return found
