"""A moving picture of a burst: frames held still against one another, there and back."""

from __future__ import annotations

import io
from collections.abc import Sequence

import cv2
import numpy as np
from PIL import Image as Pillow

from safelight.creations.arrays import Image, as_array
from safelight.model.creations import Pixels
from safelight.model.errors import RenderError

_FRAME_MS = 140
_STILL = 0.12
"""Share of the frame by which the camera may have moved and still be held."""


def moving(frames: Sequence[Pixels], media_type: str = "image/gif") -> bytes:
    """A looping picture of frames in order, forwards and backwards.

    Args:
        frames: at least two; all are brought to the shape of the first.
        media_type: image/gif or image/webp.

    Raises:
        RenderError: fewer than two frames, or an unknown type.
    """
    if len(frames) < 2:
        raise RenderError("A moving picture needs at least two photos.")
    if media_type not in ("image/gif", "image/webp"):
        raise RenderError(f"a moving picture cannot be written as {media_type}")
    steady = _steadied([_fitted(as_array(frame), frames[0]) for frame in frames])
    there_and_back = [*steady, *steady[-2:0:-1]]
    pictures = [Pillow.fromarray(frame) for frame in there_and_back]
    return _gif(pictures) if media_type == "image/gif" else _webp(pictures)


def _fitted(image: Image, like: Pixels) -> Image:
    """The middle of a picture at the size of another."""
    wide, high = like.width, like.height
    scale = max(wide / image.shape[1], high / image.shape[0])
    size = (max(wide, round(image.shape[1] * scale)), max(high, round(image.shape[0] * scale)))
    large = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    left, top = (size[0] - wide) // 2, (size[1] - high) // 2
    return np.ascontiguousarray(large[top : top + high, left : left + wide])


def _steadied(frames: Sequence[Image]) -> list[Image]:
    """Frames moved onto the first (phase correlation), and cropped to what all show."""
    first = _plane(frames[0])
    window = np.asarray(cv2.createHanningWindow(first.shape[::-1], cv2.CV_32F))
    shifts = [(0.0, 0.0)]
    for frame in frames[1:]:
        (x, y), sure = cv2.phaseCorrelate(first, _plane(frame), window)
        near = abs(x) < _STILL * first.shape[1] and abs(y) < _STILL * first.shape[0]
        shifts.append((x, y) if near and sure > 0.08 else (0.0, 0.0))
    height, width = frames[0].shape[:2]
    left = max(0, round(max(-x for x, _ in shifts)))
    right = max(0, round(max(x for x, _ in shifts)))
    top = max(0, round(max(-y for _, y in shifts)))
    bottom = max(0, round(max(y for _, y in shifts)))
    moved = []
    for frame, (x, y) in zip(frames, shifts, strict=True):
        matrix = np.array([[1, 0, -x], [0, 1, -y]], np.float64)
        held = cv2.warpAffine(frame, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
        whole = np.asarray(held, np.uint8)
        moved.append(np.ascontiguousarray(whole[top : height - bottom, left : width - right]))
    return moved


def _plane(image: Image) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.float32)


def _gif(pictures: Sequence[Pillow.Image]) -> bytes:
    # One palette for all, so that still parts do not flicker.
    sample = pictures[len(pictures) // 4]
    palette = sample.quantize(256, Pillow.Quantize.MEDIANCUT)
    flat = [p.quantize(palette=palette, dither=Pillow.Dither.FLOYDSTEINBERG) for p in pictures]
    out = io.BytesIO()
    flat[0].save(
        out,
        "GIF",
        save_all=True,
        append_images=flat[1:],
        duration=_FRAME_MS,
        loop=0,
        optimize=False,
    )
    return out.getvalue()


def _webp(pictures: Sequence[Pillow.Image]) -> bytes:
    out = io.BytesIO()
    pictures[0].save(
        out,
        "WEBP",
        save_all=True,
        append_images=list(pictures[1:]),
        duration=_FRAME_MS,
        loop=0,
        quality=82,
        method=4,
    )
    return out.getvalue()
