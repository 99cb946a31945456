"""Moving pictures, stickers, cards and prints over a real library."""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from safelight.app import Safelight
from safelight.app.making.wishes import Wish
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError, RenderError, UserError


@pytest.fixture
def portraits(library: Safelight, shared_data: Path) -> Safelight:
    library.add_folder(str(shared_data / "metadata" / "faces"))
    library.allow([Purpose.LIBRARY])
    library.scan()
    return library


@pytest.fixture
def plain(library: Safelight, photos: Path) -> Safelight:
    for number in range(9):
        rng = np.random.default_rng(number)
        coarse = rng.integers(0, 255, (6, 8, 3), dtype=np.uint8)
        size = (600, 450) if number % 3 else (450, 600)
        Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC).save(
            photos / f"{number}.jpg"
        )
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    library.scan()
    return library


def every(library: Safelight) -> tuple[str, ...]:
    return tuple(row.id for row in library.assets())


def content(library: Safelight, name: str) -> bytes:
    found = library.creation(name)
    assert found is not None
    return found[1]


def test_a_moving_picture_is_kept_as_gif_or_webp(plain: Safelight) -> None:
    for form, media_type in (("square", "image/gif"), ("webp", "image/webp")):
        made = plain.making.make("gif", Wish(every(plain)[:3], format=form))
        assert made.media_type == media_type
        with Image.open(io.BytesIO(content(plain, made.id))) as picture:
            assert getattr(picture, "n_frames", 1) == 4
    with pytest.raises(UserError, match="two photos"):
        plain.making.make("gif", Wish(every(plain)[:1]))


def test_a_sticker_is_a_person_with_a_clear_background(portraits: Safelight) -> None:
    asset = next(row.id for row in portraits.assets() if "portrait" in row.path)
    with pytest.raises(RefusedError):
        portraits.making.make("sticker", Wish((asset,)))
    portraits.allow([Purpose.CONTENT])
    made = portraits.making.make("sticker", Wish((asset,)))
    with Image.open(io.BytesIO(content(portraits, made.id))) as picture:
        alpha = np.asarray(picture.convert("RGBA"))[..., 3]
    assert 0.15 < float((alpha > 128).mean()) < 0.98
    assert float(((alpha > 10) & (alpha < 245)).mean()) < 0.08  # clean edges
    portraits.withdraw(Purpose.CONTENT)
    assert portraits.creations() == []


def test_no_sticker_where_nobody_is(plain: Safelight) -> None:
    plain.allow([Purpose.CONTENT])
    with pytest.raises(RenderError, match="Nobody is large enough"):
        plain.making.make("sticker", Wish(every(plain)[:1]))


def test_a_card_says_its_words(plain: Safelight) -> None:
    made = plain.making.make("card", Wish(every(plain)[:2], words="Happy birthday, Ana!"))
    assert made.title == "Happy birthday, Ana!"
    with Image.open(io.BytesIO(content(plain, made.id))) as picture:
        assert picture.size == (1772, 1181)
        assert picture.info["dpi"] == (300, 300)
    assert plain.making.make("card", Wish(every(plain)[:1])).title == "With love"


@pytest.mark.parametrize(("style", "count"), [("book", 3), ("page", 1), ("contact", 1)])
def test_a_print_is_a_pdf_of_a4_pages(plain: Safelight, style: str, count: int) -> None:
    seen: list[float] = []
    made = plain.making.make("pdf", Wish(every(plain), style=style), seen.append)
    data = content(plain, made.id)
    assert data.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", data)) == count
    box = re.search(rb"/MediaBox \[ ([\d. ]+) \]", data)
    assert box is not None
    width, height = (float(x) for x in box[1].split()[2:])
    assert (round(width), round(height)) == (595, 842)
    assert len(seen) == count
    assert sorted(made.used) == sorted(every(plain))
    again = plain.making.make("pdf", Wish(every(plain), style=style))
    assert content(plain, again.id) == data
    assert str(plain.settings.home).encode() not in data


def test_odd_wishes_are_said(plain: Safelight) -> None:
    with pytest.raises(UserError, match="no print 'scroll'"):
        plain.making.make("pdf", Wish(every(plain), style="scroll"))
    with pytest.raises(UserError, match="None of these photos"):
        plain.making.make("card", Wish(("nobody",)))
