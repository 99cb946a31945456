"""Moments of a video as a small film: the very frames, and little else of the file."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import numpy as np
import pytest

from safelight.app.making.survey_wire import build_survey_request, parse_survey
from safelight.app.making.surveying import survey
from safelight.creations.film import find_encoder
from safelight.library.reading.clips import ClipReader, Frame
from safelight.library.reading.frame_table import frame_table
from safelight.library.reading.glimpses import Excerpt, read_glimpses
from safelight.testing.videos import shoot_video, turned

WHOLE = (0.0, 0.0, 1.0, 1.0)
PLENTY = 1e12


def encoded(path: Path, *how: str) -> bytes:
    """A video of eight seconds with everything that encoders put in the way, told by `how`."""
    encoder = find_encoder()
    if encoder is None or encoder.codec != "libx264":
        pytest.skip("no x264 here")
    moving = "testsrc2=size=192x108:rate=25:duration=8"
    command = [encoder.program, "-v", "error", "-y", "-f", "lavfi", "-i", moving]
    command += ["-pix_fmt", "yuv420p", *how, str(path)]
    if how[1] == "libx265" and subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no x265 here")
    subprocess.run(command, check=True)
    return path.read_bytes()


WAYS = {
    "in order": ("-c:v", "libx264", "-bf", "0", "-g", "25"),
    "frames between frames": ("-c:v", "libx264", "-bf", "3", "-b_strategy", "0", "-g", "30"),
    "index first": ("-c:v", "libx264", "-g", "40", "-movflags", "+faststart"),
    "quicktime": ("-c:v", "libx264", "-g", "30", "-f", "mov"),
    "hevc": ("-c:v", "libx265", "-x265-params", "log-level=none:keyint=30:open-gop=1"),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_frames_are_those_of_the_video_at_these_times(way: str, tmp_path: Path) -> None:
    excerpt, found, same = both(encoded(tmp_path / "v.mp4", *WAYS[way]))
    assert excerpt.seconds == pytest.approx(8.0, abs=0.05)
    assert len(excerpt.glimpses) >= 5
    for each in excerpt.glimpses:
        assert 0.08 <= each.last - each.first <= 0.35
    assert len(found) == len(same) == 2 * len(excerpt.glimpses)
    for one, other in zip(found, same, strict=True):
        assert np.abs(one.astype(int) - other).max() <= 1


def test_where_a_decoder_loses_frames_none_is_taken_for_another(tmp_path: Path) -> None:
    """Groups that lean on the ones before them: what is behind a gap may not come."""
    video = encoded(tmp_path / "v.mp4", "-c:v", "libx264", "-x264opts", "open-gop=1", "-g", "30")
    excerpt, found, same = both(video)
    assert len(found) <= 2 * len(excerpt.glimpses)
    for one, other in zip(found, same, strict=False):
        assert np.abs(one.astype(int) - other).max() <= 1


def both(video: bytes) -> tuple[Excerpt, list[Frame], list[Frame]]:
    """An excerpt, its pictures, and those of the whole video at the same times."""
    excerpt = read_glimpses(io.BytesIO(video), 6, PLENTY)
    assert excerpt is not None
    times = [time for each in excerpt.glimpses for time in (each.first, each.last)]
    there = [t for each in excerpt.glimpses for t in (each.at, each.at + each.last - each.first)]
    with ClipReader(io.BytesIO(excerpt.film)) as small, ClipReader(io.BytesIO(video)) as whole:
        found = list(small.pictures(times, 0.004, WHOLE, (192, 108), 0.004))
        return excerpt, found, list(whole.pictures(there, 0.004, WHOLE, (192, 108)))


class Counted(io.BytesIO):
    """A file that counts what is read of it."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        self.taken += len(found)
        return found


def test_little_of_a_long_video_is_read(tmp_path: Path) -> None:
    source = Counted(encoded(tmp_path / "v.mp4", "-c:v", "libx264", "-g", "25", "-crf", "1"))
    excerpt = read_glimpses(source, 4, PLENTY)
    assert excerpt is not None
    assert len(excerpt.film) < 0.35 * len(source.getvalue())
    assert source.taken < 0.4 * len(source.getvalue())


def test_a_budget_gives_fewer_moments_all_over_the_video(tmp_path: Path) -> None:
    video = encoded(tmp_path / "v.mp4", "-c:v", "libx264", "-bf", "0", "-g", "25")
    many = read_glimpses(io.BytesIO(video), 8, PLENTY)
    few = read_glimpses(io.BytesIO(video), 8, 16 * 192 * 108)
    assert many is not None
    assert few is not None
    assert 3 <= len(few.glimpses) < len(many.glimpses)
    assert few.glimpses[0].at < 2.1
    assert few.glimpses[-1].at > 4.9


def test_a_video_held_sideways_comes_upright(tmp_path: Path) -> None:
    video = turned(encoded(tmp_path / "v.mp4", "-c:v", "libx264", "-g", "25"), 90)
    excerpt = read_glimpses(io.BytesIO(video), 4, PLENTY)
    assert excerpt is not None
    with ClipReader(io.BytesIO(excerpt.film)) as clip:
        assert (clip.facts.width, clip.facts.height) == (108, 192)


def test_rare_frames_that_stand_alone_give_nothing(tmp_path: Path) -> None:
    video = encoded(tmp_path / "v.mp4", "-c:v", "libx264", "-g", "500", "-sc_threshold", "0")
    assert read_glimpses(io.BytesIO(video), 6, PLENTY) is None


def test_no_film_and_every_damaged_index_give_nothing_or_what_fits(tmp_path: Path) -> None:
    assert read_glimpses(io.BytesIO(b"no film at all" * 20), 6, PLENTY) is None
    assert frame_table(b"") is None
    video = shoot_video(tmp_path / "v.mp4", 4.0).read_bytes()
    begin = video.rindex(b"moov") - 4
    rng = np.random.default_rng(7)
    for _ in range(300):
        hurt = bytearray(video)
        for at in rng.integers(begin + 8, len(video), 4):
            hurt[at] = int(rng.integers(0, 256))
        read_glimpses(io.BytesIO(bytes(hurt)), 6, 1e9)
        read_glimpses(io.BytesIO(bytes(hurt[: int(rng.integers(begin, len(video)))])), 6, 1e9)


@pytest.mark.parametrize("how", ["open-gop=1:keyint=30", "keyint=500:scenecut=0", "keyint=25"])
@pytest.mark.parametrize("faces", [False, True])
def test_every_video_is_looked_over_one_way_or_the_other(
    how: str, faces: bool, tmp_path: Path
) -> None:
    video = encoded(tmp_path / "v.mp4", "-c:v", "libx264", "-x264opts", how)
    (part,) = survey(build_survey_request(8.0, faces=faces), io.BytesIO(video))
    found = parse_survey(part, live=False)
    assert (found.width, found.height, found.faced) == (192, 108, faces)
    assert found.seconds == pytest.approx(8.0, abs=0.15)
    assert len(found.looks) >= 5
    assert all(0 <= look.at <= 8 and look.sharpness > 100 for look in found.looks)
    assert found.looks[-1].at > 5
