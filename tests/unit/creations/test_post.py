"""Photos in the shape of a post: no face is cut, nothing is enlarged or distorted."""

from __future__ import annotations

import random

import numpy as np
import pytest
from PIL import Image

from safelight.creations.post import (
    PAPER,
    crop_of,
    draw_post,
    faces_cut,
    fit_post,
    most_zoom,
)
from safelight.model.creations import Box, Ingredient
from safelight.model.sharing import Crop

ASPECTS = (1.0, 4 / 5, 9 / 16)


@pytest.mark.parametrize("aspect", ASPECTS)
def test_no_face_is_ever_cut(aspect: float) -> None:
    chance = random.Random(11)
    wholes = 0
    for _ in range(400):
        width, height = chance.randint(300, 5000), chance.randint(300, 5000)
        faces = []
        for _ in range(chance.randint(0, 4)):
            w, h = chance.uniform(10, width / 2), chance.uniform(10, height / 2)
            faces.append(Box(chance.uniform(0, width - w), chance.uniform(0, height - h), w, h))
        focus = (chance.uniform(0.1, 0.9), chance.uniform(0.1, 0.9))
        frame = fit_post(Ingredient("a", width, height, focus, tuple(faces)), aspect)
        window = frame.window
        assert window.width / window.height == pytest.approx(aspect)
        wholes += frame.whole
        for face in faces:
            assert window.x - 1 <= face.x
            assert window.y - 1 <= face.y
            assert face.x + face.width <= window.x + window.width + 1
            assert face.y + face.height <= window.y + window.height + 1
        if not faces:
            assert window.width <= width + 1e-6
            assert window.height <= height + 1e-6
    assert 20 < wholes < 380


def test_faces_far_apart_put_the_whole_photo_on_paper() -> None:
    faces = (Box(0, 100, 80, 80), Box(320, 100, 80, 80))
    frame = fit_post(Ingredient("a", 400, 300, keep=faces), 4 / 5)
    assert frame.whole
    post = draw_post(Image.new("RGB", (400, 300), "navy"), frame, 1350)
    assert post.size == (400, 500)
    colours = np.asarray(post)
    paper = Image.new("RGB", (1, 1), PAPER).getpixel((0, 0))
    assert tuple(colours[0, 0]) == tuple(colours[-1, -1]) == paper
    assert (colours[101:399] == (0, 0, 128)).all()


def test_a_crop_shows_the_window_also_of_a_smaller_copy() -> None:
    photo = Ingredient("a", 800, 400, keep=(Box(600, 50, 150, 150),))
    frame = fit_post(photo, 1.0)
    assert not frame.whole
    image = Image.new("RGB", (800, 400), "white")
    image.paste("red", (600, 50, 750, 200))
    large, small = draw_post(image, frame, None), draw_post(image.resize((400, 200)), frame, 100)
    assert large.size == (400, 400)
    assert small.size == (100, 100)
    for post in (large, small):
        red = (np.asarray(post)[:, :, 1] < 128).mean()
        assert red == pytest.approx(150 * 150 / 400 / 400, rel=0.05)
    assert frame.decoded_edge(100) == 200
    assert frame.decoded_edge(None) is None


@pytest.mark.parametrize(
    ("aspect", "edge", "size"),
    [(1.0, 1080, (1080, 1080)), (4 / 5, 1350, (1080, 1350)), (9 / 16, 1920, (1080, 1920))],
)
def test_posts_are_1080_pixels_wide(aspect: float, edge: int, size: tuple[int, int]) -> None:
    assert fit_post(Ingredient("a", 4000, 3000), aspect).size(edge) == size


@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_wished_crop_stays_in_the_photo_and_is_what_was_wished(aspect: float) -> None:
    chance = random.Random(12)
    for _ in range(400):
        photo = Ingredient("a", chance.randint(300, 6000), chance.randint(300, 6000))
        wished = Crop(chance.uniform(-0.5, 1.5), chance.uniform(-0.5, 1.5), chance.uniform(0, 9))
        frame = fit_post(photo, aspect, wished)
        window = frame.window
        assert window.width / window.height == pytest.approx(aspect)
        assert min(window.x, window.y) >= 0
        assert window.x + window.width <= photo.width + 1e-6
        assert window.y + window.height <= photo.height + 1e-6
        widest = min(photo.width, photo.height * aspect)
        assert window.width >= min(540, widest) - 1e-6
        again = fit_post(photo, aspect, crop_of(frame))
        for side in ("x", "y", "width", "height"):
            assert getattr(again.window, side) == pytest.approx(getattr(window, side), abs=1e-6)


def test_a_person_may_cut_a_face_or_have_it_whole() -> None:
    photo = Ingredient("a", 4000, 3000, keep=(Box(3000, 500, 800, 800), Box(100, 500, 400, 400)))
    usual = fit_post(photo, 4 / 5)
    assert usual.whole
    assert crop_of(usual).whole
    cut = fit_post(photo, 4 / 5, Crop(0.9, 0.5))
    assert faces_cut(photo, cut.window) == 1
    assert fit_post(photo, 4 / 5, Crop(whole=True)) == usual
    assert most_zoom(photo, 4 / 5) == pytest.approx(2400 / 540)
    assert most_zoom(Ingredient("b", 320, 240), 1.0) == 1.0
