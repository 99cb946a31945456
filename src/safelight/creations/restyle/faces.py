"""Where faces are, as a soft mask: a style must not smear them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.creations.arrays import Plane
from safelight.model.creations import Box


def face_mask(size: tuple[int, int], faces: Sequence[Box]) -> Plane:
    """1 on faces, 0 elsewhere, with soft edges.

    Args:
        size: height and width.
        faces: boxes in pixels.
    """
    mask: NDArray[np.float32] = np.zeros(size, np.float32)
    for box in faces:
        # Boxes end at the brow; the forehead is of the face, too.
        centre = (round(box.x + box.width / 2), round(box.y + box.height * 0.38))
        axes = (max(1, round(box.width * 0.66)), max(1, round(box.height * 0.9)))
        one = np.zeros(size, np.float32)
        cv2.ellipse(one, centre, axes, 0, 0, 360, 1.0, cv2.FILLED)
        soft = max(1.0, 0.16 * max(box.width, box.height))
        mask = np.maximum(mask, cv2.GaussianBlur(one, (0, 0), soft))
    return mask
