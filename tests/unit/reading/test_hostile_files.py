"""Files that are empty, cut short, wrongly named, huge or damaged: a reason, never a crash."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from safelight.library.reading.isobmff import movie_facts
from safelight.library.reading.step import build_decode_request, decode_scaled
from safelight.library.reading.wire import ReadResult
from safelight.library.reading.xmp import parse_xmp
from safelight.model.assets import AssetKind
from safelight.model.errors import AnalysisError

Read = Callable[..., ReadResult]
Saved = Callable[..., bytes]
Preview = Callable[[ReadResult], Image.Image]


def noise(width: int, height: int) -> Image.Image:
    pixels = np.random.default_rng(7).integers(0, 255, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"\0" * 4096, "The file holds nothing but zeros: its content is lost."),
        (b"<html>not found</html>", "The content of this file is no picture or video"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "The picture is damaged: its beginning cannot be read."),
        (b"\x89PNG\r\n\x1a\n", "The picture is damaged: its beginning cannot be read."),
        (b"II*\0\x08\0\0\0", "The picture is damaged"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "The content of this file is no picture or video"),
        (b"%PDF-1.7", "The content of this file is no picture or video"),
        (b"\xff\x0a\xfa\xce", "JPEG XL pictures are not supported yet."),
        (b"FUJIFILMCCD-RAW 0201", "Raw pictures (RAF) are not supported yet."),
        (b"IIRO\x08\0\0\0", "Raw pictures (ORF) are not supported yet."),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "No picture of this video can be decoded."),
    ],
)
def test_reasons_in_plain_words(read: Read, data: bytes, words: str) -> None:
    result = read(data, "IMG_20190521_134501.jpg")
    assert result.preview is None
    assert words in (result.error or "")
    assert result.metadata.taken is not None
    assert result.metadata.taken.isoformat() == "2019-05-21T13:45:01"


def test_the_broken_photo_of_the_trip(shared_data: Path, read_path: Read) -> None:
    result = read_path(shared_data / "trip-usa-2015/broken image.JPG")
    assert result.error == "The file holds nothing but zeros: its content is lost."
    assert (result.metadata.width, result.metadata.height) == (0, 0)


def test_most_of_a_cut_jpeg_is_shown(read: Read, saved: Saved, preview_of: Preview) -> None:
    whole = saved(noise(800, 600), quality=90)
    result = read(whole[: int(len(whole) * 0.8)])
    assert result.error is None
    assert preview_of(result).size == (720, 540)
    lost = read(whole[: int(len(whole) * 0.3)])
    assert "The file is cut short: only" in (lost.error or "")
    assert (lost.metadata.width, lost.metadata.height) == (800, 600)


def test_a_missing_end_marker_is_no_damage(read: Read, saved: Saved) -> None:
    assert read(saved(noise(200, 200))[:-2]).error is None


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP", "GIF", "BMP", "AVIF"])
def test_other_formats_cut_short(read: Read, saved: Saved, kind: str) -> None:
    data = saved(noise(300, 300), kind)
    result = read(data[: len(data) // 2])
    assert "The picture is damaged" in (result.error or "")


def huge_png(width: int, height: int) -> bytes:
    """The head of a picture that would need gigabytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rest = chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + rest


def test_too_many_pixels_are_named_with_numbers(read: Read) -> None:
    result = read(huge_png(20_000, 15_000), max_megapixels=250)
    assert "20000 x 15000 = 300 megapixels" in (result.error or "")
    assert "more than 250" in (result.error or "")
    assert (result.metadata.width, result.metadata.height) == (20_000, 15_000)


def test_a_huge_jpeg_counts_by_what_is_decoded(
    read: Read, saved: Saved, preview_of: Preview
) -> None:
    data = saved(Image.new("L", (20_000, 15_000), 90), quality=30)
    result = read(data, max_megapixels=5)
    assert result.error is None
    assert (result.metadata.width, result.metadata.height) == (20_000, 15_000)
    assert preview_of(result).size == (720, 540)
    with pytest.raises(AnalysisError, match="300 megapixels"):
        decode_scaled(build_decode_request(data, None, 250))


@pytest.mark.parametrize(
    ("size", "preview"), [((1, 1), (1, 1)), ((1, 20_000), (1, 720)), ((20_000, 1), (720, 1))]
)
def test_extreme_shapes(
    read: Read,
    saved: Saved,
    preview_of: Preview,
    size: tuple[int, int],
    preview: tuple[int, int],
) -> None:
    for kind in ("JPEG", "PNG"):
        result = read(saved(Image.new("RGB", size, "navy"), kind))
        assert result.error is None
        assert preview_of(result).size == preview
        assert result.metadata.fingerprint is not None


def test_a_bad_colour_profile_is_left_aside(read: Read, saved: Saved) -> None:
    assert read(saved(noise(64, 64), icc_profile=b"not a profile")).error is None


