"""A face is laid by its mesh; a face that fills a poor picture is found."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from safelight.analysis.content import ContentAnalyser
from safelight.analysis.faces import FaceEmbedder, detect, find_faces, find_meshes
from safelight.analysis.faces.embed import aligned
from safelight.analysis.framing import Array
from safelight.model.creations import Pixels
from safelight.model.observations import FaceBox


@pytest.fixture(scope="module")
def portrait(shared_data: Path) -> Array:
    """Two people who are marked in the file."""
    read = cv2.imread(str(shared_data / "metadata/faces/portrait.jpg"))
    assert read is not None
    return np.ascontiguousarray(read[..., ::-1])


def pixels(picture: Array) -> Pixels:
    return Pixels(picture.shape[1], picture.shape[0], np.ascontiguousarray(picture).tobytes())


def close(picture: Array, face: FaceBox, edge: int) -> Array:
    """The face and little more, at a size."""
    height, width = picture.shape[:2]
    box = face.box
    rows = slice(max(0, int(box.y * height)), int((box.y + box.height) * height))
    columns = slice(max(0, int(box.x * width)), int((box.x + box.width) * width))
    cut = np.ascontiguousarray(picture[rows, columns])
    return np.asarray(cv2.resize(cut, (edge, edge), interpolation=cv2.INTER_AREA))


def template(picture: Array, face: FaceBox, meshes: list[Array | None] | None = None) -> Array:
    (made,) = FaceEmbedder().embed(pixels(picture), [face], meshes)
    return np.frombuffer(made.template.values, "<f2").astype(float)


def test_a_mesh_lies_on_its_face(portrait: Array) -> None:
    face = find_faces(portrait)[0]
    (points,) = find_meshes(portrait, [face])
    assert points is not None
    assert points.shape == (468, 2)
    size = np.array([portrait.shape[1], portrait.shape[0]])
    eyes = points[[33, 133]].mean(axis=0), points[[263, 362]].mean(axis=0)
    apart = np.linalg.norm(eyes[0] - eyes[1])
    for found, known in zip(eyes, (face.right_eye, face.left_eye), strict=True):
        assert np.linalg.norm(found - np.array(known) * size) < 0.2 * apart


def test_a_template_is_the_same_whoever_looked_for_the_mesh(portrait: Array) -> None:
    face = find_faces(portrait)[0]
    own = template(portrait, face)
    assert np.array_equal(own, template(portrait, face, find_meshes(portrait, [face])))
    assert 0 < np.linalg.norm(own - template(portrait, face, [None])) < 0.3


def test_a_mesh_that_fits_another_face_is_not_believed(portrait: Array) -> None:
    first, second = find_faces(portrait)[:2]
    (other,) = find_meshes(portrait, [second])
    assert np.array_equal(aligned(portrait, first, other), aligned(portrait, first, None))


def test_points_that_are_a_little_off_change_less_with_a_mesh(portrait: Array) -> None:
    face = find_faces(portrait)[0]
    moved = FaceBox(
        face.box, face.score, face.right_eye,
        (face.left_eye[0] + 0.006, face.left_eye[1] + 0.012),
        face.nose, face.mouth, face.right_ear, face.left_ear,
    )  # fmt: skip
    laid = [aligned(portrait, each, find_meshes(portrait, [each])[0]) for each in (face, moved)]
    by_detector = [aligned(portrait, each) for each in (face, moved)]
    apart = [np.abs(a.astype(int) - b).mean() for a, b in (laid, by_detector)]
    assert apart[0] < 0.6 * apart[1]


@pytest.mark.parametrize("edge", [48, 80, 150])
def test_a_face_that_fills_a_faint_picture_is_found(portrait: Array, edge: int) -> None:
    face = find_faces(portrait)[0]
    faint = (close(portrait, face, edge) * 0.15 + 100).astype(np.uint8)
    (found,) = ContentAnalyser().analyse([pixels(faint)])[0].faces
    assert found.box.width > 0.5
    assert found.score > 0.6


def test_a_second_look_at_the_edge_of_a_picture_sees_the_face_whole(portrait: Array) -> None:
    filling = close(portrait, find_faces(portrait)[0], 300)
    row = np.concatenate([[0.5, 0, 0, 300, 300], np.tile(150.0, 12)])
    assert detect._second_look(filling, row) > 0.5
