"""Boxes of MP4, QuickTime, JPEG XL and CR3 files (ISO/IEC 14496-12, QuickTime File Format)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from safelight.library.reading.cameras import clean

_EPOCH = datetime(1904, 1, 1)  # naive on purpose: the stamp that is made of it says UTC
_XMP_BOX = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_CANON_BOX = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_MOST_BOXES = 4096
_ROTATIONS = {(0, 1): 90, (-1, 0): 180, (0, -1): 270}
_APPLE = "com.apple.quicktime."


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its four-letter type and where its content lies."""

    kind: bytes
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MovieFacts:
    """What a movie container says; every field may be missing.

    Attributes:
        created: naive UTC; cameras without a time zone write their wall clock here.
        tags: QuickTime metadata by its name without "com.apple.quicktime." ("creationdate",
            "location.ISO6709", "make", "content.identifier", …) and "xyz" for the ©xyz box.
        width, height: as presented, before rotation.
        rotation: degrees clockwise to turn it upright.
    """

    created: datetime | None
    duration_s: float | None
    width: int
    height: int
    rotation: int
    tags: dict[str, str]
    xmp: bytes


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """The boxes between two offsets; stops at the first that does not fit."""
    at, stop = start, len(data) if end is None else min(end, len(data))
    for _ in range(_MOST_BOXES):
        if at + 8 > stop:
            return
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        content = at + 8
        if size == 1:
            size, content = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        after = stop if size == 0 else at + size
        if after < content or after > stop:
            return
        yield Box(kind, content, after)
        at = after


def find(data: bytes, *path: bytes, within: Box | None = None) -> Iterator[Box]:
    """Boxes at the end of a path of types."""
    head, *rest = path
    span = (within.start, within.end) if within else (0, None)
    for box in boxes(data, *span):
        if box.kind == head:
            if rest:
                yield from find(data, *rest, within=box)
            else:
                yield box


def movie_facts(data: bytes) -> MovieFacts:
    """Read the head of a movie; a damaged one gives what could be read before the damage."""
    created, duration = None, None
    for box in find(data, b"moov", b"mvhd"):
        created, duration = _movie_header(data[box.start : box.end])
    width, height, rotation = _picture_track(data)
    return MovieFacts(created, duration, width, height, rotation, _tags(data), _xmp(data))


def _movie_header(content: bytes) -> tuple[datetime | None, float | None]:
    layout = ">QQIQ" if content[:1] == b"\1" else ">IIII"
    try:
        created, _, scale, length = struct.unpack_from(layout, content, 4)
        when = _EPOCH + timedelta(seconds=created) if created else None
    except (struct.error, OverflowError):
        return None, None
    unknown = length in {0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF}
    return when, length / scale if scale and not unknown else None


def _picture_track(data: bytes) -> tuple[int, int, int]:
    for track in find(data, b"moov", b"trak"):
        handlers = find(data, b"mdia", b"hdlr", within=track)
        if any(data[box.start + 8 : box.start + 12] == b"vide" for box in handlers):
            for header in find(data, b"tkhd", within=track):
                return _track_header(data[header.start : header.end])
    return 0, 0, 0


def _track_header(content: bytes) -> tuple[int, int, int]:
    matrix_at = 52 if content[:1] == b"\1" else 40
    try:
        a, b = struct.unpack_from(">ii", content, matrix_at)
        width, height = struct.unpack_from(">II", content, matrix_at + 36)
    except struct.error:
        return 0, 0, 0
    turn = (round(a / 65536), round(b / 65536))
    return width >> 16, height >> 16, _ROTATIONS.get(turn, 0)


def _tags(data: bytes) -> dict[str, str]:
    tags: dict[str, str] = {}
    for meta in find(data, b"moov", b"meta"):
        tags |= _named_tags(data, meta)
    for place in find(data, b"moov", b"udta", b"\xa9xyz"):
        text = data[place.start + 4 : place.end].decode("utf-8", "replace")
        tags["xyz"] = clean(text) or ""
    return {name: text for name, text in tags.items() if text}


def _named_tags(data: bytes, meta: Box) -> dict[str, str]:
    """QuickTime names its fields in `keys` and numbers them in `ilst`."""
    if data[meta.start + 4 : meta.start + 8] != b"hdlr":
        meta = Box(meta.kind, meta.start + 4, meta.end)  # MP4 puts version and flags first
    names = [
        data[box.start : box.end].decode("utf-8", "replace").removeprefix(_APPLE)
        for keys in find(data, b"keys", within=meta)
        for box in boxes(data, keys.start + 8, keys.end)
    ]
    tags: dict[str, str] = {}
    for item in (box for ilst in find(data, b"ilst", within=meta) for box in _all(data, ilst)):
        number = int.from_bytes(item.kind, "big") - 1
        for value in find(data, b"data", within=item):
            is_text = data[value.start : value.start + 4] == b"\0\0\0\1"
            if is_text and 0 <= number < len(names):
                text = data[value.start + 8 : value.end].decode("utf-8", "replace")
                tags[names[number]] = clean(text) or ""
    return tags


def _all(data: bytes, box: Box) -> Iterator[Box]:
    return boxes(data, box.start, box.end)


def _xmp(data: bytes) -> bytes:
    found = [*find(data, b"uuid"), *find(data, b"moov", b"uuid")]
    for box in found:
        if data[box.start : box.start + 16] == _XMP_BOX:
            return data[box.start + 16 : box.end]
    for box in find(data, b"moov", b"udta", b"XMP_"):
        return data[box.start : box.end]
    return b""


def jxl_parts(data: bytes) -> tuple[bytes, bytes]:
    """EXIF (as TIFF) and XMP of a JPEG XL container; empty where there is none."""
    exif = xmp = b""
    for box in boxes(data):
        if box.kind == b"Exif":
            skip = int.from_bytes(data[box.start : box.start + 4], "big")
            exif = data[box.start + 4 + skip : box.end]
        elif box.kind == b"xml ":
            xmp = data[box.start : box.end]
    return exif, xmp


def cr3_parts(data: bytes) -> list[bytes]:
    """The TIFF blocks of a Canon CR3: first the camera's, then the exposure's."""
    parts = []
    for box in find(data, b"moov", b"uuid"):
        if data[box.start : box.start + 16] == _CANON_BOX:
            inner = boxes(data, box.start + 16, box.end)
            parts += [data[b.start : b.end] for b in inner if b.kind in {b"CMT1", b"CMT2"}]
    return parts
