"""Videos and Live Photos in films: they move, behind walls and under consent, or it says why."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from safelight.app import Safelight
from safelight.app.making.wishes import Wish
from safelight.creations.film import FORMATS, FPS, Moving, find_encoder
from safelight.model.consent import Purpose
from safelight.model.creations import Creation
from safelight.settings import load_settings
from safelight.testing.videos import coloured, planted, shoot_video, turned

SHAPE = (144, 256)


@pytest.fixture
def folder(photos: Path, camera: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three photos, a video held upright, a Live Photo, and a video in HDR."""
    if find_encoder() is None:
        pytest.skip("no ffmpeg here")
    monkeypatch.setitem(FORMATS, "tiny", SHAPE)
    for n in range(4):
        taken = datetime(2023, 9, 9, 10) + timedelta(hours=n)
        camera.shoot(photos / f"{n}.jpg", taken, gps=(50.0, 14.4), size=(400, 300))
    video = shoot_video(photos / "VID_20230909_143000.mp4", 5.0).read_bytes()
    (photos / "VID_20230909_143000.mp4").write_bytes(planted(turned(video, 90)))
    shoot_video(photos / "3.mov", 4.5, seed=3)
    hdr = coloured(shoot_video(photos / "VID_20230909_150000.mp4", 4.0, seed=5).read_bytes(),
                   9, 16, 9)  # fmt: skip
    (photos / "VID_20230909_150000.mp4").write_bytes(hdr)
    return photos


@pytest.fixture(params=["inline"])
def filming(request: pytest.FixtureRequest, tmp_path: Path, folder: Path) -> Iterator[Safelight]:
    settings = load_settings(tmp_path / "home", key_store="file", workers=1)
    with Safelight(settings, inline=request.param == "inline") as library:
        library.add_folder(str(folder))
        library.allow([Purpose.LIBRARY])
        library.scan()
        yield library


def everything(library: Safelight) -> tuple[str, ...]:
    return tuple(row.id for row in library.assets())


def by_name(library: Safelight) -> dict[str, str]:
    return {Path(row.path).name: row.id for row in library.assets()}


def watched(library: Safelight, film: Creation, tmp_path: Path) -> np.ndarray:  # type: ignore[type-arg]
    """The film's frames, grey and small."""
    found = library.creation(film.id)
    assert found is not None
    path = tmp_path / "film.mp4"
    path.write_bytes(found[1])
    video = cv2.VideoCapture(str(path))
    frames: list[object] = []
    while True:
        good, frame = video.read()
        if not good:
            return np.array(frames)
        frames.append(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY))


def takes(film: Creation) -> dict[str, dict[str, Any]]:
    found: Any = film.recipe["takes"]
    return {take["asset"]: take for take in found}


@pytest.mark.parametrize("filming", ["inline", "walled"], indirect=True)
def test_what_moves_moves_and_what_cannot_says_why(filming: Safelight, tmp_path: Path) -> None:
    names = by_name(filming)
    film = filming.making.make("film", Wish(everything(filming), format="tiny", seconds=12,
                                            music="bright"))  # fmt: skip
    shown = takes(film)
    video, live = shown[names["VID_20230909_143000.mp4"]], shown[names["3.jpg"]]
    assert video["begin"] is not None
    assert video["size"] == [96, 128] or video["size"] == (96, 128)  # upright
    assert live["begin"] is not None
    assert shown[names["0.jpg"]]["begin"] is None
    left_out: Any = film.recipe["left_out"]
    assert list(left_out) == [names["VID_20230909_150000.mp4"]]
    assert "HDR" in left_out[names["VID_20230909_150000.mp4"]]
    assert names["VID_20230909_150000.mp4"] not in film.used
    frames = watched(filming, film, tmp_path)
    begin, end = (round(video[edge] * FPS) for edge in ("start", "end"))
    clip = frames[begin + 3 : end - 3]
    across = [np.nonzero(frame > 215)[0].mean() for frame in clip if (frame > 215).any()]
    assert len(across) > 0.9 * len(clip)
    assert abs(across[-1] - across[0]) > 20, "the square crosses the upright frame"
    still = frames[round(shown[names["1.jpg"]]["start"] * FPS) + 3 :][:2]
    assert np.abs(still[0].astype(int) - still[1]).mean() < 2


def test_everything_can_stand_still(filming: Safelight) -> None:
    wish = Wish(everything(filming), format="tiny", seconds=10, music="bright", moving=False)
    assert all(take["begin"] is None for take in takes(filming.making.make("film", wish)).values())


