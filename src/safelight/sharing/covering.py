"""People made unrecognisable, so that nothing of them is left to bring back.

A blur can be reversed well enough to match a face. A solid shape leaves nothing. The mosaic
leaves some twenty averages a face, each moved by noise that is drawn anew and kept nowhere; it
is smoothed afterwards, so it looks like a blur and is none.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from safelight.model.creations import Box
from safelight.model.sharing import Covering

_SOLID = (214, 204, 190)
_BLOCKS = 4
_NOISE, _TINT = 26, 7
_GROW_ACROSS, _GROW_UP, _GROW_DOWN = 0.45, 0.6, 0.45
_ROOM, _SURE = 0.01, 128
_BODY_BLOCK = 0.07

Mask = NDArray[np.uint8]


def cover_people(
    image: Image.Image, faces: Sequence[Box], how: Covering, bodies: Mask | None = None
) -> Image.Image:
    """A picture with these people covered.

    Args:
        faces: boxes in pixels of the picture; an ellipse over hair, chin and ears is covered.
        bodies: 255 where people are, of any size in the picture's shape; None for faces alone.
    """
    if how is Covering.NONE or (not faces and bodies is None):
        return image
    pixels = np.array(image.convert("RGB"))
    ovals = [_oval(pixels.shape[:2], box) for box in faces]
    if bodies is None:
        for oval in ovals:
            _cover(pixels, oval, how, None)
    else:
        everything = np.maximum.reduce([_grown(bodies, pixels.shape[:2]), *ovals])
        # Never finer than a face by itself would get, however large it is in the picture.
        blocks = [(1 + 2 * _GROW_ACROSS) * box.width / _BLOCKS for box in faces]
        _cover(pixels, everything, how, max([_BODY_BLOCK * max(image.size), *blocks]))
    covered = Image.fromarray(pixels)
    if image.mode == "RGBA":
        covered.putalpha(image.getchannel("A"))
    return covered


def _oval(shape: tuple[int, ...], box: Box) -> Mask:
    mask: Mask = np.zeros(shape, np.uint8)
    left, right = box.x - _GROW_ACROSS * box.width, box.x + (1 + _GROW_ACROSS) * box.width
    top, bottom = box.y - _GROW_UP * box.height, box.y + (1 + _GROW_DOWN) * box.height
    centre = (round((left + right) / 2), round((top + bottom) / 2))
    axes = (max(2, round((right - left) / 2)), max(2, round((bottom - top) / 2)))
    cv2.ellipse(mask, centre, axes, 0, 0, 360, 255, -1)
    return mask


def _grown(bodies: Mask, shape: tuple[int, ...]) -> Mask:
    """The mask at the picture's size, with room around it: its edge is only about right.

    It grows at its own size, which is small: at that of a panorama it would take a minute.
    """
    height, width = shape
    reach = 2 * max(2, round(_ROOM * max(bodies.shape))) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    grown = cv2.dilate((bodies > _SURE).astype(np.uint8) * 255, kernel)
    mask = cv2.resize(grown, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray((mask > _SURE) * np.uint8(255), np.uint8)


def _cover(pixels: NDArray[np.uint8], mask: Mask, how: Covering, block: float | None) -> None:
    """Cover what the mask marks; a mosaic's blocks have `block` pixels, or a quarter of it all."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not rows.size:
        return
    window = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    part, inside = pixels[window], mask[window] > 0
    if how is Covering.SOLID:
        part[inside] = _SOLID
    else:
        part[inside] = _mosaic(part, block)[inside]


def _mosaic(part: NDArray[np.uint8], block: float | None) -> NDArray[np.uint8]:
    height, width = part.shape[:2]
    side = block or min(height, width) / _BLOCKS
    size = (max(2, round(width / side)), max(2, round(height / side)))
    shrunk = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    coarse = np.asarray(shrunk, np.float32)
    rng = np.random.default_rng(secrets.randbits(128))
    # Mostly in the lightness: noise in every colour by itself looks like a soap bubble.
    noise = rng.normal(0, _NOISE, coarse.shape[:2])[:, :, None] + rng.normal(0, _TINT, coarse.shape)
    noisy = np.asarray(np.clip(coarse + noise, 0, 255), np.float32)
    smooth = cv2.resize(noisy, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(smooth, 0, 255), np.uint8)
