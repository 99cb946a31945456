"""Which faces of a photo are those that were found in it before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelight.model.creations import Box
from safelight.model.observations import FaceTemplate

Row = dict[str, Any]

SAME_PLACE = 0.5
"""Overlap (intersection over union) from which two boxes of one picture are the same face."""

SAME_LOOK = 0.35
"""Distance of templates under which two faces in versions of one photo are the same: far less than
of two people, more than turning, cropping or brightening a photo makes."""


def overlap(a: Box, b: Box) -> float:
    """Intersection over union."""
    wide = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    high = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    shared = max(0.0, wide) * max(0.0, high)
    return shared / max(a.width * a.height + b.width * b.height - shared, 1e-12)


def box_of(row: Row) -> Box:
    """A face row's box."""
    return Box(row["x"], row["y"], row["width"], row["height"])


def in_place(found: Sequence[FaceTemplate], old: Sequence[Row]) -> list[Row | None]:
    """For each face of a picture that is as it was, the one of before in its place."""
    free, matched = list(old), list[Row | None]()
    for template in found:
        before = max(free, key=lambda row: overlap(box_of(row), template.face.box), default=None)
        if before is not None and overlap(box_of(before), template.face.box) < SAME_PLACE:
            before = None
        if before is not None:
            free.remove(before)
        matched.append(before)
    return matched


def after_editing(
    found: Sequence[FaceTemplate], old: Sequence[Row], model: str
) -> list[Row | None]:
    """For each face of a photo that was turned, cropped or brightened, the one of before.

    They are told by what they look like. Faces that are never to be grouped left nothing that
    tells them: what is none of the others is taken for them, the nearest first. In doubt somebody
    stays out.

    Args:
        model: digest of what made the templates found now.
    """
    matched: list[Row | None] = [None] * len(found)
    told = [row for row in old if row["template"] is not None and row["model"] == model]
    for at, was in _alike(found, told):
        matched[at] = was
    by_place = [row for row in old if row["template"] is not None and row["model"] != model]
    left = [at for at, row in enumerate(matched) if row is None]
    for at, row in zip(left, in_place([found[at] for at in left], by_place), strict=True):
        matched[at] = row
    erased = [row for row in old if row["template"] is None]
    left = [at for at, row in enumerate(matched) if row is None]
    while left and erased:
        at, was = max(
            ((at, row) for at in left for row in erased),
            key=lambda pair: overlap(box_of(pair[1]), found[pair[0]].face.box),
        )
        matched[at] = was
        left.remove(at)
        erased.remove(was)
    return matched


def _alike(found: Sequence[FaceTemplate], old: Sequence[Row]) -> list[tuple[int, Row]]:
    """Pairs of faces that look the same, each face once, the most alike first."""
    if not found or not old:
        return []
    now = _vectors([each.template.values for each in found])
    before = _vectors([row["template"] for row in old])
    if now.shape[1] != before.shape[1]:
        return []
    apart = np.linalg.norm(now[:, None] - before[None], axis=2)
    apart[~np.isfinite(apart)] = np.inf
    pairs = list[tuple[int, Row]]()
    while apart.size and apart.min() < SAME_LOOK:
        at, was = np.unravel_index(int(apart.argmin()), apart.shape)
        pairs.append((int(at), old[int(was)]))
        apart[at, :] = apart[:, was] = np.inf
    return pairs


def _vectors(templates: Sequence[bytes]) -> NDArray[np.float64]:
    values = np.frombuffer(b"".join(templates), "<f2").astype(np.float64)
    return values.reshape(len(templates), -1)
