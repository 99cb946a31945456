"""Families of layouts: rows, columns, a hero with companions, and free mosaics."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from safelight.creations.collage.breaking import even_breaks
from safelight.creations.collage.framing import Frame
from safelight.creations.collage.growing import Grower
from safelight.creations.collage.trees import Node, column, row


@dataclass(frozen=True, slots=True)
class Sketch:
    """A tree for a frame, before it is placed; `hero` is the photo made large on purpose."""

    family: str
    frame: Frame
    tree: Node
    hero: int | None = None


def rows(grower: Grower, frame: Frame, tries: int) -> Iterator[Sketch]:
    """Justified rows; some with fewer, larger photos in the first, middle or last row."""
    aspects = grower.shapes.aspects
    ideal = math.sqrt(sum(aspects) * frame.room.height / frame.room.width)
    for lines in _near(ideal, len(aspects)):
        for shares in _rhythms(lines):
            runs = even_breaks(aspects, lines, shares)
            yield Sketch("rows", frame, column([row(run) for run in runs]))


def columns(grower: Grower, frame: Frame, tries: int) -> Iterator[Sketch]:
    """Columns, filled one after the other or always the shortest first."""
    tall = [1 / aspect for aspect in grower.shapes.aspects]
    ideal = math.sqrt(sum(tall) * frame.room.width / frame.room.height)
    for lines in _near(ideal, len(tall)):
        for runs in (_shortest_first(tall, lines), even_breaks(tall, lines)):
            yield Sketch("columns", frame, row([column(run) for run in runs]))


def heroes(grower: Grower, frame: Frame, tries: int) -> Iterator[Sketch]:
    """One photo large, the others around it on one or two sides."""
    weights, count = grower.weights, len(grower.weights)
    if count < 3:
        return
    ranked = sorted(range(count), key=lambda i: (-weights[i], i))
    for hero in ranked[:2]:
        others = [i for i in range(count) if i != hero]
        for _ in range(max(1, tries // 24)):
            for build in _AROUND:
                tree = build(grower, hero, others, frame.room.width, frame.room.height)
                if tree is not None:
                    yield Sketch("hero", frame, tree, hero)


def mosaics(grower: Grower, frame: Frame, tries: int) -> Iterator[Sketch]:
    """Free binary trees."""
    everyone = range(len(grower.weights))
    for _ in range(tries):
        tree = grower.grow(list(everyone), frame.room.width, frame.room.height)
        yield Sketch("mosaic", frame, tree)


FAMILIES: dict[str, Callable[[Grower, Frame, int], Iterator[Sketch]]] = {
    "mosaic": mosaics,
    "rows": rows,
    "hero": heroes,
    "columns": columns,
}
"""Makers of sketches by family; the number is how many tries a search may take."""


def _near(ideal: float, most: int) -> list[int]:
    middle = round(ideal)
    return [n for n in (middle, middle - 1, middle + 1) if 1 <= n <= most] or [most]


def _rhythms(lines: int) -> list[list[float]]:
    even = [1.0] * lines
    if lines < 2:
        return [even]
    first, last = even.copy(), even.copy()
    first[0] = last[-1] = 0.55
    found = [even, first, last]
    if lines > 2:
        middle = even.copy()
        middle[lines // 2] = 0.55
        found.append(middle)
    return found


def _shortest_first(lengths: Sequence[float], lines: int) -> list[list[int]]:
    runs: list[list[int]] = [[] for _ in range(lines)]
    filled = [0.0] * lines
    for index, length in enumerate(lengths):
        target = min(range(lines), key=lambda line: (bool(runs[line]), round(filled[line], 6)))
        runs[target].append(index)
        filled[target] += length
    return runs


_Maker = Callable[[Grower, int, list[int], float, float], Node | None]


def _beside(grower: Grower, hero: int, others: list[int], w: float, h: float) -> Node | None:
    left = w - grower.shapes.aspects[hero] * h
    if left < 0.14 * w:
        left = 0.3 * w
    if left > 0.62 * w:
        return None
    return row([hero, grower.grow(others, left, h)])


def _beside_right(grower: Grower, hero: int, others: list[int], w: float, h: float) -> Node | None:
    tree = _beside(grower, hero, others, w, h)
    return None if tree is None or isinstance(tree, int) else row(tree.parts[::-1])


def _above(grower: Grower, hero: int, others: list[int], w: float, h: float) -> Node | None:
    left = h - w / grower.shapes.aspects[hero]
    if left < 0.14 * h:
        left = 0.3 * h
    if left > 0.62 * h:
        return None
    return column([hero, grower.grow(others, w, left)])


def _below(grower: Grower, hero: int, others: list[int], w: float, h: float) -> Node | None:
    tree = _above(grower, hero, others, w, h)
    return None if tree is None or isinstance(tree, int) else column(tree.parts[::-1])


def _corner(grower: Grower, hero: int, others: list[int], w: float, h: float) -> Node | None:
    """Hero top left, some beside it, the rest in a band below."""
    if len(others) < 4:
        return None
    aspect = grower.shapes.aspects[hero]
    share = 0.66 if len(others) < 9 else 0.58
    width = min(share * w, share * h * aspect)
    height = width / aspect
    if w - width < 0.15 * w or h - height < 0.15 * h:
        return None
    beside = (w - width) * height
    count = round(len(others) * beside / (beside + w * (h - height)))
    count = min(max(count, 1), len(others) - 1)
    top = row([hero, grower.grow(others[:count], w - width, height)])
    return column([top, grower.grow(others[count:], w, h - height)])


def _between(grower: Grower, hero: int, others: list[int], w: float, h: float) -> Node | None:
    """Hero in the middle: companions left and right of it, or above and below."""
    if len(others) < 4:
        return None
    half = len(others) // 2
    aspect = grower.shapes.aspects[hero]
    side = (w - h * aspect) / 2
    if side > 0.12 * w:
        first, second = grower.grow(others[:half], side, h), grower.grow(others[half:], side, h)
        return row([first, hero, second])
    band = max((h - w / aspect) / 2, 0.12 * h)
    first, second = grower.grow(others[:half], w, band), grower.grow(others[half:], w, band)
    return column([first, hero, second])


_AROUND: tuple[_Maker, ...] = (_beside, _above, _corner, _between, _beside_right, _below)
