"""Where each frame of an MP4 or QuickTime film lies, when it is shown, and which stand alone.

The tables of a track say it in runs (ISO/IEC 14496-12, 8.6 and 8.7): here they are unrolled.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from safelight.library.reading.isobmff import Box, find
from safelight.model.errors import AnalysisError

Numbers = NDArray[np.int64]

_MOST_FRAMES = 2_000_000


@dataclass(frozen=True, slots=True)
class FrameTable:
    """The picture track of a film.

    Attributes:
        track: its box in the index.
        scale: units of time a second.
        decoded, shown: when each frame is decoded and shown, in units, in the order of decoding.
        offset, size: where each lies in the file, in bytes.
        alone: numbers of the frames that can be decoded without others, rising.
        width, height: pixels as they are coded.
    """

    track: Box
    scale: int
    decoded: Numbers
    shown: Numbers
    offset: Numbers
    size: Numbers
    alone: Numbers
    width: int
    height: int

    @property
    def seconds(self) -> float:
        """From the first picture to the end of the last."""
        step = float(np.median(np.diff(self.decoded))) if len(self.decoded) > 1 else 0.0
        return float(self.shown.max() - self.shown.min() + step) / self.scale


def frame_table(index: bytes) -> FrameTable | None:
    """What an index (`moov`) says of its picture track; None where it does not say it all.

    Films in fragments have their tables elsewhere; they give None, as damaged ones do.
    """
    for track in find(index, b"moov", b"trak"):
        handlers = find(index, b"mdia", b"hdlr", within=track)
        if any(index[box.start + 8 : box.start + 12] == b"vide" for box in handlers):
            try:
                return _table(index, track)
            except (struct.error, ValueError, IndexError, AnalysisError):
                return None
    return None


def _table(index: bytes, track: Box) -> FrameTable | None:
    size = _sizes(_content(index, track, b"stsz"))
    count = len(size)
    decoded = _unrolled(_content(index, track, b"stts"), count)
    decoded = np.concatenate([[0], np.cumsum(decoded)[:-1]])
    later = _content(index, track, b"ctts", optional=True)
    shown = decoded + (_unrolled(later, count) if later else 0)
    marked = _content(index, track, b"stss", optional=True)
    alone = np.arange(count) if not marked else _numbers(marked, 8, ">u4") - 1
    if not count or not len(alone) or alone.min() < 0 or alone.max() >= count:
        return None
    entry = _content(index, track, b"stsd")
    width, height = struct.unpack_from(">HH", entry, 8 + 32)
    header = _content(index, track, b"mdhd", stbl=False)
    (scale,) = struct.unpack_from(">I", header, 20 if header[:1] == b"\1" else 12)
    if not scale:
        return None
    offset = _offsets(index, track, size)
    return FrameTable(track, scale, decoded, shown, offset, size, alone, width, height)


def _content(
    index: bytes, track: Box, kind: bytes, *, optional: bool = False, stbl: bool = True
) -> bytes:
    path = (b"mdia", b"minf", b"stbl", kind) if stbl else (b"mdia", kind)
    box = next(find(index, *path, within=track), None)
    if box is None:
        if optional:
            return b""
        raise AnalysisError("a table is missing")
    return index[box.start : box.end]


def _numbers(content: bytes, at: int, kind: str) -> Numbers:
    """The numbers that a table lists behind its count, which stands before `at`."""
    (count,) = struct.unpack_from(">I", content, at - 4)
    if count > _MOST_FRAMES:
        raise AnalysisError("a table is too long")
    return np.frombuffer(content, kind, count, at).astype(np.int64)


def _pairs(content: bytes, width: int) -> Numbers:
    (count,) = struct.unpack_from(">I", content, 4)
    if count > _MOST_FRAMES:
        raise AnalysisError("a table is too long")
    # Offsets of frames may be negative; everything else is small enough to be read alike.
    return np.frombuffer(content, ">i4", count * width, 8).astype(np.int64).reshape(-1, width)


def _unrolled(content: bytes, count: int) -> Numbers:
    """One value a frame, of a table that gives runs of equal ones."""
    runs = _pairs(content, 2)
    if (runs[:, 0] < 0).any() or runs[:, 0].sum() != count:
        raise AnalysisError("a table does not fit the others")
    return np.repeat(runs[:, 1], runs[:, 0])


def _sizes(content: bytes) -> Numbers:
    same, count = struct.unpack_from(">II", content, 4)
    if same:
        if count > _MOST_FRAMES:
            raise AnalysisError("a table is too long")
        return np.full(count, same, np.int64)
    return _numbers(content, 12, ">u4")


def _offsets(index: bytes, track: Box, size: Numbers) -> Numbers:
    """Where each frame lies: frames stand in chunks, one behind the other."""
    wide = _content(index, track, b"co64", optional=True)
    chunks = (
        _numbers(wide, 8, ">u8") if wide else _numbers(_content(index, track, b"stco"), 8, ">u4")
    )
    runs = _pairs(_content(index, track, b"stsc"), 3)
    firsts = np.append(runs[:, 0] - 1, len(chunks))
    if firsts[0] != 0 or (np.diff(firsts) < 0).any() or (runs[:, 1] < 0).any():
        raise AnalysisError("a table does not fit the others")
    held = np.repeat(runs[:, 1], np.diff(firsts))
    if held.sum() != len(size):
        raise AnalysisError("a table does not fit the others")
    before = np.concatenate([[0], np.cumsum(size)])
    start_of = np.repeat(chunks - before[np.cumsum(held) - held], held)
    return np.asarray(start_of + before[:-1])
