"""What lines of text say: PP-OCR's reader, a letter or none for every eight pixels along a line.

Chinese and Latin letters, digits and signs. The best letter of each place is taken, repetitions
and blanks left out (connectionist temporal classification, Graves and others, 2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.analysis.text.detect import Line
from safelight.weights import registry, runtime

Array = NDArray[Any]

MODEL = "text-letters"
LETTERS = "letters"
TALL = 48
SHORTEST, LONGEST = 96, 960
GREY = 127
MIN_SCORE = 0.7
SURE = 0.97
"""A line that is read less surely is read upside down as well, until one was sure."""

MOST = 6
"""Lines of a picture that are read, the largest first: signs and titles, no whole page."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says; `score` is the mean of its letters' scores, 0 to 1."""

    text: str
    score: float
    line: Line
    turned: bool = False


def read_lines(picture: Array, lines: Sequence[Line]) -> list[Said]:
    """What the largest lines say, in reading order; what is no word is left out.

    Args:
        picture: (height, width, 3) uint8.
    """
    said: list[Said] = []
    for line in lines[:MOST]:
        upright = any(each.score >= SURE and not each.turned for each in said)
        said.append(_read(picture, line, either_way=not upright))
    kept = [each for each in said if each.score >= MIN_SCORE and _is_word(each.text)]
    backwards = sum(each.turned for each in kept) * 2 > len(kept)
    return _in_order(kept)[:: -1 if backwards else 1]


def _read(picture: Array, line: Line, *, either_way: bool) -> Said:
    strip = _strip(picture, line)
    text, score = _decoded(strip)
    if score >= SURE or not either_way:
        return Said(text, score, line)
    other, better = _decoded(np.ascontiguousarray(strip[::-1, ::-1]))
    return Said(other, better, line, turned=True) if better > score else Said(text, score, line)


def _strip(picture: Array, line: Line) -> Array:
    """The line alone, level, 48 pixels high."""
    width, height = line.size
    long = int(np.clip(round(TALL * width / max(height, 1.0)), TALL // 2, LONGEST))
    frame = np.array([[0, 0], [long, 0], [long, TALL], [0, TALL]], np.float32)
    matrix = cv2.getPerspectiveTransform(line.corners, frame)
    return np.asarray(
        cv2.warpPerspective(
            picture, matrix, (long, TALL), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
    )


def _decoded(strip: Array) -> tuple[str, float]:
    width = max(SHORTEST, -(-strip.shape[1] // 32) * 32)
    canvas = np.full((TALL, width, 3), GREY, np.uint8)
    canvas[:, : strip.shape[1]] = strip
    scores = runtime.network(MODEL)(canvas[None])[0][0]
    best = scores.argmax(axis=1)
    fresh = np.flatnonzero((best > 0) & (best != np.concatenate([[0], best[:-1]])))
    if fresh.size == 0:
        return "", 0.0
    letters = registry.words(LETTERS)
    text = "".join(letters[best[at] - 1] for at in fresh)
    return " ".join(text.split()), float(scores[fresh, best[fresh]].mean())


def _is_word(text: str) -> bool:
    return sum(letter.isalnum() for letter in text) >= 2


def _in_order(said: list[Said]) -> list[Said]:
    """From top to bottom; beside one another, from left to right."""
    left = sorted(said, key=lambda each: float(each.line.corners[:, 1].mean()))
    ordered: list[Said] = []
    while left:
        middle = float(left[0].line.corners[:, 1].mean())
        reach = left[0].line.size[1] / 2
        row = [e for e in left if float(e.line.corners[:, 1].mean()) - middle < reach]
        ordered += sorted(row, key=lambda each: float(each.line.corners[:, 0].mean()))
        left = left[len(row) :]
    return ordered
