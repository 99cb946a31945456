"""Decoding pictures: upright, scaled, 8-bit sRGB, and never more pixels than allowed."""

from __future__ import annotations

import io
import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
import pi_heif
from PIL import Image
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from safelight.library.reading.colour import needs_flattening, to_srgb
from safelight.library.reading.resampling import resample
from safelight.library.reading.tiles import decode_tiles
from safelight.model.creations import Box, Cut
from safelight.model.errors import AnalysisError

pi_heif.register_heif_opener()
cv2.setNumThreads(1)  # workers are as many as cores
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # of damage its rows tell, not the terminal
_HeifImageFile = cast("Callable[[io.BytesIO], ImageFile]", Image.OPEN["HEIF"][0])

# Classes instead of `Image.open`: it would try every format it knows, EPS with Ghostscript
# among them, and its own limit on pixels knows nothing of scaled decoding.
_OPENERS: dict[str, Callable[[io.BytesIO], ImageFile]] = {
    "image/jpeg": JpegImageFile,
    "image/png": PngImageFile,
    "image/webp": WebPImageFile,
    "image/heic": _HeifImageFile,
    "image/heif": _HeifImageFile,
    "image/avif": AvifImageFile,
    "image/tiff": TiffImageFile,
    "image/gif": GifImageFile,
    "image/bmp": BmpImageFile,
}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SHORT, LONG = 0.96, 1.1
"""How much smaller a JPEG that is decoded at a fraction, and how much larger any picture may stay
than wished, where nobody asked for the finest scaling: most cameras of 12 megapixels have 3840 to
4370 pixels along the long edge, and a quarter of that is decoded for nothing."""

_LEAST_INTACT = 0.5
_END_OF_IMAGE = b"\xff\xd9"


@dataclass(frozen=True, slots=True)
class Wish:
    """How a picture is wanted.

    Attributes:
        edge: longest side in pixels, None for full size; a picture is never enlarged. It may be
            from `SHORT` to `LONG` times as long where `sharp` is not asked for.
        max_megapixels: more pixels than this are not decoded; a JPEG that is decoded smaller
            counts by what is decoded.
        sharp: the finest scaling instead of a fast one.
        cut: only this part, at its size; `edge` is nothing then.
    """

    edge: int | None
    max_megapixels: float
    sharp: bool = False
    cut: Cut | None = None


def supported(media_type: str) -> bool:
    """Whether pictures of this media type can be decoded."""
    return media_type in _OPENERS


def open_picture(data: bytes, media_type: str) -> ImageFile:
    """Read a picture's head; no pixel is decoded.

    Raises:
        AnalysisError: the head is damaged.
    """
    try:
        return _OPENERS[media_type](io.BytesIO(data))
    except MemoryError:
        raise
    except Exception as error:  # a hostile file may raise anything in a decoder
        raise AnalysisError("The picture is damaged: its beginning cannot be read.") from error


