"""Receipts by their words, memes by the letters of their captions; photos are neither."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont, ImageOps

from safelight.analysis.quality import judge
from safelight.analysis.quality.captions import caption
from safelight.analysis.quality.measure import measure
from safelight.analysis.quality.receipts import is_receipt
from safelight.model.assets import KeptOut
from safelight.model.creations import Pixels
from safelight.model.observations import Analyser, ContentResult, Label
from safelight.model.quality import Quality

Picture = NDArray[np.uint8]
PHOTO = Quality(0.8, 0.9, 0.9, 0.8, 0.6, 0.7, text_cover=0.12)
PAPER = ContentResult(Analyser("content", "1"), (Label("document", 0.6, "group"),))
STALL = ContentResult(Analyser("content", "1"), (Label("grocery store", 0.6, "object"),))
SIZE = (3000, 4000)
BILL = "CAFE ROSA Main Street 12 VAT ID 4482913 TOTAL 81.71 2024-03-11 17:42"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BILL, True),
        ("REWE Markt Summe EUR 23,40 Bar 25,00", True),
        ("Importe 12,50 IVA 2,10", True),
        ("Müller Bäckerei Kassenbon Gesamtbetrag", True),
        ("TOTAL", False),
        ("Apples 2.99 Pears 3.49", False),
        ("Thank you 11.03.2024", False),
        ("Total eclipse 2024", False),
        ("Happy Birthday", False),
        ("", False),
    ],
)
def test_words_of_a_receipt(text: str, expected: bool) -> None:
    assert is_receipt(text) is expected


def test_a_receipt_stays_out_and_a_price_on_a_market_does_not() -> None:
    found = judge(PHOTO, PAPER, has_camera=True, size=SIZE, text=BILL)
    assert found.kept_out is KeptOut.DOCUMENT
    assert "receipt" in found.why
    little = replace(PHOTO, text_cover=0.06)
    assert "receipt" in judge(little, PAPER, has_camera=True, size=SIZE, text=BILL).why
    assert judge(little, PAPER, has_camera=True, size=SIZE, text="Dear Emma").kept_out is None
    assert judge(PHOTO, STALL, has_camera=True, size=SIZE, text=BILL).kept_out is None


def photo() -> Image.Image:
    """Spots of every brightness, as lamps and leaves are."""
    rng = np.random.default_rng(4)
    image = Image.new("RGB", (600, 450), (90, 110, 90))
    draw = ImageDraw.Draw(image)
    for _ in range(400):
        x, y, size = rng.uniform(0, 600), rng.uniform(0, 450), rng.uniform(2, 25)
        tone = tuple(int(value) for value in rng.integers(0, 256, 3))
        draw.ellipse((x, y, x + size, y + size), fill=tone)
    return image


def array(image: Image.Image) -> Picture:
    return np.asarray(image.convert("RGB"))


def over(image: Image.Image, text: str) -> Image.Image:
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(44)
    place = (20, 10)
    draw.text(place, text, font=font, fill="white", stroke_width=4, stroke_fill="black")
    return image


def above(image: Image.Image, text: str) -> Image.Image:
    whole = Image.new("RGB", (600, 520), "white")
    whole.paste(image, (0, 70))
    ImageDraw.Draw(whole).text((12, 14), text, font=ImageFont.load_default(34), fill="black")
    return whole


def test_captions_of_both_kinds_are_seen_and_photos_have_none() -> None:
    assert caption(array(photo())) == 0
    assert caption(array(over(photo(), "ONE DOES NOT SIMPLY"))) >= 0.8
    assert caption(array(above(photo(), "when you finally find the remote"))) >= 0.8
    assert caption(array(above(photo(), ""))) == 0  # a white border


def test_a_few_letters_are_no_caption() -> None:
    assert caption(array(over(photo(), "2024"))) < 0.8


def test_a_meme_stays_out_and_what_a_camera_took_does_not() -> None:
    made = array(over(photo(), "ONE DOES NOT SIMPLY"))
    quality = measure(Pixels(600, 450, made.tobytes()))
    found = judge(quality, None, has_camera=False, size=(600, 450))
    assert (found.kept_out, "meme" in found.why) == (KeptOut.SCREENSHOT, True)
    assert judge(quality, None, has_camera=True, size=(600, 450)).kept_out is None


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (3, 3), (20, 900)])
def test_odd_shapes_have_no_caption(size: tuple[int, int]) -> None:
    rng = np.random.default_rng(1)
    assert caption(rng.integers(0, 256, (*size, 3), dtype=np.uint8).astype(np.uint8)) == 0


def test_real_photos_have_no_caption(shared_data: Path) -> None:
    files = [
        *sorted((shared_data / "trip-usa-2015").glob("*.jpg"))[:12],
        *sorted((shared_data / "walk-albums" / "nature").glob("*.jp*g")),
    ]
    for path in files:
        try:
            image = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
        except OSError:
            continue
        image.thumbnail((500, 500))
        assert caption(array(image)) < 0.8, path.name
