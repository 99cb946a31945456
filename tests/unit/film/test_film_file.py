"""Frames and the encoded file: what is drawn is what comes out, and it says nothing else."""

from __future__ import annotations

import gc
import io
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from safelight.creations.film import (
    Poster,
    Take,
    compose,
    draw_frames,
    find_encoder,
    plan_film,
)
from safelight.model.creations import Ingredient, Pixels
from safelight.model.errors import RenderError
from safelight.testing.planting import leaks_in

SHAPE = (144, 256)
COLOURS = {"red": (200, 40, 40), "green": (40, 160, 60)}


def load(take: Take) -> Pixels:
    pixels = np.full((300, 400, 3), COLOURS[take.asset], np.uint8)
    return Pixels(400, 300, pixels.tobytes())


def plan(seconds: float = 10, mood: str = "bright", words: tuple[str, str] = ("", "")):  # type: ignore[no-untyped-def]
    photos = [Ingredient(name, 400, 300) for name in COLOURS]
    beats = [n * 0.5 for n in range(30)]
    return plan_film(photos, SHAPE, seconds, beats, mood=mood, words=words)


def luma(frame: bytes) -> np.ndarray:  # type: ignore[type-arg]
    return np.frombuffer(frame, np.uint8, SHAPE[0] * SHAPE[1]).reshape(SHAPE[1], SHAPE[0])


def test_the_same_plan_gives_the_same_frames() -> None:
    one = b"".join(draw_frames(plan(), load, last=1))
    assert one == b"".join(draw_frames(plan(), load, last=1))
    assert len(one) == 30 * SHAPE[0] * SHAPE[1] * 3 // 2


def test_the_title_is_there_and_goes() -> None:
    frames = list(draw_frames(plan(words=("Two days", "June 2015")), load, last=4))
    plain = luma(frames[0])
    assert (luma(frames[45]) > 200).sum() > 40
    assert (luma(frames[-1]) > 200).sum() == 0
    assert plain.std() < 2


def test_it_ends_in_black_and_begins_with_the_picture() -> None:
    frames = list(draw_frames(plan(), load))
    assert len(frames) == 300
    assert luma(frames[0]).mean() > 60
    assert luma(frames[-1]).mean() < 25


@pytest.fixture(scope="module")
def encoder():  # type: ignore[no-untyped-def]
    found = find_encoder()
    if found is None:
        pytest.skip("no ffmpeg here")
    return found


def test_the_film_plays_shows_its_colours_and_tells_nothing(encoder, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    shares: list[float] = []
    film = encoder.encode(
        draw_frames(plan(), load), 300, SHAPE, compose("bright", 10).sound, shares.append
    )
    assert leaks_in(film) == []
    assert b"moov" in film[: len(film) // 2], "phones start at once only with the index in front"
    assert shares == sorted(shares)
    assert len(shares) >= 9
    path = tmp_path / "film.mp4"
    path.write_bytes(film)
    video = cv2.VideoCapture(str(path))
    assert video.get(cv2.CAP_PROP_FRAME_COUNT) == 300
    ok, frame = video.read()
    assert ok
    # OpenCV reads every film as BT.601 and ours is BT.709: the lightness is what both agree on.
    shown = 16 + np.array([0.098, 0.504, 0.257]) @ frame.mean((0, 1))
    assert shown == pytest.approx(16 + np.array([0.183, 0.614, 0.062]) @ COLOURS["red"], abs=2)
    video.release()
    if shutil.which("ffprobe"):
        asked = ["ffprobe", "-v", "error", "-show_streams", "-show_format", str(path)]
        told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        for part in ("codec_name=h264", "codec_name=aac", "pix_fmt=yuv420p", "color_space=bt709"):
            assert part in told
        assert "creation_time" not in told
        assert "Lav" not in told
        assert "handler_name" not in told
        assert "profile=High" in told
        assert "width=144" in told
        assert "start_time=0.000000" in told


def test_stopping_ends_it_at_once(encoder) -> None:  # type: ignore[no-untyped-def]
    class EnoughError(Exception):
        pass

    def stop(share: float) -> None:
        raise EnoughError

    with pytest.raises(EnoughError):
        encoder.encode(draw_frames(plan(), load), 300, SHAPE, compose("calm", 10).sound, stop)


@pytest.mark.skipif(sys.platform != "linux", reason="needs timeout and ulimit")
@pytest.mark.parametrize(
    "before",
    [("timeout", "-s", "KILL", "0.5"), ("sh", "-c", 'ulimit -f 8; exec "$0" "$@"')],
    ids=["killed", "no room"],
)
def test_an_encoder_that_dies_is_said_and_leaves_nothing(encoder, before: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    def frames() -> Iterator[bytes]:
        for frame in draw_frames(plan(), load):
            time.sleep(0.01)
            yield frame

    open_before = len(list(Path("/proc/self/fd").iterdir()))
    dying = replace(encoder, before=before)
    with pytest.raises(RenderError, match="cannot be encoded"):
        dying.encode(frames(), 300, SHAPE, compose("calm", 10).sound, lambda _: None)
    gc.collect()
    assert len(list(Path("/proc/self/fd").iterdir())) <= open_before
    assert not [each for each in threading.enumerate() if each.name == "safelight-ahead"]


def test_the_poster_is_the_frame_that_was_chosen() -> None:
    titled = plan(words=("Two days", "June 2015"))
    poster = Poster(titled)
    assert list(poster.passing(draw_frames(titled, load))) == list(draw_frames(titled, load))
    with Image.open(io.BytesIO(poster.jpeg())) as picture:
        pixels = np.asarray(picture.convert("RGB"), int)
        assert picture.size == SHAPE
    assert (pixels.min(2) > 200).sum() > 40, "the title is read"
    assert np.median(pixels.reshape(-1, 3), 0) == pytest.approx(COLOURS["red"], abs=4)
    plain = Poster(plan())
    list(plain.passing(draw_frames(plan(), load)))
    with Image.open(io.BytesIO(plain.jpeg())) as picture:
        assert np.asarray(picture.convert("RGB"), int).std((0, 1)).max() < 4
    assert Poster(titled).jpeg() == b""
