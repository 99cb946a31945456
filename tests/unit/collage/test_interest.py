"""Where a picture's interest lies, and windows that keep it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelight.creations.interest import crop_window, find_focus, find_subjects, saliency
from safelight.model.creations import Box, Ingredient, Pixels


def scene(x: float, y: float, width: int = 720, height: int = 480) -> Pixels:
    """A red ball at fractions x, y of a green, slightly grainy field."""
    grain = np.random.default_rng(5).integers(0, 12, (height, width, 3), np.uint8)
    picture = np.array([60, 110, 60], np.uint8) + grain
    rows, columns = np.mgrid[0:height, 0:width]
    ball = (columns - x * width) ** 2 + (rows - y * height) ** 2 < (height / 9) ** 2
    picture[ball] = [200, 40, 40]
    return Pixels(width, height, picture.tobytes())


@pytest.mark.parametrize("at", [(0.2, 0.3), (0.75, 0.5), (0.5, 0.8), (0.3, 0.7)])
def test_focus_finds_the_one_thing(at: tuple[float, float]) -> None:
    assert find_focus(scene(*at)) == pytest.approx(at, abs=0.08)


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_nothing_in_particular_is_the_middle(shade: int) -> None:
    plain = Pixels(300, 200, bytes([shade]) * (300 * 200 * 3))
    assert find_focus(plain) == pytest.approx((0.5, 0.5), abs=0.02)


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 2), (8, 8)])
def test_odd_sizes_do_not_break_it(size: tuple[int, int]) -> None:
    x, y = find_focus(noise(size))
    assert 0.1 <= x <= 0.9
    assert 0.1 <= y <= 0.9


def noise(size: tuple[int, int]) -> Pixels:
    values = np.random.default_rng(1).integers(0, 255, (size[1], size[0], 3), np.uint8)
    return Pixels(*size, values.tobytes())


def test_saliency_is_small_and_between_nought_and_one() -> None:
    found = saliency(scene(0.5, 0.5))
    assert found.shape == (64, 96)
    assert float(found.min()) >= 0
    assert float(found.max()) == pytest.approx(1)


@given(
    st.floats(0.2, 5), st.floats(0.1, 0.9), st.floats(0.1, 0.9), st.sampled_from([0.5, 1.0, 2.0])
)
def test_a_window_is_inside_as_large_as_can_be_and_keeps_the_focus(
    aspect: float, x: float, y: float, shape: float
) -> None:
    photo = Ingredient("a", 1000, round(1000 / shape), focus=(x, y))
    window = crop_window(photo, aspect)
    assert window.width / window.height == pytest.approx(aspect)
    assert window.width == pytest.approx(photo.width) or window.height == pytest.approx(
        photo.height
    )
    assert window.x >= 0
    assert window.y >= 0
    assert window.x + window.width <= photo.width + 1e-6
    assert window.y + window.height <= photo.height + 1e-6
    # The focus keeps its place in the frame.
    assert (x * photo.width - window.x) / window.width == pytest.approx(x)
    assert (y * photo.height - window.y) / window.height == pytest.approx(y)


@given(st.floats(0, 700), st.floats(50, 300))
def test_a_face_is_inside_whatever_the_focus(left: float, width: float) -> None:
    face = Box(left, 100, width, 200)
    photo = Ingredient("a", 1000, 800, focus=(0.9, 0.5), keep=(face,))
    window = crop_window(photo, 0.8)
    assert window.x <= face.x + 1e-6
    assert face.x + face.width <= window.x + window.width + 1e-6


def test_a_face_has_room_to_breathe() -> None:
    photo = Ingredient("a", 1000, 500, focus=(0.9, 0.5), keep=(Box(300, 100, 100, 100),))
    assert crop_window(photo, 1.0).x <= 240


@pytest.mark.parametrize("at", [(0.2, 0.3), (0.7, 0.6), (0.5, 0.5)])
def test_the_first_box_is_around_what_draws_the_eye(at: tuple[float, float]) -> None:
    first = find_subjects(scene(*at))[0]
    assert first.x < at[0] < first.x + first.width
    assert first.y < at[1] < first.y + first.height
    assert first.width < 0.75


def test_nothing_in_particular_gives_boxes_in_the_middle() -> None:
    boxes = find_subjects(Pixels(96, 64, bytes([90]) * (96 * 64 * 3)))
    assert boxes
    for box in boxes:
        assert box.x + box.width / 2 == pytest.approx(0.5, abs=0.05)
        assert box.y + box.height / 2 == pytest.approx(0.5, abs=0.05)