def upright_size(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Width and height once the picture is turned upright."""
    return (size[1], size[0]) if orientation >= 5 else size


def decode(data: bytes, image: ImageFile, orientation: int, wish: Wish) -> Image.Image:
    """Decode an opened picture: upright, RGB, long edge at most as wished, or a part of it.

    Raises:
        AnalysisError: too many pixels, damaged, or cut short; in words for the person.
    """
    profile = image.info.get("icc_profile")
    part = _as_stored(wish.cut, orientation) if wish.cut else None
    target = _needed(image.size, part) if part else fitted(image.size, wish.edge)
    roughly = wish.edge if not wish.sharp else None
    least = fitted(image.size, round(SHORT * roughly)) if roughly else target
    _shrink_while_decoding(image, least)
    _refuse_too_large(image.size, wish.max_megapixels)
    try:
        loaded = _load(data, image, least)
        if roughly and max(loaded.size) <= LONG * roughly:
            target = loaded.size
        small = _part(loaded, part) if part else _scale(loaded, target, wish.sharp)
        plain = to_srgb(small, profile if isinstance(profile, bytes) else None)
    except (AnalysisError, MemoryError):
        raise
    except Exception as error:  # a hostile file may raise anything in a decoder
        raise AnalysisError("The picture is damaged or cut short: it cannot be decoded.") from error
    turn = _TURNS.get(orientation)
    fresh = plain if plain is not image else plain.copy()
    turned = plain.transpose(turn) if turn is not None else fresh
    turned.info = {}  # comments would travel on into what is saved
    return turned


def fitted(size: tuple[int, int], edge: int | None) -> tuple[int, int]:
    """The size with its long edge at most `edge`; never enlarged, never empty."""
    longest = max(size)
    if edge is None or longest <= edge:
        return size
    width, height = (max(1, round(side * edge / longest)) for side in size)
    return width, height


def _as_stored(cut: Cut, orientation: int) -> Cut:
    """A part of the upright picture as a part of the picture as it is stored."""
    x, y, width, height = cut.window.x, cut.window.y, cut.window.width, cut.window.height
    across, down = 1 - x - width, 1 - y - height
    left, top = {
        2: (across, y),
        3: (across, down),
        4: (x, down),
        5: (y, x),
        6: (y, across),
        7: (down, across),
        8: (down, x),
    }.get(orientation, (x, y))
    if orientation < 5:
        return Cut(Box(left, top, width, height), cut.width, cut.height)
    return Cut(Box(left, top, height, width), cut.height, cut.width)


def _needed(size: tuple[int, int], part: Cut) -> tuple[int, int]:
    """How large the whole must be decoded for the part to be sharp; never enlarged."""
    by = max(
        part.width / (part.window.width * size[0]), part.height / (part.window.height * size[1])
    )
    return fitted(size, max(1, math.ceil(max(size) * by - 1e-6)))


def _part(image: Image.Image, part: Cut) -> Image.Image:
    if needs_flattening(image.mode) or "transparency" in image.info:
        image = to_srgb(image, None)
    box = part.window
    left, top = max(0.0, box.x * image.width), max(0.0, box.y * image.height)
    right = min(float(image.width), (box.x + box.width) * image.width)
    bottom = min(float(image.height), (box.y + box.height) * image.height)
    return resample(image, (part.width, part.height), (left, top, right, bottom))


def _shrink_while_decoding(image: ImageFile, target: tuple[int, int]) -> None:
    """JPEG can be decoded at a half, a quarter or an eighth for a fraction of the work."""
    if isinstance(image, JpegImageFile):
        image.draft(None, target)


def _refuse_too_large(size: tuple[int, int], max_megapixels: float) -> None:
    megapixels = size[0] * size[1] / 1e6
    if megapixels > max_megapixels:
        raise AnalysisError(
            f"The picture has {size[0]} x {size[1]} = {megapixels:.0f} megapixels; "
            f"more than {max_megapixels:g} are not decoded (setting max_megapixels)."
        )


def _load(data: bytes, image: ImageFile, least: tuple[int, int]) -> Image.Image:
    if isinstance(image, pi_heif.HeifImageFile):
        small = decode_tiles(data, image, least, _HeifImageFile)
        if small is not None:
            return small
    if isinstance(image, JpegImageFile):
        image.decodermaxblock = len(data)  # in one go: stopping and going on costs a fiftieth
    try:
        image.load()
    except OSError:
        if not isinstance(image, JpegImageFile):
            raise
        return _load_cut_short(data, least)
    return image


def _load_cut_short(data: bytes, target: tuple[int, int]) -> Image.Image:
    """What is there of a JPEG whose end is missing, if that is most of it."""
    image = JpegImageFile(io.BytesIO(data + _END_OF_IMAGE))
    image.draft(None, target)
    image.load()
    intact = _intact_share(image)
    if intact < _LEAST_INTACT:
        raise AnalysisError(f"The file is cut short: only {intact:.0%} of the picture is there.")
    return image


def _intact_share(image: Image.Image) -> float:
    """Share of rows above the flat rest that a decoder fills in for missing data."""
    rows = np.asarray(image.convert("L"), dtype=np.int16)
    differs = np.abs(rows - rows[-1]).max(axis=1) > 2
    last = int(np.flatnonzero(differs)[-1]) + 1 if differs.any() else 0
    return last / len(rows)


def _scale(image: Image.Image, target: tuple[int, int], sharp: bool) -> Image.Image:
    if image.size == target:
        return image
    if needs_flattening(image.mode) or "transparency" in image.info:
        image = to_srgb(image, None)
    if sharp:
        return resample(image, target)
    if image.mode == "CMYK":
        return image.resize(target, Image.Resampling.BICUBIC, reducing_gap=2.0)
    # A third of the time of Pillow's filters. Averaging areas suits strong reductions; for the
    # mild one after a scaled decode, cubic comes closer to a full decode with LANCZOS.
    mild = image.width < 2 * target[0] and image.height < 2 * target[1]
    how = cv2.INTER_CUBIC if mild else cv2.INTER_AREA
    return Image.fromarray(cv2.resize(np.asarray(image), target, interpolation=how))
