"""Where a picture's centre of interest lies, without any learned model, and crops that keep it.

Three classic cues on a tiny copy, multiplied by a mild prior for the places where people put
what matters: spectral residual (Hou and Zhang, "Saliency detection: a spectral residual
approach", CVPR 2007), centre-surround colour contrast in CIE Lab (Achanta et al.,
"Frequency-tuned salient region detection", CVPR 2009) and edge energy, with a small lift for
the colours that skin of every tone shares.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.model.creations import Box, Ingredient, Pixels

_EDGE = 96
_ROOM = 0.06
_AIR = 0.02
_HEIGHTS = (0.93, 0.85, 0.75)
"""Shares of the map that lie below."""
_PARTS, _LEAST_DRAWN = 3, 0.25

Plane = NDArray[np.float32]


def find_focus(pixels: Pixels) -> tuple[float, float]:
    """Centre of interest as fractions of width and height, each 0.1 to 0.9.

    A picture with nothing in particular gives its middle.
    """
    weights = saliency(pixels).astype(np.float64)
    # Only the strongest part votes: the mean of the whole map is always near the middle.
    weights = np.clip(weights - np.quantile(weights, 0.8), 0, None)
    total = float(weights.sum())
    if total < 1e-6:
        return 0.5, 0.5
    height, width = weights.shape
    x = float((weights.sum(0) @ (np.arange(width) + 0.5)) / total / width)
    y = float((weights.sum(1) @ (np.arange(height) + 0.5)) / total / height)
    return min(max(x, 0.1), 0.9), min(max(y, 0.1), 0.9)


def find_subjects(pixels: Pixels) -> tuple[Box, ...]:
    """Boxes around what draws the eye, as fractions of the picture, first what draws it most.

    A box holds one connected part of what lies above a height of the map: first of its peaks,
    then of wider and wider hills around them. Parts that draw much less than the first of their
    height are left out. A picture with nothing in particular gives its middle.
    """
    weights = saliency(pixels)
    return tuple(box for level in _HEIGHTS for box in _parts_above(weights, level))


def _parts_above(weights: Plane, level: float) -> Iterator[Box]:
    above = np.clip(weights - np.quantile(weights, level), 0, None)
    count, parts, figures, _ = cv2.connectedComponentsWithStats((above > 0).astype(np.uint8))
    drawn = np.bincount(parts.ravel(), above.ravel(), count)
    rows, columns = weights.shape
    for part in np.argsort(-drawn, kind="stable")[:_PARTS]:
        if part and drawn[part] >= _LEAST_DRAWN * drawn.max():
            left, top, width, height = (int(each) for each in figures[part][:4])
            yield Box(left / columns, top / rows, width / columns, height / rows)


def saliency(pixels: Pixels) -> Plane:
    """A coarse map, 0 to 1, at most 96 pixels long, in the picture's orientation."""
    image = np.frombuffer(pixels.rgb, np.uint8).reshape(pixels.height, pixels.width, 3)
    scale = min(1.0, _EDGE / max(pixels.width, pixels.height))
    size = (max(8, round(pixels.width * scale)), max(8, round(pixels.height * scale)))
    step = max(1, max(pixels.width, pixels.height) // (3 * _EDGE))
    thinned = np.ascontiguousarray(image[::step, ::step])  # area averaging of it all costs most
    resized = cv2.resize(thinned, size, interpolation=cv2.INTER_AREA)
    small = np.asarray(resized, np.float32) / np.float32(255)
    lab = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2Lab), np.float32)
    found = (
        _spectral_residual(lab[:, :, 0])
        + 1.2 * _colour_contrast(lab)
        + 0.6 * _edges(lab[:, :, 0])
        + 0.5 * _skin(small, lab)
    )
    found = _blur(found, max(size) / 24) * _prior(size)
    return np.asarray(found / max(float(found.max()), 1e-6), np.float32)


def crop_window(ingredient: Ingredient, aspect: float) -> Box:
    """The largest window of that aspect in the full picture that shows what matters.

    The focus keeps its relative place in the frame, so a composition stays what it was; then
    the window moves as far as needed to hold what draws the eye, as much of it as there is room
    for; and then to hold the `keep` rectangles, with some room where there is room. In pixels of
    the upright full-size picture.
    """
    full_width, full_height = ingredient.width, ingredient.height
    width = min(float(full_width), full_height * aspect)
    height = min(float(full_height), full_width / aspect)
    keep, subjects = ingredient.keep, ingredient.subjects
    x = _slide(
        ingredient.focus[0],
        (full_width, width),
        [(box.x, box.x + box.width) for box in subjects],
        [(box.x, box.x + box.width) for box in keep],
    )
    y = _slide(
        ingredient.focus[1],
        (full_height, height),
        [(box.y, box.y + box.height) for box in subjects],
        [(box.y, box.y + box.height) for box in keep],
    )
    return Box(x, y, width, height)


