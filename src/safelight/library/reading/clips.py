"""The frames of a video, one after the other and upright; never more than one is held.

For workers: the file is read through whatever stands behind it, as it is needed. OpenCV's
FFmpeg decodes; what the container says of colours is read here, since OpenCV takes every video
for BT.601 (ISO/IEC 14496-12, `colr`; ITU-T H.273 for the numbers).
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.library.reading.excerpts import top_boxes
from safelight.library.reading.isobmff import find
from safelight.model.errors import AnalysisError

Frame = NDArray[np.uint8]
Window = tuple[float, float, float, float]
"""Left, top, width and height, as fractions of the upright frame."""

_LARGEST = 36_000_000
_MOST_INDEX_BYTES = 32 << 20
_PQ, _HLG, _BT2020 = 16, 18, (9, 10)
_BT601 = (5, 6)
_FEWEST_LINES_OF_BT709 = 720
_SEEK_FROM_S = 0.05
_UNDECODABLE = "This video is in a form that cannot be decoded here."
_PQ_WORDS = "This video is in HDR (PQ), whose colours cannot be shown right in a film."


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """What is known of a video before its frames.

    Attributes:
        width, height: pixels of the upright frame.
        seconds: how long it is; 0 where nobody knows.
        rate: frames a second, as far as the file says.
        colours: `bt601`, `bt709`, `bt2020` or `hlg`: how its frames, which come as if they were
            BT.601, are to be understood.
    """

    width: int
    height: int
    seconds: float
    rate: float
    colours: str


class ClipReader:
    """One opened video; a context manager.

    Raises:
        AnalysisError: it cannot be decoded, or not so that it looks right.
    """

    def __init__(self, source: BinaryIO) -> None:
        primaries, transfer, matrix = _coding(source)
        if transfer == _PQ:
            raise AnalysisError(_PQ_WORDS)
        source.seek(0)
        self._source = source  # OpenCV does not keep it alive: it must outlast the capture
        self._capture = cv2.VideoCapture(
            cast("cv2.IStreamReader", source), cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, 1]
        )
        self._grabbed, self._at = False, 0.0
        self.facts = self._facts(primaries, transfer, matrix)

    def __enter__(self) -> ClipReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._capture.release()

    def frames(
        self, begin: float, rate: float, count: int, window: Window, size: tuple[int, int]
    ) -> Iterator[Frame]:
        """So many frames at an even rate, each the nearest in time; fewer where the video ends.

        Args:
            begin: seconds into the video; frames are asked for in rising time.
            window: the part that is wanted.
            size: width and height that it is given.
        """
        if begin > _SEEK_FROM_S and begin > self._at:
            self._capture.set(cv2.CAP_PROP_POS_MSEC, begin * 1000)
            self._grabbed = False
        half = 0.5 / max(self.facts.rate, rate)
        times = (begin + number / rate for number in range(count))
        yield from self.pictures(times, half, window, size)

    def pictures(
        self,
        times: Iterable[float],
        early: float,
        window: Window,
        size: tuple[int, int],
        late: float = math.inf,
    ) -> Iterator[Frame]:
        """The frame of each of these times, without a leap: all that come before are decoded.

        Args:
            times: seconds into the video, rising.
            early: seconds by which a frame may come before its time.
            late: seconds by which it may come after it; where one is missing, no more come.
            window: the part that is wanted.
            size: width and height that it is given.
        """
        shown: Frame | None = None
        for time in times:
            while not self._grabbed or self._at < time - early:
                if not self._grab():
                    return
                shown = None
            if self._at > time + late:
                return
            if shown is None:
                shown = _fitted(self._retrieved(), window, size)
            yield shown

    def _grab(self) -> bool:
        if not self._capture.grab():
            return False
        self._grabbed = True
        self._at = float(self._capture.get(cv2.CAP_PROP_POS_MSEC)) / 1000
        return True

    def _retrieved(self) -> Frame:
        good, frame = self._capture.retrieve()
        if not good or frame is None:
            raise AnalysisError(_UNDECODABLE)
        return np.asarray(frame, np.uint8)

    def _facts(self, primaries: int, transfer: int, matrix: int) -> ClipFacts:
        across = self._capture.get(cv2.CAP_PROP_FRAME_WIDTH)
        down = self._capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
        if across * down > _LARGEST:
            raise AnalysisError("This video's frames are too large to be read.")
        if not self._capture.isOpened() or not self._grab():
            raise AnalysisError(_UNDECODABLE)
        height, width = self._retrieved().shape[:2]
        rate = float(self._capture.get(cv2.CAP_PROP_FPS))
        frames = float(self._capture.get(cv2.CAP_PROP_FRAME_COUNT))
        known = 1 <= rate <= 1000 and frames > 0
        lines = min(width, height)
        return ClipFacts(
            width,
            height,
            frames / rate if known else 0.0,
            rate if known else 30.0,
            _colours(primaries, transfer, matrix, lines),
        )


def _fitted(frame: Frame, window: Window, size: tuple[int, int]) -> Frame:
    height, width = frame.shape[:2]
    left, top = round(window[0] * width), round(window[1] * height)
    right = max(left + 2, round((window[0] + window[2]) * width))
    bottom = max(top + 2, round((window[1] + window[3]) * height))
    part = frame[top:bottom, left:right]
    if (part.shape[1], part.shape[0]) == size:
        return np.ascontiguousarray(part)
    smaller = part.shape[1] > size[0]
    how = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(part, size, interpolation=how), np.uint8)


def _colours(primaries: int, transfer: int, matrix: int, lines: int) -> str:
    if transfer == _HLG:
        return "hlg"
    if matrix in _BT2020 or primaries in _BT2020:
        return "bt2020"
    if matrix in _BT601:
        return "bt601"
    small = lines < _FEWEST_LINES_OF_BT709 and matrix != 1
    return "bt601" if small else "bt709"


def _coding(source: BinaryIO) -> tuple[int, int, int]:
    """Colour primaries, transfer and matrix of an MP4 or QuickTime film; 2 is unknown."""
    size = source.seek(0, io.SEEK_END)
    for kind, start, end in top_boxes(source, size):
        if kind == b"moov" and end - start <= _MOST_INDEX_BYTES:
            source.seek(start)
            return _coding_in(source.read(end - start))
    return 2, 2, 2


def _coding_in(index: bytes) -> tuple[int, int, int]:
    for table in find(index, b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd"):
        # Sample descriptions hold their boxes behind 86 bytes of fields; the word is rare enough.
        at = index.find(b"colrncl", table.start, table.end)
        if at >= 0:
            numbers = (int.from_bytes(index[at + 8 + n : at + 10 + n], "big") for n in (0, 2, 4))
            primaries, transfer, matrix = numbers
            return primaries, transfer, matrix
    return 2, 2, 2
