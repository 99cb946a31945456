"""Every model path over files that are odd or broken: a look within bounds, or a reason."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from safelight.analysis.faces import find_meshes
from safelight.app.look_wire import Look, build_look_request, parse_look
from safelight.app.looking import face_figures, look
from safelight.engine import pack
from safelight.model.creations import Box
from safelight.model.errors import AnalysisError, WireError
from safelight.model.observations import FaceBox

NOISE = np.random.default_rng(3).integers(0, 256, (90, 120, 3), np.uint8)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def sixteen_bits() -> bytes:
    return encoded(Image.fromarray(NOISE[..., 0].astype(np.uint16) * 257))


def floats(value: float) -> bytes:
    picture = NOISE[..., 0].astype(np.float32) / 255
    picture[20:60, 20:60] = value
    return encoded(Image.fromarray(picture), "TIFF")


def transparent() -> bytes:
    alpha = np.dstack([NOISE, np.arange(120, dtype=np.uint8)[None].repeat(90, axis=0)])
    return encoded(Image.fromarray(alpha))


FILES: dict[str, Callable[[], bytes]] = {
    "one pixel": lambda: encoded(Image.new("RGB", (1, 1))),
    "a line": lambda: encoded(Image.new("RGB", (20_000, 1), "red")),
    "a pole": lambda: encoded(Image.new("RGB", (1, 20_000), "red"), "JPEG"),
    "16 bits": sixteen_bits,
    "CMYK": lambda: encoded(Image.fromarray(NOISE).convert("CMYK"), "JPEG"),
    "a palette": lambda: encoded(Image.fromarray(NOISE).quantize(17)),
    "a palette with a hole": lambda: encoded(Image.fromarray(NOISE).quantize(9), transparency=3),
    "black and white": lambda: encoded(Image.fromarray(NOISE).convert("1")),
    "transparent": transparent,
    "numbers that are none": lambda: floats(float("nan")),
    "numbers without end": lambda: floats(float("inf")),
    "a still of many": lambda: encoded(
        Image.fromarray(NOISE), "GIF", save_all=True, append_images=[Image.fromarray(NOISE[::-1])]
    ),
}
BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "a word": b"no picture at all",
    "a head alone": encoded(Image.fromarray(NOISE))[:60],
    "cut short": encoded(Image.fromarray(NOISE), "JPEG")[:700],
}


def seen_in(data: bytes) -> Look:
    return parse_look(look(build_look_request(data, content=True, faces=True, max_megapixels=50)))


@pytest.mark.parametrize("name", FILES)
def test_odd_files_are_looked_at_within_bounds(name: str) -> None:
    seen = seen_in(FILES[name]())
    assert seen.content is not None
    assert seen.quality is not None
    figures = [getattr(seen.quality, field) for field in seen.quality.__slots__]
    assert all(0 <= value <= 1 for value in figures if value is not None)
    assert all(0 <= label.score <= 1.0001 for label in seen.content.labels)
    if seen.content.embedding is not None:
        values = np.frombuffer(seen.content.embedding.values, "<f2").astype(np.float32)
        assert np.linalg.norm(values) == pytest.approx(1, abs=0.01)
    for template in seen.templates:
        assert np.isfinite(np.frombuffer(template.template.values, "<f2")).all()


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_give_a_reason(name: str) -> None:
    with pytest.raises(AnalysisError) as caught:
        seen_in(BROKEN[name])
    assert len(str(caught.value)) > 10


def test_more_pixels_than_allowed_are_not_decoded() -> None:
    data = encoded(Image.new("RGB", (4_000, 3_000)))
    request = build_look_request(data, content=True, faces=False, max_megapixels=5)
    with pytest.raises(AnalysisError, match="megapixels"):
        look(request)


@pytest.mark.parametrize("size", [(1, 1), (1, 5_000), (64, 64)])
def test_a_face_that_cannot_be_there_says_nothing_of_eyes(size: tuple[int, int]) -> None:
    face = FaceBox(
        Box(0.9, 0.9, 0.4, 0.4), 0.9, (1.1, 1.0), (0.95, 1.0), (1.0, 1.1), (1.0, 1.2),
        (0.9, 1.0), (1.2, 1.0),
    )  # fmt: skip
    picture = np.zeros((size[1], size[0], 3), np.uint8)
    (figures,) = face_figures([face], find_meshes(picture, [face]))
    assert figures.eyes_open is None or 0 <= figures.eyes_open <= 1


@pytest.mark.parametrize("text", [b"", b"[]", b'[{"content": 7}]', b"\xff"])
def test_an_answer_that_is_no_look_is_damaged(text: bytes) -> None:
    with pytest.raises(WireError):
        parse_look(pack({}, [text] if text else []))
