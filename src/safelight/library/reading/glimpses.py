"""A few moments of a video as a small film of their own: the rest is neither read nor decoded.

Of an MP4 or QuickTime film the index says which frames stand alone. Each moment is one of those
and what follows it for a tenth of a second, which tells how things move. Their frames are put
behind each other under a fresh index, which any decoder takes for a film (ISO/IEC 14496-12).
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from safelight.library.reading.excerpts import top_boxes
from safelight.library.reading.frame_table import FrameTable, Numbers, frame_table
from safelight.library.reading.isobmff import Box, boxes

APART_S = 0.1
_NEARLY = 0.9
_GAP_S = 4
_MOST_INDEX_BYTES = 32 << 20
_MOST_BYTES = 96 << 20
_MOST_FRAMES_OF_A_MOMENT = 48
_FEW, _MANY, _RARE_S = 3, 6, 2.5
_OPENED = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
_FULL = bytes(4)


@dataclass(frozen=True, slots=True)
class Glimpse:
    """One moment.

    Attributes:
        at: seconds into the video.
        first, last: seconds into the small film at which its first and its last picture stand.
    """

    at: float
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A small film of moments.

    Attributes:
        film: its bytes.
        glimpses: in rising time.
        seconds: how long the whole video is.
    """

    film: bytes
    glimpses: tuple[Glimpse, ...]
    seconds: float


def read_glimpses(source: BinaryIO, most: int, budget: float) -> Excerpt | None:
    """Moments spread evenly over a video; None where its index allows too few of them.

    Args:
        most: how many at most.
        budget: pixels of all frames that are decoded for them, at most; two moments there are.
    """
    index = _index(source)
    table = frame_table(index)
    if table is None:
        return None
    groups = _groups(table, most)
    decoded = sum(map(len, groups)) * max(1, table.width * table.height)
    if decoded > budget:
        groups = _groups(table, max(2, int(len(groups) * budget / decoded)))
    if not _enough(table, groups):
        return None
    if int(table.size[np.concatenate(groups)].sum()) > _MOST_BYTES:
        return None
    film, starts = _film(source, index, table, groups)
    return Excerpt(film, tuple(map(_glimpse, [table] * len(groups), groups, starts)), table.seconds)


def _index(source: BinaryIO) -> bytes:
    size = source.seek(0, io.SEEK_END)
    for kind, start, end in top_boxes(source, size):
        if kind == b"moov" and end - start <= _MOST_INDEX_BYTES:
            source.seek(start)
            return source.read(end - start)
    return b""


def _groups(table: FrameTable, most: int) -> list[Numbers]:
    """Numbers of the frames of moments that are spread evenly in time, in order of decoding."""
    at = table.shown[table.alone]
    end = int(table.shown.max())
    last = end - round(APART_S * table.scale)  # what begins later has nothing behind it
    wanted = at.min() + (last - at.min()) * (np.arange(most) + 0.5) / most
    chosen = {int(np.abs(at - each).argmin()) for each in wanted}
    found = [_moment(table, int(table.alone[number])) for number in sorted(chosen)]
    return [group for group in found if len(group) > 1]


def _moment(table: FrameTable, key: int) -> Numbers:
    """A frame that stands alone, and those until a tenth of a second later."""
    beyond = table.shown[key] + _NEARLY * APART_S * table.scale
    following = np.arange(key, min(key + _MOST_FRAMES_OF_A_MOMENT, len(table.shown)))
    # Decoded after it and shown before: of the frames before it, which are not there.
    following = following[table.shown[following] >= table.shown[key]]
    reached = np.flatnonzero(table.shown[following] >= beyond)
    return np.asarray(following[: reached[0] + 1] if len(reached) else following[:1])


def _enough(table: FrameTable, groups: list[Numbers]) -> bool:
    if len(groups) >= _MANY:
        return True
    widest = np.diff(table.shown[table.alone], append=table.shown.max()).max() / table.scale
    return len(groups) >= _FEW and float(widest) <= _RARE_S


def _glimpse(table: FrameTable, group: Numbers, start: int) -> Glimpse:
    shown = table.shown[group]
    first = start / table.scale
    return Glimpse(
        at=float(shown[0] - table.shown.min()) / table.scale,
        first=first,
        last=first + float(shown.max() - shown[0]) / table.scale,
    )


def _film(
    source: BinaryIO, index: bytes, table: FrameTable, groups: list[Numbers]
) -> tuple[bytes, list[int]]:
    """The small film, and when the first picture of each moment is shown in it, in units."""
    frames = np.concatenate(groups)
    gap = _GAP_S * table.scale
    decoded = np.concatenate(
        [n * gap + table.decoded[g] - table.decoded[g[0]] for n, g in enumerate(groups)]
    )
    later = table.shown[frames] - table.decoded[frames]
    firsts = np.cumsum([0, *map(len, groups[:-1])])
    head = _box(b"ftyp", b"isom" + bytes(4) + b"isommp42")
    content = _box(b"mdat", b"".join(_bytes(source, table, int(frame)) for frame in frames))
    tables = b"".join(
        (
            _box(b"stts", _runs(np.diff(decoded, append=decoded[-1] + gap))),
            _box(b"ctts", _runs(later, version=1)),
            _box(b"stss", _listed(firsts + 1)),
            _box(b"stsc", _FULL + struct.pack(">4I", 1, 1, len(frames), 1)),
            _box(b"stsz", _FULL + bytes(4) + _listed(table.size[frames])[4:]),
            # All frames in one chunk, right behind the first box.
            _box(b"stco", _FULL + struct.pack(">2I", 1, len(head) + 8)),
        )
    )
    (movie,) = (box for box in boxes(index) if box.kind == b"moov")
    film = head + content + _rebuilt(index, movie, table.track, tables)
    return film, [int(decoded[n] + later[n] - later[0]) for n in firsts]


def _bytes(source: BinaryIO, table: FrameTable, frame: int) -> bytes:
    source.seek(int(table.offset[frame]))
    return source.read(int(table.size[frame])).ljust(int(table.size[frame]), b"\0")


def _rebuilt(index: bytes, box: Box, track: Box, tables: bytes) -> bytes:
    """A box as it was, with one track, and in that other tables."""
    inside = list(boxes(index, box.start, box.end)) if box.kind in _OPENED else []
    if box.kind == b"moov":
        inside = [each for each in inside if each.kind == b"mvhd" or each == track]
    elif box.kind == b"stbl":
        inside = [each for each in inside if each.kind == b"stsd"]
    content = b"".join(
        _rebuilt(index, each, track, tables) for each in inside if each.kind != b"edts"
    )
    if not inside:
        content = index[box.start : box.end]
    return _box(box.kind, content + tables if box.kind == b"stbl" else content)


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def _listed(values: Numbers) -> bytes:
    return _FULL + struct.pack(">I", len(values)) + values.astype(">u4").tobytes()


def _runs(values: Numbers, version: int = 0) -> bytes:
    """A table of runs, each of one."""
    pairs = np.stack([np.ones_like(values), values], axis=1).astype(">i4")
    return struct.pack(">2I", version << 24, len(values)) + pairs.tobytes()
