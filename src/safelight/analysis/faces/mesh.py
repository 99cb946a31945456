"""The mesh of a face: 468 points, from MediaPipe's face mesh; says nothing of whose face it is.

Eyes, smiles and the way a face is laid for comparing are read from the same points, so that each
face goes through the network once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.analysis.framing import scaled
from safelight.model.observations import FaceBox
from safelight.weights import runtime

Array = NDArray[Any]

MODEL = "face-mesh"
EDGE = 192
SURROUNDINGS = 1.5
"""Edge of the crop against that of the face's box."""

LEAST = 40.0
"""Pixels of a face's width under which the points would be guessed."""

MOST = 6
"""Faces of a picture that are read, the largest first; a crowd is not judged by its eyes."""

TURNED = 0.3
"""How far towards the camera a face must look, 0 to 1, for its far eye to be seen."""


def find_meshes(picture: Array, faces: Sequence[FaceBox]) -> list[Array | None]:
    """The points of each face, in order: (468, 2) in pixels of the picture.

    None where a face is too small, turned away, one of too many, or no face to the network.

    Args:
        picture: (height, width, 3) uint8.
    """
    width = picture.shape[1]
    wide = sorted(range(len(faces)), key=lambda i: -faces[i].box.width)[:MOST]
    read = [i for i in wide if faces[i].box.width * width >= LEAST and _looks_here(faces[i])]
    found: list[Array | None] = [None] * len(faces)
    for index in read:
        found[index] = _mesh(picture, faces[index])
    return found


def _looks_here(face: FaceBox) -> bool:
    right, left = face.right_ear[0], face.left_ear[0]
    share = (face.nose[0] - right) / (left - right) if left != right else 0.0
    return 1 - abs(share - 0.5) * 2 >= TURNED


def _mesh(picture: Array, face: FaceBox) -> Array | None:
    crop, matrix = upright(picture, face)
    values, presence = runtime.network(MODEL)(crop[None])
    if float(presence.reshape(-1)[0]) < 0:
        return None
    points = values.reshape(-1, 3)[:, :2].astype(np.float64)
    back = cv2.invertAffineTransform(matrix)
    return np.asarray(points @ back[:, :2].T + back[:, 2])


def upright(picture: Array, face: FaceBox) -> tuple[Array, Array]:
    """The face with its eyes level, in the middle of a square of 192 pixels.

    Returns that, and the 2 by 3 matrix from pixels of the picture to its pixels.
    """
    size = np.array([picture.shape[1], picture.shape[0]])
    right, left = np.array(face.right_eye) * size, np.array(face.left_eye) * size
    turn = np.arctan2(left[1] - right[1], left[0] - right[0])
    box = face.box
    middle = np.array([box.x + box.width / 2, box.y + box.height / 2]) * size
    factor = EDGE / (SURROUNDINGS * max(box.width * size[0], box.height * size[1]))
    cosine, sine = np.cos(turn) * factor, np.sin(turn) * factor
    turned = np.array([[cosine, sine], [-sine, cosine]])
    matrix = np.column_stack([turned, EDGE / 2 - turned @ middle])
    source, into = picture, matrix
    if factor < 0.5:  # warping alone would alias
        rows, columns = (max(1, round(side * factor)) for side in picture.shape[:2])
        source = scaled(picture, rows, columns)
        into = matrix @ np.diag([size[0] / columns, size[1] / rows, 1.0])
    return np.asarray(
        cv2.warpAffine(source, into, (EDGE, EDGE), borderMode=cv2.BORDER_REPLICATE)
    ), matrix
