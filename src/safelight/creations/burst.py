"""A moving picture of a burst: frames held still against one another, there and back."""

from __future__ import annotations

import io
from collections.abc import Sequence

import cv2
import numpy as np
from PIL import Image as Pillow

from safelight.creations.arrays import Image, Plane, as_array
from safelight.model.creations import Pixels
from safelight.model.errors import RenderError

_FRAME_MS = 140
_STILL = 0.12
"""Share of the frame by which the camera may have moved and still be held."""
_LEAST_TURN, _TURN = 0.002, 0.09
"""Sines of what counts as a turn, and of the most by which it may have turned."""
_SURE, _ALIKE = 0.08, 0.75
_STOOD = 0.3
"""Pixels of a shift that are left: moving by less would only blur."""
_LOOK = 360
_STAY = np.array([[1, 0, 0], [0, 1, 0]], np.float32)
_SAME = 5
"""Steps by which a pixel may change and still be taken for the same."""


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
    """Frames shifted and turned onto the first, and cropped to what all show."""
    height, width = frames[0].shape[:2]
    first = _plane(frames[0])
    moves = [_STAY, *(_move(first, _plane(frame)) for frame in frames[1:])]
    window = _shared_window(moves, height, width)
    held = []
    for frame, move in zip(frames, moves, strict=True):
        moved = cv2.warpAffine(
            frame,
            move,
            (width, height),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        held.append(np.ascontiguousarray(np.asarray(moved, np.uint8)[window]))
    return held


def _move(first: Plane, other: Plane) -> Plane:
    """How the camera moved: a shift by phase correlation, then a turn, too, by enhanced correlation
    (Evangelidis and Psarakis 2008); none where the two do not agree.
    """
    height, width = first.shape
    hanning = np.asarray(cv2.createHanningWindow((width, height), cv2.CV_32F))
    (x, y), sure = cv2.phaseCorrelate(first, other, hanning)
    if sure <= _SURE or not _near(x, y, width, height) or max(abs(x), abs(y)) < _STOOD:
        x, y = 0.0, 0.0
    scale = min(1.0, _LOOK / max(height, width))
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    small = [cv2.resize(plane, size, interpolation=cv2.INTER_AREA) for plane in (first, other)]
    move = np.array([[1, 0, x * scale], [0, 1, y * scale]], np.float32)
    ends = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 60, 1e-4)
    try:
        alike, found = cv2.findTransformECC(
            small[0], small[1], move, cv2.MOTION_EUCLIDEAN, ends, np.empty(0, np.uint8), 5
        )
    except cv2.error:  # nothing to hold on to, or it runs away
        return np.array([[1, 0, x], [0, 1, y]], np.float32)
    turned = np.array(found, np.float32)
    turned[:, 2] /= scale
    near = _near(float(turned[0, 2]), float(turned[1, 2]), width, height)
    if alike < _ALIKE or not near or not _LEAST_TURN < abs(float(turned[0, 1])) < _TURN:
        return np.array([[1, 0, x], [0, 1, y]], np.float32)
    return turned


def _near(x: float, y: float, width: int, height: int) -> bool:
    return abs(x) < _STILL * width and abs(y) < _STILL * height


def _shared_window(moves: Sequence[Plane], height: int, width: int) -> tuple[slice, slice]:
    """The part of the first frame that every moved frame covers."""
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]], np.float64)
    left = top = 0.0
    right, bottom = float(width), float(height)
    for move in moves:
        back = cv2.invertAffineTransform(np.asarray(move, np.float64))
        x, y = (corners @ np.asarray(back).T).T
        left, right = max(left, x[0], x[2]), min(right, x[1], x[3])
        top, bottom = max(top, y[0], y[1]), min(bottom, y[2], y[3])
    return slice(int(np.ceil(top)), int(bottom)), slice(int(np.ceil(left)), int(right))


def _plane(image: Image) -> Plane:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.float32)


def _gif(pictures: Sequence[Pillow.Image]) -> bytes:
    # One palette for all, and what stays the same keeps its dots, so that still parts do not
    # flicker.
    palette = _together(pictures).quantize(256, Pillow.Quantize.MEDIANCUT)
    flat: list[Pillow.Image] = []
    before: tuple[Image, Image] | None = None
    for picture in pictures:
        colours = np.asarray(picture, np.uint8)
        dots = picture.quantize(palette=palette, dither=Pillow.Dither.FLOYDSTEINBERG)
        index = np.array(dots, np.uint8)
        if before is not None:
            same = cv2.absdiff(colours, before[0]).max(axis=2) <= _SAME
            index[same] = before[1][same]
            colours = np.where(same[..., None], before[0], colours)
        before = (colours, index)
        held = Pillow.fromarray(index, "P")
        held.putpalette(palette.getpalette() or [])
        flat.append(held)
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


def _together(pictures: Sequence[Pillow.Image]) -> Pillow.Image:
    """All of them small, one under the other: what their palette is chosen from."""
    small = [np.asarray(picture.reduce(3)) for picture in pictures]
    return Pillow.fromarray(np.vstack(small))


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
