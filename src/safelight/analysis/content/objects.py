"""Things and where they are: NanoDet (COCO's 80 names), one picture at a time.

Source: NanoDet (github.com/RangiLyu/nanodet) with the box distribution of Generalized Focal Loss
(arXiv 2006.04388): each edge is the mean of a distribution over eleven distances.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.analysis.framing import fitted, too_small
from safelight.model.creations import Box
from safelight.model.observations import DetectedObject
from safelight.weights import registry, runtime

Array = NDArray[Any]

MODEL = "objects"
NAMES = "object-names"
EDGE = 416
STRIDES = (8, 16, 32)
MIN_SCORE = 0.35
"""From which the program believes what the detector says."""

GLIMPSED = 0.05
"""From which it is kept at all; detectors are judged by all that they say from here on."""

OVERLAP = 0.6
_CANDIDATES = 1000
MOST = 100
"""Most things of a picture, as where detectors are judged."""


LONG = 2.5
"""Times the short side from which a picture is looked at in windows as well: a panorama made as
small as the detector takes it leaves of a person a few pixels."""
WINDOW, OVERLAPPING, WINDOWS = 1.5, 0.3, 6
"""Length of a window in short sides, the share of it that the next one shows too, and how many."""
CUT = 0.01


def find_objects(picture: Array, min_score: float = MIN_SCORE) -> tuple[DetectedObject, ...]:
    """Objects over a score, best first; none in a picture too small to see anything.

    A place may hold several kinds of things: what it holds most surely comes first.
    """
    if too_small(picture):
        return ()
    parts = [_seen(picture, min_score), *_in_windows(picture, min_score)]
    boxes, scores, kinds = (np.concatenate(each) for each in zip(*parts, strict=True))
    if len(scores) == 0:
        return ()
    kept = _without_overlap(boxes, scores, kinds, min_score)
    return _objects(boxes[kept], scores[kept], kinds[kept], picture)


def _seen(picture: Array, min_score: float) -> tuple[Array, Array, Array]:
    """Boxes in pixels of the picture, scores and kinds, best first, many to a thing."""
    canvas, factor = fitted(picture, EDGE, STRIDES[-1])
    classes, edges = (out[0] for out in runtime.network(MODEL)(canvas[None]))
    rows, kinds = np.divmod(np.flatnonzero(classes >= min_score), classes.shape[1])
    scores = classes[rows, kinds]
    best = np.argsort(-scores, kind="stable")[:_CANDIDATES]
    rows, kinds, scores = rows[best], kinds[best], scores[best]
    return _boxes(rows, edges[rows], *canvas.shape[:2]) / factor, scores, kinds


def _in_windows(picture: Array, min_score: float) -> Iterator[tuple[Array, Array, Array]]:
    """What a long picture's windows show, without what one of them cuts."""
    along = int(picture.shape[1] >= picture.shape[0])  # 1: lies, 0: stands
    long, short = picture.shape[along], picture.shape[1 - along]
    if long < LONG * short:
        return
    size = max(round(WINDOW * short), round(long / (WINDOWS * (1 - OVERLAPPING))))
    count = -(-(long - size) // round(size * (1 - OVERLAPPING))) + 1
    for start in np.linspace(0, long - size, count).round().astype(int).tolist():
        window = picture[:, start : start + size] if along else picture[start : start + size]
        boxes, scores, kinds = _seen(window, min_score)
        first, last = boxes[:, 1 - along], boxes[:, 3 - along]
        whole = (first > CUT * size) | (start == 0)
        whole &= (last < (1 - CUT) * size) | (start + size == long)
        boxes[:, [1 - along, 3 - along]] += start
        yield boxes[whole], scores[whole], kinds[whole]


def _boxes(rows: Array, edges: Array, height: int, width: int) -> Array:
    """Left, top, right, bottom in canvas pixels, of the cells named by `rows`."""
    centres = _all_centres(height, width)[rows]
    weights = np.exp(edges.reshape(len(rows), 4, edges.shape[1] // 4))
    steps = np.arange(weights.shape[2], dtype=np.float32)
    reach = (weights * steps).sum(axis=2) / weights.sum(axis=2) * centres[:, 2:3]
    x, y = centres[:, 0], centres[:, 1]
    corners = (x - reach[:, 0], y - reach[:, 1], x + reach[:, 2], y + reach[:, 3])
    return np.stack(corners, axis=1)


@lru_cache(maxsize=64)
def _all_centres(height: int, width: int) -> Array:
    """Middle and stride of each cell of a canvas; few sizes come up."""
    return np.concatenate([_centres(height, width, stride) for stride in STRIDES])


def _centres(height: int, width: int, stride: int) -> Array:
    rows, columns = height // stride, width // stride
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    middle = stride / 2
    return np.stack(
        [x.ravel() * stride + middle, y.ravel() * stride + middle, np.full(x.size, stride)], axis=1
    ).astype(np.float32)


def _without_overlap(boxes: Array, scores: Array, kinds: Array, least: float) -> list[int]:
    sized = np.concatenate([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]], axis=1)
    kept = cv2.dnn.NMSBoxesBatched(sized.tolist(), scores.tolist(), kinds.tolist(), least, OVERLAP)
    return [int(index) for index in sorted(kept, key=lambda i: -scores[i])[:MOST]]


def _objects(
    boxes: Array, scores: Array, kinds: Array, picture: Array
) -> tuple[DetectedObject, ...]:
    height, width = picture.shape[:2]
    inside = np.clip(boxes / (width, height, width, height), 0, 1).tolist()
    names = registry.words(NAMES)
    return tuple(
        DetectedObject(names[kind], score, Box(left, top, right - left, bottom - top))
        for (left, top, right, bottom), score, kind in zip(
            inside, scores.tolist(), kinds.tolist(), strict=True
        )
    )
