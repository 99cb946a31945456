"""Where lines of text are: PP-OCR's detector, which says of each pixel whether letters cover it.

The map is cut at a threshold, and each island widened, because the network is taught to draw lines
thinner than they are. Source: Real-time Scene Text Detection with Differentiable Binarization
(arXiv 1911.08947).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.analysis.framing import fitted, too_small
from safelight.weights import runtime

Array = NDArray[Any]

MODEL = "text-lines"
STEP = 32
COVERED = 0.3
MIN_SCORE = 0.6
WIDENED = 1.6
"""Area of an island times this by its outline is how far its edges move outwards."""

THINNEST = 3.0
"""Pixels of the map; thinner islands are noise."""

MOST = 200
"""Islands that are looked at, the largest first; a page has fewer lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text.

    Attributes:
        corners: (4, 2) float32, pixels of the picture: clockwise from the start of its upper edge,
            where letters stand upright.
        score: 0 to 1, how sure the detector is.
    """

    corners: Array
    score: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels, along the line and across it."""
        first, second, third, _ = self.corners
        return float(np.hypot(*(second - first))), float(np.hypot(*(third - second)))

    @property
    def area(self) -> float:
        """Pixels that it covers."""
        width, height = self.size
        return width * height


def find_lines(picture: Array, edge: int) -> tuple[Line, ...]:
    """Lines in a picture (height, width, 3) uint8, looked for at `edge` pixels, largest first."""
    if too_small(picture):
        return ()
    canvas, factor = fitted(picture, min(edge, max(picture.shape[:2])), STEP)
    likely = runtime.network(MODEL)(canvas[None])[0][0, 0]
    islands, _ = cv2.findContours(
        (likely > COVERED).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE
    )
    largest = sorted(islands, key=cv2.contourArea, reverse=True)[:MOST]
    lines = [_line(island, likely, factor) for island in largest]
    return tuple(sorted((line for line in lines if line), key=lambda line: -line.area))


def cover(lines: tuple[Line, ...], picture: Array) -> float:
    """Share of the picture that lines cover."""
    height, width = picture.shape[:2]
    return min(1.0, sum(line.area for line in lines) / (height * width))


def _line(island: Array, likely: Array, factor: float) -> Line | None:
    box: Any = cv2.minAreaRect(island)
    centre, (width, height), angle = box
    if min(width, height) < THINNEST:
        return None
    score = _mean_inside(cv2.boxPoints((centre, (width, height), angle)), likely)
    if score < MIN_SCORE:
        return None
    out = 2 * width * height * WIDENED / (2 * (width + height))
    corners = cv2.boxPoints((centre, (width + out, height + out), angle))
    return Line(_from_the_start(corners / factor), score)


def _mean_inside(corners: Array, likely: Array) -> float:
    left, top, width, height = cv2.boundingRect(np.asarray(np.round(corners), np.int32))
    left, top = max(0, left), max(0, top)
    part = likely[top : top + height, left : left + width]
    mask = np.zeros(part.shape, np.uint8)
    cv2.fillConvexPoly(mask, np.round(corners - (left, top)).astype(np.int32), 1)
    return float(part[mask > 0].mean()) if mask.any() else 0.0


def _from_the_start(corners: Array) -> Array:
    """Corners turned so that the first edge is the upper one of a line read from the left.

    What stands on end (half as high again as wide) is read downwards.
    """
    tilt = np.arctan2(*(np.roll(corners, -1, axis=0) - corners).T[::-1])
    turned = np.asarray(np.roll(corners, -int(np.abs(tilt).argmin()), axis=0), np.float32)
    width = float(np.hypot(*(turned[1] - turned[0])))
    height = float(np.hypot(*(turned[2] - turned[1])))
    return np.roll(turned, 1, axis=0) if height > 1.5 * width else turned
