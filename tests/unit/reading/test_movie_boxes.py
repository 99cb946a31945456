"""Dates, places and turns in the boxes of videos, built box by box."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import datetime

from safelight.library.reading.isobmff import movie_facts
from safelight.library.reading.wire import ReadResult

Read = Callable[..., ReadResult]
_EPOCH = datetime(1904, 1, 1)


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", 8 + len(body)) + kind + body


def header(created: datetime | None, seconds: float = 10) -> bytes:
    stamp = int((created - _EPOCH).total_seconds()) if created else 0
    return box(b"mvhd", struct.pack(">IIIII", 0, stamp, 0, 1000, int(seconds * 1000)))


def track(width: int, height: int, turn: tuple[int, int, int, int]) -> bytes:
    a, b, c, d = (value * 65536 for value in turn)
    matrix = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    head = bytes(40) + matrix + struct.pack(">II", width << 16, height << 16)
    handler = box(b"hdlr", bytes(8), b"vide", bytes(12))
    return box(b"trak", box(b"tkhd", head), box(b"mdia", handler))


def tags(**values: str) -> bytes:
    names = [f"com.apple.quicktime.{name.replace('_', '.')}".encode() for name in values]
    keys = b"".join(struct.pack(">I", 8 + len(name)) + b"mdta" + name for name in names)
    items = b"".join(
        box(struct.pack(">I", number), box(b"data", struct.pack(">II", 1, 0), text.encode()))
        for number, text in enumerate(values.values(), 1)
    )
    head = box(b"hdlr", bytes(8), b"mdta", bytes(12))
    return box(
        b"meta", head, box(b"keys", struct.pack(">II", 0, len(names)), keys), box(b"ilst", items)
    )


def movie(*parts: bytes) -> bytes:
    return box(b"ftyp", b"qt  ", bytes(4), b"qt  ") + box(b"moov", *parts)


def test_everything_a_phone_writes() -> None:
    facts = movie_facts(
        movie(
            header(datetime(2020, 1, 5, 22, 13, 13)),
            track(1920, 1080, (0, 1, -1, 0)),
            tags(
                creationdate="2020-01-05T14:13:13-0800",
                location_ISO6709="+34.0533-118.2423+070.000/",
                content_identifier="AB-12",
                make="Apple",
            ),
        )
    )
    assert facts.created == datetime(2020, 1, 5, 22, 13, 13)
    assert facts.duration_s == 10
    assert (facts.width, facts.height, facts.rotation) == (1920, 1080, 90)
    assert facts.tags["content.identifier"] == "AB-12"
    assert facts.tags["location.ISO6709"].startswith("+34.0533")


def test_written_date_with_offset_beats_the_header(read: Read) -> None:
    parts = (header(datetime(2022, 8, 20, 14, 36)), tags(creationdate="2020-01-05T14:13:13-0800"))
    result = read(movie(*parts), "a.mov")
    assert result.error == "No picture of this video can be decoded."
    taken = result.metadata.taken
    assert taken is not None
    assert (taken.isoformat(), taken.offset_source) == ("2020-01-05T14:13:13-08:00", "written")


def test_a_header_alone_is_utc(read: Read) -> None:
    taken = read(movie(header(datetime(2020, 1, 5, 22, 13, 13))), "a.mov").metadata.taken
    assert taken is not None
    assert (taken.isoformat(), taken.offset_source) == ("2020-01-05T22:13:13+00:00", "assumed")


def test_the_place_turns_utc_into_local_time(read: Read) -> None:
    place = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", 18, 0), b"+34.0533-118.2423/"))
    content = movie(header(datetime(2020, 1, 5, 22, 13, 13)), place)
    taken = read(content, "a.mp4", places=True).metadata.taken
    assert taken is not None
    assert (taken.isoformat(), taken.offset_source) == ("2020-01-05T14:13:13-08:00", "gps-place")
    assert read(content, "a.mp4", places=False).metadata.location is None


def test_a_name_in_local_time_tells_the_offset(read: Read) -> None:
    content = movie(header(datetime(2019, 5, 21, 11, 45, 20)))
    taken = read(content, "VID_20190521_134501.mp4").metadata.taken
    assert taken is not None
    assert taken.isoformat() == "2019-05-21T13:45:20+02:00"


def test_a_video_from_a_messenger_is_not_trusted(read: Read) -> None:
    content = movie(header(datetime(2020, 1, 1, 9, 0, 0)))
    taken = read(content, "VID-20200101-WA0003.mp4").metadata.taken
    assert taken is not None
    assert not taken.trusted


def test_an_unset_clock_falls_back_to_the_name(read: Read) -> None:
    taken = read(movie(header(None)), "VID_20190521_134501.mp4").metadata.taken
    assert taken is not None
    assert (taken.isoformat(), taken.source) == ("2019-05-21T13:45:01", "filename")
