"""Turning a leaning photo upright, and cropping what turning leaves empty."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np

from safelight.creations.arrays import Image
from safelight.creations.enhance.assessing import Assessment
from safelight.model.creations import Box


def levelled(image: Image, found: Assessment, faces: Sequence[Box]) -> Image:
    """The picture turned level at its own shape, unless that would cut a face."""
    if found.tilt == 0:
        return image
    height, width = image.shape[:2]
    share = _share(width, height, found.tilt)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), found.tilt, 1 / share)
    if not all(_inside(face, turn, width, height) for face in faces):
        return image
    turned = cv2.warpAffine(
        image, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )
    return np.asarray(turned, np.uint8)


def _share(width: int, height: int, degrees: float) -> float:
    """The largest share at which a rectangle of the same shape fits into itself turned."""
    angle = math.radians(abs(degrees))
    ratio = max(width / height, height / width)
    return 1 / (math.cos(angle) + ratio * math.sin(angle))


def _inside(face: Box, turn: cv2.typing.MatLike, width: int, height: int) -> bool:
    x, y, right, bottom = face.x, face.y, face.x + face.width, face.y + face.height
    corners = np.array([[x, y, 1], [right, y, 1], [x, bottom, 1], [right, bottom, 1]])
    moved = corners @ turn.T
    limit = np.array([width, height])
    return bool((moved >= 0).all() and (moved <= limit).all())
