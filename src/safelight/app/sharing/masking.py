"""The step that tells people from the background: `bytes -> bytes`, in a worker.

The model sees 256 pixels, so a small person is lost in a large picture: it is asked for the
whole, for every cell of a collage, and once more around every face.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from safelight.engine.codec import pack, pack_pieces, unpack
from safelight.model.creations import Box
from safelight.model.jobs import Payload
from safelight.weights.runtime import network

STEP_MASK = "safelight.app.sharing.masking:mask_people"
_MODEL = "person-mask"
_EDGE = 256
_AROUND = 7

Mask = NDArray[np.uint8]


def mask_people(payload: Payload) -> bytes:
    """Find people in a picture. See `build_mask_request`.

    Raises:
        AnalysisError: the model cannot be loaded.
        WireError: the payload is damaged.
    """
    header, (data,) = unpack(payload)
    width, height = header["size"]
    pixels = np.frombuffer(data, np.uint8).reshape(height, width, 3)
    mask: Mask = np.zeros((height, width), np.uint8)
    for window in header["windows"]:
        left, top, right, bottom = window
        part = cv2.resize(pixels[top:bottom, left:right], (_EDGE, _EDGE))
        (found,) = network(_MODEL)(part[None])
        whole = cv2.resize(found[0, :, :, 0], (right - left, bottom - top))
        seen = (np.clip(whole, 0, 1) * 255).astype(np.uint8)
        mask[top:bottom, left:right] = np.maximum(mask[top:bottom, left:right], seen)
    return pack({"size": [width, height]}, [mask.tobytes()])


def prepare() -> None:
    """Load the model: afterwards the worker opens no file."""
    network(_MODEL)


def build_mask_request(image: Image.Image, cells: Sequence[Box], faces: Sequence[Box]) -> Payload:
    """Frame a picture and where to look: its cells (none: the whole) and around its faces."""
    places = [*(cells or [Box(0, 0, *image.size)]), *map(_around, faces)]
    windows = [_window(place, image.size) for place in places]
    found = [window for window in windows if window[2] > window[0] and window[3] > window[1]]
    rgb = image.convert("RGB").tobytes()
    return pack_pieces({"size": list(image.size), "windows": found}, [rgb])


def parse_mask(output: bytes) -> Mask:
    """255 where people are, 0 where none are.

    Raises:
        WireError: the message is damaged.
    """
    header, (data,) = unpack(output)
    width, height = header["size"]
    return np.frombuffer(data, np.uint8).reshape(height, width)


def _around(face: Box) -> Box:
    """A window around a face that holds most of a body."""
    side = _AROUND * max(face.width, face.height)
    return Box(face.x + face.width / 2 - side / 2, face.y - 1.2 * face.height, side, side)


def _window(box: Box, size: tuple[int, int]) -> list[int]:
    left, top = max(0, int(box.x)), max(0, int(box.y))
    right, bottom = min(size[0], round(box.x + box.width)), min(size[1], round(box.y + box.height))
    return [left, top, right, bottom]
