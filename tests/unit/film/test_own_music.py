"""Somebody's own music: every usual form of file, fitted to the film, heard behind walls."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from safelight.creations.film import RATE, Encoder, compose, find_encoder, fit_music
from safelight.creations.film.encoder import as_wav
from safelight.engine.sandbox.programs import launcher
from safelight.model.errors import RenderError, UserError

FORMS = {
    "wav": (),
    "mp3": ("-c:a", "libmp3lame", "-b:a", "192k"),
    "m4a": ("-c:a", "aac"),
    "ogg": ("-c:a", "libvorbis"),
    "flac": (),
    "aiff": (),
}
BEAT = 60 / 112


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    found = find_encoder()
    if found is None:
        pytest.skip("no ffmpeg here")
    return replace(found, before=launcher())


@pytest.fixture(scope="module")
def piece() -> bytes:
    return as_wav(compose("bright", 12).sound)


@pytest.mark.parametrize("form", FORMS)
def test_every_usual_form_is_heard(
    encoder: Encoder, piece: bytes, form: str, tmp_path: Path
) -> None:
    (tmp_path / "in.wav").write_bytes(piece)
    made = tmp_path / f"out.{form}"
    subprocess.run(
        [encoder.program, "-v", "error", "-i", str(tmp_path / "in.wav"), *FORMS[form], str(made)],
        check=True,
    )
    sound = encoder.listen(made.read_bytes(), 10)
    assert abs(len(sound) / RATE - 10) < 0.1
    expected = compose("bright", 12).sound
    assert np.abs(sound).mean() == pytest.approx(np.abs(expected[: 10 * RATE]).mean(), rel=0.05)


@pytest.mark.parametrize(
    "wrong",
    [b"", b"not music", b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.mp3\n",
     b"ffconcat version 1.0\nfile '/etc/hostname'\n", b"RIFF" + bytes(100)],
)  # fmt: skip
def test_what_is_no_music_is_said(encoder: Encoder, wrong: bytes) -> None:
    with pytest.raises(RenderError, match="WAV, MP3"):
        encoder.listen(wrong, 10)


def test_long_music_is_faded_and_silence_before_it_is_cut() -> None:
    sound = np.concatenate([np.zeros((3 * RATE, 2), np.float32), compose("bright", 30).sound])
    track = fit_music(sound, 15)
    assert len(track.sound) == 15 * RATE
    assert np.abs(track.sound[: RATE // 2]).max() > 0.05
    assert np.abs(track.sound[-100:]).max() < 0.01
    steps = np.diff(track.beats)
    assert min(abs(steps.mean() - BEAT * k) for k in (0.5, 1, 2)) < 0.03 * BEAT


def test_short_music_is_repeated_on_the_beat() -> None:
    beat = round(RATE * 0.5)
    sound = np.zeros((beat * 20, 2), np.float32)
    for n in range(20):
        sound[n * beat : n * beat + 800] = np.exp(-np.arange(800) / 200)[:, None]
    track = fit_music(sound, 25)
    assert len(track.sound) == 25 * RATE
    mono = track.sound[: 22 * RATE, 0]
    onsets = np.flatnonzero((mono[1:] > 0.5) & (mono[:-1] <= 0.5)) / RATE
    assert np.abs(np.diff(onsets) - 0.5).max() < 0.05, "the pulse goes on over the join"


def test_too_little_music_is_said() -> None:
    for sound in (np.zeros((20 * RATE, 2), np.float32), np.ones((RATE, 2), np.float32)):
        with pytest.raises(UserError, match="seconds"):
            fit_music(sound, 15)
