"""Everything that is made of one photo or of some, from every kind of file: and no file is touched.

A phone's HEIC, a 16-bit scan and a transparent picture are originals as good as a JPEG. HEIC
can only be read here, not written, so a real one is taken where there is one.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from safelight.app import Safelight
from safelight.app.making.wishes import Wish
from safelight.model.consent import Purpose
from safelight.model.errors import RenderError

SIZE = (360, 240)


def _scene() -> Image.Image:
    coarse = np.random.default_rng(8).integers(0, 255, (6, 9, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize(SIZE, Image.Resampling.BICUBIC)


def _write_all(folder: Path) -> None:
    """The same scene as each kind of file; its name says which."""
    scene = _scene()
    scene.save(folder / "phone.jpg", quality=95)
    deep = np.asarray(scene, np.uint16)[..., ::-1] * 257
    for name in ("scan.png", "scan.tif"):
        assert cv2.imwrite(str(folder / name), deep)
    grey = np.asarray(scene.convert("L"), np.uint16) * 257
    assert cv2.imwrite(str(folder / "grey.png"), grey)
    clear = scene.convert("RGBA")
    clear.putalpha(200)
    clear.save(folder / "clear.webp", lossless=True)


def _state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Digest and time of change of every file."""
    return {
        path.name: (hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns)
        for path in folder.iterdir()
    }


@pytest.fixture
def album(library: Safelight, photos: Path) -> Safelight:
    _write_all(photos)
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY, Purpose.CONTENT, Purpose.RESTYLE])
    library.scan()
    return library


def _content(album: Safelight, made: str) -> bytes:
    found = album.creation(made)
    assert found is not None
    return found[1]


def test_one_photo_is_altered_whatever_its_file(album: Safelight, photos: Path) -> None:
    before = _state(photos)
    rows = list(album.assets())
    assert len(rows) == len(before), [row.error for row in rows]
    expected = np.asarray(_scene(), np.int16)
    wishes: tuple[tuple[str, dict[str, Any]], ...] = (
        ("enhance", {"strength": 0.0}),
        ("enhance", {}),
        ("restyle", {"style": "film"}),
        ("restyle", {"style": "wave"}),
    )
    for row in rows:
        for kind, more in wishes:
            made = album.making.make(kind, Wish((row.id,), **more))
            with Image.open(io.BytesIO(_content(album, made.id))) as picture:
                assert picture.size == SIZE, (row.path, kind)
                found = np.asarray(picture.convert("RGB"), np.int16)
            if more == {"strength": 0.0} and "scan" in row.path:
                assert np.abs(found - expected).mean() < 3, (row.path, "right colours from 16 bits")
        with pytest.raises(RenderError, match="Nobody"):
            album.making.make("sticker", Wish((row.id,)))
    assert _state(photos) == before


def test_some_photos_become_one_thing_whatever_their_files(album: Safelight, photos: Path) -> None:
    before = _state(photos)
    names = tuple(row.id for row in album.assets())
    wishes: tuple[tuple[str, dict[str, Any]], ...] = (
        ("gif", {"format": "gif"}),
        ("gif", {"format": "webp"}),
        ("card", {}),
        ("collage", {}),
        ("pdf", {"style": "page"}),
        ("pdf", {"style": "contact"}),
    )
    for kind, more in wishes:
        made = album.making.make(kind, Wish(names, **more))
        content = _content(album, made.id)
        if kind == "pdf":
            assert content.startswith(b"%PDF-")
        else:
            with Image.open(io.BytesIO(content)) as picture:
                picture.load()
        assert set(made.used) <= set(names)
    assert _state(photos) == before


def test_a_real_heic_is_altered_and_left_alone(
    library: Safelight, photos: Path, shared_data: Path
) -> None:
    original = next(shared_data.rglob("*.heic"))
    (photos / "phone.heic").write_bytes(original.read_bytes())
    _write_all(photos)
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY, Purpose.RESTYLE])
    library.scan()
    before = _state(photos)
    row = next(row for row in library.assets() if row.path.endswith("phone.heic"))
    for kind, style in (("enhance", None), ("restyle", "watercolour"), ("restyle", "wave")):
        made = library.making.make(kind, Wish((row.id,), style=style))
        shape = made.width / made.height
        assert row.width is not None
        assert row.height is not None
        assert shape == pytest.approx(row.width / row.height, rel=0.01)
        with Image.open(io.BytesIO(_content(library, made.id))) as picture:
            assert np.asarray(picture).std() > 10, "a picture, not a blank"
    several = tuple(row.id for row in library.assets())
    for kind in ("gif", "card", "pdf", "collage"):
        assert row.id in library.making.make(kind, Wish(several)).used
    assert _state(photos) == before
