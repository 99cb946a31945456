"""Quality of one decoded picture: classical figures, a few milliseconds, no model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.analysis.framing import as_array, scaled
from safelight.analysis.quality.bars import bars
from safelight.analysis.quality.captions import MANY, caption, longest_line
from safelight.model.creations import Box, Pixels
from safelight.model.quality import Quality

Array = NDArray[Any]
Floats = NDArray[np.float32]

EDGE = 500
"""Long edge at which everything is measured, so that figures compare between cameras."""

TILE = 32
_SHARP_STEP = 22.0
"""Local gradient, in levels, over the noise, that counts as fully sharp."""

_SHARPEST = 0.8
"""Gradient against contrast of an edge as sharp as lenses draw it at this size."""

_LEAST_SPREAD = 24.0
_OPPONENTS = np.array([[1, -1, 0], [0.5, 0.5, -1]], np.float32)
"""Red against green, and yellow against blue."""

_PAPER_FROM, _PAPER_TO = np.array([0, 0, 151]), np.array([255, 39, 255])
"""Hue, saturation and value of what may be paper."""

_BLOCK = 8
_NEIGHBOUR = 2
"""Every second pixel is enough for what is counted over the whole picture."""


@dataclass(frozen=True, slots=True)
class FaceFigures:
    """What a face mesh says of one face; both 0 to 1, None where it could not tell."""

    box: Box
    eyes_open: float | None = None
    smile: float | None = None


def measure(pixels: Pixels, faces: Sequence[FaceFigures] = (), text_cover: float = 0.0) -> Quality:
    """Measure an upright picture.

    Args:
        pixels: any size; 512 pixels and more are best.
        faces: boxes as fractions of the picture; the sharpness that counts is theirs.
        text_cover: share of the picture that read text covers, where it was read.

    Raises:
        AnalysisError: the size and the bytes disagree.
    """
    picture = _scaled(as_array(pixels))
    levels = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))
    light = levels.astype(np.float32)
    hsv = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV)
    steps = _steps(light)
    sharp = _sharpness(steps, light, faces)
    tones = np.cumsum(cv2.calcHist([levels], [0], None, [256], [0, 256])) / light.size
    eyes = _mean([face.eyes_open for face in faces])
    smile = _mean([face.smile for face in faces])
    dark = _darkness(tones)
    figures = {
        "sharpness": sharp,
        "exposure": _exposure(tones, dark),
        "contrast": min(1.0, (_tone(tones, 0.95) - _tone(tones, 0.05)) / 170),
        "colourfulness": _colourfulness(picture),
        "composition": _composition(steps, faces),
    }
    return Quality(
        score=_score(**figures, eyes=eyes, smile=smile),
        **figures,
        eyes=eyes,
        smile=smile,
        dark=dark,
        glow=_glow(hsv),
        sparks=_sparks(hsv, dark),
        text_cover=text_cover,
        paper=_paper(hsv),
        flat=_flat(levels),
        caption=caption(picture),
        bars=bars(levels),
    )


def _scaled(picture: Array) -> Array:
    height, width = picture.shape[:2]
    factor = EDGE / max(height, width)
    if factor >= 1:
        return picture
    # Rounded down, so that halving is enough: averages over shares of pixels take three times as
    # long.
    size = max(1, int(height * factor)), max(1, int(width * factor))
    return scaled(picture, *size, quick=True)


def _steps(light: Floats) -> Floats:
    """Gradient of each pixel, in levels."""
    across = cv2.Sobel(light, cv2.CV_32F, 1, 0, ksize=3, scale=0.25)
    down = cv2.Sobel(light, cv2.CV_32F, 0, 1, ksize=3, scale=0.25)
    return np.asarray(cv2.magnitude(across, down), np.float32)


def _sharpness(steps: Floats, light: Floats, faces: Sequence[FaceFigures]) -> float:
    """The sharpest tenth of the tiles, so that bokeh costs nothing; of the faces where some are.

    A tile's figure is its strongest gradient against the contrast it has: an edge smeared over
    many pixels has a small gradient for a large contrast. Both are averaged over 3 by 3 pixels,
    and what noise alone gives is taken off.
    """
    noise = _noise(light)
    soft_steps, soft_light = _soft(steps), _soft(light)
    whole = _crispness(_tiles(soft_steps), _tiles(soft_light), noise)
    best = float(np.mean(np.sort(whole)[-max(1, len(whole) // 10) :]))
    of_faces = [
        float(_crispness(each[0].reshape(1, -1), each[1].reshape(1, -1), noise)[0])
        for face in faces
        if (each := (_crop(soft_steps, face.box), _crop(soft_light, face.box)))[0].size >= 576
    ]
    if of_faces:
        best = 0.4 * best + 0.6 * min(1.0, 1.3 * max(of_faces))
    return float(np.clip(best, 0, 1))


def _soft(values: Floats) -> Floats:
    return np.asarray(cv2.blur(values, (3, 3)), np.float32)


def _tiles(values: Floats) -> Floats:
    """The picture cut into tiles of 32 pixels: (tiles, pixels); the whole where it is small."""
    height, width = (size // TILE * TILE for size in values.shape)
    if not height or not width:
        return values.reshape(1, -1)
    cut = values[:height, :width].reshape(height // TILE, TILE, width // TILE, TILE)
    return cut.transpose(0, 2, 1, 3).reshape(-1, TILE * TILE)


def _crispness(steps: Floats, light: Floats, noise: float) -> Floats:
    strongest = np.clip(steps.max(axis=1) - 2.0 * noise, 0, None)
    spread = np.maximum(light.max(axis=1) - light.min(axis=1), _LEAST_SPREAD + 3 * noise)
    crisp = strongest / (_SHARPEST * spread)
    strong = np.clip(strongest / _SHARP_STEP, 0, 1)
    return np.asarray(np.clip(crisp * strong, 0, 1), np.float32)


def _noise(light: Floats) -> float:
    """Noise level by Immerkær's mask (Computer Vision and Image Understanding 64, 1996)."""
    if min(light.shape) < 3:
        return 0.0
    mask = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    rough = np.abs(cv2.filter2D(light, cv2.CV_32F, mask)[::3, ::3])
    # The median, because real edges answer to the mask as well.
    return float(np.median(rough)) / (0.6745 * 6)


