"""Moving pictures: there and back, held still, and refused where there is nothing to move."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageSequence

from safelight.creations.arrays import Image, as_pixels
from safelight.creations.burst import moving
from safelight.model.creations import Pixels
from safelight.model.errors import RenderError


def frames(data: bytes) -> list[Image]:
    with Pillow.open(io.BytesIO(data)) as picture:
        return [np.asarray(each.convert("RGB")) for each in ImageSequence.Iterator(picture)]


def shaken(scene: Image, *moves: tuple[int, int]) -> list[Pixels]:
    return [as_pixels(np.ascontiguousarray(np.roll(scene, move, (0, 1)))) for move in moves]


@pytest.mark.parametrize("media_type", ["image/gif", "image/webp"])
def test_it_goes_there_and_back(scene: Image, media_type: str) -> None:
    burst = [as_pixels(np.asarray(scene // k, np.uint8)) for k in (1, 2, 3, 4)]
    assert len(frames(moving(burst, media_type))) == 6


def test_a_shaking_camera_is_held_still(scene: Image) -> None:
    dimmed = np.asarray(scene * 0.97, np.uint8)  # frames that are alike would be merged
    burst = [*shaken(scene, (0, 0)), *shaken(dimmed, (5, -7)), *shaken(scene, (-4, 3))]
    held = frames(moving(burst, "image/webp"))
    assert held[0].shape[0] < scene.shape[0]  # cropped to what all frames show
    apart = np.abs(held[0][20:-20, 20:-20].astype(int) - held[1][20:-20, 20:-20]).mean()
    loose = np.abs(scene.astype(int) - np.roll(scene, (5, -7), (0, 1))).mean()
    assert apart < 0.5 * loose


def test_a_turning_camera_is_held_still(scene: Image) -> None:
    height, width = scene.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 2.0, 1.0)
    turned = np.asarray(cv2.warpAffine(scene, turn, (width, height)), np.uint8)
    held = frames(moving([as_pixels(scene), as_pixels(turned)], "image/webp"))
    inner = slice(10, -10), slice(10, -10)
    apart = np.abs(held[0][inner].astype(int) - held[1][inner]).mean()
    assert apart < 0.4 * np.abs(scene.astype(int) - turned).mean()


def test_what_stands_still_does_not_flicker_in_a_gif(scene: Image) -> None:
    rng = np.random.default_rng(4)
    burst = []
    for step in range(4):
        noisy = np.clip(scene + rng.integers(-2, 3, scene.shape), 0, 255).astype(np.uint8)
        noisy[40:60, 40 + 30 * step : 60 + 30 * step] = (250, 20, 20)
        burst.append(as_pixels(noisy))
    held = frames(moving(burst))
    changed = (held[1] != held[2]).any(axis=2).mean()
    assert changed < 0.12, "little more than what moved"


def test_frames_of_other_shapes_are_fitted(scene: Image) -> None:
    tall = as_pixels(np.ascontiguousarray(scene[:, :200]))
    assert len(frames(moving([as_pixels(scene), tall]))) == 2


def test_one_photo_or_another_type_is_refused(scene: Image) -> None:
    with pytest.raises(RenderError, match="two photos"):
        moving([as_pixels(scene)])
    with pytest.raises(RenderError, match="image/png"):
        moving([as_pixels(scene)] * 2, "image/png")


def test_the_same_burst_gives_the_same_file(scene: Image) -> None:
    burst = shaken(scene, (0, 0), (3, 3))
    assert moving(burst) == moving(burst)


@pytest.mark.parametrize("size", [(1, 1), (1, 400), (400, 1), (3, 2), (2, 90)])
def test_frames_too_thin_to_be_held_are_shown_as_they_are(size: tuple[int, int]) -> None:
    width, height = size
    burst = [Pixels(width, height, bytes([level]) * (3 * width * height)) for level in (0, 200)]
    (first, *_) = frames(moving(burst, "image/gif"))
    assert first.shape == (height, width, 3)
