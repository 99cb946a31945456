"""Slicing trees: photos side by side and one above the other, cut with even gutters.

With every photo at its own shape, the width of a tree is an affine function of its height,
however deep it is (the observation behind BRIC: C. Brian Atkins, "Blocked recursive image
composition", ACM Multimedia 2008). So the one size at which nothing is cropped follows in a
single pass, and placing a tree in another shape spreads the misfit over all photos alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safelight.model.creations import Box


@dataclass(frozen=True, slots=True)
class Row:
    """Parts side by side, left to right."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """Parts one above the other, top to bottom."""

    parts: tuple[Node, ...]


Node = int | Row | Column
"""A tree; a leaf is the photo's index."""


def row(parts: Sequence[Node]) -> Node:
    """Side by side; a single part stands for itself."""
    return parts[0] if len(parts) == 1 else Row(tuple(parts))


def column(parts: Sequence[Node]) -> Node:
    """One above the other; a single part stands for itself."""
    return parts[0] if len(parts) == 1 else Column(tuple(parts))


@dataclass(frozen=True, slots=True)
class Measured:
    """A tree with its line: nothing cropped, it is a * height + b wide; a > 0."""

    node: Node
    a: float
    b: float
    parts: tuple[Measured, ...] = ()

    def width_at(self, height: float) -> float:
        """Width of the uncropped tree at a height."""
        return self.a * height + self.b

    def height_at(self, width: float) -> float:
        """Height of the uncropped tree at a width."""
        return (width - self.b) / self.a


class Shapes:
    """The shapes of some photos and the gutter between them: what trees are measured with.

    `aspects` are width over height; `gutter` is in the pixels that `place` works in.
    """

    def __init__(self, aspects: Sequence[float], gutter: int) -> None:
        self.aspects = tuple(aspects)
        self.gutter = gutter

    def measure(self, node: Node) -> Measured:
        """The tree with the line of every part."""
        if isinstance(node, int):
            return Measured(node, self.aspects[node], 0.0)
        parts = tuple([self.measure(part) for part in node.parts])
        gaps = self.gutter * (len(parts) - 1)
        if isinstance(node, Row):
            a = sum([part.a for part in parts])
            return Measured(node, a, sum([part.b for part in parts]) + gaps, parts)
        # Heights add up in a column: (w - b) / a, summed and turned round again.
        inverse = sum([1 / part.a for part in parts])
        b = (sum([part.b / part.a for part in parts]) - gaps) / inverse
        return Measured(node, 1 / inverse, b, parts)

    def place(self, tree: Measured, box: Box) -> dict[int, Box] | None:
        """Fill a box of whole pixels exactly; None when some part would have no pixel."""
        placed: dict[int, Box] = {}
        return placed if self._fill(tree, box, placed) else None

    def _fill(self, tree: Measured, box: Box, placed: dict[int, Box]) -> bool:
        if isinstance(tree.node, int):
            placed[tree.node] = box
            return box.width >= 1 and box.height >= 1
        if isinstance(tree.node, Row):
            wanted = [part.width_at(box.height) for part in tree.parts]
            spans = _divide(wanted, box.width, self.gutter)
            boxes = [Box(box.x + at, box.y, size, box.height) for at, size in spans]
        else:
            wanted = [part.height_at(box.width) for part in tree.parts]
            spans = _divide(wanted, box.height, self.gutter)
            boxes = [Box(box.x, box.y + at, box.width, size) for at, size in spans]
        if not spans:
            return False
        for part, part_box in zip(tree.parts, boxes, strict=True):
            if not self._fill(part, part_box, placed):
                return False
        return True


def _divide(wanted: Sequence[float], length: float, gutter: int) -> list[tuple[int, int]]:
    """Whole-pixel spans in proportion to `wanted`, a gutter between each; [] when too tight."""
    free = length - gutter * (len(wanted) - 1)
    if min(wanted) <= 0 or free < len(wanted):
        return []
    scale = free / sum(wanted)
    spans: list[tuple[int, int]] = []
    total, start = 0.0, 0
    for index, size in enumerate(wanted):
        total += size * scale
        end = round(total)
        if end <= start:
            return []
        spans.append((start + gutter * index, end - start))
        start = end
    return spans