def _crop(values: Floats, box: Box) -> Floats:
    height, width = values.shape
    left, top = round(max(0.0, box.x) * width), round(max(0.0, box.y) * height)
    right, bottom = round((box.x + box.width) * width), round((box.y + box.height) * height)
    return values[top:bottom, left:right]


def _tone(tones: NDArray[np.float64], share: float) -> int:
    """The level under which `share` of the picture lies, of its summed histogram."""
    return int(np.searchsorted(tones, share))


def _darkness(tones: NDArray[np.float64]) -> float:
    """1 for a night picture: most of it near black; 0 from a normal middle tone on."""
    return float(np.clip((60 - _tone(tones, 0.6)) / 45, 0, 1))


def _exposure(tones: NDArray[np.float64], dark: float) -> float:
    clipped, drowned = 1 - float(tones[251]), float(tones[4])
    off = abs(_tone(tones, 0.5) - 118) / 118
    value = 1 - 1.2 * max(0.0, clipped - 0.02) - 0.5 * max(0.0, drowned - 0.1) - 0.5 * off**2
    # A night is meant to be dark, as long as something in it is lit.
    lit = 1 - float(tones[90])
    return float(np.clip(max(value, 0.6 if dark > 0.5 and lit > 0.01 else 0.0), 0, 1))


def _colourfulness(picture: Array) -> float:
    """Hasler and Süsstrunk, Measuring colourfulness in natural images, 2003; 1 from 80 on."""
    small = picture[::_NEIGHBOUR, ::_NEIGHBOUR].astype(np.float32)
    opponents = cv2.transform(small, _OPPONENTS)
    (rg, yb), (rg_spread, yb_spread) = (v.ravel() for v in cv2.meanStdDev(opponents))
    spread = float(np.hypot(rg_spread, yb_spread))
    return float(np.clip((spread + 0.3 * np.hypot(rg, yb)) / 80, 0, 1))


def _composition(steps: Floats, faces: Sequence[FaceFigures]) -> float:
    """Where the weight lies: near a third or the middle is good, cut by the edge is not."""
    if faces:
        return _mean_of([_face_placement(face.box) for face in faces])
    height, width = steps.shape
    total = float(steps.sum())
    if total <= 0:
        return 0.3
    x = float((steps.sum(axis=0) * np.arange(width)).sum()) / total / width
    y = float((steps.sum(axis=1) * np.arange(height)).sum()) / total / height
    off = min(
        np.hypot(x - px, y - py) for px in (1 / 3, 1 / 2, 2 / 3) for py in (1 / 3, 1 / 2, 2 / 3)
    )
    return float(np.clip(1 - 4 * off, 0.2, 1))


