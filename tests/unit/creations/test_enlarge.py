"""Pictures twice as large: the same picture, no seams, finer than resampling."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from safelight.creations.arrays import Image, as_array, as_pixels
from safelight.creations.enlarge import enlarge


@pytest.fixture(scope="module")
def fine() -> Image:
    """A picture of sharp shapes, as large as the enlarged one ought to be."""
    drawn = np.full((440, 420, 3), 230, np.uint8)
    rng = np.random.default_rng(3)
    for _ in range(40):
        x, y, size = (int(value) for value in rng.integers((0, 0, 8), (420, 440, 60)))
        shade = tuple(int(value) for value in rng.integers(0, 255, 3))
        cv2.circle(drawn, (x, y), size, shade, -1, cv2.LINE_AA)
        cv2.line(drawn, (x, y), (y % 420, x % 440), shade, 3, cv2.LINE_AA)
    return drawn


@pytest.fixture(scope="module")
def small(fine: Image) -> Image:
    return np.asarray(cv2.resize(fine, (210, 220), interpolation=cv2.INTER_AREA), np.uint8)


def _error(one: Image, other: Image) -> float:
    return float(((one.astype(float) - other) ** 2).mean())


def test_it_is_the_same_picture_and_nearer_to_the_fine_one_than_resampling(
    fine: Image, small: Image
) -> None:
    larger = as_array(enlarge(as_pixels(small)))
    assert larger.shape == fine.shape
    back = cv2.resize(larger, (210, 220), interpolation=cv2.INTER_AREA)
    assert np.abs(back.astype(int) - small).mean() < 2
    resampled = cv2.resize(small, (420, 440), interpolation=cv2.INTER_LANCZOS4)
    assert _error(larger, fine) < 0.8 * _error(np.asarray(resampled, np.uint8), fine)


def test_bands_and_tiles_fit_together_without_a_seam(small: Image) -> None:
    whole = as_array(enlarge(as_pixels(small)))
    bands = [enlarge(as_pixels(small), *rows) for rows in ((0, 3), (3, 120), (120, 220))]
    assert np.array_equal(np.vstack([as_array(band) for band in bands]), whole)


@pytest.mark.parametrize("size", [(1, 1), (9, 3), (16, 250)])
def test_odd_sizes_are_borne(size: tuple[int, int]) -> None:
    picture = np.full((*size, 3), (200, 90, 30), np.uint8)
    larger = as_array(enlarge(as_pixels(picture)))
    assert larger.shape == (2 * size[0], 2 * size[1], 3)
    assert np.abs(larger.astype(int) - (200, 90, 30)).max() <= 6
