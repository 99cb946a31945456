"""What is covered is gone: nothing of a face can be worked out from what is left."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from safelight.model.creations import Box
from safelight.model.sharing import Covering
from safelight.sharing import cover_people

FACE = Box(250, 150, 80, 100)
INSIDE = (slice(150, 250), slice(250, 330))


def test_a_solid_shape_is_one_colour_over_the_whole_box(noise: Image.Image) -> None:
    covered = np.asarray(cover_people(noise, [FACE], Covering.SOLID))
    assert len(np.unique(covered[INSIDE].reshape(-1, 3), axis=0)) == 1


@pytest.mark.parametrize("how", [Covering.SOLID, Covering.MOSAIC])
def test_everything_else_stays_as_it_was(noise: Image.Image, how: Covering) -> None:
    before, after = np.asarray(noise), np.asarray(cover_people(noise, [FACE], how))
    changed = (before != after).any(2)
    rows, columns = np.flatnonzero(changed.any(1)), np.flatnonzero(changed.any(0))
    assert 60 < rows[0] <= 150
    assert 250 <= rows[-1] < 320
    assert 180 < columns[0] <= 250
    assert 330 <= columns[-1] < 400


def test_a_mosaic_tells_two_faces_apart_no_better_than_its_noise() -> None:
    """Two faces that differ in every feature but share their colours leave the same behind."""
    one, other = _face(0), _face(1)
    apart = np.mean([_distance(_mosaic(one), _mosaic(other)) for _ in range(40)])
    same = np.mean([_distance(_mosaic(one), _mosaic(one)) for _ in range(40)])
    assert apart < 1.35 * same


def test_each_mosaic_has_noise_of_its_own(noise: Image.Image) -> None:
    one, other = (cover_people(noise, [FACE], Covering.MOSAIC) for _ in range(2))
    assert one.tobytes() != other.tobytes()


def test_a_planted_fault_is_found() -> None:
    """A plain blur would pass none of this: two faces stay further apart than noise."""
    from PIL import ImageFilter

    one, other = _face(0), _face(1)
    blurred = [np.asarray(face.filter(ImageFilter.GaussianBlur(6))) for face in (one, other)]
    assert _distance(*blurred) > 1.35 * _distance(blurred[0], blurred[0])


def test_bodies_are_covered_by_their_mask(noise: Image.Image) -> None:
    mask = np.zeros((40, 60), np.uint8)
    mask[10:30, 20:40] = 255
    covered = np.asarray(cover_people(noise, [], Covering.SOLID, mask))
    assert len(np.unique(covered[100:300, 200:400].reshape(-1, 3), axis=0)) == 1
    assert (covered[:60] == np.asarray(noise)[:60]).all()


def test_a_large_face_gets_no_finer_mosaic_with_its_body_than_without() -> None:
    box, everywhere = Box(80, 70, 140, 170), np.full((30, 30), 255, np.uint8)

    def left(face: Image.Image) -> NDArray[np.uint8]:
        return np.asarray(cover_people(face, [box], Covering.MOSAIC, everywhere))

    one, other = _face(0), _face(1)
    same = np.mean([_distance(left(one), left(one)) for _ in range(12)])
    assert _distance(left(one), left(other)) < 1.5 * same


def test_nothing_is_touched_where_nothing_is_asked(noise: Image.Image) -> None:
    assert cover_people(noise, [FACE], Covering.NONE) is noise
    assert cover_people(noise, [], Covering.SOLID) is noise


def _face(kind: int) -> Image.Image:
    from PIL import ImageDraw

    image = Image.new("RGB", (300, 300), (200, 160, 130))
    draw = ImageDraw.Draw(image)
    eyes = (110, 120, 190, 120) if kind == 0 else (120, 135, 180, 135)
    for x, y in (eyes[:2], eyes[2:]):
        draw.ellipse([x - 9, y - 6, x + 9, y + 6], fill=(40, 30, 30))
    mouth = [125, 185, 175, 200] if kind == 0 else [115, 200, 185, 211]
    draw.ellipse(mouth, fill=(150, 70, 70))
    return image


def _mosaic(face: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(cover_people(face, [Box(80, 70, 140, 170)], Covering.MOSAIC))


def _distance(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    return float(np.abs(one.astype(int) - other.astype(int)).mean())
