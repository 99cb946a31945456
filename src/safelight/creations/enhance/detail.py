"""Noise and sharpness in one pass: fine detail weaker than the noise shrinks, the rest grows."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.creations.arrays import Image, in_strips
from safelight.creations.enhance.assessing import Assessment

Channel = NDArray[np.uint8]
_NOISE = 2.2
"""Noise, in 8-bit steps, that nobody sees."""


def cleaned(image: Image, found: Assessment, strength: float) -> Image:
    """The picture with less noise and clearer detail."""
    noisy = found.noise > _NOISE
    amount = strength * float(np.clip(0.25 + 0.5 * (found.blur - 1.1), 0.15, 0.7))
    if noisy:
        amount *= float(np.clip(1.3 - found.noise / 12, 0.2, 1))
    noise = found.noise if noisy else 0.0

    def strip(part: Image, _: int) -> Image:
        light, red, blue = cv2.split(cv2.cvtColor(part, cv2.COLOR_RGB2YCrCb))
        light = _detailed(light, noise, amount, strength)
        if noisy:
            red, blue = (_calmed(plane, noise, strength) for plane in (red, blue))
        merged = cv2.merge([light, red, blue])
        return np.asarray(cv2.cvtColor(merged, cv2.COLOR_YCrCb2RGB), np.uint8)

    return in_strips(image, strip, around=8)


def _detailed(light: cv2.typing.MatLike, noise: float, amount: float, strength: float) -> Channel:
    sigma = 0.9 if noise < 5 else 1.3
    base = cv2.GaussianBlur(light, (0, 0), sigma)
    detail = np.arange(-255, 256, dtype=np.float32)
    kept = 1 - strength * np.exp(-((detail / max(2.2 * noise, 1e-3)) ** 2)) if noise else 1.0
    grown = 1 + amount * np.exp(-((detail / 60) ** 2))  # strong edges need no halo
    table = np.asarray(np.round(detail * kept * grown), np.int16)
    difference = cv2.subtract(light, base, dtype=cv2.CV_16S)
    changed = table[difference + np.int16(255)]
    return np.asarray(cv2.add(base, changed, dtype=cv2.CV_8U), np.uint8)


def _calmed(plane: cv2.typing.MatLike, noise: float, strength: float) -> Channel:
    """Colour noise is coarse and the eye is not: smoothed at half size, edges kept."""
    height, width = plane.shape
    half = cv2.resize(
        plane, (max(1, width // 2), max(1, height // 2)), interpolation=cv2.INTER_AREA
    )
    smooth = cv2.bilateralFilter(half, 5, 6 + 3 * noise, 3)
    full = cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.addWeighted(full, strength, plane, 1 - strength, 0), np.uint8)
