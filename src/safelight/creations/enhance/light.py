"""Exposure and light: blacks and whites where they belong, shadows opened, highlights held.

What changes is lightness alone; red, green and blue are multiplied alike, so that hues stay.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.creations.arrays import Image, Plane, in_strips
from safelight.creations.enhance.assessing import Assessment

_MIDDLE = (0.36, 0.57)
"""Median lightness between which exposure is left alone."""
_COARSE = 256
_ROWS = 2
_FINE = 8
"""Steps between two 8-bit values, so that lifting leaves no bands."""
_LEVELS = np.arange(256, dtype=np.float32) / np.float32(255)


def relit(image: Image, found: Assessment, strength: float) -> Image:
    """The picture with its light put right."""
    gain = _gain_map(image, found, strength)
    width = image.shape[1]
    table = _stretch(found, strength)

    def strip(part: Image, top: int) -> Image:
        rows = gain[_ROWS * (top // _ROWS) // _ROWS : -(-(top + len(part)) // _ROWS)]
        local = cv2.resize(rows, (width, len(rows) * _ROWS), interpolation=cv2.INTER_LINEAR)
        local = local[top % _ROWS : top % _ROWS + len(part)]
        lit = cv2.multiply(part, cv2.merge([local] * 3), scale=_FINE, dtype=cv2.CV_16U)
        return np.asarray(table[np.minimum(lit, len(table) - 1)], np.uint8)

    return in_strips(image, strip)


def _gain_map(image: Image, found: Assessment, strength: float) -> Plane:
    """What to multiply by, at half the size of the picture."""
    height, width = image.shape[:2]
    half = (max(1, width // _ROWS), -(-height // _ROWS))
    grey = cv2.resize(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), half, interpolation=cv2.INTER_AREA)
    scale = min(1.0, _COARSE / max(half))
    size = (max(4, round(half[0] * scale)), max(4, round(half[1] * scale)))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    a, b = _edge_aware(np.asarray(small, np.float32))
    light = np.asarray(grey, np.float32)
    base = cv2.add(cv2.multiply(light, cv2.resize(a, half)), cv2.resize(b, half))
    index = cv2.convertScaleAbs(base)
    return np.asarray(cv2.LUT(index, _gain(_LEVELS, found, strength)), np.float32)


def _edge_aware(grey: Plane) -> tuple[Plane, Plane]:
    """Coefficients of a guided filter (He, Sun and Tang 2010; the fast form of 2015)."""
    radius, smooth = max(3, _COARSE // 16), 0.01 * 255**2
    window = (2 * radius + 1, 2 * radius + 1)
    mean = np.asarray(cv2.blur(grey, window), np.float32)
    variance = cv2.blur(grey * grey, window) - mean * mean
    a = np.asarray(variance / (variance + smooth), np.float32)
    b = np.asarray(mean - a * mean, np.float32)
    return np.asarray(cv2.blur(a, window), np.float32), np.asarray(cv2.blur(b, window), np.float32)


def _gain(light: Plane, found: Assessment, strength: float) -> Plane:
    """What to multiply by, by the lightness of the surroundings."""
    middle = float(np.clip(found.middle, 0.03, 0.97))
    goal = float(np.clip(middle, *_MIDDLE))
    if middle < goal and found.white > 0.7:  # dark with full lights: night or shade, half meant
        goal = math.sqrt(goal * middle)
    # A curve x ** power takes the median to its goal; never so far that night becomes day.
    power = float(np.clip(np.log(goal) / np.log(middle), 0.62, 1.5))
    exposure = np.power(np.maximum(light, 0.02), (power - 1) * 0.7)
    shade = 1 + 0.32 * np.clip(1 - light / 0.32, 0, 1) ** 2 * (found.white > 0.5)
    held = 1 - 0.1 * np.clip((light - 0.8) / 0.2, 0, 1) ** 2 * (0.45 < found.middle < 0.8)
    return np.asarray(1 + strength * (exposure * shade * held - 1), np.float32)


def _stretch(found: Assessment, strength: float) -> NDArray[np.uint8]:
    """Black and white points moved out, softly rounded at the top; a table over `_FINE` steps."""
    values = np.arange(int(255 * 1.9 * _FINE), dtype=np.float32) / _FINE
    # Fog and grey prints may be stretched far, a picture of some contrast only a little.
    haze = float(np.clip((0.8 - (found.white - found.black)) / 0.3, 0, 1))
    black = min(found.black, 0.05 + 0.3 * haze, found.middle * (0.25 + 0.4 * haze)) * strength
    white = 1 - (1 - max(found.white, 0.86 - 0.2 * haze)) * strength
    moved = (values - 255 * black) / max(white - black, 0.3)
    knee = np.float32(232)
    over = np.maximum(moved - knee, 0)
    rounded = np.minimum(moved, knee) + 23 * (1 - np.exp(-over / 9))
    return np.asarray(np.clip(rounded + 0.5, 0, 255), np.uint8)
