"""Formats, colours and turns: what a preview looks like."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from safelight.library.reading.regions import upright
from safelight.library.reading.step import (
    build_decode_request,
    build_places_request,
    decode_scaled,
    parse_decode_response,
    parse_places_response,
    read_places,
    written_names,
)
from safelight.library.reading.wire import ReadResult
from safelight.model.assets import AssetKind, FileRole

Read = Callable[..., ReadResult]
Saved = Callable[..., bytes]
Preview = Callable[[ReadResult], Image.Image]


def gradient(width: int = 64, height: int = 48) -> Image.Image:
    """Red grows to the right, green downwards."""
    across = np.linspace(0, 255, width, dtype=np.uint8)
    down = np.linspace(0, 255, height, dtype=np.uint8)
    pixels = np.zeros((height, width, 3), dtype=np.uint8)
    pixels[..., 0], pixels[..., 1] = across[None, :], down[:, None]
    return Image.fromarray(pixels)


def mean_difference(one: Image.Image, other: Image.Image) -> float:
    a, b = (np.asarray(image.convert("RGB"), dtype=np.float32) for image in (one, other))
    return float(np.abs(a - b).mean())


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("TIFF", "image/tiff"),
     ("GIF", "image/gif"), ("BMP", "image/bmp"), ("AVIF", "image/avif")],
)  # fmt: skip
def test_every_format_shows_the_same_picture(
    read: Read, saved: Saved, preview_of: Preview, kind: str, media_type: str
) -> None:
    result = read(saved(gradient(), kind), "named-wrongly.jpg")
    assert result.error is None
    assert result.metadata.media_type == media_type
    assert (result.metadata.width, result.metadata.height) == (64, 48)
    assert mean_difference(preview_of(result), gradient()) < 8


@pytest.mark.parametrize("orientation", range(10))
def test_previews_are_upright(
    read: Read, saved: Saved, preview_of: Preview, orientation: int
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = gradient(160, 120)
    if orientation in back:
        stored = stored.transpose(Image.Transpose(back[orientation]))
    result = read(saved(stored, exif=exif), edge=80)
    assert (result.metadata.width, result.metadata.height) == (160, 120)
    assert result.metadata.orientation == (orientation if 1 <= orientation <= 8 else 1)
    assert mean_difference(preview_of(result), gradient(80, 60)) < 6


@pytest.mark.parametrize("shape", ["Landscape", "Portrait"])
def test_real_orientations_agree(
    shared_data: Path, read_path: Read, preview_of: Preview, shape: str
) -> None:
    results = [read_path(shared_data / f"orientation/{shape}_{number}.jpg") for number in range(9)]
    first = preview_of(results[1])
    assert first.size == ((720, 480) if shape == "Landscape" else (480, 720))
    for result in results:
        assert mean_difference(preview_of(result), first) < 6
        assert result.metadata.fingerprint is not None
        different = result.metadata.fingerprint ^ (results[1].metadata.fingerprint or 0)
        assert different.bit_count() < 6


def test_previews_carry_nothing_but_pixels(read: Read, saved: Saved, preview_of: Preview) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secret Maker"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(gradient(), exif=exif, comment=b"secret", icc_profile=profile, xmp=b"<secret/>")
    result = read(data)
    info = preview_of(result).info
    assert set(info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"ecret" not in (result.preview or b"")


def test_small_pictures_are_not_enlarged(read: Read, saved: Saved, preview_of: Preview) -> None:
    assert preview_of(read(saved(gradient()), edge=720)).size == (64, 48)


def test_sixteen_bits_are_scaled_not_clipped(read: Read, saved: Saved, preview_of: Preview) -> None:
    ramp = np.linspace(0, 65535, 256).astype(np.uint16)[None, :].repeat(16, axis=0)
    for kind in ("PNG", "TIFF"):
        light = np.asarray(preview_of(read(saved(Image.fromarray(ramp), kind))).convert("L"))
        assert abs(int(light[8, 128]) - 128) <= 3, kind
        assert light[8, 5] < 12, kind
        assert light[8, 250] > 243, kind


def test_float_tiff_with_holes(read: Read, saved: Saved, preview_of: Preview) -> None:
    values = np.linspace(0, 1, 256, dtype=np.float32)[None, :].repeat(16, axis=0).copy()
    values[:, :8] = np.nan
    light = np.asarray(preview_of(read(saved(Image.fromarray(values), "TIFF"))).convert("L"))
    assert abs(int(light[8, 128]) - 128) <= 3
    assert light[8, 2] < 8


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparency_lies_on_white(
    read: Read, saved: Saved, preview_of: Preview, mode: str
) -> None:
    clear = Image.new("RGBA", (32, 32), (255, 0, 0, 0))
    image = clear.convert(mode)
    result = read(saved(image, "PNG"))
    assert preview_of(result).getpixel((16, 16)) == (255, 255, 255)


def test_cmyk_is_not_inverted(read: Read, saved: Saved, preview_of: Preview) -> None:
    result = read(saved(Image.new("CMYK", (900, 900), (0, 255, 255, 0)), "JPEG"))
    red, green, blue = np.asarray(preview_of(result))[300, 300]
    assert red > 200
    assert max(green, blue) < 60


def test_first_frame_of_an_animation(read: Read, saved: Saved, preview_of: Preview) -> None:
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "blue")]
    for kind in ("GIF", "WEBP"):
        data = saved(frames[0], kind, save_all=True, append_images=frames[1:], lossless=True)
        red, _, blue = np.asarray(preview_of(read(data)))[16, 16]
        assert red > 200 > 60 > blue


def test_progressive_jpeg(read: Read, saved: Saved, preview_of: Preview) -> None:
    result = read(saved(gradient(1600, 1200), progressive=True), edge=400)
    assert mean_difference(preview_of(result), gradient(400, 300)) < 6


def test_decoding_for_rendering_is_exact_in_size(saved: Saved) -> None:
    data = saved(gradient(1000, 700))
    pixels = parse_decode_response(decode_scaled(build_decode_request(data, 333, 50)))
    assert (pixels.width, pixels.height) == (333, 233)
    full = parse_decode_response(decode_scaled(build_decode_request(data, None, 50)))
    assert (full.width, full.height) == (1000, 700)
    larger = parse_decode_response(decode_scaled(build_decode_request(data, 5000, 50)))
    assert (larger.width, larger.height) == (1000, 700)


def test_heic_is_turned_once(shared_data: Path, read_path: Read, preview_of: Preview) -> None:
    result = read_path(shared_data / "takeout/Google Photos/Photos from 2020/IMG_3092.heic")
    assert (result.metadata.width, result.metadata.height) == (3024, 4032)
    assert preview_of(result).size == (540, 720)


def test_a_video_has_a_poster_and_a_length(
    shared_data: Path, read_path: Read, preview_of: Preview
) -> None:
    path = shared_data / "takeout/Google Photos/Photos from 2020/Jellyfish.mov"
    result = read_path(path)
    assert result.metadata.kind is AssetKind.VIDEO
    assert (result.metadata.width, result.metadata.height) == (640, 360)
    assert result.metadata.duration_s == pytest.approx(2.86, abs=0.01)
    assert preview_of(result).size == (640, 360)
    assert np.asarray(preview_of(result)).mean() > 16
    assert result.metadata.location is not None
    assert result.metadata.location.latitude == pytest.approx(34.0533, abs=1e-4)


def test_jpeg_xl_is_a_row_with_its_reason(shared_data: Path, read_path: Read) -> None:
    result = read_path(shared_data / "formats/jxl/8bit-sRGB.jxl")
    assert result.error == "JPEG XL pictures are not supported yet."
    assert (result.metadata.width, result.preview) == (0, None)
    assert result.metadata.taken is not None


def test_places_are_read_only_when_asked(shared_data: Path, read_path: Read) -> None:
    path = shared_data / "exif/gps/DSCN0010.jpg"
    assert read_path(path, places=False).metadata.location is None
    point = read_path(path, places=True).metadata.location
    assert point is not None
    assert (point.latitude, point.longitude) == pytest.approx((43.467448, 11.885127), abs=1e-5)


def test_places_alone(shared_data: Path) -> None:
    path = shared_data / "exif/gps/DSCN0010.jpg"
    request = build_places_request([(FileRole.PRIMARY, str(path), path.read_bytes())])
    point, offset = parse_places_response(read_places(request))
    assert point is not None
    assert offset == 120
    assert parse_places_response(None) == (None, None)


def test_faces_are_turned_with_the_picture(shared_data: Path) -> None:
    faces = shared_data / "metadata/faces"
    straight = written_names((faces / "portrait.jpg").read_bytes(), ())
    turned = written_names((faces / "portrait-orientation-6.jpg").read_bytes(), ())
    assert [region.name for region in straight] == ["Marie Curie", "Pierre Curie"]
    assert straight[0].box == pytest.approx((0.3119, 0.2086, 0.1131, 0.1986), abs=1e-3)
    for one, other in zip(straight, turned, strict=True):
        assert one.name == other.name
        assert one.box == pytest.approx(other.box, abs=1e-3)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_boxes_turn_as_pictures_do(orientation: int) -> None:
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
    mask = np.zeros((40, 80), dtype=np.uint8)
    mask[4:12, 8:40] = 255
    image = Image.fromarray(mask)
    if orientation in turns:
        image = image.transpose(Image.Transpose(turns[orientation]))
    left, top, right, bottom = image.getbbox() or (0, 0, 0, 0)
    x, y, w, h = upright((0.1, 0.1, 0.4, 0.2), orientation)
    found = (x * image.width, y * image.height, w * image.width, h * image.height)
    assert found == pytest.approx((left, top, right - left, bottom - top))


def test_ratings_titles_keywords(shared_data: Path, read_path: Read) -> None:
    stars = read_path(shared_data / "metadata/rating/mongolels.jpg").metadata
    assert (stars.rating, stars.title) == (3, "Mongol Els")
    picasa = read_path(shared_data / "metadata/tags/picasa.jpg").metadata
    assert picasa.keywords == ("Frost", "Yard")
    trip = read_path(shared_data / "trip-usa-2015/IMG_8994.jpg").metadata
    assert trip.rating == 5
    assert "USA Road trip" in trip.keywords


@pytest.mark.parametrize(
    ("long", "shown"), [(3840, 960), (4000, 1000), (4243, 1061), (4400, 1100), (4404, 1000)]
)
def test_a_quarter_of_a_jpeg_is_its_preview_where_that_is_near_enough(
    read: Read, saved: Saved, preview_of: Preview, long: int, shown: int
) -> None:
    result = read(saved(Image.new("RGB", (long, 120), "teal"), "JPEG"), edge=1000)
    assert max(preview_of(result).size) == shown
