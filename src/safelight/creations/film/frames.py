"""Frames of a film: affine warps of YUV planes, so no frame is ever converted as a whole.

Colours are BT.709 in the narrow range, as phones expect of H.264.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.creations.film.plan import TITLE_END_S
from safelight.creations.film.takes import FPS, FilmPlan, Take
from safelight.creations.film.words import Plate, title_plate
from safelight.model.creations import Box, Pixels
from safelight.model.errors import RenderError

Plane = NDArray[np.uint8]

# Rows of Y, Cb and Cr over R, G, B in 0 to 255, then the offset (ITU-R BT.709, narrow range).
_BT709 = np.array(
    [
        [0.18259, 0.61423, 0.06201, 16.0],
        [-0.10064, -0.33857, 0.43922, 128.0],
        [0.43922, -0.39894, -0.04027, 128.0],
    ]
)
_EASE = 0.55
# Of what stands before a soft copy of itself, from edge to edge: the room around faces allows it.
_SLOW_ZOOM = 1.03
_END_S = 0.7
TITLE_S = (0.35, TITLE_END_S, 0.5)
_BLACK = (16, 128, 128)


class Shot(Protocol):
    """A take that is being shown."""

    def planes(self, now: float) -> list[Plane]:
        """What is seen at a moment of the film; moments are asked for in rising order."""
        ...


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as planes, with the windows of its take in pixels of the luma plane."""

    take: Take
    shape: tuple[int, int]
    layers: tuple[Plane, Plane, Plane]
    first: Box
    last: Box

    def planes(self, now: float) -> list[Plane]:
        """The photo where its move has come to."""
        return _warped(self, _moment(self.take, now))


class Running:
    """A clip whose frames come one by one; a last one stays where no more come.

    Args:
        frames: planar YUV 4:2:0 of the film's size, one for each frame of the film.
    """

    def __init__(self, take: Take, shape: tuple[int, int], frames: Iterator[bytes]) -> None:
        self._begin = take.start - take.fade
        self._shape = shape
        self._frames = frames
        self._number = -1
        self._planes: list[Plane] = []

    def planes(self, now: float) -> list[Plane]:
        """The clip's frame of a moment."""
        wanted = max(0, round((now - self._begin) * FPS))
        while self._number < wanted:
            self._number += 1
            frame = next(self._frames, None)
            if frame is not None:
                self._planes = split_planes(frame, self._shape)
            elif not self._planes:
                raise RenderError("A video of this film has no picture where it was to be shown.")
        return self._planes


def frames_of(take: Take) -> int:
    """How many frames of its clip a take shows; what follows has faded in by its end."""
    begin = take.start - take.fade
    last = math.ceil(take.end * FPS - 1e-6) - 1
    return max(0, round(last - begin * FPS)) + 1


