"""The page of films: moods to listen to, own music, what moves, what was left out."""

from __future__ import annotations

import io
import time
import wave
from typing import Any

import pytest

from safelight.app import Safelight
from safelight.creations.film import FORMATS, compose, find_encoder
from safelight.creations.film.encoder import as_wav


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    if find_encoder() is None:
        pytest.skip("no ffmpeg here")
    monkeypatch.setitem(FORMATS, "story", (144, 256))


def finished(library: Safelight, address: str) -> Any:
    for _ in range(1200):
        job = library.making.jobs.find(address.rpartition("/")[2])
        assert job is not None
        if job.state != "running":
            return job
        time.sleep(0.05)
    raise AssertionError("the film never ended")


def test_a_mood_can_be_heard_before_anything_is_made(browser: Any, weekend: list[str]) -> None:
    answer = browser.get("/film/music/bright")
    assert answer.headers["content-type"] == "audio/wav"
    with wave.open(io.BytesIO(answer.content)) as sound:
        assert 10 <= sound.getnframes() / sound.getframerate() <= 15
    assert browser.get("/film/music/techno").status_code == 400


def test_own_music_is_taken_and_its_beats_cut_the_film(
    browser: Any, weekend: list[str], library: Safelight, tiny: None
) -> None:
    page = browser.get(f"/film?photos={','.join(weekend[:5])}").text
    assert "Use only music that you may use" in page
    assert 'name="moving"' not in page, "no video is among them"
    fields = {"csrf": browser.token(), "photos": ",".join(weekend[:5]), "seconds": "10",
              "format": "story", "music": "own"}  # fmt: skip
    song = as_wav(compose("bright", 8).sound)
    answer = browser.client.post("/film", data=fields, files={"own": ("My song.wav", song)})
    assert answer.status_code == 303
    job = finished(library, answer.headers["location"])
    assert job.state == "done", job.note
    film = library.creations()[0]
    assert film.recipe["mood"] == "own"
    assert "song" not in str(film.recipe)
    takes: Any = film.recipe["takes"]
    beat = 60 / 112
    steps = [(take["end"] - takes[0]["end"]) / (beat / 2) for take in takes[:-1]]
    assert all(abs(step - round(step)) < 0.25 for step in steps)


@pytest.mark.parametrize(
    ("files", "words"),
    [({}, "Choose a music file"), ({"own": ("a.mp3", b"no music")}, "cannot be played")],
)
def test_what_is_no_music_is_said(
    browser: Any,
    weekend: list[str],
    library: Safelight,
    tiny: None,
    files: dict[str, tuple[str, bytes]],
    words: str,
) -> None:
    fields = {"csrf": browser.token(), "photos": weekend[0], "music": "own", "seconds": "10"}
    answer = browser.client.post("/film", data=fields, files=files)
    if answer.status_code == 303:
        job = finished(library, answer.headers["location"])
        assert job.state == "failed"
        assert words in job.note
    else:
        assert answer.status_code == 400
        assert words in answer.text
    assert library.creations() == []
