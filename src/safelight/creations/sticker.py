"""A person cut out of a photo, with clean edges and a white rim."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.creations.arrays import Image, Plane, as_array
from safelight.model.creations import Box, Pixels
from safelight.model.errors import RenderError
from safelight.weights.runtime import network

_EDGE = 256
_CUT_EDGE = 420
_LEAST = 0.02
"""Share of the picture that a person must fill to be worth cutting out."""
_CERTAIN = 0.93
_DOUBTED = 0.3
"""What the network gives less than this is background, whatever its colours say."""
NOBODY = "Nobody is large enough in this photo to be cut out."
_RIM = 0.012


def cut_out(pixels: Pixels, faces: Sequence[Box] = ()) -> NDArray[np.uint8]:
    """The people of a picture as RGBA, trimmed to them.

    The network's mask is coarse: graph cuts (GrabCut, Rother and others 2004) settle what it
    leaves open, and a guided filter (He, Sun and Tang 2010) follows the picture's own edges.

    Args:
        faces: boxes in pixels, whose middles belong to people whatever the network says.

    Raises:
        RenderError: nobody is large enough in the picture.
    """
    photo = as_array(pixels)
    coarse = _coarse(photo)
    for face in faces:
        centre = (round(face.x + face.width / 2), round(face.y + face.height / 2))
        # Its middle alone: boxes of faces that look aside hold much of what is behind them.
        axes = (max(1, round(face.width * 0.24)), max(1, round(face.height * 0.36)))
        cv2.ellipse(coarse, centre, axes, 0, 0, 360, 1.0, cv2.FILLED)
    mask = _refined(photo, _largest(_settled(photo, coarse)))
    if float((mask > 0.5).mean()) < _LEAST:
        raise RenderError(NOBODY)
    rim = max(2, round(_RIM * max(photo.shape[:2])))
    return _trimmed(_rimmed(photo, mask, rim), rim)


def _coarse(photo: Image) -> Plane:
    small = cv2.resize(photo, (_EDGE, _EDGE), interpolation=cv2.INTER_AREA)
    (found,) = network("person-mask")(np.asarray(small, np.uint8)[None])
    height, width = photo.shape[:2]
    mask = cv2.resize(found[0, ..., 0], (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(mask, 0, 1), np.float32)


def _settled(photo: Image, mask: Plane) -> Plane:
    """0 or 1, on a small copy: the colours of the sure parts decide about the others."""
    scale = min(1.0, _CUT_EDGE / max(mask.shape))
    size = (max(8, round(mask.shape[1] * scale)), max(8, round(mask.shape[0] * scale)))
    small = cv2.resize(photo, size, interpolation=cv2.INTER_AREA)
    level = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
    labels = np.full(level.shape, cv2.GC_BGD, np.uint8)
    for least, label in (
        (_DOUBTED, cv2.GC_PR_BGD),
        (0.5, cv2.GC_PR_FGD),
        (_CERTAIN, cv2.GC_FGD),
    ):
        labels[level > least] = label
    if not (level > 0.5).any():
        return np.zeros_like(mask)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.setRNGSeed(1)  # its clusters start at random
    cv2.grabCut(small, labels, (0, 0, 1, 1), *models, 3, cv2.GC_INIT_WITH_MASK)
    person = np.asarray((labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD), np.uint8)
    ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    tidy = cv2.morphologyEx(
        cv2.morphologyEx(person, cv2.MORPH_CLOSE, ellipse), cv2.MORPH_OPEN, ellipse
    )
    whole = cv2.resize(tidy.astype(np.float32), mask.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(whole, np.float32)


def _refined(photo: Image, mask: Plane) -> Plane:
    """The mask with the edges of the picture."""
    guide = np.asarray(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), np.float32) / np.float32(255)
    radius = max(2, max(photo.shape[:2]) // 220)
    window = (2 * radius + 1, 2 * radius + 1)
    mean, level = cv2.blur(guide, window), cv2.blur(mask, window)
    covariance = cv2.blur(guide * mask, window) - mean * level
    variance = cv2.blur(guide * guide, window) - mean * mean
    a = covariance / (variance + 1e-3)
    b = level - a * mean
    soft = cv2.blur(np.asarray(a), window) * guide + cv2.blur(np.asarray(b), window)
    # Steeper, so that no haze of the background stays around the person.
    return np.asarray(np.clip((soft - 0.5) * 3 + 0.5, 0, 1), np.float32)


def _largest(mask: Plane) -> Plane:
    """Only what hangs together with the largest part, and parts of a fifth of it or more."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(np.asarray(mask > 0.3, np.uint8))
    areas = stats[1:, cv2.CC_STAT_AREA]
    if not len(areas):
        return np.zeros_like(mask)
    kept = [number + 1 for number, area in enumerate(areas) if area >= 0.2 * areas.max()]
    return np.where(np.isin(labels, kept), mask, np.float32(0))


def _rimmed(photo: Image, mask: Plane, rim: int) -> NDArray[np.uint8]:
    """The cut-out over its own shape in white, grown by the rim."""
    room = 2 * rim
    padded = cv2.copyMakeBorder(mask, *(room,) * 4, cv2.BORDER_CONSTANT, value=0)
    colours = cv2.copyMakeBorder(photo, *(room,) * 4, cv2.BORDER_REPLICATE)
    round_ = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * rim + 1, 2 * rim + 1))
    shape = cv2.dilate(np.asarray(padded > 0.5, np.float32), round_)
    wide = cv2.GaussianBlur(shape, (0, 0), 0.9)
    inner = np.asarray(padded, np.float32)[..., None]
    mixed = np.asarray(colours, np.float32) * inner + 255 * (1 - inner)
    alpha = np.asarray(wide, np.float32)[..., None] * 255
    return np.asarray(np.clip(np.concatenate([mixed, alpha], axis=2) + 0.5, 0, 255), np.uint8)


def _trimmed(picture: NDArray[np.uint8], rim: int) -> NDArray[np.uint8]:
    rows = np.flatnonzero(picture[..., 3].max(axis=1) > 8)
    columns = np.flatnonzero(picture[..., 3].max(axis=0) > 8)
    top, bottom = max(0, rows[0] - rim), rows[-1] + 1 + rim
    left, right = max(0, columns[0] - rim), columns[-1] + 1 + rim
    return np.ascontiguousarray(picture[top:bottom, left:right])
