"""What a file is, told by its first bytes; the name only tells kinds of raw files apart."""

from __future__ import annotations

from safelight.model.errors import AnalysisError
from safelight.model.formats import suffix

_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\xff\x0a", "image/jxl"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "image/jxl"),
    (b"FUJIFILMCCD-RAW", "image/x-fuji-raf"),
    (b"IIRO", "image/x-olympus-orf"),
    (b"IIRS", "image/x-olympus-orf"),
    (b"MMOR", "image/x-olympus-orf"),
    (b"IIU\0", "image/x-panasonic-rw2"),
    (b"FOVb", "image/x-sigma-x3f"),
    (b"\0MRM", "image/x-minolta-mrw"),
    (b"II\x1a\0\0\0HEAPCCDR", "image/x-canon-crw"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"\0\0\x01\xba", "video/mpeg"),
    (b"\0\0\x01\xb3", "video/mpeg"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-wmv"),
)
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_RAW_BY_SUFFIX = {
    ".3fr": "image/x-hasselblad-3fr",
    ".arw": "image/x-sony-arw",
    ".cr2": "image/x-canon-cr2",
    ".dcr": "image/x-kodak-dcr",
    ".dng": "image/x-adobe-dng",
    ".erf": "image/x-epson-erf",
    ".fff": "image/x-hasselblad-fff",
    ".iiq": "image/x-phaseone-iiq",
    ".kdc": "image/x-kodak-kdc",
    ".mef": "image/x-mamiya-mef",
    ".mos": "image/x-leaf-mos",
    ".nef": "image/x-nikon-nef",
    ".nrw": "image/x-nikon-nrw",
    ".pef": "image/x-pentax-pef",
    ".rwl": "image/x-leica-rwl",
    ".sr2": "image/x-sony-sr2",
    ".srf": "image/x-sony-srf",
    ".srw": "image/x-samsung-srw",
}
_BRANDS = (
    ({b"avif", b"avis"}, "image/avif"),
    ({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}, "image/heic"),
    ({b"crx "}, "image/x-canon-cr3"),
    ({b"mif1", b"msf1"}, "image/heif"),
    ({b"qt  "}, "video/quicktime"),
)
_OLD_QUICKTIME = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}


def sniff(data: bytes, name: str) -> str | None:
    """The IANA media type of a file's bytes; None where nothing known begins like this."""
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if data[:4] in _TIFF:
        if data[8:10] == b"CR":
            return "image/x-canon-cr2"
        return _RAW_BY_SUFFIX.get(suffix(name), "image/tiff")
    if data[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"AVI ": "video/x-msvideo"}.get(data[8:12])
    if data[4:8] == b"ftyp":
        return _by_brand(data)
    return _by_shape(data)


def _by_brand(data: bytes) -> str:
    end = min(int.from_bytes(data[:4], "big"), 256)
    major = data[8:12]
    brands = {major, *(data[at : at + 4] for at in range(16, end, 4))}
    for known, media_type in _BRANDS:
        # "mif1" only says that it is some HEIF picture; its other brands say which.
        if major in known or (major in {b"mif1", b"msf1"} and brands & known):
            return media_type
    return "video/3gpp" if major.startswith(b"3g") else "video/mp4"


def _by_shape(data: bytes) -> str | None:
    """Formats without a proper signature: weaker signs, looked at last."""
    if data[:2] == b"BM" and len(data) >= 26 and data[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if data[4:8] in _OLD_QUICKTIME:
        return "video/quicktime"
    for start, step in ((0, 188), (4, 192)):
        if len(data) > start + 2 * step and all(data[start + n * step] == 0x47 for n in range(3)):
            return "video/mp2t"
    return None


_DECODABLE = frozenset(
    [
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/heic",
        "image/heif",
        "image/avif",
        "image/tiff",
        "image/gif",
        "image/bmp",
    ]
)


def refuse_undecodable(data: bytes, media_type: str | None) -> None:
    """Say why there is no picture in a file that no decoder is for.

    Raises:
        AnalysisError: empty, lost, unknown, or not supported yet.
    """
    if media_type in _DECODABLE:
        return
    if not data:
        raise AnalysisError("The file is empty.")
    if not data.strip(b"\0"):
        raise AnalysisError("The file holds nothing but zeros: its content is lost.")
    if media_type is None:
        raise AnalysisError("The content of this file is no picture or video that is known.")
    if media_type == "image/jxl":
        raise AnalysisError("JPEG XL pictures are not supported yet.")
    if media_type.startswith("video/"):
        raise AnalysisError("This is a video, not a picture.")
    kind = media_type.rpartition("-")[2].upper()
    raise AnalysisError(f"Raw pictures ({kind}) are not supported yet.")
