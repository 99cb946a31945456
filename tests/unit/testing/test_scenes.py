"""Every kind of scene paints, in any shape, the same each time."""

from __future__ import annotations

import numpy as np
import pytest

from safelight.testing.scenes import KINDS, paint
from safelight.testing.scenes.colour import from_oklab, light_at, mix, ramp, rgb, to_oklab


@pytest.mark.parametrize("kind", KINDS)
def test_scene_is_a_picture(kind: str) -> None:
    pixels = paint(kind, 3, 160, 120, hour=11, season="summer")
    assert pixels.shape == (120, 160, 3)
    assert pixels.dtype == np.uint8
    assert pixels.std() > 12, "flat"
    assert len(np.unique(pixels // 16 @ np.array([1, 16, 256]))) > 40, "hardly any colours"


@pytest.mark.parametrize("kind", KINDS)
def test_seeds_tell_pictures_apart(kind: str) -> None:
    first, second = (paint(kind, seed, 96, 72).astype(int) for seed in (1, 2))
    assert np.abs(first - second).mean() > 4


@pytest.mark.parametrize("size", [(90, 120), (200, 75), (100, 100), (64, 48)])
def test_shapes(size: tuple[int, int]) -> None:
    for kind in ("mountains", "harbour", "birthday_cake", "night_sky"):
        assert paint(kind, 1, *size).shape == (size[1], size[0], 3)


def test_same_arguments_same_picture() -> None:
    for kind in ("fields", "snow", "party"):
        first = paint(kind, 9, 120, 90, hour=7.5, season="winter")
        assert np.array_equal(first, paint(kind, 9, 120, 90, hour=7.5, season="winter"))


@pytest.mark.parametrize("season", ["spring", "summer", "autumn", "winter"])
def test_every_hour_has_its_light(season: str) -> None:
    noon = paint("fields", 4, 96, 72, hour=12.5, season=season).mean()
    midnight = paint("fields", 4, 96, 72, hour=0.5, season=season).mean()
    assert noon > midnight + 50
    assert [light_at(hour, season).night for hour in (0, 12, 23.9)] == [True, False, True]


def test_unknown_kind() -> None:
    with pytest.raises(KeyError):
        paint("submarine", 1, 64, 48)


def test_oklab_goes_there_and_back() -> None:
    colours = np.random.default_rng(1).uniform(0, 255, (50, 3))
    assert np.allclose(from_oklab(to_oklab(colours)), colours, atol=0.01)
    # Oklab's own published value for sRGB red.
    assert np.allclose(to_oklab(np.array([255.0, 0, 0])), [0.62796, 0.22486, 0.12585], atol=1e-3)


def test_mixing_ends_at_its_ends() -> None:
    first, last = rgb("123456"), rgb("fedcba")
    assert np.allclose(mix(first, last, 0), first, atol=0.01)
    assert np.allclose(mix(first, last, 1), last, atol=0.01)
    assert ramp((first, last))[0].tolist() == [0x12, 0x34, 0x56]
    assert ramp((first, last))[255].tolist() == [0xFE, 0xDC, 0xBA]
