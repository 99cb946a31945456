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
_TURN = 0.09
"""Sine of the most by which it may have turned."""
_BETTER = 0.9
"""A move must bring frames this much nearer, or they stay: moving blurs a little."""
_MOVED = 24.0
"""Steps of lightness from which a difference is taken for something that moved."""
_LOOK = 360
_STAY = np.array([[1, 0, 0], [0, 1, 0]], np.float32)
_LEAST = 16
"""Sides of a frame, in pixels, below which there is nothing to hold it by."""
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
    """How the camera moved: not at all, or whichever guess lays the frame best upon the first.

    A shift by phase correlation, which something that moves before the camera can mislead, and
    from there a turn, too, by enhanced correlation (Evangelidis and Psarakis 2008).
    """
    if min(first.shape) < _LEAST:
        return _STAY
    scale = min(1.0, _LOOK / max(first.shape))
    size = tuple(max(_LEAST, round(length * scale)) for length in first.shape[::-1])
    small = [
        np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)
        for plane in (first, other)
    ]
    shifted, turned = _shift(first, other), _turn(small[0], small[1], scale)
    height, width = first.shape
    moved = [guess for guess in (shifted, turned) if guess is not None]
    guesses = [_STAY, *(guess for guess in moved if _near(guess, height, width))]
    apart = [_apart(small[0], small[1], guess, scale) for guess in guesses]
    best = int(np.argmin(apart))
    return guesses[best] if apart[best] < _BETTER * apart[0] else _STAY


def _shift(first: Plane, other: Plane) -> Plane:
    hanning = np.asarray(cv2.createHanningWindow(first.shape[::-1], cv2.CV_32F))
    (x, y), _ = cv2.phaseCorrelate(first, other, hanning)
    return np.array([[1, 0, x], [0, 1, y]], np.float32)


def _turn(first: Plane, other: Plane, scale: float) -> Plane | None:
    """Shift and turn, found on small copies; None where there is nothing to hold on to."""
    start = _shift(first, other)
    ends = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 60, 1e-4)
    mask = np.empty(0, np.uint8)
    try:
        _, found = cv2.findTransformECC(first, other, start, cv2.MOTION_EUCLIDEAN, ends, mask, 5)
    except cv2.error:
        return None
    turned = np.array(found, np.float32)
    turned[:, 2] /= scale
    return turned


def _apart(first: Plane, other: Plane, move: Plane, scale: float) -> float:
    """How far small copies differ after a move; what moves by itself counts little."""
    scaled = np.array(move, np.float32)
    scaled[:, 2] *= scale
    size = (first.shape[1], first.shape[0])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    moved = cv2.warpAffine(other, scaled, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    inner = (slice(4, -4), slice(4, -4))
    difference = _detail(first) - _detail(np.asarray(moved, np.float32))
    return float(np.minimum(np.abs(difference), _MOVED)[inner].mean())


def _detail(plane: Plane) -> Plane:
    """What is finer than some pixels: exposures differ in a burst, too."""
    return np.asarray(plane - cv2.GaussianBlur(plane, (0, 0), 4), np.float32)


def _near(move: Plane, height: int, width: int) -> bool:
    x, y, sine = float(move[0, 2]), float(move[1, 2]), float(move[0, 1])
    return abs(x) < _STILL * width and abs(y) < _STILL * height and abs(sine) < _TURN


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
