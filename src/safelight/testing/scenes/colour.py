"""Colour: mixing in Oklab, and the light of an hour and a season.

Oklab is Björn Ottosson's perceptual space (2020); mixing in it keeps a gradient from a blue sky
to an orange horizon clear of the grey that sRGB mixing passes through.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Colour = tuple[float, float, float]

_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_LMS_BACK, _LAB_BACK = np.linalg.inv(_LMS), np.linalg.inv(_LAB)


def rgb(code: str) -> Colour:
    """Read "rrggbb" as three numbers from 0 to 255."""
    return (float(int(code[:2], 16)), float(int(code[2:4], 16)), float(int(code[4:6], 16)))


def to_oklab(colours: Array) -> Array:
    """Convert sRGB 0 to 255 to Oklab, along the last axis."""
    value = np.asarray(colours, np.float64) / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return np.asarray(np.cbrt(linear @ _LMS.T) @ _LAB.T)


def from_oklab(lab: Array) -> Array:
    """Convert Oklab to sRGB 0 to 255 (clipped to the gamut), along the last axis."""
    linear = np.clip(((lab @ _LAB_BACK.T) ** 3) @ _LMS_BACK.T, 0, 1)
    value = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(value * 255)


@lru_cache(maxsize=4096)
def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Mix two colours in Oklab; `share` 0 gives the first, 1 the second."""
    labs = to_oklab(np.array([first, second]))
    out = from_oklab(labs[0] + (labs[1] - labs[0]) * min(1.0, max(0.0, share)))
    return (float(out[0]), float(out[1]), float(out[2]))


def times(colour: Colour, light: Colour) -> Colour:
    """Light a surface colour with a light colour (255 is full)."""
    return (
        colour[0] * light[0] / 255,
        colour[1] * light[1] / 255,
        colour[2] * light[2] / 255,
    )


@lru_cache(maxsize=512)
def ramp(stops: tuple[Colour, ...]) -> Array:
    """Spread colour stops evenly over 256 entries; uint8, shape (256, 3). Do not write to it."""
    labs = to_oklab(np.array(stops))
    at = np.linspace(0, len(stops) - 1, 256)
    spread = np.stack([np.interp(at, np.arange(len(stops)), labs[:, i]) for i in range(3)], 1)
    return np.rint(from_oklab(spread)).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Light:
    """What the air looks like: sky from top to horizon, sun, haze, and the light that falls.

    Attributes:
        top, mid, low: sky colours from the zenith to the horizon.
        sun: colour of the disc (the moon at night).
        air: what distance fades into.
        fall: multiplies every surface.
        height: of the sun, -1 (midnight) to 1 (noon).
        rising: whether the sun is still on its way up.
    """

    top: Colour
    mid: Colour
    low: Colour
    sun: Colour
    air: Colour
    fall: Colour
    height: float
    rising: bool

    @property
    def night(self) -> bool:
        """Whether lamps are lit."""
        return self.height < -0.12

    @property
    def evening(self) -> bool:
        """Whether the sun is low or gone."""
        return self.height < 0.12

    def on(self, colour: Colour, distance: float = 0.0) -> Colour:
        """A surface in this light, `distance` 0 (here) to 1 (lost in the haze) away."""
        return mix(times(colour, self.fall), self.air, distance)


_HOURS: tuple[tuple[float, str], ...] = (
    (0.0, "0b122e 15204a 2c3a68 f4efdb 2a3763 4a5688"),
    (4.3, "1d2655 4f4d80 b98b96 f3e2d0 5f5b88 666a9c"),
    (6.0, "6280b4 dbb0b4 ffd9b2 fff0d0 dcbab8 e2c2b6"),
    (8.5, "6aa3cc b3d3dc f6ecd6 fff7e2 d0ddda fff2e0"),
    (12.5, "4a8fc3 8dbfd9 e0ece6 fffbea c2d8dd ffffff"),
    (16.5, "5b97c6 a9cbd8 f5e8d0 fff3d2 d3d8d0 fff6e6"),
    (18.6, "668bb8 d9c2ae ffdca4 ffeebc e3c7ab ffe2bc"),
    (20.0, "4c5189 da7c6a ffba68 ffe3a4 dc957c e0a48e"),
    (21.6, "202856 66528c e3907f f7d9b0 725d8e 8676a6"),
    (22.8, "0e1636 1c2754 37436f f4efdb 323e6b 505c8e"),
    (24.0, "0b122e 15204a 2c3a68 f4efdb 2a3763 4a5688"),
)
_SUN_TIMES = {"spring": (6.3, 19.2), "summer": (5.3, 20.6), "autumn": (6.8, 18.2)}
_WINTER_SUN = (7.6, 16.5)


def light_at(hour: float, season: str) -> Light:
    """The light at a clock hour (0 to 24) of a season in middle latitudes."""
    rise, fall = _SUN_TIMES.get(season, _WINTER_SUN)
    known = [0, rise - 1.6, rise, (rise + fall) / 2, fall, fall + 1.6, 24]
    solar = float(np.interp(hour % 24, known, [0, 4.3, 6, 12.5, 20, 21.6, 24]))
    above = next(i for i in range(1, len(_HOURS)) if _HOURS[i][0] >= solar)
    (t0, early), (t1, late) = _HOURS[above - 1], _HOURS[above]
    share = (solar - t0) / (t1 - t0)
    pairs = zip(early.split(), late.split(), strict=True)
    colours = [mix(rgb(a), rgb(b), round(share, 3)) for a, b in pairs]
    height = float(np.interp(solar, [0, 5.8, 12.5, 20.1, 24], [-1, 0, 1, 0, -1]))
    top, mid, low, sun, air, shed = colours
    return Light(top, mid, low, sun, air, shed, height, solar < 12.5)


_LEAVES = {
    "spring": ("5f8a3f", "8fb356", "c3d17a", "e8dfa0"),
    "summer": ("2f5d3f", "4f7f45", "83a556", "bcc06a"),
    "autumn": ("7a3b22", "b9582a", "dd8f36", "f0c35a"),
    "winter": ("4d5f66", "7f929a", "c2cfd4", "f1f5f6"),
}
_GRASS = {
    "spring": ("5d8348", "9dba5f", "d4d98a"),
    "summer": ("57753f", "a3ab58", "dccb7c"),
    "autumn": ("6d5f35", "b08f4c", "dcbc76"),
    "winter": ("9fb4c4", "d9e4ec", "fbfcfb"),
}


def leaves(season: str) -> tuple[Colour, ...]:
    """Foliage from shade to highlight."""
    return tuple(rgb(code) for code in _LEAVES.get(season, _LEAVES["winter"]))


def grass(season: str) -> tuple[Colour, ...]:
    """Ground from shade to highlight; snow in winter."""
    return tuple(rgb(code) for code in _GRASS.get(season, _GRASS["winter"]))
