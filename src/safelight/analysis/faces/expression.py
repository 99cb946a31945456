"""Open eyes and smiles of faces, from MediaPipe's face mesh; says nothing of whose face it is.

How open an eye is: the gap between its lids against its width (Soukupová and Čech, Real-Time Eye
Blink Detection using Facial Landmarks, 2016). A smile: how wide the mouth is against the span of
the eyes, which turning the head sideways shortens alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
"""Pixels of a face's width under which its eyes are too few pixels to tell."""

MOST = 6
"""Faces of a picture that are read, the largest first; a crowd is not judged by its eyes."""

TURNED = 0.3
"""How far towards the camera a face must look, 0 to 1, for its far eye to be seen."""

SHUT, OPEN = 0.18, 0.32
"""Gap against width: of 30 faces 0.22 to 0.39, of the same with lids painted shut 0.17 to 0.33. So
it tells two frames of one burst apart, and little about a face that is seen once."""

SERIOUS, SMILING = 0.55, 0.70

_LIDS = (
    ((159, 145), (158, 153), (160, 144), (33, 133)),
    ((386, 374), (385, 380), (387, 373), (263, 362)),
)
_MOUTH, _OUTER_EYES = (61, 291), (33, 263)


@dataclass(frozen=True, slots=True)
class Expression:
    """How open the wider eye is, and how much the mouth smiles, each 0 to 1."""

    eyes_open: float
    smile: float


def expressions(picture: Array, faces: Sequence[FaceBox]) -> list[Expression | None]:
    """One a face, in order; None where it is too small, turned away, or no face to the mesh.

    Args:
        picture: (height, width, 3) uint8.
    """
    width = picture.shape[1]
    wide = sorted(range(len(faces)), key=lambda i: -faces[i].box.width)[:MOST]
    read = [i for i in wide if faces[i].box.width * width >= LEAST and _looks_here(faces[i])]
    found: list[Expression | None] = [None] * len(faces)
    for index in read:
        found[index] = _expression(picture, faces[index])
    return found


def _looks_here(face: FaceBox) -> bool:
    right, left = face.right_ear[0], face.left_ear[0]
    share = (face.nose[0] - right) / (left - right) if left != right else 0.0
    return 1 - abs(share - 0.5) * 2 >= TURNED


def _expression(picture: Array, face: FaceBox) -> Expression | None:
    values, presence = runtime.network(MODEL)(upright(picture, face)[0][None])
    if float(presence.reshape(-1)[0]) < 0:
        return None
    points = values.reshape(-1, 3)[:, :2]
    eyes = max(_openness(points, lids) for lids in _LIDS)
    mouth = _apart(points, _MOUTH) / max(_apart(points, _OUTER_EYES), 1e-6)
    return Expression(_between(eyes, SHUT, OPEN), _between(mouth, SERIOUS, SMILING))


def _openness(points: Array, lids: Sequence[tuple[int, int]]) -> float:
    *gaps, corners = lids
    return sum(_apart(points, gap) for gap in gaps) / len(gaps) / max(_apart(points, corners), 1e-6)


def _apart(points: Array, pair: tuple[int, int]) -> float:
    return float(np.hypot(*(points[pair[0]] - points[pair[1]])))


def _between(value: float, low: float, high: float) -> float:
    return float(np.clip((value - low) / (high - low), 0, 1))


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
