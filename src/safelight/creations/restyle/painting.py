"""Painting a photo anew in the style of another picture (Ghiasi et al., BMVC 2017).

The network paints a copy of at most 1024 pixels, where its strokes have the size that looks
right; what the photo has beyond that comes back as fine detail. So a preview and a print of the
same photo look alike. Faces smear in such networks: there, the photo's own drawing and part of
its colours stay.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from safelight.creations.arrays import Image, Planes, as_array, as_bytes, as_pixels
from safelight.creations.restyle.faces import face_mask
from safelight.model.creations import Box, Pixels
from safelight.weights.runtime import network

_EDGE = 1024
_STYLE_EDGE = 256
_MULTIPLE = 4
_DETAIL = 0.55
"""How much of the detail beyond the painted copy comes back."""
_FACE_DRAWING, _FACE_COLOUR = 0.75, 0.5
"""How much of a face's own lightness and colours stays."""


def read_style(pixels: Pixels) -> tuple[float, ...]:
    """The style of a picture as 100 numbers, from its largest square in the middle."""
    image = as_array(pixels)
    side = min(image.shape[:2])
    top, left = (image.shape[0] - side) // 2, (image.shape[1] - side) // 2
    square = image[top : top + side, left : left + side]
    small = cv2.resize(square, (_STYLE_EDGE, _STYLE_EDGE), interpolation=cv2.INTER_AREA)
    (style,) = network("style")(np.asarray(small, np.float32)[None] / np.float32(255))
    return tuple(round(float(number), 4) for number in style.reshape(-1))


def paint(
    pixels: Pixels,
    style: Sequence[float],
    *,
    strength: float = 1.0,
    keep_colours: bool = False,
    faces: Sequence[Box] = (),
) -> Pixels:
    """Paint a picture in a style.

    Args:
        style: 100 numbers from `read_style` or a work.
        strength: 0 leaves the photo, 1 is all paint.
        keep_colours: the photo's colours with the strokes of the style.
        faces: boxes in pixels of the picture, protected from smearing.
    """
    photo = as_array(pixels)
    painted = _painted(photo, style)
    lab = _mixed(_lab(photo), _lab(painted), strength, keep_colours, faces)
    mixed = cv2.cvtColor(lab, cv2.COLOR_Lab2RGB)
    return as_pixels(as_bytes(np.asarray(mixed, np.float32)))


def _painted(photo: Image, style: Sequence[float]) -> Image:
    """What the network makes of a copy, at the size of the photo, with its fine detail."""
    height, width = photo.shape[:2]
    scale = min(1.0, _EDGE / max(height, width))
    size = (_multiple(width * scale), _multiple(height * scale))
    small = cv2.resize(photo, size, interpolation=cv2.INTER_AREA)
    vector = np.asarray(style, np.float32).reshape(1, 1, 1, -1)
    (found,) = network("painting")(np.asarray(small, np.float32)[None] / np.float32(255), vector)
    paint_ = cv2.resize(as_bytes(found[0]), (width, height), interpolation=cv2.INTER_CUBIC)
    if scale == 1.0:
        return np.asarray(paint_, np.uint8)
    coarse = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    detail = _grey(photo).astype(np.float32) - _grey(np.asarray(coarse, np.uint8))
    sharper = np.asarray(paint_, np.float32) + _DETAIL * detail[..., None]
    return np.asarray(np.clip(sharper, 0, 255), np.uint8)


def _mixed(
    photo: Planes, painted: Planes, strength: float, keep_colours: bool, faces: Sequence[Box]
) -> Planes:
    """Painted over photo, in CIE Lab: lightness and colours each with its own share."""
    shares = np.empty((*photo.shape[:2], 2), np.float32)
    guard = face_mask((photo.shape[0], photo.shape[1]), faces)
    shares[..., 0] = strength * (1 - _FACE_DRAWING * guard)
    shares[..., 1] = 0 if keep_colours else strength * (1 - _FACE_COLOUR * guard)
    out = np.empty_like(photo)
    out[..., 0] = photo[..., 0] + (painted[..., 0] - photo[..., 0]) * shares[..., 0]
    out[..., 1:] = photo[..., 1:] + (painted[..., 1:] - photo[..., 1:]) * shares[..., 1:]
    return out


def _lab(image: Image) -> Planes:
    return np.asarray(
        cv2.cvtColor(np.asarray(image, np.float32) / np.float32(255), cv2.COLOR_RGB2Lab), np.float32
    )


def _grey(image: Image) -> Image:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)


def _multiple(length: float) -> int:
    return max(_MULTIPLE * 4, round(length / _MULTIPLE) * _MULTIPLE)
