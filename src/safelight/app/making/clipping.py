"""The step that reads videos for films, in workers: the frames of a clip as planes.

It stands in `app` because it joins rooms that must not know each other: `library.reading`
decodes, `creations.film` lays out. A step gets a file to read and gives parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import cv2
import numpy as np

from safelight.creations.film import FPS, Take
from safelight.creations.film.clips import clip_planes, laid_on_itself
from safelight.engine import pack, unpack
from safelight.library.reading.clips import ClipFacts, ClipReader, Frame
from safelight.model.creations import Box
from safelight.model.errors import AnalysisError

_WHOLE = (0.0, 0.0, 1.0, 1.0)


def prepare() -> None:
    """Do everything once to grey pictures: nothing is loaded late behind the walls."""
    grey: Frame = np.full((36, 64, 3), 128, np.uint8)
    laid_on_itself(grey, (64, 64), "bt709")
    cv2.warpAffine(grey, np.eye(2, 3), (36, 64))


def build_frames_request(take: Take, count: int, shape: tuple[int, int]) -> bytes:
    """Frame the wish for the frames of a take that is a clip."""
    wish: dict[str, Any] = {"begin": take.begin, "count": count, "shape": shape}
    wish |= {"window": _part(take.first, take.size), "whole": take.whole}
    if take.last != take.first:
        wish["last"] = _part(take.last, take.size)
    return pack(wish)


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
        if "last" in header:
            shown = _panned(clip, header, shape)
        else:
            size = _inner(clip.facts, window, shape) if header["whole"] else shape
            shown = clip.frames(header["begin"], FPS, header["count"], window, size)
        number = 0
        for frame in shown:
            planes = _laid(frame, shape, clip.facts.colours)
            yield b"".join(np.ascontiguousarray(plane).data for plane in planes)
            number += 1
    if number < header["count"] - FPS // 2 and not header.get("to_end"):
        raise AnalysisError("This video ends earlier than it says.")


def _panned(clip: ClipReader, wish: dict[str, Any], shape: tuple[int, int]) -> Iterator[Frame]:
    """Frames of a part that moves evenly from its first place to its last."""
    full = (clip.facts.width, clip.facts.height)
    first, last = (np.array(wish[name]) * (*full, *full) for name in ("window", "last"))
    frames = clip.frames(wish["begin"], FPS, wish["count"], _WHOLE, full)
    for number, frame in enumerate(frames):
        left, top, width, _ = first + (last - first) * number / max(1, wish["count"] - 1)
        scale = width / shape[0]
        matrix = np.array([[scale, 0, left + (scale - 1) / 2], [0, scale, top + (scale - 1) / 2]])
        moved = cv2.warpAffine(frame, matrix, shape, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                               borderMode=cv2.BORDER_REPLICATE)  # fmt: skip
        yield np.asarray(moved, np.uint8)


def _part(window: Box, size: tuple[int, int]) -> tuple[float, ...]:
    width, height = size
    return (window.x / width, window.y / height, window.width / width, window.height / height)


def _laid(frame: Frame, shape: tuple[int, int], colours: str) -> Any:
    if (frame.shape[1], frame.shape[0]) == shape:
        return clip_planes(frame, colours)
    return laid_on_itself(frame, shape, colours)


def _inner(facts: ClipFacts, window: tuple[float, ...], shape: tuple[int, int]) -> tuple[int, int]:
    """The size, with even sides, at which a part of a video fits into the film."""
    across, down = window[2] * facts.width, window[3] * facts.height
    scale = min(shape[0] / across, shape[1] / down)
    return max(2, round(across * scale / 2) * 2), max(2, round(down * scale / 2) * 2)
