"""The demo library on disk: tags, odd files, and that nothing of anybody's is touched."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from safelight.model.errors import UserError
from safelight.testing import demo_library
from safelight.testing.demo_files import exif, jpeg
from safelight.testing.demo_library import MARKER, DemoSummary, write_demo_library
from safelight.testing.demo_story import Frame, Story, tell_story

TODAY = date(2026, 11, 23)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell only the beginning and the end of the story."""

    def beginning(seed: int, today: date) -> Story:
        story = tell_story(seed, today)
        return Story((*story.frames[:5], *story.frames[-3:]), story.outings)

    monkeypatch.setattr(demo_library, "tell_story", beginning)


def _make(folder: Path, today: date = TODAY) -> DemoSummary:
    return write_demo_library(folder, today=today, workers=1, scale=0.06)


@pytest.mark.usefixtures("short")
def test_files_and_summary(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    folder = tmp_path / "new" / "demo"
    told = write_demo_library(
        folder, today=TODAY, workers=1, scale=0.06, progress=lambda *step: steps.append(step)
    )
    on_disk = [p for p in folder.rglob("*") if p.is_file() and p.name != MARKER]
    assert told.files == len(on_disk)
    assert told.photos == 8
    assert told.bytes == sum(path.stat().st_size for path in on_disk)
    assert (told.first, told.last) == ("2021-11-23", "2026-11-21")
    assert steps == [(n, 9) for n in range(1, 10)]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["demo"]
    assert "Weekend in Prague" in told.outings


@pytest.mark.usefixtures("short")
def test_odd_files(tmp_path: Path) -> None:
    _make(tmp_path / "demo")
    names = {path.relative_to(tmp_path / "demo").as_posix() for path in tmp_path.rglob("*.*")}
    assert sum(name.startswith("Screenshots/Screenshot_2026") for name in names) == 3
    assert sum(name.startswith("Scans/scan0") for name in names) == 3
    assert any(name.startswith("Downloads/IMG-2026") for name in names)
    assert any(name.endswith("_edited.jpg.xmp") for name in names)
    (torn,) = [name for name in names if name.endswith("torn.jpg")]
    with (
        pytest.raises(OSError, match=r"(?i)trunc|identify"),
        Image.open(tmp_path / "demo" / torn) as picture,
    ):
        picture.load()


@pytest.mark.usefixtures("short")
def test_same_day_is_reused_and_another_replaces(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    first = _make(folder)
    again = _make(folder)
    assert again.reused
    assert not first.reused
    assert again.files == first.files
    tomorrow = _make(folder, date(2026, 11, 24))
    assert not tomorrow.reused
    listed = json.loads((folder / MARKER).read_text("utf-8"))["names"]
    assert sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*")
                  if p.is_file() and p.name != MARKER) == listed  # fmt: skip


@pytest.mark.usefixtures("short")
def test_a_lost_file_is_painted_again(tmp_path: Path) -> None:
    _make(tmp_path / "demo")
    next((tmp_path / "demo").rglob("*_edited.jpg")).unlink()
    assert not _make(tmp_path / "demo").reused


@pytest.mark.usefixtures("short")
def test_same_seed_same_bytes(tmp_path: Path) -> None:
    first, second = _make(tmp_path / "one"), _make(tmp_path / "two")
    assert first.bytes == second.bytes
    for path in sorted((tmp_path / "one").rglob("*.jpg")):
        twin = tmp_path / "two" / path.relative_to(tmp_path / "one")
        assert path.read_bytes() == twin.read_bytes()
        assert path.stat().st_mtime == twin.stat().st_mtime


def test_a_foreign_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"mine")
    with pytest.raises(UserError, match=r"holiday\.jpg"):
        _make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


@pytest.mark.usefixtures("short")
def test_a_demo_with_something_of_mine_in_it_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    _make(folder)
    before = sorted(folder.rglob("*"))
    (folder / "2026" / "mine.jpg").write_bytes(b"mine")
    with pytest.raises(UserError, match=r"mine\.jpg"):
        _make(folder, date(2026, 11, 24))
    assert sorted(folder.rglob("*")) == sorted([*before, folder / "2026" / "mine.jpg"])


@pytest.mark.parametrize("name", ["../outside.jpg", "/etc/outside.jpg"])
def test_a_forged_marker_deletes_nothing(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    (tmp_path / "outside.jpg").write_bytes(b"mine")
    marker = {"summary": {}, "names": [name], "made_for": {}}
    (folder / MARKER).write_text(json.dumps(marker), "utf-8")
    with pytest.raises(UserError):
        _make(folder)
    assert (tmp_path / "outside.jpg").read_bytes() == b"mine"


def test_a_file_or_link_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for name in ("file", "link"):
        with pytest.raises(UserError, match="not a folder"):
            _make(tmp_path / name)


def test_a_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: str, frame: Frame) -> list[str]:
        raise OSError("disk full")

    monkeypatch.setattr(demo_library, "write_frame", fail)
    with pytest.raises(OSError, match="disk full"):
        _make(tmp_path / "demo")
    assert list(tmp_path.iterdir()) == []


def test_camera_tags() -> None:
    frame = Frame("beach", 1, datetime(2026, 7, 4, 11, 30, 5), -420, (64, 48), (-33.8688, 151.2093))
    tags = exif(frame, frame.taken)
    more, gps = tags.get_ifd(0x8769), tags.get_ifd(0x8825)
    assert (tags[0x010F], tags[0x0110]) == ("Safelight", "Painted scene")
    assert (more[0x9003], more[0x9011]) == ("2026:07:04 11:30:05", "-07:00")
    assert (gps[1], gps[3], gps[29]) == ("S", "E", "2026:07:04")
    assert [float(part) for part in gps[7]] == [18, 30, 5]
    for found, value in ((gps[2], 33.8688), (gps[4], 151.2093)):
        degrees, minutes, seconds = (float(part) for part in found)
        assert degrees + minutes / 60 + seconds / 3600 == pytest.approx(value, abs=2e-6)


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_stored_turned_and_shown_upright(tmp_path: Path, orientation: int) -> None:
    pixels = np.zeros((48, 64, 3), np.uint8)
    pixels[:24, :32] = (220, 40, 40)
    (tmp_path / "a.jpg").write_bytes(jpeg(pixels, Image.Exif(), orientation, rating=4))
    with Image.open(tmp_path / "a.jpg") as stored:
        assert b'xmp:Rating="4"' in stored.info["xmp"]
        assert stored.size == ((64, 48) if orientation in (1, 3) else (48, 64))
        upright = np.asarray(ImageOps.exif_transpose(stored)).astype(int)
    assert np.abs(upright - pixels).mean() < 8
