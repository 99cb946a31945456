"""Small videos made here: something moves in them, and what a phone writes beside can be put in."""

from __future__ import annotations

import struct
from pathlib import Path

import cv2
import numpy as np

from safelight.testing.planting import MARKS

_TURNS = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
LOCATION = "+50.0876+014.4215+200/"
"""A place as phones write it into videos (ISO 6709)."""


def shoot_video(
    path: Path,
    seconds: float = 3.0,
    *,
    size: tuple[int, int] = (128, 96),
    rate: float = 10.0,
    seed: int = 0,
    blurred_s: float = 0.0,
) -> Path:
    """Write an MP4 in which a light square crosses a coloured ground from left to right.

    Args:
        blurred_s: so many seconds at its beginning are out of focus.
    """
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), rate, size)
    width, height = size
    rng = np.random.default_rng(seed)
    small = rng.integers(30, 180, (6, 8, 3), dtype=np.uint8)
    ground = np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    count = round(seconds * rate)
    for number in range(count):
        frame = ground.copy()
        left = round((width - height // 4) * number / max(1, count - 1))
        frame[height // 2 : height // 2 + height // 4, left : left + height // 4] = 245
        if number < blurred_s * rate:
            frame = np.asarray(cv2.GaussianBlur(frame, (0, 0), height / 16), np.uint8)
        writer.write(frame)
    writer.release()
    return path


def turned(video: bytes, degrees: int) -> bytes:
    """The same video, said to be held sideways: to be turned clockwise by so many degrees."""
    a, b, c, d = (value << 16 for value in _TURNS[degrees])
    at = video.rindex(b"tkhd") + 4 + 40  # version 0, as small videos are
    matrix = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    return video[:at] + matrix + video[at + 36 :]


def coloured(video: bytes, primaries: int, transfer: int, matrix: int) -> bytes:
    """The same video, said to be of these colours (ITU-T H.273)."""
    box = _box(b"colr", b"nclx" + struct.pack(">3HB", primaries, transfer, matrix, 0))
    entry = video.rindex(b"stsd") + 4 + 8  # behind version, flags and count
    parents = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd")
    grown = _grown(video, (*(video.rindex(kind) - 4 for kind in parents), entry), len(box))
    end = entry + int.from_bytes(video[entry : entry + 4], "big")
    return grown[:end] + box + grown[end:]


def planted(video: bytes) -> bytes:
    """The same video, giving away everything that a phone's videos and their editors do."""
    words = MARKS["comment"].encode()
    place = LOCATION.encode()
    named = (
        (b"com.apple.quicktime.location.ISO6709", place),
        (b"com.apple.quicktime.model", MARKS["camera"].encode()),
        (b"com.apple.quicktime.author", MARKS["owner"].encode()),
        (b"com.apple.quicktime.content.identifier", MARKS["image id"].encode()),
        (b"com.apple.quicktime.creationdate", b"2015-06-20T14:05:00+0200"),
    )
    keys = b"".join(_box(b"mdta", name) for name, _ in named)
    values = b"".join(
        _box(struct.pack(">I", n), _box(b"data", struct.pack(">II", 1, 0) + text))
        for n, (_, text) in enumerate(named, 1)
    )
    handler = bytes(8) + b"mdta" + bytes(12) + MARKS["serial"].encode() + b"\0"
    meta = _box(b"hdlr", handler) + _box(b"keys", struct.pack(">II", 0, len(named)) + keys)
    inside = _box(b"meta", meta + _box(b"ilst", values))
    inside += _box(
        b"udta",
        _box(b"\xa9xyz", struct.pack(">HH", len(place), 0) + place)
        + _box(b"\xa9nam", struct.pack(">HH", len(words), 0) + words)
        + _box(b"XMP_", f"<x:xmpmeta>{MARKS['person']}</x:xmpmeta>".encode()),
    )
    at = video.rindex(b"moov") - 4
    end = at + int.from_bytes(video[at : at + 4], "big")
    grown = bytearray(_grown(video, (at,), len(inside))[:end] + inside + video[end:])
    for kind in (b"mvhd", b"tkhd", b"mdhd"):
        start = grown.rindex(kind) + 8
        grown[start : start + 4] = (3517646700).to_bytes(4, "big")  # 20 June 2015
    return bytes(grown) + _box(b"uuid", _XMP + f"<x>{MARKS['city']}</x>".encode())


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def _grown(video: bytes, boxes: tuple[int, ...], by: int) -> bytes:
    """The video with these boxes saying that they are longer; its index lies behind its frames."""
    changed = bytearray(video)
    for at in boxes:
        size = int.from_bytes(changed[at : at + 4], "big") + by
        changed[at : at + 4] = size.to_bytes(4, "big")
    return bytes(changed)
