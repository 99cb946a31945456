"""A picture that gives everything away, and a detector for what it gave away.

Every hidden place that a photo file has holds a mark of its own. The detector looks for the
marks in any spelling and for hidden places as such; a test shows that it fires.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

MARKS = {
    "owner": "Planted-Owner",
    "serial": "Planted-Serial-4711",
    "lens serial": "Planted-Lens-0815",
    "maker note": "Planted-MakerNote",
    "camera": "Planted-Camera",
    "image id": "Planted-ImageId",
    "person": "Planted-Person",
    "region": "Planted-Region",
    "city": "Planted-City",
    "document id": "Planted-DocumentId",
    "comment": "Planted-Comment",
    "video": "Planted-Video",
    "profile": "Planted-Panel",
    "text chunk": "Planted-TextChunk",
    "caption": "Planted-Caption",
    "keyword": "Planted-Keyword",
}
"""What is hidden where."""

LATITUDE, LONGITUDE = (50, 5, 15.25), (14, 25, 17.5)
HIDDEN_COLOUR = (250, 0, 250)
"""The thumbnail shows this instead of the picture, as one does after cropping."""

_FILM_PLACES = {
    b"udta": "user data",
    b"meta": "metadata",
    b"\xa9xyz": "the place",
    b"loci": "the place",
    b"XMP_": "XMP",
}
_PDF_PLACES = {
    b"/Author": "an author",
    b"/Subject": "a subject",
    b"/Keywords": "keywords",
    b"/Metadata": "XMP",
}
_FORMATS = {".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".avif": "AVIF"}
_RATIONALS = struct.pack("<6I", 50, 1, 5, 1, 61, 4)


def plant(path: Path, image: Image.Image) -> Path:
    """Write a picture with everything hidden in it that its format has a place for.

    Args:
        path: ends in .jpg, .png, .webp or .avif.
    """
    kind = _FORMATS[path.suffix]
    exif, profile = _exif(image), _profile()
    out = io.BytesIO()
    if kind == "PNG":
        words = PngInfo()
        words.add_text("Comment", MARKS["text chunk"])
        words.add_text("Author", MARKS["owner"], zip=True)
        words.add_itxt("XML:com.adobe.xmp", _packet().decode())
        image.save(out, kind, exif=exif, pnginfo=words, icc_profile=profile)
    else:
        image.save(out, kind, quality=90, exif=exif, xmp=_packet(), icc_profile=profile)
    content = out.getvalue()
    path.write_bytes(_around_jpeg(content) if kind == "JPEG" else content)
    return path


def leaks_in(content: bytes) -> list[str]:
    """What a file gives away, in words; nothing where it is clean."""
    found = [name for name, mark in MARKS.items() if _says(content, mark)]
    if _RATIONALS in content or _RATIONALS[::-1] in content:
        found.append("coordinates")
    if _has_exif(content):
        found.append("EXIF")
    if _embedded_pictures(content):
        found.append("an embedded picture")
    found += _of_film(content)
    found += _of_document(content)
    if content[:3] == b"\xff\xd8\xff" and b"ftyp" in content:
        found.append("a trailing video")
    if b"Photoshop 3.0" in content:
        found.append("IPTC")
    return found


def _says(content: bytes, mark: str) -> bool:
    spellings = (mark.encode(), mark.encode("utf-16-le"), mark.encode("utf-16-be"))
    layers = [content, *_unpacked(content)]
    return any(spelling in layer for layer in layers for spelling in spellings)


def _unpacked(content: bytes) -> list[bytes]:
    """What PNG keeps compressed: text and colour profiles."""
    found = []
    for match in re.finditer(rb"zTXt|iTXt|iCCP", content):
        chunk = content[match.end() : match.end() + (1 << 20)]
        for start in range(min(len(chunk), 120)):
            try:
                found.append(zlib.decompressobj().decompress(chunk[start:]))
            except zlib.error:
                continue
    return found


def _has_exif(content: bytes) -> bool:
    # WebP's EXIF block may come without the prefix, so it is found by its chunk's name.
    if content[8:12] == b"WEBP":
        return b"EXIF" in content
    return b"Exif\0\0" in content or b"eXIf" in content


def _of_film(content: bytes) -> list[str]:
    """What an MP4 or QuickTime film says besides its pictures and sound."""
    index = _index(content)
    if not index:
        return []
    found = [words for name, words in _FILM_PLACES.items() if name in index]
    if re.search(rb"[+-]\d\d\.\d+[+-]\d{2,3}\.\d+", index):
        found.append("coordinates in words")
    for kind in (b"mvhd", b"tkhd", b"mdhd"):
        for match in re.finditer(kind, index):
            times = index[match.end() + 4 : match.end() + 12]
            if times != bytes(8):
                found.append("a time")
    for match in re.finditer(b"hdlr", index):
        size = int.from_bytes(index[match.start() - 4 : match.start()], "big")
        if index[match.end() + 24 : match.start() - 4 + size].strip(b"\0"):
            found.append("a handler's name")
    if b"x264" in content or b"Lavc" in content or b"Lavf" in content:
        found.append("the encoder")
    return sorted(set(found))


def _index(content: bytes) -> bytes:
    """The `moov` box of a film; empty of anything else."""
    at = 0
    while at + 8 <= len(content):
        size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        if kind == b"moov":
            return content[at : at + size]
        if size < 8 or not kind.isalnum():
            return b""
        at += size
    return b""


def _of_document(content: bytes) -> list[str]:
    """What a PDF says besides its pages; dates that are always the same say nothing."""
    if content[:5] != b"%PDF-":
        return []
    found = [words for name, words in _PDF_PLACES.items() if name in content]
    dates = re.findall(rb"/(?:Creation|Mod)Date\s*\(D:(\d{4})", content)
    return found + (["a time"] if set(dates) - {b"1970", b"1980", b"2000"} else [])


def _embedded_pictures(content: bytes) -> bool:
    if content[:5] == b"%PDF-":
        return False  # its pages are pictures
    if _index(content):  # three bytes are found anywhere among so many of a film's frames
        content = _index(content)
    rest = content[3:] if content[:3] == b"\xff\xd8\xff" else content
    return b"\xff\xd8\xff" in rest


def _exif(image: Image.Image) -> bytes:
    exif = image.getexif()
    exif[0x010F], exif[0x0110] = "Planted", MARKS["camera"]
    exif[0x010E], exif[0x013B] = MARKS["caption"], MARKS["owner"]
    exif[0x0132] = "2015:06:20 14:05:00"
    details = exif.get_ifd(0x8769)
    details[0x9003] = "2015:06:20 14:05:00"
    details[0xA430], details[0xA431] = MARKS["owner"], MARKS["serial"]
    details[0xA435], details[0xA420] = MARKS["lens serial"], MARKS["image id"]
    details[0x927C] = MARKS["maker note"].encode()
    exif.get_ifd(0x8825).update({1: "N", 2: LATITUDE, 3: "E", 4: LONGITUDE})
    return _with_thumbnail(exif.tobytes())


def _with_thumbnail(exif: bytes) -> bytes:
    """EXIF with a second directory that holds a small JPEG; Pillow writes none."""
    small = io.BytesIO()
    Image.new("RGB", (160, 120), HIDDEN_COLOUR).save(small, "JPEG")
    thumbnail = small.getvalue()
    head, body = exif[:6], bytearray(exif[6:])
    order = "<" if body[:2] == b"II" else ">"
    (first,) = struct.unpack_from(order + "I", body, 4)
    (count,) = struct.unpack_from(order + "H", body, first)
    struct.pack_into(order + "I", body, first + 2 + 12 * count, len(body))
    start = len(body) + 2 + 2 * 12 + 4
    body += struct.pack(order + "H", 2)
    body += struct.pack(order + "HHII", 0x0201, 4, 1, start)
    body += struct.pack(order + "HHII", 0x0202, 4, 1, len(thumbnail))
    body += struct.pack(order + "I", 0) + thumbnail
    return bytes(head + body)


def _packet() -> bytes:
    return f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
 xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"
 xmpMM:DocumentID="{MARKS["document id"]}" photoshop:City="{MARKS["city"]}"
 exif:GPSLatitude="50,5.254N" exif:GPSLongitude="14,25.29E">
<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>{MARKS["person"]}</rdf:li></rdf:Bag>
</Iptc4xmpExt:PersonInImage>
<dc:subject><rdf:Bag><rdf:li>{MARKS["keyword"]}</rdf:li></rdf:Bag></dc:subject>
<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag><rdf:li>
<rdf:Description mwg-rs:Name="{MARKS["region"]}" mwg-rs:Type="Face"><mwg-rs:Area stArea:x="0.5"
 stArea:y="0.5" stArea:w="0.2" stArea:h="0.2" stArea:unit="normalized"/></rdf:Description>
</rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()


def _profile() -> bytes:
    """A colour profile that names a device, as screens and scanners have them."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    said, planted = "sRGB built-in", MARKS["profile"]
    assert len(said) == len(planted)
    return profile.replace(said.encode("utf-16-be"), planted.encode("utf-16-be"))


