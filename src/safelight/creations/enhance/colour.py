"""White balance and colour: a cast taken out in part, dull colours lifted, skin left natural."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.creations.arrays import Image, in_strips
from safelight.creations.enhance.assessing import Assessment

_VIVID = 34.0
"""Colourfulness from which on colours are left alone."""


def balanced(image: Image, found: Assessment, strength: float) -> Image:
    """The picture with its colours put right."""
    gains = 1 + strength * (np.asarray(found.gains, np.float32) - 1)
    steps = np.arange(256, dtype=np.float32)
    tables = np.clip(steps[:, None] * gains[None], 0, 255)
    tables = np.asarray(tables + 0.5, np.uint8).reshape(1, 256, 3)
    neutral = cv2.LUT(image, tables)
    lift = strength * 0.3 * float(np.clip(1 - found.colourfulness / _VIVID, 0, 1))
    if lift < 0.01:
        return np.asarray(neutral, np.uint8)
    return _enlivened(np.asarray(neutral, np.uint8), lift)


def _enlivened(image: Image, lift: float) -> Image:
    """More of the weak colours than of the strong ones, and little of those of skin."""
    tables = _chroma_tables(lift)

    def strip(part: Image, _: int) -> Image:
        lab = cv2.cvtColor(part, cv2.COLOR_RGB2Lab)
        index = lab[..., 1].astype(np.uint16) * np.uint16(256) + lab[..., 2]
        lab[..., 1], lab[..., 2] = tables[0][index], tables[1][index]
        return np.asarray(cv2.cvtColor(lab, cv2.COLOR_Lab2RGB), np.uint8)

    return in_strips(image, strip)


def _chroma_tables(lift: float) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """New a and b by old a and b (8-bit CIE Lab), each 65,536 values."""
    a, b = (np.arange(256, dtype=np.float32) - 128,) * 2
    chroma = np.hypot(a[:, None], b[None])
    hue = np.arctan2(b[None], a[:, None])
    skin = np.exp(-(((hue - 0.9) / 0.35) ** 2)) * (chroma > 6)
    gain = 1 + lift * np.clip(1 - chroma / 90, 0, 1) * (1 - 0.75 * skin)
    new_a = np.asarray(np.clip(a[:, None] * gain + 128.5, 0, 255), np.uint8)
    new_b = np.asarray(np.clip(b[None] * gain + 128.5, 0, 255), np.uint8)
    return new_a.reshape(-1), new_b.reshape(-1)