def test_the_same_wish_gives_the_same_film(filming: Safelight) -> None:
    wish = Wish(everything(filming), format="tiny", seconds=10, music="bright")
    one, again = (filming.creation(filming.making.make("film", wish).id) for _ in range(2))
    assert one is not None
    assert again is not None
    assert (one[0].id, one[1]) == (again[0].id, again[1])


@pytest.mark.parametrize("filming", ["inline", "walled"], indirect=True)
def test_stopping_leaves_no_worker_and_no_film(filming: Safelight) -> None:
    job = filming.making.start("film", Wish(everything(filming), format="story", seconds=60))
    time.sleep(1.5)
    filming.making.jobs.stop(job.id, wait_s=120)  # a machine may have much else to do
    assert filming.making.jobs.find(job.id).state == "stopped"  # type: ignore[union-attr]
    assert filming.creations() == []
    assert getattr(filming._rooms.streams, "_idle", []) == []


def test_withdrawing_ends_the_reading_of_a_clip(filming: Safelight) -> None:
    job = filming.making.start("film", Wish(everything(filming), format="story", seconds=60))
    time.sleep(1.0)
    filming.withdraw(Purpose.LIBRARY)
    filming.making.jobs.stop(job.id, wait_s=120)
    ended = filming.making.jobs.find(job.id)
    assert ended is not None
    assert ended.state in ("stopped", "failed")
    assert filming.creations() == []


def test_a_clip_that_breaks_while_it_is_read_is_left_out(
    filming: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The film is made once more, without it."""
    from safelight.app.making import clips
    from safelight.model.errors import AnalysisError

    names = by_name(filming)
    broken = names["VID_20230909_143000.mp4"]
    stream = clips.Clips._stream

    def failing(self: Any, row: Any, step: str, request: bytes) -> Iterator[bytes]:
        parts = stream(self, row, step, request)
        yield next(parts)
        if row["id"] == broken and step.endswith("frames"):
            raise AnalysisError("it broke")
        yield from parts

    monkeypatch.setattr(clips.Clips, "_stream", failing)
    film = filming.making.make("film", Wish(everything(filming), format="tiny", seconds=10))
    assert broken not in film.used
    assert "it broke" in str(film.recipe["left_out"])


def test_what_was_seen_in_a_video_is_kept_only_while_content_is_on(
    filming: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    surveys: list[str] = []
    clips = filming.making.clips
    stream = clips._stream

    def counted(row: Any, step: str, request: bytes) -> Iterator[bytes]:
        surveys.extend([row["id"]] * step.endswith(":survey"))
        return stream(row, step, request)

    monkeypatch.setattr(clips, "_stream", counted)
    wish = Wish(everything(filming), format="tiny", seconds=12, music="bright")

    def looked_over() -> int:
        surveys.clear()
        clips.forget()  # as in another run of the program
        filming.making.make("film", wish)
        return len(surveys)

    assert looked_over() == 3
    assert looked_over() == 3, "nothing is kept while content is off"
    filming.allow([Purpose.CONTENT])
    assert looked_over() == 3
    assert looked_over() == 1, "only what could not be read is tried again"
    kept = filming._rooms.drawers.connection("content").execute("select asset, seen from clip")
    names = by_name(filming)
    assert {asset for asset, _ in kept} == {names["VID_20230909_143000.mp4"], names["3.jpg"]}
    account = filming.explaining.explain(names["VID_20230909_143000.mp4"])
    assert "Seen along the video" in str(account)
    assert "Looked over for a film" in str(account)
    filming.withdraw(Purpose.CONTENT)
    assert not filming._rooms.drawers.exists("content")
    assert looked_over() == 3


def test_films_ask_nothing_of_content_while_it_is_off(filming: Safelight) -> None:
    filming.making.make("film", Wish(everything(filming), format="tiny", seconds=12))
    purposes = {line.purpose for line in filming.ledger(0, 1000)}
    assert Purpose.LIBRARY in purposes
    assert Purpose.CONTENT not in purposes


def test_faces_are_forgotten_where_content_ends_while_they_are_looked_for(
    filming: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    filming.allow([Purpose.CONTENT])
    clips = filming.making.clips
    stream = clips._stream

    def ended(row: Any, step: str, request: bytes) -> Iterator[bytes]:
        parts = list(stream(row, step, request))
        filming.withdraw(Purpose.CONTENT)
        yield from parts

    monkeypatch.setattr(clips, "_stream", ended)
    row = filming._rooms.catalogue.asset(by_name(filming)["VID_20230909_143000.mp4"])
    assert row is not None
    found = clips.survey(row)
    assert isinstance(found, Moving)
    assert not found.faced
    assert not any(look.faces for look in found.looks)
    assert not filming._rooms.drawers.exists("content")
