"""Two small measures of a preview: what it looks like and how sharp it is."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image


def fingerprint(image: Image.Image) -> int:
    """64-bit difference hash: bit set where a cell is brighter than its right neighbour.

    Near-identical pictures differ in few bits. Unsigned, first cell in the highest bit.
    """
    cells = np.asarray(image.convert("L").resize((9, 8), Image.Resampling.BOX), dtype=np.int16)
    bits = (cells[:, :-1] > cells[:, 1:]).flatten()
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def sharpness(image: Image.Image) -> float:
    """Mean squared brightness step between neighbouring pixels; 0 for a flat picture."""
    light = np.asarray(image.convert("L"))
    pairs = [(light[1:], light[:-1]), (light[:, 1:], light[:, :-1])]
    known = [(later, earlier) for later, earlier in pairs if later.size]
    if not known:
        return 0.0
    squares = sum(cv2.norm(later, earlier, cv2.NORM_L2SQR) for later, earlier in known)
    return float(squares / sum(later.size for later, _ in known))
