"""Faces as 128 numbers, for comparing them (purpose `faces`): dlib's ResNet on aligned crops.

Two templates of one person are usually closer than 0.6 (Euclidean distance, not normalised); that
is the published threshold of the model. Templates are kept as the model gives them.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from safelight.analysis.faces import mesh
from safelight.analysis.framing import Array, as_array, scaled
from safelight.model.creations import Pixels
from safelight.model.observations import (
    Analyser,
    Embedding,
    FaceBox,
    FaceQuality,
    FaceTemplate,
)
from safelight.weights import registry, runtime

NAME = "faces"
VERSION = "3"
MODEL = "face-template"
EDGE = 150
BATCH = 8
FULL_EYES = 40.0  # pixels between the eyes from which more adds nothing
TURNED = 0.1  # what a face in full profile is worth of one that looks at the camera
FULL_DETAIL = 0.25  # share of contrast that is fine detail in a sharp crop
MIN_EYES = 4.0
"""Pixels between the eyes under which there is nothing to compare."""

# Where the points lie in the crop the network was trained on, in shares of its edge: both eyes,
# nose and mouth as the detector gives them, and the four corners of the eyes and the base of the
# nose of a mesh.
_PLACES = np.array([[0.316, 0.313], [0.665, 0.318], [0.497, 0.543], [0.484, 0.714]])
_MESH_PLACES = np.array(
    [[0.240, 0.312], [0.397, 0.318], [0.597, 0.319], [0.755, 0.313], [0.496, 0.573]]
)
_MESH_POINTS = [33, 133, 362, 263, 2]
_ASTRAY = 0.5
"""Distances between the eyes by which a mesh may have its eyes elsewhere than the detector."""


class FaceEmbedder:
    """Templates of faces that were found before."""

    def __init__(self) -> None:
        self.analyser = Analyser(NAME, VERSION, registry.digests(MODEL, mesh.MODEL))

    def embed(
        self,
        pixels: Pixels,
        faces: Sequence[FaceBox],
        meshes: Sequence[Array | None] | None = None,
    ) -> list[FaceTemplate]:
        """One template a face, in order; faces too small to compare are left out.

        Args:
            meshes: what `find_meshes` gave for these faces; looked for when None.

        Raises:
            AnalysisError: pixels that do not have the size they claim.
        """
        picture = as_array(pixels)
        known = mesh.find_meshes(picture, faces) if meshes is None else meshes
        both = zip(faces, known, strict=True)
        usable = [
            (face, points) for face, points in both if eye_distance(face, picture) >= MIN_EYES
        ]
        crops = [aligned(picture, face, points) for face, points in usable]
        made: list[FaceTemplate] = []
        for start in range(0, len(crops), BATCH):
            (rows,) = runtime.network(MODEL)(np.stack(crops[start : start + BATCH]))
            for row in rows:
                made.append(self._template(row, picture, usable[len(made)][0], crops[len(made)]))
        return made

    def _template(self, row: Array, picture: Array, face: FaceBox, crop: Array) -> FaceTemplate:
        values = Embedding(MODEL, int(row.size), row.astype("<f2").tobytes())
        return FaceTemplate(self.analyser, face, values, quality_of(face, picture, crop))


def aligned(picture: Array, face: FaceBox, points: Array | None = None) -> Array:
    """The face upright in a square of 150 pixels, eyes, nose and mouth where the network expects.

    The transform turns, scales and shifts only (least squares, Umeyama 1991).

    Args:
        points: the face's mesh, by which it is laid more exactly than by what the detector gives.
    """
    own = _points(face, picture)
    if points is None or _astray(points, own):
        matrix = similarity(own, _PLACES * EDGE)
    else:
        matrix = similarity(points[_MESH_POINTS], _MESH_PLACES * EDGE)
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    way = cv2.INTER_AREA if scale < 0.5 else cv2.INTER_LINEAR
    source, matrix = (_shrunk(picture, matrix, scale)) if scale < 0.5 else (picture, matrix)
    return np.asarray(
        cv2.warpAffine(source, matrix, (EDGE, EDGE), flags=way, borderMode=cv2.BORDER_REPLICATE)
    )


def _astray(points: Array, own: Array) -> bool:
    """Whether a mesh has its eyes elsewhere than the detector: it fits another face, or none."""
    corners = points[_MESH_POINTS]
    eyes = np.stack([corners[:2].mean(axis=0), corners[2:4].mean(axis=0)])
    off = np.linalg.norm(eyes - own[:2], axis=1).max()
    return bool(off > _ASTRAY * np.linalg.norm(own[1] - own[0]))


def similarity(source: Array, target: Array) -> Array:
    """The 2 by 3 matrix that turns, scales and shifts `source` (n, 2) closest to `target`."""
    middle, goal = source.mean(axis=0), target.mean(axis=0)
    a, b = source - middle, target - goal
    size = max(float((a * a).sum()), 1e-6)
    cosine = float((a * b).sum()) / size
    sine = float((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum()) / size
    turn = np.array([[cosine, -sine], [sine, cosine]])
    return np.hstack([turn, (goal - turn @ middle)[:, None]])


def _shrunk(picture: Array, matrix: Array, scale: float) -> tuple[Array, Array]:
    """A large face's surroundings shrunk by averaging first: warping alone would alias."""
    height, width = picture.shape[:2]
    rows, columns = max(1, round(height * scale)), max(1, round(width * scale))
    grow = np.diag([width / columns, height / rows, 1.0])
    return scaled(picture, rows, columns), matrix @ grow


def eye_distance(face: FaceBox, picture: Array) -> float:
    """Pixels between the eyes."""
    right, left = _points(face, picture)[:2]
    return float(np.hypot(*(right - left)))


def quality_of(face: FaceBox, picture: Array, crop: Array) -> FaceQuality:
    """How far a template of this face can be trusted."""
    pixels, sharp, front = eye_distance(face, picture), _sharpness(crop), _frontal(face, picture)
    size = min(1.0, pixels / FULL_EYES)
    turned = max(TURNED, front)
    score = face.score * size**0.5 * turned * (0.4 + 0.6 * sharp)
    return FaceQuality(pixels, sharp, front, float(np.clip(score, 0, 1)))


def _sharpness(crop: Array) -> float:
    """Fine detail in the middle of the crop: what a light blur takes away, against contrast."""
    edge = crop.shape[0]
    inner = crop[edge // 5 : -edge // 5, edge // 5 : -edge // 5]
    grey = cv2.cvtColor(inner, cv2.COLOR_RGB2GRAY).astype(np.float32)
    lost = grey - cv2.GaussianBlur(grey, (0, 0), 2.0)
    return float(np.clip(lost.std() / max(grey.std(), 8.0) / FULL_DETAIL, 0, 1))


def _frontal(face: FaceBox, picture: Array) -> float:
    """1 with the nose midway between the ears, 0 with it at or beyond one of them."""
    height, width = picture.shape[:2]
    size = np.array([width, height])
    right, left, nose = (np.array(p) * size for p in (face.right_ear, face.left_ear, face.nose))
    across = left - right
    share = float((nose - right) @ across) / max(float(across @ across), 1e-6)
    return float(np.clip(1 - abs(share - 0.5) * 2, 0, 1))


def _points(face: FaceBox, picture: Array) -> Array:
    height, width = picture.shape[:2]
    points = [face.right_eye, face.left_eye, face.nose, face.mouth]
    return np.array(points, np.float64) * (width, height)