def _face_placement(box: Box) -> float:
    inside = box.x >= 0.01 and box.y >= 0.01 and box.x + box.width <= 0.99
    high = 0.15 <= box.y + box.height / 2 <= 0.65
    return 0.4 + 0.35 * inside + 0.25 * high


def _glow(hsv: Array) -> float:
    """Share of orange to purple in a smooth, bright upper part over darker ground."""
    small = hsv[::_NEIGHBOUR, ::_NEIGHBOUR]
    cut = max(1, small.shape[0] * 2 // 3)
    value, ground = small[:cut, :, 2], small[cut:, :, 2]
    upper = _middle(value)
    if upper < 70 or not ground.size or _middle(ground) > 0.75 * upper:
        return 0.0
    hue, saturation = small[:cut, :, 0], small[:cut, :, 1]
    warm = ((hue <= 22) | (hue >= 160)) & (saturation >= 90) & (value >= 70)
    even = cv2.absdiff(value, np.concatenate([value[:1], value[:-1]])) < 8
    return float(np.clip((_share(warm & even) - 0.15) / 0.3, 0, 1))


def _middle(levels: Array) -> float:
    """The median of 8-bit values, by counting them."""
    counts = np.cumsum(np.bincount(levels.ravel(), minlength=256))
    half = levels.size // 2
    upper = int(np.searchsorted(counts, half, side="right"))
    if levels.size % 2:
        return float(upper)
    return (int(np.searchsorted(counts, half)) + upper) / 2


def _share(marked: Array) -> float:
    return np.count_nonzero(marked) / marked.size


def _sparks(hsv: Array, dark: float) -> float:
    """Small, bright, coloured parts, half of them high up, in a picture that is otherwise black."""
    if dark < 0.5:
        return 0.0
    saturation, value = hsv[..., 1], hsv[..., 2]
    lit = ((value > 150) & (saturation > 60)).astype(np.uint8)
    if not 0.002 < _share(lit) < 0.3 or _share(value < 40) < 0.5:
        return 0.0
    count, _, stats, middles = cv2.connectedComponentsWithStats(lit, connectivity=8)
    small = stats[1:, cv2.CC_STAT_AREA] < lit.size / 300
    high = middles[1:, 1] < 0.6 * lit.shape[0]
    if count < 2 or float((small & high).sum()) < 0.5 * float(small.sum()):
        return 0.0
    if longest_line(stats[1:], len(lit)) >= MANY:  # bright words on black are no fireworks
        return 0.0
    return float(np.clip(float(small.sum()) / 60, 0, 1))


def _paper(hsv: Array) -> float:
    """Share of one light tone without colour."""
    light = cv2.inRange(hsv, _PAPER_FROM, _PAPER_TO)
    tones = cv2.calcHist([hsv], [2], light, [16], [0, 256]).ravel()
    near = tones + np.append(tones[1:], 0)
    return float(near.max() / light.size)


def _flat(levels: Array) -> float:
    """Share of small tiles that are one tone to the level: drawn, not photographed."""
    height, width = (size // _BLOCK for size in levels.shape)
    if not height or not width:
        return 0.0
    around = np.ones((_BLOCK, _BLOCK), np.uint8)
    # With its anchor in the corner a tile's extremes stand where the tile begins.
    high = cv2.dilate(levels, around, anchor=(0, 0))[::_BLOCK, ::_BLOCK][:height, :width]
    low = cv2.erode(levels, around, anchor=(0, 0))[::_BLOCK, ::_BLOCK][:height, :width]
    return _share(cv2.subtract(high, low) <= 1)


def _score(
    sharpness: float,
    exposure: float,
    contrast: float,
    colourfulness: float,
    composition: float,
    eyes: float | None,
    smile: float | None,
) -> float:
    """Sharpness and exposure first; eyes little, for one look at a face tells little of them."""
    value = (
        0.40 * sharpness
        + 0.22 * exposure
        + 0.12 * contrast
        + 0.10 * colourfulness
        + 0.16 * composition
    )
    if eyes is not None:
        value *= 0.85 + 0.15 * eyes
    if smile is not None:
        value += 0.08 * smile
    return float(np.clip(value, 0, 1))


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return _mean_of(known) if known else None


def _mean_of(values: Sequence[float]) -> float:
    return float(sum(values) / len(values))
