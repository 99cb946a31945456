"""The steps that read videos for films, in workers: what is in a clip, and its frames as planes.

They stand in `app` because they join rooms that must not know each other: `library.reading`
decodes, `creations.film` measures and lays out. A step gets a file to read and gives parts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, BinaryIO

import numpy as np

from safelight.creations.film import FPS, Look, Moving, Take
from safelight.creations.film.clips import SURVEY_EDGE, clip_planes, laid_on_itself, look_at
from safelight.engine import pack, unpack
from safelight.library.reading.clips import ClipFacts, ClipReader, Frame
from safelight.model.errors import AnalysisError, WireError

SHORTEST_CLIP_S = 1.2
_LOOKS_A_SECOND = 10.0
_BUDGET = 45 * 1920 * 1080
_FEWEST, _MOST = 24, 240
_STRETCHES = 2
_WHOLE = (0.0, 0.0, 1.0, 1.0)


def prepare() -> None:
    """Do everything once to grey pictures: nothing is loaded late behind the walls."""
    grey: Frame = np.full((36, 64, 3), 128, np.uint8)
    look_at(0.0, grey, grey)
    laid_on_itself(grey, (64, 64), "bt709")


def build_survey_request(seconds: float | None) -> bytes:
    """Frame a survey; `seconds` is how long the video is said to be."""
    return pack({"seconds": seconds or 0.0})


def survey(payload: bytes, source: BinaryIO) -> Iterator[bytes]:
    """Look over a video: one part that says how large and long it is and what was seen when.

    Raises:
        AnalysisError: it cannot be shown in a film, in words for the person.
    """
    header, _ = unpack(payload)
    with ClipReader(source) as clip:
        facts = clip.facts
        seconds = facts.seconds or float(header["seconds"])
        looks, reached = _looked(clip, seconds)
        if reached is not None:
            seconds = reached
    if seconds < SHORTEST_CLIP_S:
        raise AnalysisError("This video is too short to be shown in motion.")
    size = {"width": facts.width, "height": facts.height, "seconds": round(seconds, 3)}
    yield pack({**size, "looks": [asdict(look) for look in looks]})


def parse_survey(part: bytes, *, live: bool) -> Moving:
    """What a survey found.

    Raises:
        WireError: the message is damaged.
    """
    header, _ = unpack(part)
    try:
        looks = tuple(Look(**_numbers(look)) for look in header["looks"])
        width, height = int(header["width"]), int(header["height"])
        return Moving(width, height, float(header["seconds"]), looks, live)
    except (KeyError, TypeError, ValueError) as error:
        raise WireError("damaged survey") from error


def build_frames_request(take: Take, count: int, shape: tuple[int, int]) -> bytes:
    """Frame the wish for the frames of a take that is a clip."""
    window = take.first
    width, height = take.size
    part = (window.x / width, window.y / height, window.width / width, window.height / height)
    return pack(
        {
            "begin": take.begin,
            "count": count,
            "window": part,
            "shape": shape,
            "whole": take.whole,
        }
    )


def build_whole_request(count: int, shape: tuple[int, int]) -> bytes:
    """Frame the wish for all frames of a video, as many as there are, at most `count`."""
    wish = {"begin": 0.0, "count": count, "window": _WHOLE, "shape": shape, "whole": False}
    return pack(wish | {"to_end": True})


def frames(payload: bytes, source: BinaryIO) -> Iterator[bytes]:
    """The frames of a take, one a part: planar YUV 4:2:0, BT.709, of the film's size.

    Raises:
        AnalysisError: it cannot be decoded, or ends long before it should.
    """
    header, _ = unpack(payload)
    shape = (int(header["shape"][0]), int(header["shape"][1]))
    window = tuple(header["window"])
    with ClipReader(source) as clip:
        size = _inner(clip.facts, window, shape) if header["whole"] else shape
        number = 0
        for frame in clip.frames(header["begin"], FPS, header["count"], window, size):
            yield b"".join(plane.tobytes() for plane in _laid(frame, shape, clip.facts.colours))
            number += 1
    if number < header["count"] - FPS // 2 and not header.get("to_end"):
        raise AnalysisError("This video ends earlier than it says.")


def _laid(frame: Frame, shape: tuple[int, int], colours: str) -> Any:
    if (frame.shape[1], frame.shape[0]) == shape:
        return clip_planes(frame, colours)
    return laid_on_itself(frame, shape, colours)


def _inner(facts: ClipFacts, window: tuple[float, ...], shape: tuple[int, int]) -> tuple[int, int]:
    """The size, with even sides, at which a part of a video fits into the film."""
    across, down = window[2] * facts.width, window[3] * facts.height
    scale = min(shape[0] / across, shape[1] / down)
    return max(2, round(across * scale / 2) * 2), max(2, round(down * scale / 2) * 2)


def _looked(clip: ClipReader, seconds: float) -> tuple[list[Look], float | None]:
    """Looks at the whole clip, or at stretches of a long one; and where it ended, if it did."""
    facts = clip.facts
    budget = min(_MOST, max(_FEWEST, _BUDGET / (facts.width * facts.height)))
    affordable = budget / facts.rate
    if seconds <= affordable:
        looks = _stretch(clip, 0.0, math.ceil(max(seconds, affordable) * _LOOKS_A_SECOND))
        return looks, (looks[-1].at + 1 / _LOOKS_A_SECOND) if looks else 0.0
    length = affordable / _STRETCHES
    found: list[Look] = []
    for n in range(_STRETCHES):
        begin = seconds * (n + 0.5) / _STRETCHES - length / 2
        found += _stretch(clip, begin, max(2, round(length * _LOOKS_A_SECOND)))
    if not found:
        raise AnalysisError("No picture of this video can be decoded.")
    return found, None


def _stretch(clip: ClipReader, begin: float, count: int) -> list[Look]:
    facts = clip.facts
    scale = min(1.0, SURVEY_EDGE / max(facts.width, facts.height))
    size = (max(16, round(facts.width * scale)), max(16, round(facts.height * scale)))
    looks: list[Look] = []
    before: Frame | None = None
    for n, frame in enumerate(clip.frames(begin, _LOOKS_A_SECOND, count, _WHOLE, size)):
        if before is not None:
            looks.append(look_at(begin + n / _LOOKS_A_SECOND, before, frame))
        before = frame
    return looks


def _numbers(look: dict[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in look.items()}
