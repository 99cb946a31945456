"""Frames of videos: upright, evenly in time, cut and scaled, in colours that are known."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from safelight.library.reading.clips import ClipReader, Frame
from safelight.model.errors import AnalysisError
from safelight.testing.videos import coloured, shoot_video, turned

WHOLE = (0.0, 0.0, 1.0, 1.0)


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return shoot_video(tmp_path_factory.mktemp("videos") / "a.mp4", 3.0).read_bytes()


def square(frame: Frame) -> tuple[float, float]:
    """Where the light square is, as fractions of width and height."""
    rows, columns = np.nonzero(frame.min(2) > 210)
    return float(columns.mean()) / frame.shape[1], float(rows.mean()) / frame.shape[0]


def read(content: bytes, *asked: object) -> list[Frame]:
    with ClipReader(io.BytesIO(content)) as clip:
        return list(clip.frames(*asked))  # type: ignore[arg-type]


def test_what_it_is(video: bytes) -> None:
    with ClipReader(io.BytesIO(video)) as clip:
        facts = clip.facts
    assert (facts.width, facts.height, facts.rate) == (128, 96, 10)
    assert facts.seconds == pytest.approx(3, abs=0.1)
    assert facts.colours == "bt601"


@pytest.mark.parametrize("rate", [5, 10, 30])
def test_frames_come_evenly_whatever_the_rate(video: bytes, rate: int) -> None:
    across = [square(frame)[0] for frame in read(video, 0.5, rate, 2 * rate, WHOLE, (128, 96))]
    assert len(across) == 2 * rate
    wanted = 0.125 + 0.81 * (0.5 + np.arange(2 * rate) / rate) / 2.9
    assert np.abs(np.array(across) - wanted).max() < 0.05


def test_it_ends_where_the_video_ends(video: bytes) -> None:
    assert 9 <= len(read(video, 2.0, 10, 40, WHOLE, (64, 48))) <= 11


def test_a_window_is_cut_and_scaled(video: bytes) -> None:
    frame = read(video, 0.0, 10, 1, (0.0, 0.5, 0.5, 0.5), (64, 64))[0]
    assert frame.shape == (64, 64, 3)
    assert square(frame)[0] == pytest.approx(0.19, abs=0.05)
    assert square(frame)[1] == pytest.approx(0.25, abs=0.05)


def test_a_video_that_was_held_sideways_stands_upright(video: bytes) -> None:
    plain = read(video, 1.0, 10, 1, WHOLE, (128, 96))[0]
    for degrees in (90, 180, 270):
        with ClipReader(io.BytesIO(turned(video, degrees))) as clip:
            size = (clip.facts.width, clip.facts.height)
            frame = next(clip.frames(1.0, 10, 1, WHOLE, size))
        assert size == ((96, 128) if degrees != 180 else (128, 96))
        upright = np.rot90(plain, -degrees // 90)
        assert np.abs(frame.astype(int) - upright).mean() < 1


@pytest.mark.parametrize(
    ("numbers", "colours"),
    [((1, 1, 1), "bt709"), ((6, 6, 6), "bt601"), ((9, 18, 9), "hlg"), ((9, 14, 9), "bt2020")],
)
def test_colours_are_what_the_file_says(
    video: bytes, numbers: tuple[int, int, int], colours: str
) -> None:
    with ClipReader(io.BytesIO(coloured(video, *numbers))) as clip:
        assert clip.facts.colours == colours
        assert next(clip.frames(0.0, 10, 1, WHOLE, (16, 16))).shape == (16, 16, 3)


def test_what_cannot_be_shown_right_says_why(video: bytes) -> None:
    with pytest.raises(AnalysisError, match="HDR"):
        ClipReader(io.BytesIO(coloured(video, 9, 16, 9)))
    for broken in (b"", b"no video at all", video[:200]):
        with pytest.raises(AnalysisError, match="cannot be decoded"):
            ClipReader(io.BytesIO(broken))


def test_a_damaged_one_gives_what_there_is_or_says_why(video: bytes) -> None:
    rng = np.random.default_rng(5)
    for _ in range(20):
        damaged = bytearray(video)
        for at in rng.integers(40, len(video), 30):
            damaged[at] ^= int(rng.integers(1, 256))
        try:
            assert len(read(bytes(damaged), 0.0, 10, 30, WHOLE, (16, 16))) <= 30
        except AnalysisError:
            continue


def test_the_file_is_read_as_it_is_needed(tmp_path: Path) -> None:
    class Counting(io.BytesIO):
        given = 0

        def read(self, size: int | None = -1) -> bytes:
            got = super().read(size)
            self.given += len(got)
            return got

    content = shoot_video(tmp_path / "long.mp4", 60, size=(320, 240)).read_bytes()
    source = Counting(content)
    with ClipReader(source) as clip:
        list(clip.frames(30.0, 10, 10, WHOLE, (16, 16)))
    assert source.given < 0.6 * len(content)
