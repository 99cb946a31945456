"""Faces in doubt are looked at once more, alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from safelight.analysis.faces import detect
from safelight.analysis.framing import Array, scaled


def row(picture: Array, score: float, x: float, y: float, width: float) -> Array:
    """A detection around a point, in fractions of the picture."""
    height, across = picture.shape[:2]
    centre, half = np.array([x * across, y * height]), width * across / 2
    return np.concatenate([[score], centre - half, centre + half, np.tile(centre, 6)])


def test_a_face_in_doubt_rises_and_a_wall_falls(portrait: Array) -> None:
    face = row(portrait, 0.5, 0.368, 0.308, 0.113)
    wall = row(portrait, 0.5, 0.06, 0.9, 0.1)
    first, second = detect._without_doubt(portrait, [wall, face])
    assert first is face
    assert face[0] > 0.6
    assert wall[0] < 0.3
    assert second is wall


def test_what_is_sure_is_left_alone(portrait: Array) -> None:
    sure = row(portrait, 0.9, 0.06, 0.9, 0.1)
    assert detect._without_doubt(portrait, [sure])[0][0] == 0.9


def test_only_so_many_are_asked_about(portrait: Array) -> None:
    many = [row(portrait, 0.55, 0.06, 0.9, 0.1) for _ in range(detect.SECOND_LOOKS + 3)]
    found = detect._without_doubt(portrait, many)
    assert sum(each[0] == pytest.approx(0.55) for each in found) == 3


def test_halving_first_shows_the_same_picture(portrait: Array) -> None:
    direct = scaled(portrait, 200, 240).astype(int)
    assert np.abs(direct - scaled(scaled(portrait, 400, 480), 200, 240)).mean() < 3


@pytest.fixture(scope="module")
def portrait(shared_data: Path) -> Array:
    """Two people who are marked in the file."""
    import cv2

    read = cv2.imread(str(shared_data / "metadata/faces/portrait.jpg"))
    assert read is not None
    return np.ascontiguousarray(read[..., ::-1])
