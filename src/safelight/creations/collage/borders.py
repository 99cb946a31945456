"""Borders of a collage that can be moved, read from its cells alone.

Cells that were cut from one block by straight cuts give their tree back: wherever a gutter runs
from side to side, there was a cut. So a plan that was kept, or that came from another program,
can be edited like one that was just laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from safelight.model.arrangement import Border
from safelight.model.creations import Box

_LEAST = 0.06
"""Least side of a cell, as a share of the canvas's shorter side."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a block: one cell, or parts beside (`upright`) or above one another."""

    box: Box
    cell: int = -1
    upright: bool = False
    parts: tuple[Slice, ...] = ()


class Borders:
    """The borders between some boxes.

    Args:
        boxes: whole pixels of the canvas, none over another.
        canvas: width and height.
    """

    def __init__(self, boxes: Sequence[Box], canvas: tuple[int, int]) -> None:
        self._tree = _read(tuple(enumerate(boxes)))
        usual = _LEAST * min(canvas)
        self._least = min([usual, *(min(b.width, b.height) for b in boxes)])

    def moved(self, shares: Mapping[str, float]) -> dict[int, Box]:
        """Boxes by their place among those given, some borders being elsewhere."""
        found: dict[int, Box] = {}
        if self._tree is not None:
            self._fill(self._tree, self._tree.box, "b", shares, found)
        return found

    def all(self, shares: Mapping[str, float]) -> list[Border]:
        """Every border, some of them being elsewhere."""
        if self._tree is None:
            return []
        return list(self._walk(self._tree, self._tree.box, "b", shares))

    def _walk(
        self, node: Slice, box: Box, name: str, shares: Mapping[str, float]
    ) -> Iterator[Border]:
        if not node.parts:
            return
        cuts = self._cuts(node, box, name, shares)
        boxes = _divided(node, box, cuts)
        needs = [self._need(part, upright=node.upright) for part in node.parts]
        free = _free(node, box)
        for index, (one, other) in enumerate(pairwise(boxes)):
            before = cuts[index - 1] if index else 0.0
            after = cuts[index + 1] if index + 1 < len(cuts) else 1.0
            low, high = before + needs[index] / free, after - needs[index + 1] / free
            strip = _between(one, other, upright=node.upright)
            at = cuts[index]
            yield Border(
                f"{name}.{index}", strip, node.upright, free, at, min(low, at), max(high, at)
            )
        for index, (part, inner) in enumerate(zip(node.parts, boxes, strict=True)):
            yield from self._walk(part, inner, f"{name}-{index}", shares)

    def _fill(
        self, node: Slice, box: Box, name: str, shares: Mapping[str, float], found: dict[int, Box]
    ) -> None:
        if not node.parts:
            found[node.cell] = box
            return
        boxes = _divided(node, box, self._cuts(node, box, name, shares))
        for index, (part, inner) in enumerate(zip(node.parts, boxes, strict=True)):
            self._fill(part, inner, f"{name}-{index}", shares, found)

    def _cuts(self, node: Slice, box: Box, name: str, shares: Mapping[str, float]) -> list[float]:
        """Where each border lies, kept in order and with room for every cell between."""
        sizes = [_side(part.box, upright=node.upright) for part in node.parts]
        free, total = _free(node, box), sum(sizes)
        needs = [self._need(part, upright=node.upright) / free for part in node.parts]
        ends = [sum(sizes[: i + 1]) / total for i in range(len(sizes) - 1)]
        wanted = [shares.get(f"{name}.{i}", end) for i, end in enumerate(ends)]
        if wanted == ends and box == node.box:
            return ends  # as it was laid out, even where that is tighter than a hand may make it
        for i in range(len(wanted)):
            wanted[i] = max(wanted[i], (wanted[i - 1] if i else 0.0) + needs[i])
        for i in reversed(range(len(wanted))):
            after = wanted[i + 1] if i + 1 < len(wanted) else 1.0
            wanted[i] = min(wanted[i], after - needs[i + 1])
        return wanted

    def _need(self, node: Slice, *, upright: bool) -> float:
        """The least side of a part along one direction."""
        if not node.parts:
            return self._least
        needs = [self._need(part, upright=upright) for part in node.parts]
        if node.upright is not upright:
            return max(needs)
        return sum(needs) + sum(_gaps(node))


def _read(boxes: tuple[tuple[int, Box], ...]) -> Slice | None:
    """The tree of some boxes; None where no straight cut parts them."""
    if not boxes:
        return None
    whole = _around([box for _, box in boxes])
    if len(boxes) == 1:
        return Slice(whole, boxes[0][0])
    for upright in (False, True):
        groups = _parted(boxes, upright=upright)
        if len(groups) > 1:
            parts = [_read(group) for group in groups]
            if any(part is None for part in parts):
                return None
            flush = [_flush(part, whole, upright=upright) for part in parts if part]
            return Slice(whole, upright=upright, parts=tuple(flush))
    return None


def _parted(
    boxes: tuple[tuple[int, Box], ...], *, upright: bool
) -> list[tuple[tuple[int, Box], ...]]:
    """Groups with a straight cut between each, in order."""
    start: Callable[[Box], float] = (lambda b: b.x) if upright else (lambda b: b.y)
    groups: list[list[tuple[int, Box]]] = []
    reached = float("-inf")
    for each in sorted(boxes, key=lambda pair: start(pair[1])):
        if start(each[1]) >= reached:
            groups.append([])
        groups[-1].append(each)
        reached = max(reached, start(each[1]) + _side(each[1], upright=upright))
    return [tuple(group) for group in groups]


def _flush(part: Slice, whole: Box, *, upright: bool) -> Slice:
    """A part with its box as wide (or high) as the whole that it was cut from."""
    if upright:
        return replace(part, box=Box(part.box.x, whole.y, part.box.width, whole.height))
    return replace(part, box=Box(whole.x, part.box.y, whole.width, part.box.height))


def _divided(node: Slice, box: Box, cuts: Sequence[float]) -> list[Box]:
    """The parts' boxes, in whole pixels."""
    gaps, free = [*_gaps(node), 0.0], _free(node, box)
    edges = [0, *(round(cut * free) for cut in cuts), round(free)]
    at, found = 0.0, []
    for (start, end), gap in zip(pairwise(edges), gaps, strict=True):
        if node.upright:
            found.append(Box(box.x + at, box.y, end - start, box.height))
        else:
            found.append(Box(box.x, box.y + at, box.width, end - start))
        at += end - start + gap
    return found


def _gaps(node: Slice) -> list[float]:
    return [
        (two.box.x - one.box.x - one.box.width)
        if node.upright
        else (two.box.y - one.box.y - one.box.height)
        for one, two in pairwise(node.parts)
    ]


def _free(node: Slice, box: Box) -> float:
    return _side(box, upright=node.upright) - sum(_gaps(node))


def _between(one: Box, other: Box, *, upright: bool) -> Box:
    if upright:
        left = one.x + one.width
        return Box(left, one.y, other.x - left, one.height)
    top = one.y + one.height
    return Box(one.x, top, one.width, other.y - top)


def _side(box: Box, *, upright: bool) -> float:
    return box.width if upright else box.height


def _around(boxes: Sequence[Box]) -> Box:
    left, top = min(b.x for b in boxes), min(b.y for b in boxes)
    right = max(b.x + b.width for b in boxes)
    return Box(left, top, right - left, max(b.y + b.height for b in boxes) - top)
