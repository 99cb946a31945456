"""Twice as wide and high, by a small network, in tiles.

The network (waifu2x, upconv_7, trained on photos) takes 8-bit pixels and uses up seven pixels
around what it enlarges, so tiles fit together without a seam.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import product

import cv2
import numpy as np

from safelight.creations.arrays import Image, as_array, as_pixels
from safelight.model.creations import Pixels
from safelight.weights.runtime import network

FACTOR = 2
AROUND = 7
"""Pixels that the network uses up on each side."""
_TILE = 192
_THREADS = 2


def enlarge(pixels: Pixels, top: int = 0, bottom: int | None = None) -> Pixels:
    """A picture, or some rows of it, twice as large.

    Args:
        top, bottom: the rows that are wanted; others are only looked at.
    """
    image = as_array(pixels)
    bottom = image.shape[0] if bottom is None else bottom
    first, last = max(0, top - AROUND), min(image.shape[0], bottom + AROUND)
    padded = cv2.copyMakeBorder(
        np.ascontiguousarray(image[first:last]),
        AROUND - (top - first),
        AROUND - (last - bottom),
        AROUND,
        AROUND,
        cv2.BORDER_REFLECT_101,
    )
    return as_pixels(_in_tiles(np.asarray(padded, np.uint8), bottom - top, image.shape[1]))


def _in_tiles(padded: Image, height: int, width: int) -> Image:
    out = np.empty((FACTOR * height, FACTOR * width, 3), np.uint8)

    def one(corner: tuple[int, int]) -> None:
        y, x = corner
        high, wide = min(_TILE, height - y), min(_TILE, width - x)
        tile = padded[y : y + high + 2 * AROUND, x : x + wide + 2 * AROUND]
        (made,) = network("larger")(np.ascontiguousarray(tile)[None])
        rows, columns = (
            slice(FACTOR * y, FACTOR * (y + high)),
            slice(FACTOR * x, FACTOR * (x + wide)),
        )
        out[rows, columns] = np.asarray(made[0] + 0.5, np.uint8)

    corners = list(product(range(0, height, _TILE), range(0, width, _TILE)))
    with ThreadPoolExecutor(_THREADS) as pool:  # the runtime itself keeps to one thread
        list(pool.map(one, corners))
    return out
