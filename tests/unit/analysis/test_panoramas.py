"""Things in pictures much longer than wide: looked for in windows, each found once and whole."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from safelight.analysis.content import objects
from safelight.analysis.content.objects import WINDOWS, find_objects

Array = NDArray[Any]


class Blobs:
    """A detector of white things on black, which sees none smaller than a tenth of a side."""

    def __init__(self) -> None:
        self.looks: list[tuple[int, ...]] = []

    def __call__(self, picture: Array, min_score: float) -> tuple[Array, Array, Array]:
        self.looks.append(picture.shape[:2])
        white = np.ascontiguousarray(picture[..., 0] > 127).astype(np.uint8)
        _, _, found, _ = cv2.connectedComponentsWithStats(white)
        kept = found[1:][found[1:, 2:4].max(axis=1) >= max(picture.shape[:2]) / 10]
        left, top, wide, high = (kept[:, at].astype(np.float32) for at in range(4))
        boxes = np.stack([left, top, left + wide, top + high], axis=1)
        return boxes, np.full(len(kept), 0.9, np.float32), np.zeros(len(kept), np.int64)


@pytest.fixture
def blobs(monkeypatch: pytest.MonkeyPatch) -> Blobs:
    detector = Blobs()
    monkeypatch.setattr(objects, "_seen", detector)
    return detector


def strip(starts: list[int], size: int = 60, length: int = 1000, *, stands: bool = False) -> Array:
    picture = np.zeros((100, length, 3), np.uint8)
    for start in starts:
        picture[20 : 20 + size, start : start + size] = 255
    return picture.transpose(1, 0, 2) if stands else picture


@pytest.mark.parametrize("stands", [False, True])
def test_small_things_of_a_panorama_are_found_whole(blobs: Blobs, stands: bool) -> None:
    starts = [0, 130, 290, 410, 555, 700, 830, 940]
    found = find_objects(strip(starts, stands=stands))
    places = sorted(thing.box.y if stands else thing.box.x for thing in found)
    assert places == pytest.approx([start / 1000 for start in starts], abs=1e-6)
    assert all(min(t.box.width, t.box.height) == pytest.approx(0.06, abs=1e-6) for t in found)
    assert len(blobs.looks) > 2


@given(st.lists(st.integers(0, 11), min_size=1, max_size=8, unique=True), st.integers(0, 15))
def test_wherever_a_window_ends(places: list[int], shift: int) -> None:
    starts = [82 * place + shift for place in sorted(places)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(objects, "_seen", Blobs())
        found = find_objects(strip(starts, size=40))
    assert sorted(round(thing.box.x * 1000) for thing in found) == starts
    assert all(round(thing.box.width * 1000) == 40 for thing in found)


@pytest.mark.parametrize("size", [(100, 240), (240, 100), (100, 100), (416, 312)])
def test_an_ordinary_picture_is_looked_at_once(blobs: Blobs, size: tuple[int, int]) -> None:
    find_objects(np.zeros((*size, 3), np.uint8))
    assert blobs.looks == [size]


@pytest.mark.parametrize("size", [(100, 251), (26, 1000), (16, 600), (1000, 30)])
def test_even_the_longest_is_looked_at_a_few_times(blobs: Blobs, size: tuple[int, int]) -> None:
    assert find_objects(np.zeros((*size, 3), np.uint8)) == ()
    assert 2 <= len(blobs.looks) <= WINDOWS + 1
    covered = sum(max(look) for look in blobs.looks[1:])
    assert covered >= max(size)


def test_the_detector_itself_sees_nothing_in_black() -> None:
    assert find_objects(np.zeros((100, 1000, 3), np.uint8), 0.9) == ()
