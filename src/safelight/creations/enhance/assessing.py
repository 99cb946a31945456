"""What is wrong with a photo, from a small copy: figures, each with a plain word for it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from safelight.creations.arrays import Image, Plane, Planes, as_array
from safelight.creations.enhance.tilt import find_tilt
from safelight.creations.enhance.white import find_gains
from safelight.model.creations import Pixels

_EDGE = 512
_EMPTY, _GRAIN, _FULL = 0.05, 0.06, 0.2
"""What an empty part counts; the step of lightness (eight times that of neighbours) that is grain
alone, and how much more counts fully.
"""
_WINDOW = 640
"""Side of the middle of the full picture in which noise and sharpness are measured."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Figures of one photo.

    Attributes:
        black, white: lightness (0 to 1) that should become black and white.
        middle: median lightness of what there is to be seen; empty parts count little.
        gains: what red, green and blue are to be multiplied by.
        colourfulness: Hasler and Suesstrunk's measure; under 20 looks dull, over 60 is vivid.
        noise: standard deviation of the noise, in 8-bit steps.
        blur: width of the sharpest edges, in pixels of the full size; about 1 is sharp.
        tilt: degrees that the picture is to be turned clockwise; 0 where nothing is known.
    """

    black: float
    white: float
    middle: float
    gains: tuple[float, float, float]
    colourfulness: float
    noise: float
    blur: float
    tilt: float

    @property
    def words(self) -> tuple[str, ...]:
        """What a person would say is wrong with it."""
        said = {
            "dark": self.middle < 0.3,
            "very bright": self.middle > 0.72,
            "flat": self.white - self.black < 0.8,
            "tinted": max(abs(gain - 1) for gain in self.gains) > 0.06,
            "dull colours": self.colourfulness < 18,
            "noisy": self.noise > 4,
            "soft": self.blur > 1.7,
            "tilted": abs(self.tilt) >= 0.5,
        }
        return tuple(word for word, holds in said.items() if holds)


def assess(pixels: Pixels) -> Assessment:
    """Look at a photo. The cost does not depend on its size."""
    image = as_array(pixels)
    scale = min(1.0, _EDGE / max(image.shape[:2]))
    size = (max(8, round(image.shape[1] * scale)), max(8, round(image.shape[0] * scale)))
    step = max(1, int(0.5 / scale))  # thinned first: averaging every pixel would cost most
    small = cv2.resize(
        np.ascontiguousarray(image[::step, ::step]), size, interpolation=cv2.INTER_AREA
    )
    rgb = np.asarray(small, np.float32) / np.float32(255)
    light = np.asarray(rgb @ np.array([0.299, 0.587, 0.114], np.float32), np.float32)
    black, white = (float(np.quantile(light, q)) for q in (0.004, 0.996))
    noise, blur = _grain_and_edges(_middle(image))
    return Assessment(
        black=black,
        white=white,
        middle=_middle_lightness(light),
        gains=find_gains(rgb),
        colourfulness=_colourfulness(np.asarray(small, np.float32)),
        noise=noise,
        blur=blur,
        tilt=find_tilt(np.asarray(small, np.uint8)),
    )


def _middle_lightness(light: Plane) -> float:
    """The median, where there is something: a moon must not be exposed for the night around it."""
    steps = np.hypot(cv2.Sobel(light, cv2.CV_32F, 1, 0), cv2.Sobel(light, cv2.CV_32F, 0, 1))
    detail = cv2.GaussianBlur(steps, (0, 0), 6)
    weight = (_EMPTY + np.clip((detail - _GRAIN) / _FULL, 0, 1)).reshape(-1)
    order = np.argsort(light, axis=None)
    reached = np.cumsum(weight[order])
    return float(light.reshape(-1)[order[int(np.searchsorted(reached, reached[-1] / 2))]])


def _middle(image: Image) -> Plane:
    height, width = image.shape[:2]
    top, left = max(0, (height - _WINDOW) // 2), max(0, (width - _WINDOW) // 2)
    window = np.ascontiguousarray(image[top : top + _WINDOW, left : left + _WINDOW])
    return np.asarray(cv2.cvtColor(window, cv2.COLOR_RGB2GRAY), np.float32)


def _grain_and_edges(grey: Plane) -> tuple[float, float]:
    """Noise (Immerkaer 1996, in the calmest tiles) and the width of the sharpest edges."""
    if min(grey.shape) < 24:
        return 0.0, 1.0
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    response = np.abs(cv2.filter2D(grey, -1, kernel))[2:-2, 2:-2]
    inner = grey[2:-2, 2:-2]
    # Where the sensor clips there is no noise, whatever there is elsewhere.
    tiles = [
        float(r.mean())
        for r, g in zip(_tiles(response), _tiles(inner), strict=True)
        if 8 < float(g.mean()) < 247
    ]
    calm = float(np.quantile(tiles, 0.2)) if tiles else 0.0
    across = np.abs(np.diff(grey, axis=1))
    rise = cv2.blur(grey, (1, 1))
    spread = np.abs(rise[:, 4:] - rise[:, :-4])[:, : across.shape[1] - 3]
    strong = spread > max(30.0, float(np.quantile(spread, 0.98)) * 0.5)
    steepest = np.maximum.reduce([across[:, k : k + spread.shape[1]] for k in range(4)])
    widths = spread[strong] / np.maximum(steepest[strong], 1)
    blur = float(np.quantile(widths, 0.2)) if widths.size > 50 else 1.0
    return float(calm * np.sqrt(np.pi / 2) / 6), blur


def _tiles(plane: Plane, edge: int = 32) -> list[Plane]:
    height, width = plane.shape
    return [
        plane[y : y + edge, x : x + edge]
        for y in range(0, max(1, height - edge + 1), edge)
        for x in range(0, max(1, width - edge + 1), edge)
    ]


def _colourfulness(rgb: Planes) -> float:
    """Hasler and Suesstrunk, "Measuring colourfulness in natural images" (2003)."""
    red_green = rgb[..., 0] - rgb[..., 1]
    yellow_blue = 0.5 * (rgb[..., 0] + rgb[..., 1]) - rgb[..., 2]
    spread = np.hypot(float(red_green.std()), float(yellow_blue.std()))
    mean = np.hypot(float(red_green.mean()), float(yellow_blue.mean()))
    return float(spread + 0.3 * mean)
