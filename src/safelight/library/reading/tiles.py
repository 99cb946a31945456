"""Decoding HEIC pictures tile by tile, each made smaller as it comes.

FFmpeg's decoder needs a half of libheif's time, and the tiles of a phone's picture are to it a film
whose frames all stand alone. Where anything is out of the ordinary, libheif does it as before; it
also decodes one tile, so that colours that would be taken for others are noticed.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.ImageFile import ImageFile

from safelight.library.reading.heif_grid import Grid, read_grid

Array = NDArray[Any]

_FRACTIONS = (8, 4, 2, 1)
_FAR = 2.0
"""Levels by which two decoders may differ on average; rounding gives 0.7 at most."""


def decode_tiles(
    data: bytes,
    image: ImageFile,
    least: tuple[int, int],
    open_heif: Callable[[io.BytesIO], ImageFile],
) -> Image.Image | None:
    """The picture upright, at the smallest of 1, 1/2, 1/4 and 1/8 that still covers `least`.

    Args:
        image: the same picture, opened by libheif.
        open_heif: opens a file by libheif.

    Returns:
        RGB; None where libheif has to decode it.
    """
    grid = read_grid(data) if image.mode == "RGB" else None
    if grid is None or grid.upright_size != image.size:
        return None
    stream = io.BytesIO(grid.film)  # OpenCV does not keep it alive: it must outlast the capture
    options = [cv2.CAP_PROP_N_THREADS, 1]
    capture = cv2.VideoCapture(cast("cv2.IStreamReader", stream), cv2.CAP_FFMPEG, options)
    try:
        found = _put_together(capture, grid, _reach(image.size, least))
    except cv2.error:
        return None
    finally:
        capture.release()
        stream.close()
    if found is None:
        return None
    whole, tile, frame = found
    try:
        known = np.asarray(open_heif(io.BytesIO(grid.lone(data, tile))))
    except Exception:  # noqa: BLE001  # what libheif does not open may raise anything
        return None
    if known.shape != frame.shape or _apart(known, frame) > _FAR:
        return None
    upright = np.rot90(cv2.cvtColor(whole, cv2.COLOR_BGR2RGB), grid.turns)
    return Image.fromarray(np.ascontiguousarray(upright))


def _reach(size: tuple[int, int], least: tuple[int, int]) -> int:
    """By how much it may be made smaller."""
    return next(
        each
        for each in _FRACTIONS
        if each == 1 or all(s // each >= wanted for s, wanted in zip(size, least, strict=True))
    )


def _put_together(
    capture: cv2.VideoCapture, grid: Grid, reach: int
) -> tuple[Array, int, Array] | None:
    """The picture as it is stored; and the tile with the most in it, by number and as it came."""
    read, frame = capture.read()
    if not read:
        return None
    tall, wide = frame.shape[:2]
    fits = (grid.rows - 1) * tall < grid.height <= grid.rows * tall
    fits &= (grid.columns - 1) * wide < grid.width <= grid.columns * wide
    if not fits:
        return None
    while tall % reach or wide % reach:
        reach //= 2
    rows, columns = tall // reach, wide // reach
    whole = np.empty((grid.rows * rows, grid.columns * columns, 3), np.uint8)
    most, chosen = -1.0, (0, frame)
    for number in range(grid.rows * grid.columns):
        if not read or frame.shape[:2] != (tall, wide):
            return None
        down, across = divmod(number, grid.columns)
        part = whole[down * rows : (down + 1) * rows, across * columns : (across + 1) * columns]
        cv2.resize(frame, (columns, rows), dst=part, interpolation=cv2.INTER_AREA)
        spread = float(cv2.meanStdDev(part)[1].sum())
        if spread > most:
            most, chosen = spread, (number, frame)
        read, frame = capture.read()
    if read:
        return None
    return whole[: max(1, grid.height // reach), : max(1, grid.width // reach)], *chosen


def _apart(known: Array, frame: Array) -> float:
    ours = cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)
    return float(cv2.absdiff(ours, known).mean())
