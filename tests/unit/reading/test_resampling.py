"""Parts of pictures at a size: the right part for every orientation, sharp, without moiré."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from safelight.library.reading.resampling import resample
from safelight.library.reading.step import build_decode_request, decode_scaled
from safelight.library.reading.wire import parse_decode_response
from safelight.model.creations import Box, Cut
from safelight.model.errors import WireError

WINDOW = Box(0.25, 0.125, 0.5, 0.625)


def _scene(width: int = 640, height: int = 480) -> Image.Image:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    planes = (x / width * 255, y / height * 255, 127 + 90 * np.sin(x / 37) * np.cos(y / 23))
    return Image.fromarray(np.dstack(planes).clip(0, 255).astype(np.uint8))


def _stored(orientation: int, kind: str) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    _scene().save(out, kind, exif=exif, **({"quality": 97} if kind == "JPEG" else {}))
    return out.getvalue()


def _decoded(data: bytes, wanted: Cut | int | None) -> NDArray[np.uint8]:
    pixels = parse_decode_response(decode_scaled(build_decode_request(data, wanted, 100)))
    return np.frombuffer(pixels.rgb, np.uint8).reshape(pixels.height, pixels.width, 3)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(
    ("kind", "size"), [("JPEG", 40), ("JPEG", 170), ("PNG", 170), ("JPEG", 900)]
)
def test_a_part_is_the_same_part_for_every_orientation(
    orientation: int, kind: str, size: int
) -> None:
    data = _stored(orientation, kind)
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    shape = (WINDOW.width * upright.width) / (WINDOW.height * upright.height)
    cut = Cut(WINDOW, size, round(size / shape))
    found = _decoded(data, cut)
    assert found.shape == (cut.height, cut.width, 3)
    corners = (
        WINDOW.x * upright.width,
        WINDOW.y * upright.height,
        (WINDOW.x + WINDOW.width) * upright.width,
        (WINDOW.y + WINDOW.height) * upright.height,
    )
    wanted = np.asarray(upright.resize((cut.width, cut.height), box=corners))
    assert np.abs(found.astype(int) - wanted).mean() < 2.5


def _lanczos(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image.resize(size, Image.Resampling.LANCZOS)


def _contrast(how: Callable[..., Image.Image], cycles: float, width: int) -> float:
    """What is left of stripes, as a share, when 1000 pixels become `width`."""
    wave = 127.5 + 127 * np.sin(2 * np.pi * cycles * np.arange(1000))
    striped = Image.fromarray(np.repeat(wave[None, :, None], 64, 0).repeat(3, 2).astype(np.uint8))
    small = how(striped, (width, round(64 * width / 1000)))
    return float(np.asarray(small)[20, 40:-40, 0].astype(float).std()) / 90


@pytest.mark.parametrize("width", [550, 700, 850])
def test_what_can_be_shown_stays_and_what_cannot_goes_as_with_lanczos(width: int) -> None:
    shown = width / 2000  # cycles a pixel that the smaller picture can just show
    assert _contrast(resample, 0.7 * shown, width) > 0.85
    for beyond in (1.2, 1.3, 1.5):
        cycles = min(0.49, beyond * shown)
        assert _contrast(resample, cycles, width) < _contrast(_lanczos, cycles, width) + 0.08


def test_it_comes_as_near_to_the_best_as_lanczos_does() -> None:
    rng = np.random.default_rng(3)
    total = np.zeros((1200, 1600, 3), np.float32)
    for octave in range(2, 9):
        coarse = rng.integers(0, 255, (3 * 2**octave, 4 * 2**octave, 3), np.uint8)
        grown = Image.fromarray(coarse).resize((1600, 1200), Image.Resampling.BICUBIC)
        total += np.asarray(grown, np.float32) / 2 ** (octave - 1)
    picture = Image.fromarray(total.clip(0, 255).astype(np.uint8))
    best = np.asarray(_lanczos(picture, (580, 435)), np.float64)
    half = picture.reduce(2)

    def apart(how: Callable[..., Image.Image]) -> float:
        found = np.asarray(how(half, (580, 435)), np.float64)
        return float(10 * np.log10(255**2 / ((found - best) ** 2).mean()))

    assert apart(resample) > apart(_lanczos) - 1.5


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK", "RGBA"])
def test_every_mode_and_direction_gives_the_size(mode: str) -> None:
    picture = _scene().convert(mode)
    for size in ((500, 375), (100, 75), (900, 700), (640, 100)):
        assert resample(picture, size).size == size
        assert resample(picture, size, (10.5, 20.2, 400.7, 300.9)).size == size


@pytest.mark.parametrize(
    "cut",
    [
        Cut(Box(0, 0, 1.2, 1), 10, 10),
        Cut(Box(-0.1, 0, 0.5, 0.5), 10, 10),
        Cut(Box(0, 0, 0, 1), 10, 10),
        Cut(Box(0, 0, 1, 1), 0, 10),
    ],
)
def test_a_part_outside_the_picture_is_refused(cut: Cut) -> None:
    with pytest.raises(WireError):
        _decoded(_stored(1, "JPEG"), cut)
