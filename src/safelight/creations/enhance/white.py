"""White balance: what colour the light had, and what to multiply red, green and blue by.

Six old guesses at the colour of the light are weighed by a straight-line fit, which knows how
they err: photos hold more warm surfaces than cold ones, so that under cool light browns look grey
and every guess alone believes that nothing is wrong. Warm light the plain mean of the first three
finds, and more surely.

The weights were fitted by `benchmarks/white_balance.py` on half of the photos that
`docs/reference/measured.md` names, spoilt in known ways; figures there are of the other half.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.creations.arrays import Planes

Triple = NDArray[np.float64]
Pairs = NDArray[np.float64]
"""Logarithms of red by green and of blue by green, a row a guess."""
_EDGE = 320
_FEWEST = 200
"""Pixels below which a guess is none."""
_CLASSIC = 3
"""How many of the guesses the plain mean takes."""
_SOFT = 0.03
"""Logarithms over which cool light goes over into warm."""
_PINK = 0.04
"""How much redder than lamps make it light may be held to be, in logarithms."""
_APART = (0.125, 0.2)
"""Spread of the first guesses at which half of what they say is believed, in cool light and in
warm, which clips one colour more often and so parts them by itself.
"""
_WEIGHTS = np.array(
    [
        *((0.312, -0.458), (0.129, 0.169)),  # brightest
        *((0.328, 0.032), (0.093, 0.168)),  # edges
        *((0.177, 0.423), (0.049, 0.750)),  # nearly grey
        *((-0.011, -0.092), (-0.011, -0.247)),  # mean
        *((0.033, -0.050), (-0.018, 0.017)),  # bright part
        *((-0.038, 0.041), (-0.006, 0.105)),  # dark part
        *((-0.320, 0.237), (-0.379, 0.292)),  # brightest, where it is over green
        *((0.109, -0.222), (0.120, -0.373)),  # nearly grey, where it is over green
        *((0.118, 0.124), (0.066, 0.038)),  # both, where red is over blue
        (-0.024, 0.016),
    ]
)


def find_gains(rgb: Planes) -> tuple[float, float, float]:
    """What to multiply red, green and blue by; a small cast is mostly left, evenings are warm.

    Args:
        rgb: a small copy, 0 to 1.
    """
    light = np.exp(np.insert(find_light(guesses(rgb)), 1, 0.0))
    gains = np.clip(light.mean() / light, 0.75, 1.35)
    gains /= float(gains @ np.array([0.299, 0.587, 0.114]))
    return float(gains[0]), float(gains[1]), float(gains[2])


def guesses(rgb: Planes) -> Pairs:
    """Six guesses at the colour of the light.

    The brightest of each channel (Land and McCann 1971), the mean step at edges (van de Weijer
    2007), the brightest of what is nearly grey; the mean of all (Buchsbaum 1980), of the bright
    part and of the dark part.
    """
    scale = min(1.0, _EDGE / max(rgb.shape[:2]))
    size = (max(2, round(rgb.shape[1] * scale)), max(2, round(rgb.shape[0] * scale)))
    small = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.float32)
    pixels = small.reshape(-1, 3)
    found = (
        _shares(np.quantile(pixels, 0.99, axis=0)),
        _edges(small),
        _nearly_grey(small),
        _shares(pixels.mean(0)),
        _bright_part(pixels),
        _dark_part(pixels),
    )
    logs = np.log(np.stack(found))
    return np.asarray(logs[:, [0, 2]] - logs[:, [1]], np.float64)


def features(found: Pairs) -> NDArray[np.float64]:
    """What the fit weighs: all guesses, and how far the first and third lean to warm colours."""
    leaning = found[[0, 2]]
    over = np.maximum(leaning, 0).reshape(-1)
    warm = np.maximum(leaning[:, 0] - leaning[:, 1], 0)
    return np.concatenate([found.reshape(-1), over, warm, [1.0]])


def find_light(found: Pairs) -> NDArray[np.float64]:
    """The colour of the light as two logarithms, from guesses."""
    fitted = features(found) @ _WEIGHTS
    classic = found[:_CLASSIC].mean(0) * _trust(found[:_CLASSIC].mean(0))
    cool = 1 / (1 + np.exp(-(fitted[1] - fitted[0]) / _SOFT))
    light = (cool * fitted + (1 - cool) * classic) * _agreement(found, cool)
    # Lamps that redden take blue away; pink without that is a sky, not a lamp.
    light[0] = min(light[0], _PINK + max(0.0, -light[1]))
    return np.asarray(light, np.float64)


def _agreement(found: Pairs, cool: float) -> float:
    """1 where the first guesses say the same; towards 0 where they do not, as in a sunset or
    before a coloured wall: there the picture's own colours speak, not the light's.
    """
    spread = float(np.hypot(*found[:_CLASSIC].std(0)))
    apart = cool * _APART[0] + (1 - cool) * _APART[1]
    return 1 / (1 + (spread / apart) ** 4)


def _trust(pair: NDArray[np.float64]) -> float:
    """How much of a cast is believed: little of a small one."""
    light = np.exp(np.insert(pair, 1, 0.0))
    size = float(np.abs(np.log(light / light.mean())).max())
    return 0.45 + 0.5 * float(np.clip((size - 0.04) / 0.16, 0, 1))


def _edges(rgb: Planes) -> Triple:
    soft = cv2.GaussianBlur(rgb, (0, 0), 1)
    whole = rgb.max(2)[:-1, :-1] < 0.98
    step = np.hypot(np.diff(soft, axis=1)[:-1], np.diff(soft, axis=0)[:, :-1])[whole]
    return _shares(step.mean(0)) if len(step) else np.ones(3)


def _nearly_grey(rgb: Planes) -> Triple:
    strongest, weakest = rgb.max(2), rgb.min(2)
    grey = (strongest < 0.985) & (strongest - weakest < 0.35 * strongest)
    if int(grey.sum()) < _FEWEST:
        return np.ones(3)
    chosen = rgb[grey]
    light = chosen.mean(1)
    return _shares(chosen[light >= np.quantile(light, 0.9)].mean(0))


def _bright_part(pixels: Planes) -> Triple:
    whole = pixels[pixels.max(1) < 0.985]
    if len(whole) < _FEWEST:
        return np.ones(3)
    light = whole.sum(1)
    return _shares(whole[light >= np.quantile(light, 0.95)].mean(0))


def _dark_part(pixels: Planes) -> Triple:
    light = pixels.sum(1)
    return _shares(pixels[light <= np.quantile(light, 0.25)].mean(0) + 0.02)


def _shares(values: Planes) -> Triple:
    found = np.maximum(np.asarray(values, np.float64), 1e-3)
    return np.asarray(found / found.mean(), np.float64)
