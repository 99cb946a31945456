"""Lines found, then read: all that a picture says in one text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from safelight.analysis.text import detect, read
from safelight.weights import registry, runtime

EDGE = 480
"""Long edge in pixels at which lines are looked for; they are read from the whole picture."""
MODELS = (detect.MODEL, read.MODEL)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a picture says, empty where it says nothing, and the share that lines cover."""

    text: str
    cover: float


def read_text(picture: NDArray[Any]) -> Reading:
    """Read a picture (height, width, 3) uint8.

    Raises:
        AnalysisError: a damaged installation.
    """
    lines = detect.find_lines(picture, EDGE)
    said = " ".join(each.text for each in read.read_lines(picture, lines))
    return Reading(said, detect.cover(lines, picture))


def load_text() -> None:
    """Load what reads, for a process that may open no file later.

    Raises:
        AnalysisError: a damaged installation.
    """
    registry.words(read.LETTERS)
    for name in MODELS:
        runtime.network(name)
