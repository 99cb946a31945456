"""Clips: the stretch worth showing, their turn in the plan, their colours in the film."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from safelight.creations.film import (
    FORMATS,
    FPS,
    Look,
    Moving,
    Take,
    draw_frames,
    frames_of,
    plan_film,
)
from safelight.creations.film.clips import best_stretch, clip_planes, laid_on_itself, look_at
from safelight.creations.film.frames import split_planes
from safelight.model.creations import Box, Ingredient

BEATS = [n * 0.5 for n in range(130)]


def looks(seconds: float, **worse: tuple[float, float]) -> list[Look]:
    """Good moments, and in the spans given what is bad: soft, still, wild, dark or cut."""
    found = []
    for at in np.arange(0.1, seconds, 0.1):
        bad = {name for name, (begin, end) in worse.items() if begin <= at <= end}
        found.append(
            Look(
                at=float(at),
                sharpness=30.0 if "soft" in bad else 300.0,
                motion=0.6 if "cut" in bad else 0.0 if "still" in bad else 0.02,
                pan=1.5 if "wild" in bad else 0.05,
                light=10.0 if "dark" in bad else 120.0,
            )
        )
    return found


@pytest.mark.parametrize("kind", ["soft", "still", "wild", "dark"])
def test_the_good_stretch_is_found(kind: str) -> None:
    begin = best_stretch(looks(9, **{kind: (0.0, 4.0)}), 9, 3)
    assert 3.8 <= begin <= 5.8
    begin = best_stretch(looks(9, **{kind: (4.0, 9.0)}), 9, 3)
    assert begin <= 1.2


def test_a_cut_inside_and_the_first_and_last_moments_are_avoided() -> None:
    begin = best_stretch(looks(8, cut=(3.0, 3.1)), 8, 3)
    assert begin > 3.1 or begin + 3 < 3.0
    assert 0.35 <= best_stretch(looks(8), 8, 3) <= 4.65
    assert best_stretch([], 8, 3) == 2.5
    assert best_stretch(looks(2), 2, 3) == 0


def test_of_a_long_clip_the_best_of_what_was_looked_at_is_in_the_middle() -> None:
    seen = [look for look in looks(60, soft=(0, 35)) if look.at % 20 < 11 and look.at % 20 > 10]
    begin = best_stretch(seen, 60, 3)
    assert begin < 50.5 < begin + 3


def test_movement_of_the_camera_is_told_from_movement_in_the_picture() -> None:
    rng = np.random.default_rng(1)
    wide = np.repeat(np.repeat(rng.integers(0, 255, (30, 60, 3), dtype=np.uint8), 6, 0), 6, 1)
    before, panned = wide[:108, 20:212], wide[:108, 32:224]
    moved = before.copy()
    moved[30:60, 60:100] = 255 - moved[30:60, 60:100]
    pan, action = look_at(0.1, before, panned), look_at(0.1, before, moved)
    assert pan.pan == pytest.approx(12 / 192 / 0.1, rel=0.15)
    assert action.pan < 0.1
    plain = float(np.abs(before.astype(int) - panned).mean()) / 255
    assert pan.motion < 0.2 * plain
    assert action.motion > pan.motion


# The plan


def photo(n: int, *faces: Box, size: tuple[int, int] = (4000, 3000)) -> Ingredient:
    return Ingredient(f"p{n}", *size, keep=faces)


def test_a_clip_gets_a_longer_turn_on_the_beat_and_its_best_seconds() -> None:
    photos = [photo(n) for n in range(6)]
    clip = Moving(1920, 1080, 9.0, tuple(looks(9, soft=(0, 4))))
    plan = plan_film(photos, FORMATS["wide"], 15, BEATS, mood="bright", clips={"p2": clip})
    take = plan.takes[2]
    assert take.begin is not None
    assert 3.8 <= take.begin <= 9 - (take.end - take.start)
    assert take.size == (1920, 1080)
    assert not take.whole
    assert take.end in BEATS
    others = [each.end - each.start for each in plan.takes[3:]]
    assert take.end - take.start >= max(others)
    assert [each.begin for each in plan.takes if each is not take] == [None] * 5
    assert frames_of(take) == round((take.end - take.start + take.fade) * FPS)


def test_a_clip_of_another_shape_stands_before_a_soft_copy_of_itself() -> None:
    clip = Moving(1920, 1080, 9.0)
    plan = plan_film([photo(0)] * 4, FORMATS["story"], 10, BEATS, mood="calm", clips={"p0": clip})
    assert all(take.whole and take.first == take.last for take in plan.takes)
    part = plan.takes[0].first
    assert part.width == part.height == 1080
    upright = Moving(1080, 1920, 9.0)
    tall = photo(0, size=(1080, 1920))
    plan = plan_film([tall] * 4, FORMATS["story"], 10, BEATS, mood="calm", clips={"p0": upright})
    assert not any(take.whole for take in plan.takes)


def test_no_face_of_a_clip_is_cut() -> None:
    rng = np.random.default_rng(4)
    for _ in range(200):
        side = float(rng.uniform(100, 500))
        faces = [Box(rng.uniform(0, 1920 - side), rng.uniform(0, 1080 - side), side, side)
                 for _ in range(int(rng.integers(1, 4)))]  # fmt: skip
        one = photo(0, *faces, size=(1920, 1080))
        for shape in FORMATS.values():
            clips = {"p0": Moving(1920, 1080, 20.0)}
            for take in plan_film([one, one], shape, 10, BEATS, mood="calm", clips=clips).takes:
                shown = take.first
                inner = 0.0 if take.whole else 0.14
                for face in faces:
                    assert shown.x <= face.x + inner * side + 1e-6
                    assert shown.y <= face.y + inner * side + 1e-6
                    assert shown.x + shown.width >= face.x + (1 - inner) * side - 1e-6
                    assert shown.y + shown.height >= face.y + (1 - inner) * side - 1e-6


def walking(begin: float, end: float, side: float = 0.12) -> Moving:
    """A clip of ten seconds, wide, in which a face goes from one share of its width to another."""
    seen = [
        replace(look, faces=(Box(begin + (end - begin) * look.at / 10, 0.3, side, side * 1.7),))
        for look in looks(10)[::8]
    ]
    return Moving(1920, 1080, 10.0, tuple(seen), faced=True)


def face_at(clip: Moving, at: float) -> Box:
    """Where the face of such a clip is at a time, in pixels."""
    one, other = clip.looks[0], clip.looks[-1]
    share = (at - one.at) / (other.at - one.at)
    left = one.faces[0].x + share * (other.faces[0].x - one.faces[0].x)
    face = one.faces[0]
    return Box(left * 1920, face.y * 1080, face.width * 1920, face.height * 1080)


@pytest.mark.parametrize("shape", ["square", "story"])
@pytest.mark.parametrize("way", [(0.02, 0.1), (0.8, 0.86), (0.02, 0.84), (0.7, 0.05), (0.4, 0.45)])
def test_faces_seen_along_a_clip_stay_in_the_picture(shape: str, way: tuple[float, float]) -> None:
    clip = walking(*way)
    # The picture that stands for the video shows somebody elsewhere: what was seen in it counts.
    one = photo(0, Box(900, 300, 100, 100), size=(1920, 1080))
    plan = plan_film([one, one], FORMATS[shape], 10, BEATS, mood="calm", clips={"p0": clip})
    for take in plan.takes:
        assert take.begin is not None
        seconds = take.end - take.start + take.fade
        for share in np.linspace(0, 1, 12):
            face = face_at(clip, take.begin + share * seconds)
            left = take.first.x + share * (take.last.x - take.first.x)
            assert left <= face.x + 1
            assert left + take.first.width >= face.x + face.width - 1
            assert take.first.y <= face.y + 1
            assert take.first.y + take.first.height >= face.y + face.height - 1


def test_a_part_goes_along_with_a_face_that_walks_and_stands_still_else() -> None:
    one = photo(0, size=(1920, 1080))
    moves = {}
    for name, clip in {"slow": walking(0.05, 0.75), "still": walking(0.3, 0.3)}.items():
        plan = plan_film([one] * 2, FORMATS["square"], 10, BEATS, mood="calm", clips={"p0": clip})
        take = plan.takes[0]
        assert not take.whole
        moves[name] = take.last.x - take.first.x
    assert moves["still"] == 0
    assert moves["slow"] > 50


def test_what_draws_the_eye_in_a_clip_is_shown() -> None:
    seen = tuple(replace(look, eye=Box(0.7, 0.2, 0.25, 0.5)) for look in looks(10)[::8])
    one = photo(0, size=(1920, 1080))
    clip = {"p0": Moving(1920, 1080, 10.0, seen)}
    for take in plan_film([one] * 2, FORMATS["square"], 10, BEATS, mood="calm", clips=clip).takes:
        assert take.first.x <= 0.7 * 1920
        assert take.first.x + take.first.width >= 0.95 * 1920 - 1


def test_too_short_a_clip_is_a_photo_and_live_photos_move_in_turn() -> None:
    photos = [photo(n) for n in range(6)]
    live = {f"p{n}": Moving(1440, 1080, 3.0, live=True) for n in range(6)}
    plan = plan_film(photos, FORMATS["story"], 12, BEATS, mood="bright", clips=live)
    assert [take.begin is not None for take in plan.takes] == [True, False] * 3
    short = {"p1": Moving(1920, 1080, 1.3)}
    plan = plan_film(photos, FORMATS["story"], 12, BEATS, mood="bright", clips=short)
    assert plan.takes[1].begin is None


# The picture

COLOURS = [(200, 40, 40), (40, 160, 60), (30, 60, 190), (128, 128, 128), (235, 200, 170)]
KR_KB = {"bt601": (0.299, 0.114), "bt709": (0.2126, 0.0722)}


def coded(rgb: tuple[int, int, int], colours: str) -> np.ndarray:  # type: ignore[type-arg]
    """Y, Cb and Cr in the narrow range (ITU-R BT.601 and BT.709)."""
    red_share, blue_share = KR_KB[colours]
    red, green, blue = (value / 255 for value in rgb)
    luma = red_share * red + (1 - red_share - blue_share) * green + blue_share * blue
    chroma = (blue - luma) / (2 - 2 * blue_share), (red - luma) / (2 - 2 * red_share)
    return np.array([16 + 219 * luma, *(128 + 224 * part for part in chroma)])


@pytest.mark.parametrize("colours", ["bt601", "bt709"])
@pytest.mark.parametrize("rgb", COLOURS)
def test_a_clips_colours_are_those_of_the_film(rgb: tuple[int, int, int], colours: str) -> None:
    """A decoder takes everything for BT.601, as OpenCV's does; the film is BT.709."""
    luma, blue, red = coded(rgb, colours) - (16, 128, 128)
    given = np.clip([1.16438 * luma + 2.01723 * blue,
                     1.16438 * luma - 0.39176 * blue - 0.81297 * red,
                     1.16438 * luma + 1.59603 * red], 0, 255)  # fmt: skip
    frame = np.full((32, 32, 3), given.round(), np.uint8)
    found = [float(plane.mean()) for plane in clip_planes(frame, colours)]
    assert found == pytest.approx(coded(rgb, "bt709"), abs=2.5)


