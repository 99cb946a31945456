"""Captions set over or above a picture, as memes have them: told by their letters, not read.

Two ways of setting them are known. White letters with a black outline stand in the picture itself;
black letters stand on a plain white band above or below it. Letters are islands of one height
that stand in a line; in photographs bright spots are neither that even nor that many.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

SMALLEST = 64
"""Pixels; a narrower picture has no room for a caption."""

MANY = 10
"""Letters in one line that make a caption for sure."""

_BRIGHT, _DARK = 228, 60
_OUTLINED = 0.7
"""Share of a letter's rim that is dark."""

_LEAST_RIM = 0.004
"""Share of such a part that the dark rims of half a line cover."""

_TALLEST, _LOWEST = 0.2, 0.022
"""Height of letters, as shares of the picture's."""

_EVEN, _APART = 0.25, 3.0
"""By how much letters of a line differ, and the widest gap, in heights of a letter."""

_MOST = 300
_PAPER, _INK = 235, 140
_BAND, _PICTURE = 0.07, 0.4
"""Least height of a band, and of the picture beside it."""

_BAND_WHITE, _PICTURE_WHITE = 0.3, 0.4
"""Least share of white in each row of a band; most of it in the picture."""

_THREE, _FIVE = np.ones((3, 3), np.uint8), np.ones((5, 5), np.uint8)


def caption(picture: Array) -> float:
    """How surely a picture (height, width, 3) uint8 has a caption: letters of its longest line.

    1 from `MANY` letters on, 0 for fewer than half as many. Pictures of some 500 pixels are best.
    """
    if min(picture.shape[:2]) < SMALLEST:
        return 0.0
    red, green, blue = cv2.split(picture)
    low, high = cv2.min(cv2.min(red, green), blue), cv2.max(cv2.max(red, green), blue)
    letters = max(_outlined(low, high), _on_a_band(low, high))
    return 0.0 if 2 * letters < MANY else min(1.0, letters / MANY)


def _outlined(low: Array, high: Array) -> int:
    """White letters with a dark outline in the upper or the lower part."""
    bright = cv2.threshold(low, _BRIGHT - 1, 1, cv2.THRESH_BINARY)[1]
    near_dark = cv2.dilate(cv2.threshold(high, _DARK, 1, cv2.THRESH_BINARY_INV)[1], _FIVE)
    rim: Array = cv2.dilate(bright, _THREE) - bright
    rows = len(low)
    best = 0
    for part in (slice(0, rows * 2 // 5), slice(rows * 3 // 5, rows)):
        edge, black = rim[part], cv2.bitwise_and(rim[part], near_dark[part])
        if cv2.countNonZero(black) < _LEAST_RIM * edge.size:
            continue  # nearly every photo
        islands, labels, stats, _ = cv2.connectedComponentsWithStats(bright[part])
        around = cv2.dilate(labels.astype(np.float32), _THREE).astype(np.int32)
        total = np.bincount(around[edge > 0], minlength=islands)
        outlined = np.bincount(around[black > 0], minlength=islands)
        fits = outlined >= _OUTLINED * np.maximum(total, 1)
        fits[0] = False
        best = max(best, longest_line(stats[fits], rows))
    return best


def _on_a_band(low: Array, high: Array) -> int:
    """Dark letters on a plain white band, with a picture on the other side of it."""
    white = cv2.threshold(low, _PAPER - 1, 1, cv2.THRESH_BINARY)[1]
    share = white.sum(axis=1, dtype=np.uint32) / white.shape[1]
    rows = len(low)
    best = 0
    for ways in (slice(None), slice(None, None, -1)):
        plain = share[ways] >= _BAND_WHITE
        tall = int(np.argmin(plain)) if not plain.all() else rows
        rest = share[ways][tall:]
        if not _BAND * rows <= tall <= (1 - _PICTURE) * rows or rest.mean() > _PICTURE_WHITE:
            continue
        ink = (high[ways][:tall] <= _INK).astype(np.uint8)
        best = max(best, longest_line(cv2.connectedComponentsWithStats(ink)[2][1:], rows))
    return best


def longest_line(stats: Array, rows: int) -> int:
    """The most islands of one height that stand in one line, side by side, as letters do.

    Args:
        stats: of each island left, top, width and height, as OpenCV gives them.
        rows: height of the picture.
    """
    left, top, wide, tall = (stats[:, column].astype(np.int64) for column in range(4))
    able = (tall >= max(5, _LOWEST * rows)) & (tall <= _TALLEST * rows) & (wide <= 2.5 * tall)
    if not MANY // 2 <= able.sum() <= _MOST:
        return 0
    left, wide, tall, foot = left[able], wide[able], tall[able], (top + tall)[able]
    alike = np.abs(tall[:, None] - tall) <= _EVEN * tall[:, None]
    alike &= np.abs(foot[:, None] - foot) <= _EVEN * tall[:, None]
    for each in np.argsort(-alike.sum(axis=1), kind="stable").tolist():
        line = np.flatnonzero(alike[each])
        order = line[np.argsort(left[line])]
        gaps = left[order][1:] - (left + wide)[order][:-1]
        if not (gaps > _APART * tall[each]).any():  # lamps along a street stand apart
            return len(line)
    return 0