Span = tuple[float, float]


def _slide(
    focus: float, lengths: tuple[float, float], subjects: list[Span], keep: list[Span]
) -> float:
    """Start of a window on a line; `lengths` are the line's and the window's."""
    full, size = lengths
    start = focus * (full - size)
    if subjects:
        first, last = _as_many_as_fit(subjects, size)
        room = min(_AIR * full, abs(size - (last - first)) / 2)
        # Of what is larger than the window, the window shows nothing else.
        ends = last + room - size, first - room
        start = min(max(start, min(ends)), max(ends))
    if keep:
        first, last = min(a for a, _ in keep), max(b for _, b in keep)
        room = max(0.0, min(_ROOM * full, (size - (last - first)) / 2))
        # Where not all fits, the middle of what matters is shown.
        low, high = last + room - size, first - room
        start = min(max(start, low), high) if low <= high else (low + high) / 2
    return min(max(start, 0.0), full - size)


def _as_many_as_fit(spans: list[Span], size: float) -> Span:
    """What the first of these covers, and of the others what fits beside it."""
    first, last = spans[0]
    for low, high in spans[1:]:
        if max(last, high) - min(first, low) <= size:
            first, last = min(first, low), max(last, high)
    return first, last


def with_room(face: Box, width: int, height: int) -> Box:
    """A face's box grown by hair, chin and ears, in pixels, inside the picture."""
    left, right = face.x - 0.25 * face.width, face.x + 1.25 * face.width
    top, bottom = face.y - 0.35 * face.height, face.y + 1.2 * face.height
    left, right = max(0.0, left), min(float(width), right)
    top, bottom = max(0.0, top), min(float(height), bottom)
    return Box(left, top, right - left, bottom - top)


def _spectral_residual(luminance: Plane) -> Plane:
    square = cv2.resize(luminance, (64, 64), interpolation=cv2.INTER_AREA)
    if float(square.std()) < 0.5:  # a flat picture has no spectrum to speak of
        return np.zeros_like(luminance)
    spectrum = np.fft.fft2(square)
    amplitude = np.log(np.abs(spectrum) + 1e-6).astype(np.float32)
    residual = amplitude - cv2.blur(amplitude, (3, 3))
    back = (64 * np.abs(np.fft.ifft2(np.exp(residual + 1j * np.angle(spectrum))))) ** 2
    smooth = cv2.GaussianBlur(back.astype(np.float32), (0, 0), 2.5)
    whole = cv2.resize(smooth, luminance.shape[::-1])
    return _unit(np.asarray(whole, np.float32))


def _colour_contrast(lab: Plane) -> Plane:
    edge = max(lab.shape[:2])
    near = cv2.GaussianBlur(lab, (0, 0), edge / 32)
    wide = edge // 4 * 2 + 1
    around = cv2.blur(lab, (wide, wide))  # a box as wide as half the picture, at no cost
    overall = lab.reshape(-1, 3).mean(0)
    difference = np.linalg.norm(near - around, axis=2) + 0.5 * np.linalg.norm(
        near - overall, axis=2
    )
    return _unit(difference.astype(np.float32))


def _edges(luminance: Plane) -> Plane:
    across = cv2.Sobel(luminance, cv2.CV_32F, 1, 0)
    down = cv2.Sobel(luminance, cv2.CV_32F, 0, 1)
    return _unit(_blur(np.hypot(across, down), max(luminance.shape) / 32))


def _skin(rgb: Plane, lab: Plane) -> Plane:
    """How near the hue of skin is: it varies little between people, unlike the lightness."""
    hue = np.arctan2(lab[:, :, 2], lab[:, :, 1])
    chroma = np.hypot(lab[:, :, 1], lab[:, :, 2])
    lit = (rgb.max(2) > 0.15).astype(np.float32)
    near = np.exp(-(((hue - 0.85) / 0.22) ** 2)) * np.exp(-(((chroma - 25) / 14) ** 2))
    return np.asarray(near * lit, np.float32)


def _prior(size: tuple[int, int]) -> Plane:
    """A broad hill over the middle, with gentle ones on the lines of thirds."""
    width, height = size
    return np.asarray(np.outer(_hills(height), _hills(width)), np.float32)


def _hills(length: int) -> NDArray[np.float64]:
    at = (np.arange(length) + 0.5) / length
    thirds = np.exp(-(((at - 1 / 3) / 0.16) ** 2)) + np.exp(-(((at - 2 / 3) / 0.16) ** 2))
    return np.asarray(0.35 + 0.5 * np.exp(-(((at - 0.5) / 0.32) ** 2)) + 0.15 * thirds)


def _blur(plane: Plane, sigma: float) -> Plane:
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma), np.float32)


def _unit(plane: Plane) -> Plane:
    low, high = float(plane.min()), float(plane.max())
    if high - low < 0.01:
        return np.zeros_like(plane)
    return np.asarray((plane - low) / (high - low), np.float32)
