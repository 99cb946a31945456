"""The part of a long video that dates and a poster frame need, so that the rest is not read."""

from __future__ import annotations

import io
import os
from typing import BinaryIO

from safelight.model.formats import VIDEO_SUFFIXES, suffix

LONG_BYTES = 64 << 20
_HEAD_BYTES = 24 << 20
_MOST_INDEX_BYTES = 32 << 20
_MOST_BOXES = 4096


def is_long_video(path: str, size: int) -> bool:
    """Whether only an excerpt of a file is read."""
    return size > LONG_BYTES and suffix(path) in VIDEO_SUFFIXES


def excerpt(video: BinaryIO) -> bytes:
    """The beginning of a video, and of MP4 and QuickTime also the index, as one playable file.

    Phones write the index (`moov`) behind the frames (`mdat`). It is put right behind the
    beginning, and the size that the frames claim is cut to what is there; positions of the
    frames inside do not change (ISO/IEC 14496-12).
    """
    size = video.seek(0, io.SEEK_END)
    spans = top_boxes(video, size)
    head = _read_at(video, 0, _HEAD_BYTES)
    frames = next((span for span in spans if span[0] == b"mdat" and span[1] < len(head)), None)
    if frames is None or frames[2] <= len(head):
        return head
    cut = bytearray(head)
    _claim(cut, frames[1], len(head) - frames[1])
    for kind, start, end in spans:
        if kind == b"moov" and start >= len(head) and end - start <= _MOST_INDEX_BYTES:
            cut += _read_at(video, start, end - start)
    return bytes(cut)


def top_boxes(video: BinaryIO, size: int) -> list[tuple[bytes, int, int]]:
    """Kind, start and end of the boxes of the file itself, as far as they make sense."""
    found: list[tuple[bytes, int, int]] = []
    at = 0
    while at + 8 <= size and len(found) < _MOST_BOXES:
        head = _read_at(video, at, 16)
        length, kind = int.from_bytes(head[:4], "big"), head[4:8]
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        elif length == 0:
            length = size - at
        if length < 8 or at + length > size:
            break
        found.append((kind, at, at + length))
        at += length
    return found


def _claim(data: bytearray, box: int, length: int) -> None:
    """Change the size that a box claims, in whichever of its two fields it stands."""
    if int.from_bytes(data[box : box + 4], "big") == 1:
        data[box + 8 : box + 16] = length.to_bytes(8, "big")
    else:
        data[box : box + 4] = length.to_bytes(4, "big")


def _read_at(video: BinaryIO, offset: int, length: int) -> bytes:
    video.seek(offset, os.SEEK_SET)
    return video.read(length)
