"""Two small measures of a preview: what it looks like and how sharp it is."""

from __future__ import annotations

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
    light = np.asarray(image.convert("L"), dtype=np.float32)
    steps = [np.diff(light, axis=axis).ravel() for axis in (0, 1) if light.shape[axis] > 1]
    if not steps:
        return 0.0
    return float(sum(np.dot(step, step) for step in steps) / sum(step.size for step in steps))
