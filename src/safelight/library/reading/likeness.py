"""Two small measures of a preview's brightness: what it looks like and how sharp it is."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image


def fingerprint(light: Image.Image) -> int:
    """64-bit difference hash: bit set where a cell is brighter than its right neighbour.

    Near-identical pictures differ in few bits. Unsigned, first cell in the highest bit. `light` is
    the picture in mode L, so that both measures share it.
    """
    cells = np.asarray(light.resize((9, 8), Image.Resampling.BOX), dtype=np.int16)
    bits = (cells[:, :-1] > cells[:, 1:]).flatten()
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def sharpness(light: Image.Image) -> float:
    """Mean squared brightness step between neighbouring pixels; 0 for a flat picture."""
    levels = np.asarray(light)
    pairs = [(levels[1:], levels[:-1]), (levels[:, 1:], levels[:, :-1])]
    known = [(later, earlier) for later, earlier in pairs if later.size]
    if not known:
        return 0.0
    squares = sum(cv2.norm(later, earlier, cv2.NORM_L2SQR) for later, earlier in known)
    return float(squares / sum(later.size for later, _ in known))
