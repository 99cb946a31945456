"""An MP4 of pictures and sound and nothing else: what the encoder says of itself is blanked.

Sizes stay, so that no offset moves: a box becomes `free`, a name becomes zeros
(ISO/IEC 14496-12, 8.1.2 and 12.1.3).
"""

from __future__ import annotations

from collections.abc import Iterator

_INSIDE = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}
_TELLING = {b"udta", b"meta"}
_SAMPLES_HEAD, _NAME_AT, _NAME_LENGTH = 8, 50, 32


def silenced(film: bytes) -> bytes:
    """The film without user data, and without the name of what encoded it."""
    quiet = bytearray(film)
    for kind, start, end in _boxes(film, 0, len(film)):
        if kind in _TELLING:
            quiet[start + 4 : end] = b"free" + bytes(end - start - 8)
        elif kind == b"stsd":
            entry = start + 8 + _SAMPLES_HEAD
            if film[entry + 4 : entry + 8] == b"avc1":
                name = entry + _NAME_AT
                quiet[name : name + _NAME_LENGTH] = bytes(_NAME_LENGTH)
    return bytes(quiet)


def _boxes(film: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of every box but the frames, those inside others too."""
    at = start
    while at + 8 <= end:
        size, kind = int.from_bytes(film[at : at + 4], "big"), film[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(film[at + 8 : at + 16], "big")
        if size < 8 or at + size > end:
            return
        yield kind, at, at + size
        if kind in _INSIDE:
            yield from _boxes(film, at + 8, at + size)
        at += size