def test_grey_stays_grey_in_wide_colours() -> None:
    frame = np.full((32, 32, 3), 140, np.uint8)
    for colours in ("bt2020", "hlg"):
        planes = clip_planes(frame, colours)
        assert [round(float(plane.mean())) for plane in planes[1:]] == [128, 128]


def test_what_does_not_fill_the_film_has_no_black_bars() -> None:
    frame = np.full((540, 540, 3), (60, 120, 200), np.uint8)
    luma = laid_on_itself(frame, (540, 960), "bt709")[0]
    assert luma.shape == (960, 540)
    inner = clip_planes(frame, "bt709")[0][0, 0]
    assert (luma[210:750] == inner).all()
    assert 0.5 * inner < luma[:200].mean() < 0.85 * inner
    assert luma.min() > 40


def test_frames_of_a_clip_are_shown_one_after_the_other_and_the_last_one_stays() -> None:
    shape = (64, 64)
    clip = {"p0": Moving(64, 64, 30.0), "p1": Moving(64, 64, 30.0)}
    photos = [photo(n, size=(64, 64)) for n in range(2)]
    plan = plan_film(photos, shape, 10, BEATS, mood="bright", clips=clip)

    def load(_: Take) -> Iterator[bytes]:
        for n in range(100):
            yield bytes([n + 20]) * (64 * 64) + bytes([128]) * (64 * 32)

    frames = list(draw_frames(plan, load, last=plan.takes[0].end))
    light = [int(split_planes(frame, shape)[0][0, 0]) for frame in frames]
    assert light[:100] == list(range(20, 120))
    assert set(light[100:]) == {119}