def test_xml_bombs_and_foreign_entities_are_refused(read: Read, saved: Saved) -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        b'<!ENTITY b SYSTEM "file:///etc/passwd">]>'
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:RDF><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:title="&b;"/>'
        b"</rdf:RDF></x:xmpmeta>"
    )
    result = read(saved(noise(64, 64)), sidecars=(bomb,))
    assert result.error is None
    assert result.metadata.title is None


def test_a_dated_scope_decodes_nothing_outside(read: Read, saved: Saved) -> None:
    data = saved(noise(64, 64))
    name = "IMG_20190521_134501.jpg"
    inside = read(data, name, since=date(2019, 5, 21), until=date(2019, 5, 21))
    assert inside.preview is not None
    outside = read(data, name, since=date(2019, 5, 22))
    assert outside.out_of_scope
    assert (outside.preview, outside.metadata.taken, outside.metadata.width) == (None, None, 0)


def test_live_photos_keep_their_kind(read: Read, saved: Saved) -> None:
    assert read(saved(noise(64, 64)), live=True).metadata.kind is AssetKind.LIVE


def test_a_video_named_like_a_photo_is_a_video(read: Read) -> None:
    result = read(b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "IMG_1.JPG")
    assert result.metadata.media_type == "video/quicktime"
    assert result.metadata.kind is AssetKind.VIDEO


def test_scans_are_not_trusted_but_a_person_is(read: Read, saved: Saved) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "EPSON", "Perfection V600"
    exif.get_ifd(0x8769)[0x9003] = "2019:01:02 10:00:00"
    data = saved(noise(64, 64), exif=exif)
    scanned = read(data).metadata.taken
    assert scanned is not None
    assert not scanned.trusted
    dated = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:RDF><rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        b' photoshop:DateCreated="1985-07"/></rdf:RDF></x:xmpmeta>'
    )
    taken = read(data, sidecars=(dated,)).metadata.taken
    assert taken is not None
    assert (taken.local.year, taken.local.month, taken.precision) == (1985, 7, "month")
    assert taken.trusted


def test_exif_with_nonsense_still_dates(read: Read, saved: Saved) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Canon\0\0garbage"
    exif[0x0110] = "Canon EOS 70D"
    details = exif.get_ifd(0x8769)
    details[0x9003], details[0x9004] = "0000:00:00 00:00:00", "2019:05:21 13:45:01"
    details[0x9012] = "+99:99"
    metadata = read(saved(noise(64, 64), exif=exif)).metadata
    assert metadata.camera == "Canon EOS 70D"
    assert metadata.taken is not None
    assert (metadata.taken.isoformat(), metadata.taken.trusted) == ("2019-05-21T13:45:01", True)


@pytest.mark.parametrize(
    ("taken", "offset"),
    [
        ("9999:12:31 23:59:59", "-05:00"),
        ("9999:12:31 23:59:59.9", None),
        ("0001:01:01 00:00:00", "+14:00"),
    ],
)
def test_dates_at_the_ends_of_time_are_passed_over(
    read: Read, saved: Saved, taken: str, offset: str | None
) -> None:
    exif = Image.Exif()
    details = exif.get_ifd(0x8769)
    details[0x9003], details[0x9291] = taken, "99"
    if offset:
        details[0x9011] = offset
    position = exif.get_ifd(0x8825)
    position[29], position[7] = "9999:12:31", (23.0, 60.0, 60.0)
    result = read(saved(noise(40, 30), exif=exif), "IMG_20190521_134501.jpg")
    assert result.error is None
    assert result.metadata.taken is not None
    assert result.metadata.taken.local.year == 2019


def test_regions_in_pixels_of_a_picture_without_a_size_are_passed_over(read: Read) -> None:
    area = '<mwg-rs:Area stArea:x="9" stArea:y="9" stArea:w="4" stArea:h="4" stArea:unit="pixel"/>'
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
        ' xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"'
        ' xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"><mwg-rs:Regions'
        ' rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag><rdf:li'
        f' rdf:parseType="Resource"><mwg-rs:Name>Ann</mwg-rs:Name>{area}</rdf:li></rdf:Bag>'
        "</mwg-rs:RegionList></mwg-rs:Regions></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    result = read(b"FUJIFILMCCD-RAW 0201", "a.raf", sidecars=(packet.encode(),))
    assert result.error == "Raw pictures (RAF) are not supported yet."


def test_a_packet_nested_without_end_costs_its_words_alone(read: Read, saved: Saved) -> None:
    deep = 20_000
    dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        f' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description {dc}>'
        + "<dc:title>" * deep
        + "</dc:title>" * deep
        + "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    result = read(saved(noise(40, 30)), sidecars=(packet.encode(),))
    assert result.error is None
    assert result.preview is not None


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_flipped_bytes_never_crash(read: Read, saved: Saved, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP"]))
    content = bytearray(saved(noise(40, 30), kind))
    for _ in range(data.draw(st.integers(1, 12))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    result = read(bytes(content))
    assert (result.preview is None) == (result.error is not None)


@given(st.binary(max_size=400))
def test_boxes_and_packets_of_noise(content: bytes) -> None:
    movie_facts(b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + content)
    parse_xmp(content)