def split_planes(frame: bytes, shape: tuple[int, int]) -> list[Plane]:
    """Planar YUV 4:2:0 as three planes."""
    width, height = shape
    sizes = ((height, width), *2 * [(height // 2, width // 2)])
    found: list[Plane] = []
    at = 0
    for rows, columns in sizes:
        flat = np.frombuffer(frame, np.uint8, rows * columns, at)
        found.append(flat.reshape(rows, columns))
        at += rows * columns
    return found


def draw_frames(
    plan: FilmPlan,
    load: Callable[[Take], Pixels | Iterator[bytes]],
    last: float | None = None,
) -> Iterator[bytes]:
    """Every frame as planar YUV 4:2:0, in order; holds two takes at a time.

    Args:
        load: gives a take's decoded photo, or the frames of its clip; called once each, in order.
        last: stop after so many seconds, for tests and posters.
    """
    plate = title_plate(plan)
    held: dict[int, Shot] = {}
    for number in range(round(min(plan.seconds, last or plan.seconds) * FPS)):
        now = number / FPS
        showing = _showing(plan, now)
        for at in showing:
            if at not in held:
                held = {key: value for key, value in held.items() if key >= at - 1}
                held[at] = _shot(plan, plan.takes[at], load(plan.takes[at]))
        planes = _mixed(plan, now, showing, held)
        if plate is not None:
            planes = _with_title(planes, plate, now)
        yield b"".join(_dimmed(plane, part, plan, now) for part, plane in enumerate(planes))


def _shot(plan: FilmPlan, take: Take, loaded: Pixels | Iterator[bytes]) -> Shot:
    shape = (plan.width, plan.height)
    if isinstance(loaded, Pixels):
        return prepare(take, loaded, shape)
    return Running(take, shape, loaded)


def prepare(take: Take, pixels: Pixels, shape: tuple[int, int]) -> Picture:
    """A decoded photo ready to be moved over."""
    rgb = np.frombuffer(pixels.rgb, np.uint8).reshape(pixels.height, pixels.width, 3)
    if take.whole:
        part = _scaled(take.first, pixels.width / take.size[0], pixels.height / take.size[1])
        rows = slice(round(part.y), max(round(part.y + part.height), round(part.y) + 2))
        columns = slice(round(part.x), max(round(part.x + part.width), round(part.x) + 2))
        canvas = _framed(np.ascontiguousarray(rgb[rows, columns]), shape)
        close_width, close_height = shape[0] / _SLOW_ZOOM, shape[1] / _SLOW_ZOOM
        close = Box(
            (shape[0] - close_width) / 2, (shape[1] - close_height) / 2, close_width, close_height
        )
        return Picture(take, shape, _planes(canvas), Box(0, 0, *shape), close)
    across, down = pixels.width / take.size[0], pixels.height / take.size[1]
    first, last = _scaled(take.first, across, down), _scaled(take.last, across, down)
    return Picture(take, shape, _planes(rgb), first, last)


def _showing(plan: FilmPlan, now: float) -> list[int]:
    """Numbers of the takes to be seen: one, or two while one fades into the other."""
    at = max(n for n, take in enumerate(plan.takes) if take.start <= now)
    following = at + 1
    if following < len(plan.takes):
        take = plan.takes[following]
        if take.fade and now >= take.start - take.fade:
            return [at, following]
    return [at]


def _mixed(plan: FilmPlan, now: float, showing: list[int], held: dict[int, Shot]) -> list[Plane]:
    frames = [held[n].planes(now) for n in showing]
    if len(frames) == 1:
        return frames[0]
    coming = plan.takes[showing[1]]
    share = (now - coming.start + coming.fade) / coming.fade
    share = share * share * (3 - 2 * share)
    return [
        np.asarray(cv2.addWeighted(old, 1 - share, new, share, 0), np.uint8)
        for old, new in zip(*frames, strict=True)
    ]


def _moment(take: Take, now: float) -> float:
    """How far a take's move has come, 0 to 1; it goes on while it fades out."""
    begin = take.start - take.fade
    linear = min(max((now - begin) / (take.end + 0.5 - begin), 0.0), 1.0)
    eased = 0.5 - 0.5 * np.cos(np.pi * linear)
    return float((1 - _EASE) * linear + _EASE * eased)


def _warped(picture: Picture, moment: float) -> list[Plane]:
    first, last, shape = picture.first, picture.last, picture.shape
    # Sizes change by factors, not by steps, so that a zoom looks even from start to end.
    width = first.width ** (1 - moment) * last.width**moment
    height = width * shape[1] / shape[0]
    centre = [
        (1 - moment) * (a + size_a / 2) + moment * (b + size_b / 2)
        for a, size_a, b, size_b in (
            (first.x, first.width, last.x, last.width),
            (first.y, first.height, last.y, last.height),
        )
    ]
    x, y = centre[0] - width / 2, centre[1] - height / 2
    found = []
    for part, plane in enumerate(picture.layers):
        half = 1 if part == 0 else 2
        size = (shape[0] // half, shape[1] // half)
        scale = width / shape[0]
        matrix = np.array(
            [
                [scale, 0, (x / half) + (scale - 1) / 2],
                [0, scale, (y / half) + (scale - 1) / 2],
            ]
        )
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        warped = cv2.warpAffine(plane, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        found.append(np.asarray(warped, np.uint8))
    return found


def _planes(rgb: NDArray[np.uint8]) -> tuple[Plane, Plane, Plane]:
    even = rgb[: rgb.shape[0] // 2 * 2, : rgb.shape[1] // 2 * 2]
    converted = np.asarray(cv2.transform(even, _BT709), np.uint8)
    half = (even.shape[1] // 2, even.shape[0] // 2)
    luma, blue, red = cv2.split(converted)
    small = [cv2.resize(plane, half, interpolation=cv2.INTER_AREA) for plane in (blue, red)]
    return (
        np.asarray(luma, np.uint8),
        np.asarray(small[0], np.uint8),
        np.asarray(small[1], np.uint8),
    )


def _framed(rgb: NDArray[np.uint8], shape: tuple[int, int]) -> NDArray[np.uint8]:
    """The whole photo before a soft, darker copy of itself."""
    width, height = shape
    cover = max(width / rgb.shape[1], height / rgb.shape[0])
    small = cv2.resize(rgb, (max(1, rgb.shape[1] // 16), max(1, rgb.shape[0] // 16)),
                       interpolation=cv2.INTER_AREA)  # fmt: skip
    soft = cv2.GaussianBlur(small, (0, 0), max(small.shape[:2]) / 24)
    size = (round(rgb.shape[1] * cover), round(rgb.shape[0] * cover))
    large = cv2.resize(soft, size, interpolation=cv2.INTER_CUBIC)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    canvas = (large[top : top + height, left : left + width] * 0.62).astype(np.uint8)
    fit = min(width / rgb.shape[1], height / rgb.shape[0])
    inner = (round(rgb.shape[1] * fit), round(rgb.shape[0] * fit))
    shown = cv2.resize(rgb, inner, interpolation=cv2.INTER_AREA)
    left, top = (width - inner[0]) // 2, (height - inner[1]) // 2
    canvas[top : top + inner[1], left : left + inner[0]] = shown
    return np.asarray(canvas, np.uint8)


def _with_title(planes: list[Plane], plate: Plate, now: float) -> list[Plane]:
    start, end, ramp = TITLE_S
    strength = min(max((now - start) / ramp, 0.0), 1.0) * min(max((end - now) / ramp, 0.0), 1.0)
    if strength == 0.0:
        return planes
    done = []
    for part, plane in enumerate(planes):
        cover, ink = plate.covers[min(part, 1)], plate.inks[part]
        top = plate.top // (1 if part == 0 else 2)
        rows = slice(top, top + cover.shape[0])
        share = cover * np.float32(strength)
        mixed = plane[rows] * (1 - share) + ink * share
        changed = plane.copy()
        changed[rows] = mixed.astype(np.uint8)
        done.append(changed)
    return done


def _dimmed(plane: Plane, part: int, plan: FilmPlan, now: float) -> memoryview:
    """A plane's bytes; towards the end it goes to black."""
    left = (plan.seconds - now) / _END_S
    if left >= 1:
        return np.ascontiguousarray(plane).data
    black = _BLACK[part]
    faded = cv2.addWeighted(plane, left, np.full_like(plane, black), 1 - left, 0)
    return np.asarray(faded, np.uint8).data


def _scaled(box: Box, across: float, down: float) -> Box:
    return Box(box.x * across, box.y * down, box.width * across, box.height * down)
