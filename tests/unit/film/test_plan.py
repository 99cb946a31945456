"""A film's plan: on the beat, nobody cut, everybody shown long enough."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from safelight.creations.film import FORMATS, compose, needed_edge, plan_film
from safelight.creations.film.plan import TITLE_END_S
from safelight.model.creations import Box, Ingredient
from safelight.model.errors import UserError

BEATS = [n * 0.5 for n in range(130)]


def photo(n: int, *faces: Box, size: tuple[int, int] = (4000, 3000)) -> Ingredient:
    return Ingredient(f"p{n}", *size, focus=(0.3 + 0.05 * (n % 8), 0.5), keep=faces)


@pytest.mark.parametrize("seconds", [10, 15, 30, 60])
@pytest.mark.parametrize("count", [1, 3, 9, 40])
def test_cuts_fall_on_beats_and_fill_the_film(seconds: float, count: int) -> None:
    photos = [photo(n) for n in range(count)]
    plan = plan_film(photos, (1080, 1920), seconds, BEATS, mood="bright")
    assert plan.takes[0].start == 0.0
    assert plan.takes[-1].end == seconds
    for one, other in itertools.pairwise(plan.takes):
        assert one.end == other.start
        assert one.end in BEATS
        assert one.end - one.start >= 0.5
    assert [take.asset for take in plan.takes] == sorted(
        (take.asset for take in plan.takes), key=lambda name: int(name[1:])
    )


@pytest.mark.parametrize("seconds", [10, 15, 20, 60])
@pytest.mark.parametrize("count", [2, 5, 9, 40])
def test_a_title_is_gone_when_the_second_picture_comes(seconds: float, count: int) -> None:
    photos = [photo(n) for n in range(count)]
    plan = plan_film(photos, (1080, 1920), seconds, BEATS, mood="bright", words=("A title", ""))
    assert plan.takes[1].start >= TITLE_END_S - 0.25  # the nearest beat; by then it is faint
    assert min(take.end - take.start for take in plan.takes) >= 1.0


def test_no_face_is_ever_cut() -> None:
    rng = np.random.default_rng(3)
    for _ in range(400):
        width, height = int(rng.integers(800, 5000)), int(rng.integers(800, 5000))
        faces = []
        for _ in range(int(rng.integers(1, 4))):
            side = float(rng.uniform(0.05, 0.3)) * min(width, height)
            faces.append(
                Box(rng.uniform(0, width - side), rng.uniform(0, height - side), side, side)
            )
        one = Ingredient("a", width, height, keep=tuple(faces))
        for shape in FORMATS.values():
            for take in plan_film([one, one], shape, 10, BEATS, mood="calm").takes:
                if take.whole:
                    assert all(_shows(take.first, face) for face in faces)
                for window in () if take.whole else (take.first, take.last):
                    assert window.width / window.height == pytest.approx(shape[0] / shape[1])
                    assert all(_shows(window, face) for face in faces)


def _shows(window: Box, face: Box) -> bool:
    inner = 0.14  # within the room around a face, which is 0.167 of its box
    return (
        window.x <= face.x + inner * face.width + 1e-6
        and window.y <= face.y + inner * face.height + 1e-6
        and window.x + window.width >= face.x + (1 - inner) * face.width - 1e-6
        and window.y + window.height >= face.y + (1 - inner) * face.height - 1e-6
    )


@pytest.mark.parametrize("left", [0.0, 0.1, 0.35, 0.6, 0.72])
def test_a_subject_at_the_edge_stays_in_the_picture_all_the_time(left: float) -> None:
    """A thing that is narrower than the film's shape, wherever it is, from the first to the last
    window; beside it draws something else that does not fit.
    """
    width, height = 4000, 3000
    thing = Box(left * width, 900, 0.28 * width, 1200)
    other = Box(0, 0, width, 0.3 * height)
    for focus in (0.1, 0.5, 0.9):
        one = Ingredient("a", width, height, (focus, 0.5), subjects=(thing, other))
        for take in plan_film([one] * 4, FORMATS["story"], 10, BEATS, mood="calm").takes:
            for share in np.linspace(0, 1, 5):
                x, w = (
                    (1 - share) * getattr(take.first, side) + share * getattr(take.last, side)
                    for side in ("x", "width")
                )
                inside = min(x + w, thing.x + thing.width) - max(x, thing.x)
                assert inside >= 0.99 * thing.width


def test_a_face_counts_for_more_than_what_draws_the_eye() -> None:
    face, thing = Box(200, 800, 500, 600), Box(3200, 800, 700, 900)
    one = Ingredient("a", 4000, 3000, (0.9, 0.5), (face,), subjects=(thing,))
    for take in plan_film([one] * 3, FORMATS["story"], 10, BEATS, mood="calm").takes:
        assert all(_shows(window, face) for window in (take.first, take.last))


def test_of_what_is_wider_than_the_film_nothing_else_is_shown() -> None:
    train = Box(1200, 900, 2600, 900)
    one = Ingredient("a", 4000, 3000, (0.05, 0.5), subjects=(train,))
    for take in plan_film([one] * 3, FORMATS["story"], 10, BEATS, mood="calm").takes:
        for window in (take.first, take.last):
            assert window.x >= train.x - 90
            assert window.x + window.width <= train.x + train.width + 90


def test_every_turn_lasts_long_enough_to_be_seen() -> None:
    for count in (3, 6, 9):
        photos = [photo(n) for n in range(count)]
        beats = [n * 60 / 76 for n in range(20)]
        plan = plan_film(photos, FORMATS["story"], 15, beats, mood="calm")
        assert min(take.end - take.start for take in plan.takes) >= 0.95


def test_moves_go_in_and_out_in_turn_and_never_leave_the_photo() -> None:
    plan = plan_film([photo(n) for n in range(6)], (1080, 1920), 12, BEATS, mood="calm")
    closer = [take.last.width < take.first.width for take in plan.takes]
    assert closer == [True, False] * 3
    for take in plan.takes:
        for window in (take.first, take.last):
            assert window.x >= -1e-6
            assert window.x + window.width <= 4000 + 1e-6
        assert 1920 <= needed_edge(take, (1080, 1920)) <= 4000


@pytest.mark.parametrize("seconds", [5, 61])
def test_other_lengths_are_refused(seconds: float) -> None:
    with pytest.raises(UserError):
        plan_film([photo(0)], (1080, 1920), seconds, BEATS, mood="calm")


def test_nothing_gives_no_film() -> None:
    with pytest.raises(UserError):
        plan_film([], (1080, 1920), 20, BEATS, mood="calm")


def test_music_is_the_same_each_time_and_differs_by_seed() -> None:
    one, again, other = compose("calm", 10, 1), compose("calm", 10, 1), compose("calm", 10, 2)
    assert (one.sound == again.sound).all()
    assert (one.sound != other.sound).any()
    assert one.sound.shape == (441_000, 2)
    assert 0.3 < float(np.abs(one.sound).max()) <= 1.0
    assert float(np.abs(one.sound[-200:]).max()) < 0.01
