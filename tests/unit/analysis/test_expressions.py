"""Eyes and smiles, on real faces."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from safelight.analysis.faces import Expression, expressions, find_faces, find_meshes
from safelight.analysis.framing import Array, scaled
from safelight.model.creations import Box
from safelight.model.observations import FaceBox

ORIGINALS = "apple-photos-faces.photoslibrary/originals"


def photo(shared_data: Path, start: str) -> Array:
    path = next((shared_data / ORIGINALS).glob(f"*/{start}*"))
    read = cv2.imread(str(path))
    assert read is not None
    factor = 1000 / max(read.shape[:2])
    rows, columns = (round(size * factor) for size in read.shape[:2])
    return np.ascontiguousarray(scaled(read, rows, columns)[..., ::-1])


def of_first(picture: Array) -> Expression | None:
    (said, *_) = expressions(find_meshes(picture, find_faces(picture)[:1]))
    return said


@pytest.mark.parametrize(("start", "smiles"), [("74C3C5B5", True), ("2C766B95", False)])
def test_smiles_are_told_from_serious_faces(shared_data: Path, start: str, smiles: bool) -> None:
    said = of_first(photo(shared_data, start))
    assert said is not None
    assert (said.smile > 0.8) == smiles
    assert (said.smile < 0.2) != smiles


def test_narrowed_eyes_count_as_less_open(shared_data: Path) -> None:
    wide = of_first(photo(shared_data, "2C766B95"))
    laughing = of_first(photo(shared_data, "52E95CFC"))  # her eyes are shut
    assert wide is not None
    assert laughing is not None
    assert wide.eyes_open - laughing.eyes_open > 0.2


def test_turning_the_picture_changes_little(shared_data: Path) -> None:
    picture = photo(shared_data, "74C3C5B5")
    matrix = cv2.getRotationMatrix2D((picture.shape[1] / 2, picture.shape[0] / 2), 12, 0.9)
    turned = np.asarray(cv2.warpAffine(picture, matrix, picture.shape[1::-1]))
    first, second = of_first(picture), of_first(turned)
    assert first is not None
    assert second is not None
    assert second.smile == pytest.approx(first.smile, abs=0.2)
    assert second.eyes_open == pytest.approx(first.eyes_open, abs=0.35)


def test_small_and_turned_faces_say_nothing(shared_data: Path) -> None:
    picture = photo(shared_data, "2C766B95")
    (face,) = find_faces(picture)[:1]
    small = scaled(picture, 60, 60)
    assert expressions(find_meshes(small, find_faces(small))) in ([], [None])
    aside = FaceBox(
        face.box, face.score, face.right_eye, face.left_eye, face.right_ear, face.mouth,
        face.right_ear, face.left_ear,
    )  # fmt: skip
    assert expressions(find_meshes(picture, [aside])) == [None]


def test_a_wall_is_no_face() -> None:
    wall = np.random.default_rng(1).integers(90, 110, (400, 400, 3), np.uint8)
    face = FaceBox(
        Box(0.3, 0.3, 0.4, 0.4), 0.9,
        (0.4, 0.45), (0.6, 0.45), (0.5, 0.55), (0.5, 0.63), (0.33, 0.48), (0.67, 0.48),
    )  # fmt: skip
    assert expressions(find_meshes(wall, [face])) == [None]
