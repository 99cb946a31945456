"""Slicing trees: photos side by side and one above the other, cut with even gutters.

With every photo at its own shape, the width of a tree is an affine function of its height,
however deep it is (the observation behind BRIC: C. Brian Atkins, "Blocked recursive image
composition", ACM Multimedia 2008). So the one size at which nothing is cropped follows in a
single pass, and placing a tree in another shape spreads the misfit over all photos alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def leaves(node: Node) -> Iterator[int]:
    """Indices of the photos, in reading order of the tree."""
    if isinstance(node, int):
        yield node
    else:
        for part in node.parts:
            yield from leaves(part)


class Shapes:
    """The shapes of some photos and the gutter between them: what trees are measured with.

    `aspects` are width over height; `gutter` is in the pixels that `place` works in.
    """

    def __init__(self, aspects: Sequence[float], gutter: int) -> None:
        self.aspects = tuple(aspects)
        self.gutter = gutter

    def line(self, node: Node) -> tuple[float, float]:
        """(a, b) such that the tree, nothing cropped, is a * height + b wide; a > 0."""
        if isinstance(node, int):
            return self.aspects[node], 0.0
        lines = [self.line(part) for part in node.parts]
        gaps = self.gutter * (len(lines) - 1)
        if isinstance(node, Row):
            return sum(a for a, _ in lines), sum(b for _, b in lines) + gaps
        # Heights add up in a column: (w - b) / a, summed and turned round again.
        inverse = sum(1 / a for a, _ in lines)
        return 1 / inverse, (sum(b / a for a, b in lines) - gaps) / inverse

    def width_at(self, node: Node, height: float) -> float:
        """Width of the uncropped tree at a height."""
        a, b = self.line(node)
        return a * height + b

    def height_at(self, node: Node, width: float) -> float:
        """Height of the uncropped tree at a width."""
        a, b = self.line(node)
        return (width - b) / a

    def place(self, node: Node, box: Box) -> dict[int, Box] | None:
        """Fill a box of whole pixels exactly; None when some part would have no pixel."""
        placed: dict[int, Box] = {}
        return placed if self._fill(node, box, placed) else None

    def _fill(self, node: Node, box: Box, placed: dict[int, Box]) -> bool:
        if isinstance(node, int):
            placed[node] = box
            return box.width >= 1 and box.height >= 1
        across = isinstance(node, Row)
        if across:
            wanted = [self.width_at(part, box.height) for part in node.parts]
            spans = _divide(wanted, box.width, self.gutter)
            boxes = [Box(box.x + at, box.y, size, box.height) for at, size in spans]
        else:
            wanted = [self.height_at(part, box.width) for part in node.parts]
            spans = _divide(wanted, box.height, self.gutter)
            boxes = [Box(box.x, box.y + at, box.width, size) for at, size in spans]
        if not spans:
            return False
        return all(self._fill(part, b, placed) for part, b in zip(node.parts, boxes, strict=True))


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
