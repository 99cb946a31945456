"""Pictures that set the ranges of 8-bit values: every second photo of a folder, by name."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from graph import Array
from PIL import Image, ImageOps

EDGE = 1024
ENDINGS = {".jpg", ".jpeg"}


def calibration(folder: Path) -> list[Array]:
    """Even positions of the sorted list; odd ones are left for measuring."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS)
    read = (_read(path) for path in paths[::2])
    return [picture for picture in read if picture is not None]


def _read(path: Path) -> Array | None:
    try:
        with Image.open(path) as image:
            image.draft("RGB", (EDGE, EDGE))
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError):
        return None
    if min(upright.size) < 200:
        return None
    upright.thumbnail((EDGE, EDGE), Image.Resampling.BOX)
    return np.asarray(upright)


def fitted(picture: Array, edge: int, step: int) -> Array:
    """A batch of one with the long side at `edge`, sides rounded to multiples of `step`."""
    height, width = picture.shape[:2]
    factor = edge / max(height, width)
    rows, columns = (max(step, round(size * factor / step) * step) for size in (height, width))
    return np.asarray(cv2.resize(picture, (columns, rows), interpolation=cv2.INTER_AREA))[None]


def squashed(picture: Array, edge: int) -> Array:
    """A batch of one, square."""
    return np.asarray(cv2.resize(picture, (edge, edge), interpolation=cv2.INTER_AREA))[None]
