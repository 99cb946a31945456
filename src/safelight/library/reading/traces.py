"""The step that lists what a file tells besides its picture: `bytes -> bytes`, in a worker.

It says that a thing is there and how many there are, never what it is: a place is not read to
warn of it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from PIL import ExifTags, Image, IptcImagePlugin
from PIL.ImageFile import ImageFile

from safelight.engine.codec import pack, pack_pieces, unpack
from safelight.library.reading.preparing import prepare
from safelight.library.reading.raster import open_picture, supported
from safelight.library.reading.sniffing import sniff
from safelight.model.errors import AnalysisError
from safelight.model.jobs import Payload
from safelight.model.sharing import Trace, TraceKind

__all__ = ["STEP_FIND_TRACES", "build_traces_request", "find_traces", "parse_traces", "prepare"]

STEP_FIND_TRACES = "safelight.library.reading.traces:find_traces"

_DETAILS, _POSITION, _SMALL = 0x8769, 0x8825, ExifTags.IFD.IFD1
_EXIF = {
    0x010E: TraceKind.WORDS,
    0x010F: TraceKind.CAMERA,
    0x0110: TraceKind.CAMERA,
    0x0132: TraceKind.TIME,
    0x013B: TraceKind.OWNER,
    0x013C: TraceKind.OWNER,
    0x8298: TraceKind.OWNER,
    0x9003: TraceKind.TIME,
    0x9004: TraceKind.TIME,
    0x927C: TraceKind.MAKER_NOTES,
    0x9286: TraceKind.WORDS,
    0x9C9B: TraceKind.WORDS,
    0x9C9C: TraceKind.WORDS,
    0x9C9D: TraceKind.OWNER,
    0x9C9E: TraceKind.KEYWORDS,
    0xA420: TraceKind.SERIAL,
    0xA430: TraceKind.OWNER,
    0xA431: TraceKind.SERIAL,
    0xA434: TraceKind.CAMERA,
    0xA435: TraceKind.SERIAL,
}
_XMP = {
    rb"GPSLatitude|photoshop:City|photoshop:State|Iptc4xmpCore:Location|LocationCreated": (
        TraceKind.PLACE
    ),
    rb"DateTimeOriginal|DateCreated|CreateDate": TraceKind.TIME,
    rb"tiff:Model|tiff:Make": TraceKind.CAMERA,
    rb"SerialNumber": TraceKind.SERIAL,
    rb"dc:creator|OwnerName|dc:rights": TraceKind.OWNER,
    rb"dc:description|dc:title|photoshop:Headline": TraceKind.WORDS,
    rb"dc:subject|hierarchicalSubject|TagsList": TraceKind.KEYWORDS,
    rb"xmpMM:": TraceKind.HISTORY,
    rb"xmp:Thumbnails|xmpGImg:": TraceKind.THUMBNAIL,
}
_IPTC = {
    (2, 5): TraceKind.WORDS,
    (2, 25): TraceKind.KEYWORDS,
    (2, 55): TraceKind.TIME,
    (2, 80): TraceKind.OWNER,
    (2, 90): TraceKind.PLACE,
    (2, 92): TraceKind.PLACE,
    (2, 95): TraceKind.PLACE,
    (2, 101): TraceKind.PLACE,
    (2, 116): TraceKind.OWNER,
    (2, 120): TraceKind.WORDS,
}
_MOVIE = {
    rb"\xa9xyz|location\.ISO6709": TraceKind.PLACE,
    rb"quicktime\.creationdate|\xa9day|mvhd": TraceKind.TIME,
    rb"quicktime\.make|quicktime\.model|\xa9mak|\xa9mod": TraceKind.CAMERA,
    rb"content\.identifier": TraceKind.HISTORY,
}
_LIST = re.compile(rb"<Iptc4xmpExt:PersonInImage>(.*?)</Iptc4xmpExt:PersonInImage>", re.DOTALL)
_ITEM = re.compile(rb"<rdf:li[^>]*>\s*([^<]+?)\s*</rdf:li>")
_REGION_NAME = re.compile(rb"""(?:mwg-rs:Name|MPReg:PersonDisplayName)(?:=["']|>)([^"'<]+)""")
_HEAD = 256


def find_traces(payload: Payload) -> bytes:
    """List what one encoded file tells. The payload is a frame with one blob: the file.

    Raises:
        WireError: the payload is damaged.
    """
    _, (data,) = unpack(payload)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        counts: dict[TraceKind, int] = {}
        for trace in (*_of_picture(data), *_of_packet(data), *_around(data)):
            counts[trace.kind] = max(counts.get(trace.kind, 0), trace.count)
    return pack({"traces": [[kind.value, count] for kind, count in sorted(counts.items())]})


def build_traces_request(data: bytes) -> Payload:
    """Frame one file for `find_traces`."""
    return pack_pieces({}, [data])


def parse_traces(output: bytes) -> tuple[Trace, ...]:
    """What `find_traces` found, one trace a kind.

    Raises:
        WireError: the message is damaged.
    """
    header, _ = unpack(output)
    return tuple(Trace(TraceKind(kind), count) for kind, count in header["traces"])


def _of_picture(data: bytes) -> Iterator[Trace]:
    media_type = sniff(data, "")
    if media_type is None or not supported(media_type):
        return
    try:
        image = open_picture(data, media_type)
    except AnalysisError:
        return
    yield from _of_exif(image)
    yield from _of_iptc(image)
    if image.info.get("comment"):
        yield Trace(TraceKind.COMMENT)
    words = [key for key in getattr(image, "text", {}) if not key.startswith("XML:")]
    if words:
        yield Trace(TraceKind.WORDS, len(words))
    profile = image.info.get("icc_profile") or b""
    if profile and b"sRGB" not in profile and b"s\0R\0G\0B" not in profile:
        yield Trace(TraceKind.PROFILE)


def _of_exif(image: ImageFile) -> Iterator[Trace]:
    try:
        exif = image.getexif()
    except Exception:  # noqa: BLE001  # a damaged block may raise anything; the rest still counts
        return
    tags = {**_directory(exif, None), **_directory(exif, _DETAILS)}
    for tag, kind in _EXIF.items():
        if tags.get(tag):
            yield Trace(kind)
    if any(key in _directory(exif, _POSITION) for key in (2, 4)):
        yield Trace(TraceKind.PLACE)
    if _directory(exif, _SMALL):
        yield Trace(TraceKind.THUMBNAIL)


def _directory(exif: Image.Exif, tag: int | None) -> Mapping[int, Any]:
    try:
        return dict(exif) if tag is None else exif.get_ifd(tag)
    except Exception:  # noqa: BLE001  # as above
        return {}


def _of_iptc(image: ImageFile) -> Iterator[Trace]:
    try:
        records = IptcImagePlugin.getiptcinfo(image) or {}
    except Exception:  # noqa: BLE001  # as above
        return
    for key, kind in _IPTC.items():
        if records.get(key):
            yield Trace(kind)


def _of_packet(data: bytes) -> Iterator[Trace]:
    start, end = data.find(b"<x:xmpmeta"), data.rfind(b"</x:xmpmeta>")
    if start < 0:
        return
    packet = data[start : end if end > start else len(data)]
    for pattern, kind in _XMP.items():
        if re.search(pattern, packet):
            yield Trace(kind)
    listed = (_ITEM.findall(part) for part in _LIST.findall(packet))
    names = {name for part in listed for name in part} | set(_REGION_NAME.findall(packet))
    if names or b"mwg-rs:Regions" in packet:
        yield Trace(TraceKind.NAMES, max(1, len(names)))


def _around(data: bytes) -> Iterator[Trace]:
    """What stands beside the picture: a moving half at the end, provenance, a film's own fields."""
    film = data[4:8] == b"ftyp" and data[8:12] not in (b"heic", b"heix", b"mif1", b"avif", b"msf1")
    if film:
        for pattern, kind in _MOVIE.items():
            if re.search(pattern, data):
                yield Trace(kind)
    elif data.find(b"ftyp", _HEAD) > 0 and data.find(b"moov", _HEAD) > 0:
        yield Trace(TraceKind.ATTACHED)
    if b"jumbc2pa" in data or b"c2pa.claim" in data:
        yield Trace(TraceKind.PROVENANCE)
