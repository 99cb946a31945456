"""Darkroom looks, made by arithmetic alone: no model, nothing learned.

Every look works on a picture of any size; what has a size (grain, lines, paper) follows the
picture's, so that a preview looks like the print. Grain and paper are seeded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import cv2
import numpy as np

from safelight.creations.arrays import Image, Plane, Planes, as_array, as_bytes, as_pixels
from safelight.creations.restyle.faces import face_mask
from safelight.model.creations import Box, Pixels
from safelight.model.errors import UserError

_SMALL, _LARGE = 0.1, 0.32
"""Sizes of a face against the picture's long side between which its guard fades."""
_KEPT = 0.6


@dataclass(frozen=True, slots=True)
class Look:
    """One look: its name, what it is called, how it is made, and whether it draws anew."""

    name: str
    label: str
    develop: Callable[[Planes, int], Planes]
    drawn: bool = False


def develop(
    pixels: Pixels,
    look: str,
    *,
    strength: float = 1.0,
    seed: int = 0,
    faces: Sequence[Box] = (),
) -> Pixels:
    """Give a picture a look.

    Args:
        strength: 0 leaves the photo, 1 is all of it.
        seed: of grain and paper.
        faces: boxes in pixels; small ones keep more of the photo's own drawing.

    Raises:
        UserError: there is no such look.
    """
    if look not in LOOKS:
        raise UserError(f"There is no look {look!r}; there are {', '.join(LOOKS)}.")
    photo = _unit(as_array(pixels))
    made = LOOKS[look].develop(photo, seed)
    share: Plane | np.float32 = np.float32(strength)
    if faces and LOOKS[look].drawn:
        share = share * (1 - _guard(photo, faces))[..., None]
    return as_pixels(as_bytes(photo + share * (made - photo)))


def _guard(photo: Planes, faces: Sequence[Box]) -> Plane:
    """How much of the photo stays on faces: the most where lines are as broad as mouths."""
    size, edge = (photo.shape[0], photo.shape[1]), max(photo.shape[:2])
    guard = np.zeros(size, np.float32)
    for face in faces:
        large = np.clip((max(face.width, face.height) / edge - _SMALL) / (_LARGE - _SMALL), 0, 1)
        if large < 1:
            one = face_mask(size, [face]) * np.float32(_KEPT * (1 - large))
            guard = np.maximum(guard, one)
    return np.asarray(guard, np.float32)


def _film(photo: Planes, seed: int) -> Planes:
    """Colour negative: soft shoulders, lifted blacks, warm lights and cool shadows, grain."""
    light = _luma(photo)[..., None]
    curve = 0.035 + 0.93 * _shoulders(photo)
    warm = np.array([1.035, 1.0, 0.945], np.float32)
    cool = np.array([0.965, 1.0, 1.04], np.float32)
    toned = curve * (cool + (warm - cool) * light)
    faded = toned + 0.08 * (_luma(toned)[..., None] - toned)
    return _vignette(faded + 0.022 * _grain(photo, seed)[..., None], 0.16)


def _monochrome(photo: Planes, seed: int) -> Planes:
    """Black and white through an orange filter: skies darken, skin stays light."""
    grey = photo @ np.array([0.45, 0.42, 0.13], np.float32)
    contrast = _shoulders(grey * 1.02)
    wide = np.float32(max(photo.shape[:2]) / 40)
    local = grey - cv2.GaussianBlur(grey, (0, 0), float(wide))
    made = contrast + 0.22 * local + 0.02 * _grain(photo, seed)
    return _vignette(np.repeat(made[..., None], 3, axis=2), 0.12)


def _pencil(photo: Planes, seed: int) -> Planes:
    """Pencil on paper: lines where lightness changes, hatching in the dark."""
    grey = cv2.bilateralFilter(_luma(photo), 0, 0.06, _size(photo, 500))
    blurred = cv2.GaussianBlur(1 - grey, (0, 0), _size(photo, 140))
    dodged = np.minimum(1.0, grey / np.maximum(0.08, 1 - blurred))
    lines = np.power(np.asarray(dodged, np.float32), 1.6)
    hatch = 1 - 0.42 * np.clip(0.52 - grey, 0, 1) * _strokes(photo, seed)
    tone = np.clip(lines * hatch * (0.86 + 0.14 * grey), 0, 1)
    paper = (
        np.array([0.985, 0.975, 0.95], np.float32) * (1 - 0.035 * _paper(photo, seed))[..., None]
    )
    ink = np.array([0.17, 0.17, 0.2], np.float32)
    return np.asarray(ink + (paper - ink) * tone[..., None], np.float32)


