"""Text in pictures: found, read, in order, and nothing made of what is no text."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from safelight.analysis.framing import Array
from safelight.analysis.text import hint_of, read_text
from safelight.model.creations import Box
from safelight.model.observations import Analyser, ContentResult, DetectedObject, Label
from safelight.model.quality import Quality

NOISE = np.random.default_rng(16)
ODD: dict[str, Array] = {
    "one pixel": np.zeros((1, 1, 3), np.uint8),
    "a line": np.full((1, 5000, 3), 200, np.uint8),
    "a ribbon": np.full((20, 780, 3), 200, np.uint8),
    "white": np.full((300, 400, 3), 255, np.uint8),
    "noise": NOISE.integers(0, 256, (300, 400, 3), np.uint8),
    "stripes": np.tile(np.repeat([0, 255], 2).astype(np.uint8)[None, :, None], (300, 100, 3)),
    "a thousand boxes": np.kron(np.eye(40), np.full((9, 9), 255)).astype(np.uint8)[..., None]
    * np.ones(3, np.uint8),
}


def card(*lines: str, size: int = 60) -> Array:
    image = Image.new("RGB", (900, 600), (236, 120, 150))
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(size)
    for number, said in enumerate(lines):
        pen.text((120, 140 + 2 * size * number), said, font=font, fill=(40, 20, 60))
    return np.asarray(image)


def seen(labels: dict[str, float] | None = None, *things: str) -> ContentResult:
    return ContentResult(
        Analyser("test", "1"),
        labels=tuple(Label(name, score, "object") for name, score in (labels or {}).items()),
        objects=tuple(DetectedObject(name, 0.5, Box(0, 0, 1, 1)) for name in things),
    )


def quality(flat: float = 0.0) -> Quality:
    return Quality(0.5, 0.9, 0.9, 0.5, 0.5, 0.5, flat=flat)


def test_lines_are_read_from_top_to_bottom() -> None:
    assert read_text(card("Happy Birthday", "dear Anna")).text == "Happy Birthday dear Anna"


def test_words_beside_one_another_are_read_from_the_left() -> None:
    picture = np.concatenate([card("Merry", size=90), card("Christmas", size=90)], axis=1)
    assert read_text(picture).text == "Merry Christmas"


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_turned_pictures_are_read(turns: int) -> None:
    picture = np.ascontiguousarray(np.rot90(card("Happy Birthday", "dear Anna"), turns))
    said = read_text(picture).text
    assert "Happy Birthday" in said
    assert "dear Anna" in said


def test_upside_down_lines_keep_their_order() -> None:
    picture = np.ascontiguousarray(card("Happy", "Birthday", size=80)[::-1, ::-1])
    assert read_text(picture).text == "Happy Birthday"


def test_more_lines_cover_more() -> None:
    none, one, three = (read_text(card(*lines)).cover for lines in ((), ("one",), ("one",) * 3))
    assert none == 0.0
    assert 0 < one < three < 0.5


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_text_says_nothing(name: str) -> None:
    reading = read_text(ODD[name])
    assert reading.text == ""
    assert 0 <= reading.cover <= 1


def test_a_page_is_read_within_bounds() -> None:
    page = card(*["many small words that fill a page"] * 30, size=9)
    assert len(read_text(page).text) <= 6 * 120


def test_cakes_books_papers_and_drawn_pictures_are_asked() -> None:
    assert hint_of(seen({}, "cake"), quality())
    assert hint_of(seen({"menu": 0.08, "document": 0.05}), quality())
    assert hint_of(seen(), quality(flat=0.7))


def test_landscapes_and_people_are_not() -> None:
    assert not hint_of(seen({"beach": 0.9}, "person", "boat"), quality())
    assert not hint_of(seen({"document": 0.06}), quality(flat=0.3))
