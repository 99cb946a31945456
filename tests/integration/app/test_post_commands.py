"""`safelight share --shape`: photos, or those of an idea, leave as a post."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError, UserError
from safelight.surfaces.cli.share import command


class Share:
    """Runs the command on one library."""

    def __init__(self, library: Safelight) -> None:
        self._home = str(library.settings.home)

    def __call__(self, *words: str, answer: str | None = None) -> Result:
        where = ["--home", self._home, "--json"]
        result = CliRunner().invoke(command, [*words, *where], input=answer)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def data(self, *words: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self(*words).stdout)
        return found


@pytest.fixture
def day(library: Safelight, photos: Path, camera: Any) -> list[str]:
    """Ten photos of a day, scanned."""
    for n in range(10):
        taken = datetime(2023, 9, 9, 10) + timedelta(minutes=41 * n)
        camera.shoot(photos / f"{n}.jpg", taken, size=(240, 160))
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    library.scan()
    return [row.id for row in library.assets()]


@pytest.fixture
def share(library: Safelight, monkeypatch: pytest.MonkeyPatch) -> Share:
    """The command."""
    monkeypatch.setenv("SAFELIGHT_KEY_STORE", "file")
    return Share(library)


@pytest.mark.parametrize(
    ("shape", "size"),
    [("1:1", (160, 160)), ("portrait", (128, 160)), ("9:16", (90, 160))],
)
def test_one_photo_takes_the_shape(
    share: Share, day: list[str], tmp_path: Path, shape: str, size: tuple[int, int]
) -> None:
    out = tmp_path / "one.png"
    told = share.data(day[0], "--shape", shape, "--out", str(out), "--yes")
    assert (told["width"], told["height"]) == size
    with Image.open(out) as picture:
        assert picture.size == size


def test_several_leave_as_one_file_in_the_order_named(
    share: Share, library: Safelight, day: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "post.zip"
    words = (day[2], day[0], day[5], "--shape", "4:5", "--text", "A day out", "--out", str(out))
    assert share(*words, answer="n\n").exit_code == 1
    assert not out.exists()
    before = library.ledger_size()
    assert share.data(*words, "--dry-run")["dry_run"]
    assert not {line.event for line in library.ledger(before)} & {"share", "egress-intent"}
    told = share.data(*words, "--yes")
    assert [photo["id"] for photo in told["photos"]] == [day[2], day[0], day[5]]
    archive = zipfile.ZipFile(out)
    assert archive.namelist() == ["01.jpg", "02.jpg", "03.jpg", "post.txt"]
    assert archive.read("post.txt").decode() == "A day out\n"
    events = [line.event for line in library.ledger(before)]
    assert [events.count(each) for each in ("share", "egress-intent", "egress-done")] == [3, 3, 3]


def test_an_idea_leaves_with_all_its_photos(
    share: Share, library: Safelight, day: list[str], tmp_path: Path
) -> None:
    library.make_ideas()
    idea = library.ideas()[0].idea
    told = share.data(idea.id, "--out", str(tmp_path / "idea.zip"), "--yes")
    assert [photo["id"] for photo in told["photos"]] == list(idea.assets)


def test_what_cannot_leave_like_this_says_so(
    share: Share, library: Safelight, day: list[str], tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=r"\.zip"):
        share(day[0], day[1], "--out", str(tmp_path / "two.jpg"), "--yes")
    with pytest.raises(UserError):
        share("nobody", day[0], "--out", str(tmp_path / "post.zip"), "--yes")
    library.withdraw(Purpose.LIBRARY)
    with pytest.raises(RefusedError):
        share(day[0], day[1], "--out", str(tmp_path / "post.zip"), "--yes")
    assert not (tmp_path / "post.zip").exists()


@pytest.mark.parametrize("name", ["photo.tif", "photo.HEIC"])
def test_a_kind_that_is_not_written_is_refused(
    share: Share, day: list[str], tmp_path: Path, name: str
) -> None:
    with pytest.raises(UserError, match=r"written as \.jpg"):
        share(day[0], "--out", str(tmp_path / name), "--yes")
    assert not (tmp_path / name).exists()