def _watercolour(photo: Planes, seed: int) -> Planes:
    """Washes that run together, pigment gathered at their rims, light paper showing through."""
    wash = _washes(photo)
    light = _luma(wash)
    gradient = np.hypot(cv2.Sobel(light, cv2.CV_32F, 1, 0), cv2.Sobel(light, cv2.CV_32F, 0, 1))
    rim = cv2.GaussianBlur(gradient, (0, 0), _size(photo, 800))
    vivid = light[..., None] + 1.5 * (wash - light[..., None])
    airy = 1 - 0.8 * np.power(np.clip(1 - vivid, 0, 1), 1.12)  # there is no black in the box
    pools = 1 + 0.07 * _noise(photo, seed + 6, 22) * np.clip(1.25 - light, 0, 1)
    paper = _paper(photo, seed)
    pooled = airy * (pools * (1 - 1.5 * np.clip(rim, 0, 0.3)))[..., None]
    granular = pooled * (1 - 0.15 * (paper - 0.5) * (1.2 - light))[..., None]
    drawn = granular * (1 - 0.36 * _contours(photo))[..., None]
    bare = np.array([0.99, 0.985, 0.965], np.float32) * (1 - 0.04 * paper)[..., None]
    covered = _ragged_edge(photo, seed)[..., None]
    return np.asarray(np.clip(bare + covered * (drawn - bare), 0, 1), np.float32)


def _washes(photo: Planes) -> Planes:
    """Broad areas of nearly one colour: smoothed at half size, where strokes are as wide."""
    height, width = photo.shape[:2]
    half = (max(1, width // 2), max(1, height // 2))
    wash = np.asarray(cv2.resize(photo, half, interpolation=cv2.INTER_AREA), np.float32)
    for spread in (0.1, 0.13, 0.16, 0.16):
        wash = np.asarray(cv2.bilateralFilter(wash, 0, spread, _size(wash, 130)), np.float32)
    full = cv2.resize(wash, (width, height), interpolation=cv2.INTER_CUBIC)
    # A little of what is finer stays, or eyes and mouths run, too.
    return np.asarray(full + 0.28 * (photo - full), np.float32)


def _contours(photo: Planes) -> Plane:
    """A light pencil line under the washes, 0 to 1."""
    grey = cv2.GaussianBlur(_luma(photo), (0, 0), _size(photo, 900))
    around = cv2.GaussianBlur(grey, (0, 0), _size(photo, 160))
    return np.asarray(np.clip((around - grey - 0.045) * 5, 0, 1), np.float32)


def _cartoon(photo: Planes, seed: int) -> Planes:
    """Flat colours in soft steps, with ink along the edges."""
    del seed  # nothing here is left to chance
    flat = photo
    for _ in range(3):
        flat = np.asarray(cv2.bilateralFilter(flat, 0, 0.1, _size(photo, 330)), np.float32)
    light = _luma(flat)
    steps = 6.0
    at = cv2.GaussianBlur(light, (0, 0), _size(photo, 260)) * steps
    stepped = (np.floor(at) + _steep(at - np.floor(at))) / steps
    soft = light + 0.62 * (stepped - at / steps)  # in part, or skin breaks into blots
    ratio = np.clip(soft / np.maximum(light, 0.02), 0.4, 1.7)[..., None]
    vivid = soft[..., None] + 1.28 * (flat * ratio - soft[..., None])
    fine, wide = _size(photo, 1000), _size(photo, 620)
    base = cv2.bilateralFilter(_luma(photo), 0, 0.08, _size(photo, 500))
    edge = cv2.GaussianBlur(base, (0, 0), fine) - 0.985 * cv2.GaussianBlur(base, (0, 0), wide)
    ink = np.clip(1 + np.tanh(260 * np.minimum(edge + 0.004, 0)), 0, 1)
    return np.asarray(np.clip(vivid, 0, 1) * (0.15 + 0.85 * ink)[..., None], np.float32)


LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "film": Look("film", "Film", _film),
        "monochrome": Look("monochrome", "Black and white", _monochrome),
        "pencil": Look("pencil", "Pencil", _pencil, drawn=True),
        "watercolour": Look("watercolour", "Watercolour", _watercolour, drawn=True),
        "cartoon": Look("cartoon", "Cartoon", _cartoon, drawn=True),
    }
)
"""Looks by name."""


