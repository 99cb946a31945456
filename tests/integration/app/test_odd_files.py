"""What file systems and strangers put in a photo folder."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest
from PIL import Image

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.model.names import shown, storable, system_path
from safelight.settings import Settings, load_settings

NOON = datetime(2021, 6, 12, 12, 0)
ODD = [
    "new\nline.jpg",
    "tab\there.jpg",
    "emoji 🏖️.jpg",
    "שלום.jpg",
    "a'b\"c.jpg",
    "%41.jpg",
    "-rf.jpg",
]


class Camera(Protocol):
    def shoot(self, path: Path, taken: datetime | None = None, **more: object) -> Path: ...


def scan(library: Safelight, photos: Path) -> list[str]:
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    library.scan()
    return [row.path for row in library.assets()]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not allow such names")
@pytest.mark.parametrize("name", ODD)
def test_every_odd_name_is_an_asset(
    library: Safelight, photos: Path, camera: Camera, name: str
) -> None:
    picture = camera.shoot(photos / f"{name}.jpg", NOON)
    assert scan(library, photos) == [str(picture)]
    (row,) = library.assets()
    assert row.error is None
    assert library.preview(row.id)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse names that are no text")
def test_a_name_that_is_no_text_is_an_asset(
    library: Safelight, photos: Path, camera: Camera
) -> None:
    camera.shoot(photos / "a.jpg", NOON)
    odd = os.fsencode(photos) + b"/caf\xe9.jpg"
    (photos / "a.jpg").rename(os.fsdecode(odd))
    (path,) = scan(library, photos)
    path.encode()  # can be kept and sent
    assert os.fsencode(system_path(path)) == odd
    assert storable(system_path(path)) == path
    assert shown(path).endswith("caf\\xe9.jpg")
    (row,) = library.assets()
    assert library.picture(row.id, 64)
    assert library.scan().unchanged == 1


def test_an_empty_folder_is_no_error(library: Safelight, photos: Path) -> None:
    assert scan(library, photos) == []


@pytest.fixture
def nobody() -> Iterator[Path]:
    """A folder of a user who is not root, and this process as that user: root reads everything."""
    if os.name == "nt":
        pytest.skip("Windows has no such users")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o777)
        mine = os.geteuid()
        if mine == 0:
            os.seteuid(65_534)
        try:
            yield Path(place)
        finally:
            os.seteuid(mine)


def test_a_file_without_permission_is_a_row_and_is_tried_again(
    nobody: Path, camera: Camera
) -> None:
    photos = nobody / "photos"
    closed = camera.shoot(photos / "a.jpg", NOON)
    camera.shoot(photos / "b.jpg", NOON)
    closed.chmod(0)
    with Safelight(load_settings(nobody / "home", key_store="file"), inline=True) as library:
        scan(library, photos)
        (row,) = library.showing.problems()
        assert "permission" in (row.error or "")
        closed.chmod(0o600)
        library.scan()
        assert library.showing.problems() == []


def test_a_folder_without_permission_is_named_and_the_rest_goes_on(
    nobody: Path, camera: Camera
) -> None:
    photos = nobody / "photos"
    camera.shoot(photos / "open" / "a.jpg", NOON)
    camera.shoot(photos / "closed" / "b.jpg", NOON)
    with Safelight(load_settings(nobody / "home", key_store="file"), inline=True) as library:
        scan(library, photos)
        (photos / "closed").chmod(0)
        report = library.scan()
        assert report.removed == 0
        assert [path for path, _ in library.showing.folder_problems()] == [str(photos / "closed")]
        (photos / "closed").chmod(0o700)
        assert library.scan().unchanged == 2


def test_a_file_that_vanishes_between_walking_and_reading_is_a_row(
    library: Safelight, photos: Path, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    camera.shoot(photos / "a.jpg", NOON)
    camera.shoot(photos / "b.jpg", NOON)
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    scan = library.scans.begin(lambda _: None)
    scan.walk()
    (photos / "a.jpg").unlink()
    scan.read()
    (row,) = library.showing.problems()
    assert row.error == "it is not there any more."
    library.scan()
    assert library.showing.problems() == []


def test_a_three_hundred_megapixel_picture_is_a_picture_or_a_reason(
    library: Safelight, photos: Path
) -> None:
    huge = Image.new("L", (20_000, 15_000), 128)
    huge.save(photos / "huge.jpg", quality=30)
    huge.save(photos / "huge.png", compress_level=1)
    scan(library, photos)
    rows = {Path(row.path).name: row for row in library.assets()}
    assert rows["huge.jpg"].error is None
    assert library.preview(rows["huge.jpg"].id)
    assert "300" in (rows["huge.png"].error or "")


def test_a_file_over_the_limit_is_a_row_with_the_numbers(settings: Settings, photos: Path) -> None:
    (photos / "big.jpg").write_bytes(b"\xff\xd8" + bytes(2_000_000))
    with Safelight(replace(settings, max_file_megabytes=1), inline=True) as library:
        scan(library, photos)
        (row,) = library.showing.problems()
        assert "2.0 MB" in (row.error or "")