def _around_jpeg(content: bytes) -> bytes:
    """A JPEG with a comment and IPTC before its picture, and a video after its end."""
    comment = MARKS["comment"].encode()
    city = MARKS["city"].encode()
    record = b"\x1c\x02\x5a" + struct.pack(">H", len(city)) + city
    padded = record + b"\0" * (len(record) % 2)
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + padded
    press = b"Photoshop 3.0\0" + block
    segments = b"\xff\xfe" + struct.pack(">H", 2 + len(comment)) + comment
    segments += b"\xff\xed" + struct.pack(">H", 2 + len(press)) + press
    video = b"\0\0\0\x14ftypisom\0\0\0\0isom\0\0\0\x20moov" + MARKS["video"].encode().ljust(
        24, b"\0"
    )
    return content[:2] + segments + content[2:] + video


def portrait(size: tuple[int, int] = (960, 720)) -> Image.Image:
    """A plain drawing of somebody before a wall: something to cover, of nobody."""
    image = Image.new("RGB", size, (120, 150, 170))
    draw = ImageDraw.Draw(image)
    across, down = size[0] / 960, size[1] / 720
    draw.ellipse([380 * across, 160 * down, 580 * across, 430 * down], fill=(205, 160, 130))
    draw.ellipse([425 * across, 255 * down, 455 * across, 280 * down], fill=(40, 30, 30))
    draw.ellipse([505 * across, 255 * down, 535 * across, 280 * down], fill=(40, 30, 30))
    draw.rectangle([330 * across, 430 * down, 630 * across, 720 * down], fill=(60, 80, 120))
    return image
