"""Pixels as arrays and back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from safelight.model.creations import Pixels

Image = NDArray[np.uint8]
"""Height by width by 3, sRGB."""
Plane = NDArray[np.float32]
"""Height by width."""
Planes = NDArray[np.float32]
"""Height by width by channels."""

_STRIP = 96
_THREADS = 2


def as_array(pixels: Pixels) -> Image:
    """A read-only view of the pixels."""
    return np.frombuffer(pixels.rgb, np.uint8).reshape(pixels.height, pixels.width, 3)


def as_pixels(image: Image) -> Pixels:
    """A copy of an array as pixels."""
    height, width = image.shape[:2]
    return Pixels(width, height, image.tobytes())


def as_bytes(values: Planes) -> Image:
    """Planes of 0 to 1 as 8 bits, rounded."""
    return np.asarray(np.clip(values * 255 + 0.5, 0, 255), np.uint8)


def in_strips(image: Image, work: Callable[[Image, int], Image], around: int = 0) -> Image:
    """Work on a picture strip by strip, so that what is in hand stays in the processor's cache.

    Args:
        work: gets a strip and its first row in the picture; gives a strip of the same size.
        around: rows of neighbours that each strip is given above and below, cut off again.
    """
    height = image.shape[0]
    out = np.empty_like(image)

    def one(top: int) -> None:
        bottom = min(height, top + _STRIP)
        first, last = max(0, top - around), min(height, bottom + around)
        done = work(image[first:last], first)
        out[top:bottom] = done[top - first : bottom - first]

    with ThreadPoolExecutor(_THREADS) as pool:  # array arithmetic runs outside the lock
        list(pool.map(one, range(0, height, _STRIP)))
    return out
