"""How far a photo leans, where its lines agree."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.creations.arrays import Image

Values = NDArray[np.floating[Any]]

_MOST = 7.0
"""Degrees beyond which a lean is taken for intended."""
_LEAST = 0.8
_AGREEMENT = 0.6
"""Share of the length of all nearly level or upright lines that must lean alike."""


def find_tilt(small: Image) -> float:
    """Degrees to turn clockwise so that the lines are level or upright; 0 where they do not agree.

    Long straight segments vote with their length; level ones count double, as a horizon does
    not converge while the walls of a street do.
    """
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    found = cv2.createLineSegmentDetector().detect(grey)[0]
    if found is None:
        return 0.0
    x0, y0, x1, y1 = found.reshape(-1, 4).T
    length = np.hypot(x1 - x0, y1 - y0)
    angle = np.degrees(np.arctan2(y1 - y0, x1 - x0))
    level = (angle + 90) % 180 - 90
    upright = angle % 180 - 90
    flat = np.abs(level) < np.abs(upright)
    lean = np.where(flat, level, upright)
    long_enough = length > 0.07 * max(small.shape[:2])
    near = (np.abs(lean) < _MOST + 2) & long_enough
    if not near.any():
        return 0.0
    weight = np.where(flat, 2.0, 1.0)[near] * np.power(length[near], 1.5)
    return _agreed(lean[near], weight, float(max(small.shape[:2])))


def _agreed(lean: Values, weight: Values, edge: float) -> float:
    """The lean that most of the length shares, to about a degree."""
    at = np.arange(-_MOST, _MOST + 0.01, 0.25)
    votes = np.array([float(weight[np.abs(lean - a) < 0.75].sum()) for a in at])
    best = float(at[int(votes.argmax())])
    close = np.abs(lean - best) < 0.9
    enough = float(weight[close].sum()) >= max(
        _AGREEMENT * float(weight.sum()), float((0.35 * edge) ** 1.5)
    )
    tilt = float(np.average(lean[close], weights=weight[close])) if close.any() else 0.0
    if not enough or not _LEAST <= abs(tilt) <= _MOST:
        return 0.0
    return tilt
