"""The step that looks a video over for films, in workers: what is seen when, and where faces are.

It stands in `app` because it joins rooms that must not know each other: `library.reading`
decodes, `creations.film` measures, `analysis.faces` finds faces where somebody may look for them.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

import cv2
import numpy as np

from safelight.analysis.faces import find_faces
from safelight.app.making.survey_wire import moving_to_json
from safelight.creations.film import Look, Moving
from safelight.creations.film.clips import SURVEY_EDGE, look_at
from safelight.creations.interest import find_subjects
from safelight.engine import pack, unpack
from safelight.library.reading.clips import ClipFacts, ClipReader, Frame
from safelight.library.reading.glimpses import read_glimpses
from safelight.model.creations import Pixels
from safelight.model.errors import AnalysisError

SHORTEST_CLIP_S = 1.2
_MOST_GLIMPSES = 10
_GLIMPSED = 32 * 1920 * 1080
_LOOKS_A_SECOND = 10.0
_BUDGET = 45 * 1920 * 1080
_FEWEST, _MOST = 24, 240
_STRETCHES = 2
_WHOLE = (0.0, 0.0, 1.0, 1.0)
_FACE_EDGE = 512
_BOXES_EVERY = 5
_EARLY_S, _LATE_S = 0.02, 0.5  # moments stand seconds apart in the small film


def prepare() -> None:
    """Do everything once to a picture with something in it: later nothing can be loaded."""
    trial: Frame = np.repeat((np.arange(4096) % 251).astype(np.uint8), 3).reshape(64, 64, 3)
    _with_boxes(_measured(0.0, trial, trial, 1.0), trial, faces=True)


def survey(payload: bytes, source: BinaryIO) -> Iterator[bytes]:
    """Look over a video: one part that says how large and long it is and what was seen when.

    Raises:
        AnalysisError: it cannot be shown in a film, in words for the person.
    """
    header, _ = unpack(payload)
    faces = bool(header["faces"])
    found = _glimpsed(source, faces=faces) or _leafed(source, header["seconds"], faces=faces)
    if found.seconds < SHORTEST_CLIP_S:
        raise AnalysisError("This video is too short to be shown in motion.")
    yield pack(moving_to_json(found))


def _glimpsed(source: BinaryIO, *, faces: bool) -> Moving | None:
    """Looks at moments from one end of the video to the other; None where they cannot be had."""
    excerpt = read_glimpses(source, _MOST_GLIMPSES, _GLIMPSED)
    if excerpt is None:
        return None
    times = [time for each in excerpt.glimpses for time in (each.first, each.last)]
    looks = []
    try:
        with ClipReader(io.BytesIO(excerpt.film)) as clip:
            size = _size(clip.facts, faces=faces)
            pictures = clip.pictures(times, _EARLY_S, _WHOLE, size, _LATE_S)
            for each, before, now in zip(excerpt.glimpses, pictures, pictures, strict=False):
                look = _measured(each.at, before, now, each.last - each.first)
                looks.append(_with_boxes(look, before, faces=faces))
            found = _moving(clip.facts, excerpt.seconds, looks, faces=faces)
    except AnalysisError:  # what is wrong is said of the whole video
        return None
    return found if len(looks) == len(excerpt.glimpses) else None


def _leafed(source: BinaryIO, said: float, *, faces: bool) -> Moving:
    """Looks at the whole clip or at stretches of a long one, frame by frame."""
    with ClipReader(source) as clip:
        facts = clip.facts
        seconds = facts.seconds or float(said)
        budget = min(_MOST, max(_FEWEST, _BUDGET / (facts.width * facts.height)))
        affordable = budget / facts.rate
        if seconds <= affordable:
            count = math.ceil(max(seconds, affordable) * _LOOKS_A_SECOND)
            looks = _stretch(clip, 0.0, count, faces=faces)
            seconds = (looks[-1].at + 1 / _LOOKS_A_SECOND) if looks else 0.0
            return _moving(facts, seconds, looks, faces=faces)
        length = affordable / _STRETCHES
        looks = []
        for n in range(_STRETCHES):
            begin = seconds * (n + 0.5) / _STRETCHES - length / 2
            looks += _stretch(clip, begin, max(2, round(length * _LOOKS_A_SECOND)), faces=faces)
    if not looks:
        raise AnalysisError("No picture of this video can be decoded.")
    return _moving(facts, seconds, looks, faces=faces)


def _moving(facts: ClipFacts, seconds: float, looks: list[Look], *, faces: bool) -> Moving:
    return Moving(facts.width, facts.height, round(seconds, 3), tuple(looks), faced=faces)


def _stretch(clip: ClipReader, begin: float, count: int, *, faces: bool) -> list[Look]:
    looks: list[Look] = []
    before: Frame | None = None
    step = 1 / _LOOKS_A_SECOND
    size = _size(clip.facts, faces=faces)
    for n, frame in enumerate(clip.frames(begin, _LOOKS_A_SECOND, count, _WHOLE, size)):
        if before is not None:
            look = _measured(begin + n * step, before, frame, step)
            looks.append(_with_boxes(look, frame, faces=faces) if n % _BOXES_EVERY == 1 else look)
        before = frame
    return looks


def _measured(at: float, before: Frame, now: Frame, step: float) -> Look:
    return look_at(at, _smaller(before), _smaller(now), step)


def _with_boxes(look: Look, frame: Frame, *, faces: bool) -> Look:
    """A look with what draws the eye, and with the faces where they may be looked for."""
    height, width = frame.shape[:2]
    rgb = np.ascontiguousarray(frame[:, :, ::-1])
    drawing = find_subjects(Pixels(width, height, rgb.tobytes()))
    found = tuple(face.box for face in find_faces(rgb)) if faces else ()
    return replace(look, faces=found, eye=drawing[0] if drawing else None)


def _size(facts: ClipFacts, *, faces: bool) -> tuple[int, int]:
    return _within(facts.width, facts.height, _FACE_EDGE if faces else SURVEY_EDGE)


def _smaller(frame: Frame) -> Frame:
    size = _within(frame.shape[1], frame.shape[0], SURVEY_EDGE)
    return np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), np.uint8)


def _within(width: int, height: int, edge: int) -> tuple[int, int]:
    scale = min(1.0, edge / max(width, height))
    return max(16, round(width * scale)), max(16, round(height * scale))
