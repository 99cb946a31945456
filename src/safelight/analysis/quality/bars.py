"""Bars of one tone from side to side, with something between them: how programs draw screens."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

_LEVEL = 2
"""Levels between the darkest and the lightest pixel of a row that is one tone; JPEG costs one."""
_CONTENT = 25
"""From which a row shows something: a clear sky is many nearly level rows, and nothing between."""
_MARGIN = 50
_MOST = 10


def bars(levels: NDArray[Any]) -> float:
    """How many such bars there are, in tenths; ten and more are 1.

    Args:
        levels: a grey picture, uint8; a bar is two rows or more, its ends do not count.
    """
    margin = levels.shape[1] // _MARGIN
    inner = levels[:, margin : levels.shape[1] - margin]
    spread = inner.max(axis=1).astype(np.int16) - inner.min(axis=1)
    even = (spread <= _LEVEL).astype(np.uint8).reshape(-1, 1)
    level = cv2.erode(even, np.ones((2, 1), np.uint8)).ravel() > 0
    told = level[level | (spread >= _CONTENT)]
    found = int(told[:1].sum()) + int((told[1:] & ~told[:-1]).sum())
    return min(found, _MOST) / _MOST
