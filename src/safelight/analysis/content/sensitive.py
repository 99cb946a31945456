"""How likely a picture shows nudity: Yahoo's open_nsfw, asked only where there is bare skin.

Most pictures show hardly any skin colour and are answered without the model. A picture without
colour says nothing about skin, so it always goes to the model.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.analysis.framing import scaled, too_small
from safelight.weights import runtime

Array = NDArray[Any]

MODEL = "sensitive"
EDGE = 224
MIN_SKIN = 0.10
GREY = 6.0
_LOW, _HIGH = (
    np.array([0, 133, 77]),
    np.array([255, 180, 135]),
)  # Cr and Cb of skin, as in Chai and Ngan, widened


def sensitivity(picture: Array) -> float:
    """0 to 1; 0 where too little skin shows for the question to arise."""
    if too_small(picture):
        return 0.0
    small = scaled(picture, EDGE, EDGE)
    if not _may_be(small):
        return 0.0
    (scores,) = runtime.network(MODEL)(small[None])
    return float(scores[0, 1])


def _may_be(small: Array) -> bool:
    colours = cv2.cvtColor(small, cv2.COLOR_RGB2YCrCb)
    if np.abs(colours[..., 1:].astype(np.float32) - 128).mean() < GREY:
        return True
    return bool((np.asarray(cv2.inRange(colours, _LOW, _HIGH)) > 0).mean() >= MIN_SKIN)
