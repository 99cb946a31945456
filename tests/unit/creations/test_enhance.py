"""Enhancing puts right what was done to a picture, and leaves a good one nearly alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest

from safelight.creations.arrays import Image, as_array, as_pixels
from safelight.creations.enhance import Assessment, assess, enhance
from safelight.creations.enhance.skin import hue
from safelight.model.creations import Box, Pixels


def difference(one: Image, other: Image) -> float:
    """Mean distance in CIE Lab (delta E 1976)."""
    first, second = (
        cv2.cvtColor(np.asarray(image, np.float32) / np.float32(255), cv2.COLOR_RGB2Lab)
        for image in (one, other)
    )
    return float(np.linalg.norm(first - second, axis=2).mean())


def dark(image: Image) -> Image:
    return np.asarray(np.power(image / 255.0, 1.9) * 0.8 * 255, np.uint8)


def flat(image: Image) -> Image:
    return np.asarray(90 + image * 0.35, np.uint8)


def tinted(image: Image) -> Image:
    return np.asarray(np.clip(image * np.array([1.18, 1.0, 0.78]), 0, 255), np.uint8)


@pytest.mark.parametrize("spoil", [dark, flat, tinted])
def test_what_was_spoilt_comes_nearer_to_the_picture(
    scene: Image, spoil: Callable[[Image], Image]
) -> None:
    spoilt = spoil(scene)
    mended = as_array(enhance(as_pixels(spoilt)))
    assert difference(mended, scene) < 0.85 * difference(spoilt, scene)


def test_words_say_what_is_wrong(scene: Image) -> None:
    assert "flat" in assess(as_pixels(flat(scene))).words
    assert "tinted" in assess(as_pixels(tinted(scene))).words
    noise = np.random.default_rng(1).normal(0, 9, scene.shape)
    noisy = np.asarray(np.clip(scene + noise, 0, 255), np.uint8)
    assert "noisy" in assess(as_pixels(noisy)).words
    assert "noisy" not in assess(as_pixels(scene)).words


def test_noise_is_measured_and_becomes_less(scene: Image) -> None:
    noise = np.random.default_rng(1).normal(0, 8, scene.shape)
    noisy = as_pixels(np.asarray(np.clip(scene + noise, 0, 255), np.uint8))
    before = assess(noisy)
    assert 3 < before.noise < 9  # 8 a channel is about 5 in lightness
    assert assess(enhance(noisy, before)).noise < 0.6 * before.noise


@pytest.mark.parametrize("degrees", [-4.0, -2.0, 2.0, 4.0])
def test_a_leaning_picture_is_turned_level(scene: Image, degrees: float) -> None:
    turn = cv2.getRotationMatrix2D((240, 180), degrees, 1.15)
    leaning = np.asarray(cv2.warpAffine(scene, turn, (480, 360)), np.uint8)
    assert assess(as_pixels(leaning)).tilt == pytest.approx(-degrees, abs=0.7)


def test_a_level_picture_is_not_turned(scene: Image) -> None:
    assert assess(as_pixels(scene)).tilt == 0


def test_a_picture_is_not_turned_where_that_would_cut_a_face(scene: Image) -> None:
    turn = cv2.getRotationMatrix2D((240, 180), 4, 1.15)
    leaning = as_pixels(np.asarray(cv2.warpAffine(scene, turn, (480, 360)), np.uint8))
    corner = Box(0, 0, 60, 60)
    free, held = enhance(leaning), enhance(leaning, faces=[corner])
    assert difference(as_array(free), as_array(held)) > 1


def test_strength_nothing_is_the_photo_itself(scene: Image) -> None:
    photo = as_pixels(scene)
    assert enhance(photo, strength=0) == photo


def test_white_paper_stays_white() -> None:
    paper = np.full((200, 300, 3), 255, np.uint8)
    cv2.putText(paper, "Text", (40, 120), cv2.FONT_HERSHEY_SIMPLEX, 3, (20, 20, 20), 6)
    mended = as_array(enhance(as_pixels(paper)))
    assert np.quantile(mended, 0.7) >= 250


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (7, 5), (640, 480)])
@pytest.mark.parametrize("value", [0, 128, 255])
def test_odd_sizes_and_flat_pictures_keep_their_size(size: tuple[int, int], value: int) -> None:
    width, height = size
    photo = Pixels(width, height, bytes([value]) * (width * height * 3))
    made = enhance(photo)
    assert (made.width, made.height) == size


def test_the_same_photo_gives_the_same_result(scene: Image) -> None:
    photo = as_pixels(dark(scene))
    assert enhance(photo) == enhance(photo)


def _lit(image: Image, red: float, blue: float) -> Image:
    linear = np.power(image / 255.0, 2.2) * np.array([red, 1.0, blue])
    return np.asarray(np.clip(np.power(linear, 1 / 2.2) * 255 + 0.5, 0, 255), np.uint8)


@pytest.mark.parametrize(("red", "blue"), [(1.35, 0.6), (0.72, 1.35), (0.76, 0.76)])
def test_light_of_a_colour_is_found(scene: Image, red: float, blue: float) -> None:
    before = np.array(assess(as_pixels(scene)).gains)
    after = np.array(assess(as_pixels(_lit(scene, red, blue))).gains)
    wanted = np.power([red, 1.0, blue], -1 / 2.2)
    turned = np.log((after / after[1]) / (before / before[1]))
    asked = np.log(wanted / wanted[1])
    away = np.linalg.norm(turned - asked) / np.linalg.norm(asked)
    assert away < 0.85, "some of the way back, whatever the scene"


def test_where_the_guesses_disagree_little_is_done() -> None:
    sky = np.zeros((240, 320, 3), np.uint8)
    sky[:140] = (235, 140, 90)  # an evening sky over grey houses
    sky[140:] = np.random.default_rng(2).integers(40, 90, (100, 320, 1), np.uint8)
    assert np.abs(np.array(assess(as_pixels(sky)).gains) - 1).max() < 0.12


def test_the_moon_is_not_exposed_for_the_night() -> None:
    night = np.full((300, 400, 3), (8, 26, 70), np.uint8)
    moon = np.random.default_rng(3).integers(120, 220, (140, 140, 1), np.uint8)
    night[80:220, 130:270] = moon
    found = assess(as_pixels(night))
    assert found.middle > 0.4
    assert "dark" not in found.words


def test_skin_is_a_card_that_white_balance_may_not_spoil() -> None:
    """A face before a wall of a strong colour: the wall must not turn the face."""
    rng = np.random.default_rng(6)
    wall = np.full((300, 400, 3), (70, 150, 205), np.float64)
    wall[90:230, 140:260] = (176, 124, 98)
    wall += rng.normal(0, 4, (300, 400, 1))
    photo = np.asarray(np.clip(wall, 0, 255), np.uint8)
    face = Box(140, 90, 120, 140)
    cheek = (slice(140, 200), slice(170, 230))
    before = hue(np.median(photo[cheek].reshape(-1, 3), axis=0))
    turned = {}
    for name, faces in (("aware", [face]), ("unaware", [])):
        made = as_array(enhance(as_pixels(photo), _strong(photo), faces=faces))
        turned[name] = abs(hue(np.median(made[cheek].reshape(-1, 3), axis=0)) - before)
    assert turned["unaware"] > 0.2, "the gains alone would turn it"
    assert turned["aware"] < 0.1


def _strong(photo: Image) -> Assessment:
    """What was found, with gains as if the wall were grey."""
    return replace(assess(as_pixels(photo)), gains=(0.84, 1.1, 0.9), tilt=0.0)
