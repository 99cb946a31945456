"""Enhanced and restyled copies over a real library: consent, drawers, originals left alone."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from safelight.app import Safelight
from safelight.app.making import enlarging, own_styles
from safelight.app.making.own_styles import RIGHT
from safelight.app.making.wishes import Wish
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError, RenderError, UserError
from safelight.sharing import origin_of


@pytest.fixture
def album(library: Safelight, photos: Path) -> Safelight:
    rng = np.random.default_rng(5)
    coarse = rng.integers(0, 255, (9, 12, 3), dtype=np.uint8)
    picture = Image.fromarray(coarse).resize((640, 480), Image.Resampling.BICUBIC)
    exif = picture.getexif()
    exif[0x0112] = 6
    picture.save(photos / "IMG_1.jpg", exif=exif, quality=95)
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    library.scan()
    return library


def only(library: Safelight) -> str:
    return next(row.id for row in library.assets())


def events(library: Safelight) -> list[tuple[str, Purpose | None]]:
    return [(line.event, line.purpose) for line in library.ledger(0, 1000)]


def test_an_enhanced_copy_is_upright_full_size_and_beside_the_original(
    album: Safelight, photos: Path
) -> None:
    before = hashlib.sha256((photos / "IMG_1.jpg").read_bytes()).digest()
    made = album.making.make("enhance", Wish((only(album),)))
    assert (made.width, made.height) == (480, 640)
    found = album.creation(made.id)
    assert found is not None
    with Image.open(io.BytesIO(found[1])) as picture:
        assert picture.size == (480, 640)
        assert not picture.getexif()
    assert hashlib.sha256((photos / "IMG_1.jpg").read_bytes()).digest() == before
    assert album.making.make("enhance", Wish((only(album),))).id == made.id


def test_looks_need_no_model_and_paintings_need_the_switch(album: Safelight) -> None:
    asset = only(album)
    assert album.making.make("restyle", Wish((asset,), style="pencil")).title == "Pencil"
    with pytest.raises(RefusedError):
        album.making.make("restyle", Wish((asset,), style="wave"))
    assert ("refusal", Purpose.RESTYLE) in events(album)


def test_turning_restyle_off_erases_the_paintings_and_nothing_else(album: Safelight) -> None:
    asset = only(album)
    album.allow([Purpose.RESTYLE])
    pencil = album.making.make("restyle", Wish((asset,), style="pencil"))
    wave = album.making.make("restyle", Wish((asset,), style="wave"))
    assert ("derive", Purpose.RESTYLE) in events(album)
    assert {c.id for c in album.creations()} == {pencil.id, wave.id}
    album.withdraw(Purpose.RESTYLE)
    assert [c.id for c in album.creations()] == [pencil.id]
    assert not (album.settings.home / "drawers" / "restyled.db").exists()


def test_a_style_of_ones_own_needs_the_right_and_keeps_only_numbers(
    album: Safelight, tmp_path: Path
) -> None:
    own = tmp_path / "quilt.png"
    noise = np.random.default_rng(2).integers(0, 255, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(noise).save(own)
    restyles = album.making.restyles
    with pytest.raises(RefusedError):
        restyles.add("quilt", own, i_may=True)
    album.allow([Purpose.RESTYLE])
    with pytest.raises(UserError, match="only when you can say"):
        restyles.add("quilt", own, i_may=False)
    with pytest.raises(UserError, match="cannot name a style"):
        restyles.add("wave", own, i_may=True)
    restyles.add("quilt", own, i_may=True)
    said = next(line for line in album.ledger(0, 1000) if line.event == "style-right")
    assert said.raw["said"] == RIGHT
    assert "quilt" not in str(said.raw)
    own.unlink()
    made = album.making.make("restyle", Wish((only(album),), style="quilt"))
    assert made.recipe["origin"] == "own"
    assert restyles.own.remove("quilt")
    with pytest.raises(UserError, match="no style 'quilt'"):
        album.making.make("restyle", Wish((only(album),), style="quilt"))


def test_a_style_that_is_read_while_restyling_is_turned_off_is_not_kept(
    album: Safelight, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    album.allow([Purpose.RESTYLE])
    read = own_styles.OwnStyles._read

    def turned_off_meanwhile(self: own_styles.OwnStyles, picture: Path) -> tuple[float, ...]:
        numbers = read(self, picture)
        album.withdraw(Purpose.RESTYLE)
        return numbers

    monkeypatch.setattr(own_styles.OwnStyles, "_read", turned_off_meanwhile)
    with pytest.raises(RefusedError):
        album.making.restyles.add("quilt", photos / "IMG_1.jpg", i_may=True)
    album.allow([Purpose.RESTYLE])
    assert album.making.restyles.own.names() == []
    assert all(line.event != "style-right" for line in album.ledger(0, 1000))


def test_a_style_cannot_take_the_name_of_a_generator(album: Safelight, photos: Path) -> None:
    album.allow([Purpose.RESTYLE])
    with pytest.raises(UserError, match="cannot name a style"):
        album.making.restyles.add("generator", photos / "IMG_1.jpg", i_may=True)


def test_a_picture_that_is_none_gives_words(album: Safelight, tmp_path: Path) -> None:
    album.allow([Purpose.RESTYLE])
    text = tmp_path / "style.jpg"
    text.write_text("not a picture")
    with pytest.raises(RenderError):
        album.making.restyles.add("text", text, i_may=True)
    assert album.making.restyles.own.names() == []


def test_unknown_kinds_styles_and_photos_are_said(album: Safelight) -> None:
    for kind, wish, words in (
        ("statue", Wish((only(album),)), "Nothing is made as"),
        ("restyle", Wish((only(album),)), "Say which style"),
        ("restyle", Wish((only(album),), style="banksy"), "no style 'banksy'"),
        ("enhance", Wish(("nobody",)), "no such photo"),
    ):
        with pytest.raises(UserError, match=words):
            album.making.make(kind, wish)


def test_a_larger_copy_needs_the_switch_for_models_and_says_that_one_had_a_part(
    album: Safelight, photos: Path
) -> None:
    asset = only(album)
    before = hashlib.sha256((photos / "IMG_1.jpg").read_bytes()).digest()
    with pytest.raises(RefusedError):
        album.making.make("enhance", Wish((asset,), larger=True))
    album.allow([Purpose.RESTYLE])
    heard: list[float] = []
    made = album.making.make("enhance", Wish((asset,), larger=True), heard.append)
    assert (made.width, made.height) == (960, 1280)
    assert heard == sorted(heard)
    assert heard[-1] > 0.9
    assert origin_of(made).model_made
    assert not origin_of(album.making.make("enhance", Wish((asset,)))).model_made
    found = album.creation(made.id)
    assert found is not None
    with Image.open(io.BytesIO(found[1])) as picture:
        assert picture.size == (960, 1280)
        larger = np.asarray(picture.resize((480, 640), Image.Resampling.BOX), np.int16)
    plain = album.making.enhancements.preview(asset, edge=640)
    with Image.open(io.BytesIO(plain.content)) as picture:
        assert np.abs(np.asarray(picture, np.int16) - larger).mean() < 4, "the same, only larger"
    assert hashlib.sha256((photos / "IMG_1.jpg").read_bytes()).digest() == before
    album.withdraw(Purpose.RESTYLE)
    assert made.id not in {c.id for c in album.creations()}


def test_a_stop_between_two_bands_keeps_nothing(
    album: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enlarging, "_A_BAND", 80_000)
    album.allow([Purpose.RESTYLE])

    def stop(share: float) -> None:
        if share > 0.2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        album.making.make("enhance", Wish((only(album),), larger=True), stop)
    assert album.creations() == []


def test_what_is_large_enough_is_left_so(album: Safelight, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enlarging, "MOST_MEGAPIXELS", 0.1)
    album.allow([Purpose.RESTYLE])
    with pytest.raises(UserError, match="plenty"):
        album.making.start("enhance", Wish((only(album),), larger=True))