def _unit(image: Image) -> Planes:
    return np.asarray(image, np.float32) / np.float32(255)


def _luma(photo: Planes) -> Plane:
    return np.asarray(photo @ np.array([0.299, 0.587, 0.114], np.float32), np.float32)


def _shoulders(values: Planes) -> Planes:
    """An S that holds back at both ends."""
    x = np.clip(values, 0, 1)
    return np.asarray(x + 0.35 * x * (1 - x) * (2 * x - 1), np.float32)


def _steep(part: Plane) -> Plane:
    """From 0 to 1 mostly in the middle."""
    return np.asarray(1 / (1 + np.exp(-11 * (part - 0.5))), np.float32)


def _size(photo: Planes, parts: float) -> float:
    """A length as a share of the picture's long side, in pixels."""
    return max(0.6, max(photo.shape[:2]) / parts)


def _noise(photo: Planes, seed: int, parts: float) -> Plane:
    """Smooth noise of mean 0 and deviation 1, its grains a share of the picture in size."""
    height, width = photo.shape[:2]
    step = max(1.0, max(height, width) / parts)
    rng = np.random.default_rng(seed)
    coarse = rng.standard_normal((max(2, round(height / step)), max(2, round(width / step))))
    full = cv2.resize(coarse.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(full / max(float(full.std()), 1e-6), np.float32)


def _grain(photo: Planes, seed: int) -> Plane:
    """Film grain: strongest in the middle tones."""
    light = _luma(photo)
    return np.asarray(_noise(photo, seed, 1100) * (0.35 + 2.6 * light * (1 - light)), np.float32)


def _paper(photo: Planes, seed: int) -> Plane:
    """Rough paper, 0 to about 1."""
    rough = 0.6 * _noise(photo, seed + 1, 420) + 0.5 * _noise(photo, seed + 2, 900)
    return np.asarray(np.clip(0.5 + 0.3 * rough, 0, 1.2), np.float32)


def _strokes(photo: Planes, seed: int) -> Plane:
    """Slanted pencil strokes, 0 to about 2."""
    length = max(5, round(_size(photo, 45)))
    kernel = np.eye(length, dtype=np.float32)[:, ::-1] / length
    lines = cv2.filter2D(_noise(photo, seed + 3, 700), -1, np.ascontiguousarray(kernel))
    drawn = np.asarray(lines, np.float32) / np.float32(max(float(lines.std()), 1e-6))
    return np.asarray(np.clip(1 + 0.8 * drawn, 0, 2.4), np.float32)


def _ragged_edge(photo: Planes, seed: int) -> Plane:
    """1 where the brush went, 0 on the rim of paper that it left."""
    height, width = photo.shape[:2]
    y = np.minimum(np.arange(height), np.arange(height)[::-1])[:, None]
    x = np.minimum(np.arange(width), np.arange(width)[::-1])[None]
    inward = np.minimum(y, x).astype(np.float32) / _size(photo, 1)
    uneven = 0.005 * _noise(photo, seed + 4, 14) + 0.003 * _noise(photo, seed + 5, 60)
    steep = np.clip((inward - 0.018 - uneven) * 420, -30, 30)
    return np.asarray(1 / (1 + np.exp(-steep)), np.float32)


def _vignette(made: Planes, depth: float) -> Planes:
    height, width = made.shape[:2]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None]
    fall = 1 - np.float32(depth) * np.clip((x * x + y * y) / 2, 0, 1) ** 1.5
    return np.asarray(made * fall[..., None], np.float32)
