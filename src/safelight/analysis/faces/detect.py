"""Where faces are: BlazeFace full range, run over the whole picture at a coarse and a fine size.

The detector was made for 192 pixels; being convolutional, it runs at any size. The coarse pass
sees faces that fill the picture, the fine pass small ones; a third, finer still, runs only where
something says that people are far away. What several passes see is averaged by score (MediaPipe's
"weighted" suppression). What is left in doubt is looked at once more, alone and as large as the
detector likes faces best. Source: arXiv 1907.05047.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.analysis.framing import fitted, scaled, too_small
from safelight.model.creations import Box
from safelight.model.observations import FaceBox
from safelight.weights import runtime

Array = NDArray[Any]

MODEL = "face-boxes"
STEP = 32
STRIDE = 4
PASSES = (128, 384)
FAR_PASSES = (*PASSES, 640)
CLOSE = 64
"""The pass for a face that fills a poor picture, which the others look past: only where they saw
nobody, and where faces are looked for in earnest."""

MIN_SCORE = 0.5
DOUBT = (0.42, 0.65)
"""Scores between which a face is looked at again; below, nobody asks."""

SECOND_LOOKS = 12
"""Most faces of a picture that are looked at again, the best first."""

OVERLAP = 0.3
MOST = 60
LARGEST = 224
"""Pixels: a fine pass does not see a larger face as one face, and is not believed about it."""


def find_faces(
    picture: Array,
    passes: tuple[int, ...] = PASSES,
    min_score: float = MIN_SCORE,
    region: Box | None = None,
) -> tuple[FaceBox, ...]:
    """Faces in a picture (height, width, 3) uint8, best first.

    Args:
        passes: long edges in pixels at which to look; no picture is enlarged for a fine pass.
        region: where the last of several passes looks, as fractions; everywhere when None.
    """
    if too_small(picture):
        return ()
    edge = max(picture.shape[:2])
    least = min(min_score, DOUBT[0])
    wide = [size for index, size in enumerate(passes) if index == 0 or size <= edge * 1.5]
    close = [] if region is None or len(wide) < 2 else [wide.pop()]
    found = [_look(picture, size / edge, least) for size in wide]
    found += [_look_in(picture, region, size / edge, least) for size in close if region]
    rows = _without_doubt(picture, _merged(np.concatenate(found)))
    if len(passes) > 1 and (not rows or rows[0][0] < min_score):
        rows = _without_doubt(picture, _merged(_look(picture, CLOSE / edge, least)))
    return tuple(_face(row, picture) for row in rows[:MOST] if row[0] >= min_score)


def _look_in(picture: Array, region: Box, scale: float, min_score: float) -> Array:
    """What `_look` finds in one part, in pixels of the whole picture."""
    height, width = picture.shape[:2]
    left, top = int(region.x * width), int(region.y * height)
    right = max(left + STEP, round((region.x + region.width) * width))
    bottom = max(top + STEP, round((region.y + region.height) * height))
    rows = _look(picture[top:bottom, left:right], scale, min_score)
    rows[:, 1:] += np.tile([left, top], 8)
    return rows


def _look(picture: Array, scale: float, min_score: float) -> Array:
    """Rows of score, left, top, right, bottom and six points, in pixels of the picture."""
    size = max(1, round(max(picture.shape[:2]) * scale))
    canvas, factor = fitted(picture, size, STEP, quick=True)
    boxes, logits = (out[0] for out in runtime.network(MODEL)(canvas[None]))
    scores = 1 / (1 + np.exp(-np.clip(logits[:, 0], -80, 80)))
    cells = np.flatnonzero(scores >= min_score)
    columns = canvas.shape[1] // STRIDE
    centre = np.stack([cells % columns, cells // columns], axis=1) * STRIDE + STRIDE / 2
    values = boxes[cells]
    middle, extent = values[:, :2] + centre, values[:, 2:4]
    points = (values[:, 4:].reshape(-1, 6, 2) + centre[:, None]).reshape(-1, 12)
    places = np.concatenate([middle - extent / 2, middle + extent / 2, points], axis=1) / factor
    rows = np.concatenate([scores[cells, None], places], axis=1)
    fits = extent.max(axis=1, initial=0) <= (LARGEST if max(canvas.shape) > PASSES[0] else np.inf)
    return np.asarray(rows[fits])


def _merged(rows: Array) -> list[Array]:
    """One row a face: overlapping rows averaged by score, under the best score."""
    rows = rows[np.argsort(-rows[:, 0], kind="stable")]
    faces = []
    while len(rows):
        same = _overlap(rows[0], rows) > OVERLAP
        same[0] = True
        weights = rows[same, :1]
        face = (rows[same] * weights).sum(axis=0) / weights.sum()
        face[0] = rows[0, 0]
        faces.append(face)
        rows = rows[~same]
    return faces


def _without_doubt(picture: Array, rows: list[Array]) -> list[Array]:
    """The same faces, best first; each that was in doubt has the score of a second look as well.

    A real face that was too small or too large for the passes is seen clearly then; what only
    looked like one, hardly at all. So the second look counts twice.
    """
    doubted = [row for row in rows if DOUBT[0] <= row[0] < DOUBT[1]]
    for row in doubted[:SECOND_LOOKS]:
        row[0] = (row[0] + 2 * _second_look(picture, row)) / 3
    return sorted(rows, key=lambda row: -row[0])


def _second_look(picture: Array, row: Array) -> float:
    """Score of the one face in the middle of a close crop; 0 where there is none.

    Where the picture ends its edge goes on, so that the face never fills the crop.
    """
    middle, side = (row[1:3] + row[3:5]) / 2, float((row[3:5] - row[1:3]).max())
    height, width = picture.shape[:2]
    low, high = (middle - 1.25 * side).astype(int), (middle + 1.25 * side).astype(int)
    left, top = np.clip(low, 0, None)
    right, bottom = np.minimum(high, (width, height))
    crop = picture[top:bottom, left:right]
    if too_small(crop):
        return 0.0
    factor = PASSES[0] / max(1, *(high - low))
    small = scaled(crop, *(max(1, round(size * factor)) for size in crop.shape[:2]), quick=True)
    x, y = (int(size * factor) for size in -np.minimum(low, 0))
    below, right_of = (
        max(0, PASSES[0] - size) for size in (y + small.shape[0], x + small.shape[1])
    )
    framed = cv2.copyMakeBorder(small, y, below, x, right_of, cv2.BORDER_REPLICATE)
    seen = _look(framed, 1.0, 0.05)
    goal = (middle - (left, top)) * factor + (x, y)
    near = np.abs((seen[:, 1:3] + seen[:, 3:5]) / 2 - goal).max(axis=1) < 0.35 * side * factor
    return float(seen[near, 0].max(initial=0.0))


def _overlap(one: Array, rows: Array) -> Array:
    """Intersection over union of one row's box with each row's."""
    low, high = np.maximum(one[1:3], rows[:, 1:3]), np.minimum(one[3:5], rows[:, 3:5])
    shared = np.prod(np.clip(high - low, 0, None), axis=1)
    areas = np.prod(np.clip(rows[:, 3:5] - rows[:, 1:3], 0, None), axis=1)
    area = float(np.prod(np.clip(one[3:5] - one[1:3], 0, None)))
    return np.asarray(shared / np.maximum(area + areas - shared, 1e-6))


def _face(row: Array, picture: Array) -> FaceBox:
    height, width = picture.shape[:2]
    left, right = np.clip(row[[1, 3]] / width, 0, 1).tolist()
    top, bottom = np.clip(row[[2, 4]] / height, 0, 1).tolist()
    points = [(float(x) / width, float(y) / height) for x, y in row[5:].reshape(6, 2)]
    box = Box(left, top, right - left, bottom - top)
    return FaceBox(box, float(row[0]), *points)
