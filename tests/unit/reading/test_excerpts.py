"""Long videos are read in part, and the part is enough for dates and a poster."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pytest

from safelight.library.reading import excerpts
from safelight.library.reading.excerpts import excerpt, is_long_video
from safelight.library.reading.isobmff import find, movie_facts
from safelight.library.reading.posters import poster_frame


@pytest.fixture
def video(tmp_path: Path) -> bytes:
    """A real MP4 whose index stands behind its frames, as phones write it."""
    path = tmp_path / "a.mp4"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 25, (320, 240))
    rng = np.random.default_rng(1)
    for _ in range(120):
        writer.write(rng.integers(0, 255, (240, 320, 3), dtype=np.uint8))
    writer.release()
    data = path.read_bytes()
    assert data.index(b"mdat") < data.index(b"moov")
    return data


def test_an_excerpt_has_the_index_and_a_poster(
    video: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excerpts, "_HEAD_BYTES", len(video) // 10)
    part = excerpt(io.BytesIO(video))
    assert len(part) < len(video) / 5
    assert list(find(part, b"moov", b"mvhd"))
    whole, facts = movie_facts(video), movie_facts(part)
    assert facts == whole
    assert poster_frame(part, whole.duration_s).size == (320, 240)


def test_a_short_video_is_its_own_excerpt(video: bytes) -> None:
    assert excerpt(io.BytesIO(video)) == video


@pytest.mark.parametrize("data", [b"", b"\0" * 40, b"\0\0\0\x01mdat" + b"\xff" * 8, b"RIFF" * 99])
def test_what_is_no_mp4_is_cut_and_nothing_else(data: bytes) -> None:
    assert excerpt(io.BytesIO(data)) == data


def test_only_long_videos_are_read_in_part() -> None:
    assert is_long_video("a.MOV", 65 << 20)
    assert not is_long_video("a.mov", 1 << 20)
    assert not is_long_video("a.tif", 65 << 20)
