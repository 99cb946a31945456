"""Looks and paintings: strength, colours, faces, sizes, and where the styles come from."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from safelight.creations.arrays import Image, as_array, as_pixels
from safelight.creations.restyle import LOOKS, develop, paint, read_style, works
from safelight.creations.restyle.faces import face_mask
from safelight.model.creations import Box, Pixels
from safelight.model.errors import UserError


def far(one: Pixels, other: Pixels) -> float:
    return float(np.abs(as_array(one).astype(int) - as_array(other).astype(int)).mean())


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_changes_the_photo_by_its_strength(scene: Image, look: str) -> None:
    photo = as_pixels(scene)
    whole, half = develop(photo, look), develop(photo, look, strength=0.5)
    assert (whole.width, whole.height) == (photo.width, photo.height)
    assert far(photo, whole) > far(photo, half) > 1
    assert develop(photo, look, strength=0) == photo


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_is_the_same_twice_and_alike_at_another_size(scene: Image, look: str) -> None:
    photo = as_pixels(scene)
    assert develop(photo, look, seed=3) == develop(photo, look, seed=3)
    small = as_pixels(np.ascontiguousarray(scene[::2, ::2]))
    large, little = (as_array(develop(p, look)) for p in (photo, small))
    assert abs(float(large.mean()) - float(little.mean())) < 6


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("size", [(1, 1), (1, 300), (5, 3)])
def test_a_look_bears_odd_sizes(look: str, size: tuple[int, int]) -> None:
    photo = Pixels(*size, bytes(size[0] * size[1] * 3))
    assert (develop(photo, look).width, develop(photo, look).height) == size


def test_an_unknown_look_is_named() -> None:
    with pytest.raises(UserError, match="no look 'sepia'"):
        develop(Pixels(1, 1, bytes(3)), "sepia")


def test_every_artist_has_been_dead_for_more_than_seventy_years() -> None:
    assert len(works()) == 10
    for work in works().values():
        assert date.today().year - work.died > 70, work.label
        assert len(work.style) == 100


def test_painting_follows_strength_and_keeps_colours_when_asked(scene: Image) -> None:
    photo, style = as_pixels(scene), works()["village"].style
    whole = paint(photo, style)
    assert far(photo, whole) > 2 * far(photo, paint(photo, style, strength=0.3)) > 0
    assert far(photo, paint(photo, style, strength=0)) < 2  # through CIE Lab and back
    kept = as_array(paint(photo, style, keep_colours=True)).astype(float)
    hues = [image.mean((0, 1)) - image.mean() for image in (scene.astype(float), kept)]
    assert np.abs(hues[0] - hues[1]).max() < 12


def test_styles_differ(scene: Image) -> None:
    photo = as_pixels(scene)
    assert far(paint(photo, works()["wave"].style), paint(photo, works()["dance"].style)) > 10


def test_faces_are_protected(scene: Image) -> None:
    photo, face, style = as_pixels(scene), Box(60, 220, 180, 110), works()["village"].style
    inside = (slice(250, 300), slice(110, 190))
    free, held = paint(photo, style), paint(photo, style, faces=[face])
    changed = [
        float(np.abs(as_array(made)[inside].astype(int) - scene[inside].astype(int)).mean())
        for made in (free, held)
    ]
    assert changed[1] < 0.6 * changed[0]
    assert far(free, held) < 20  # the rest of the picture is painted alike


def test_a_face_mask_is_soft_and_where_the_face_is() -> None:
    mask = face_mask((100, 100), [Box(40, 40, 20, 20)])
    assert mask[50, 50] > 0.95
    assert mask[5, 5] == 0
    assert 0.05 < mask[50, 38] < 0.95
    assert face_mask((10, 10), []).max() == 0


@pytest.mark.parametrize("size", [(1, 1), (3, 700), (17, 13)])
def test_painting_bears_odd_sizes(size: tuple[int, int]) -> None:
    made = paint(Pixels(*size, bytes(size[0] * size[1] * 3)), works()["wave"].style)
    assert (made.width, made.height) == size


def test_the_style_of_a_picture_is_a_hundred_finite_numbers(scene: Image) -> None:
    style = read_style(as_pixels(scene))
    assert len(style) == 100
    assert np.isfinite(style).all()
