"""Everything the files of one asset say about it, before anything is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image
from PIL.ImageFile import ImageFile

from safelight.library.reading.exif import ExifFacts, exif_facts, parse_exif
from safelight.library.reading.iptc import IptcFacts, iptc_facts
from safelight.library.reading.isobmff import MovieFacts, cr3_parts, jxl_parts, movie_facts
from safelight.library.reading.xmp import XmpNode, parse_xmp

_XMP_TAG = 700
_FUJI_PREVIEW = 84


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found, by container.

    Attributes:
        packets: XMP, most trusted first: sidecars in their order, then the embedded packet.
        sidecars: how many of `packets` are sidecars.
    """

    exif: ExifFacts
    packets: tuple[XmpNode, ...]
    sidecars: int
    iptc: IptcFacts
    movie: MovieFacts | None


def picture_facts(image: ImageFile, sidecars: Sequence[bytes], *, want_places: bool) -> Facts:
    """Facts of an opened picture and its sidecars."""
    exif = _exif_of(image)
    embedded = _embedded_xmp(image, exif)
    facts = exif_facts(exif, want_places=want_places)
    original = image.info.get("original_orientation")  # libheif has turned the picture already
    if isinstance(original, int):
        facts = replace(facts, orientation=1)
    packets = (*map(parse_xmp, sidecars), parse_xmp(embedded))
    return Facts(facts, packets, len(sidecars), iptc_facts(image), None)


def video_facts(data: bytes, sidecars: Sequence[bytes]) -> Facts:
    """Facts of a movie file and its sidecars."""
    movie = movie_facts(data)
    packets = (*map(parse_xmp, sidecars), parse_xmp(movie.xmp))
    return Facts(ExifFacts(), packets, len(sidecars), IptcFacts(), movie)


def undecoded_facts(
    data: bytes, media_type: str | None, sidecars: Sequence[bytes], *, want_places: bool
) -> Facts:
    """What can be read of files whose picture cannot be decoded: JPEG XL, raw, damaged ones."""
    exif, xmp = _raw_exif(data, media_type or "", want_places)
    packets = (*map(parse_xmp, sidecars), parse_xmp(xmp))
    return Facts(exif, packets, len(sidecars), IptcFacts(), None)


def _exif_of(image: ImageFile) -> Image.Exif:
    try:
        return image.getexif()
    except Exception:  # noqa: BLE001  # damaged EXIF may raise anything; the picture still counts
        return Image.Exif()


def _embedded_xmp(image: ImageFile, exif: Image.Exif) -> bytes:
    for found in (image.info.get("xmp"), image.info.get("XML:com.adobe.xmp"), exif.get(_XMP_TAG)):
        if isinstance(found, str):
            return found.encode()
        if isinstance(found, bytes):
            return found
    return b""


def _raw_exif(data: bytes, media_type: str, want_places: bool) -> tuple[ExifFacts, bytes]:
    try:
        blocks, xmp = _tiff_blocks(data, media_type)
        found = [exif_facts(parse_exif(block), want_places=want_places) for block in blocks]
    except Exception:  # noqa: BLE001  # a damaged head may raise anything; name and time still count
        return ExifFacts(), b""
    if not found:
        return ExifFacts(), xmp
    first, last = found[0], found[-1]
    dates = replace(first, original=last.original, digitized=last.digitized, lens=last.lens)
    return dates, xmp


def _tiff_blocks(data: bytes, media_type: str) -> tuple[list[bytes], bytes]:
    if media_type == "image/jxl":
        exif, xmp = jxl_parts(data)
        return [exif] if exif else [], xmp
    if media_type == "image/x-canon-cr3":
        return cr3_parts(data), b""
    if media_type == "image/x-fuji-raf":
        start = int.from_bytes(data[_FUJI_PREVIEW : _FUJI_PREVIEW + 4], "big")
        at = data.find(b"Exif\0\0", start, start + 64)
        return [data[at:]] if at > 0 else [], b""
    return [data] if data[:2] in {b"II", b"MM"} else [], b""
