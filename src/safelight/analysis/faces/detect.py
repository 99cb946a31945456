"""Where faces are: BlazeFace full range, run over the whole picture at a coarse and a fine size.

The detector was made for 192 pixels; being convolutional, it runs at any size. The coarse pass
sees faces that fill the picture, the fine pass small ones; a third, finer still, runs only where
something says that people are far away. What several passes see is averaged by score (MediaPipe's
"weighted" suppression). Source: arXiv 1907.05047.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelight.analysis.framing import fitted, too_small
from safelight.model.creations import Box
from safelight.model.observations import FaceBox
from safelight.weights import runtime

Array = NDArray[Any]

MODEL = "face-boxes"
STEP = 32
STRIDE = 4
PASSES = (128, 384)
FAR_PASSES = (*PASSES, 640)
MIN_SCORE = 0.55
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
    wide = [size for index, size in enumerate(passes) if index == 0 or size <= edge * 1.5]
    close = [] if region is None or len(wide) < 2 else [wide.pop()]
    found = [_look(picture, size / edge, min_score) for size in wide]
    found += [_look_in(picture, region, size / edge, min_score) for size in close if region]
    rows = np.concatenate(found)
    return tuple(_face(row, picture) for row in _merged(rows)[:MOST])


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
    canvas, factor = fitted(picture, size, STEP)
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
