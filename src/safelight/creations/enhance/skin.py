"""Skin stays natural: white balance goes only so far as faces bear it.

The hue of skin differs little between people of all complexions (its lightness differs much), so
a face is a grey card of a kind: light that makes it green or violet is wrong, and a correction
that would do so is, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.creations.arrays import Image
from safelight.creations.enhance.assessing import Assessment
from safelight.model.creations import Box

_NATURAL = (0.45, 1.2)
"""Hue angles of skin in CIE Lab, radians, from pink to tan."""
_MOST = 0.07
"""Radians by which a natural hue may be turned: about what is seen at a second look."""
_SHARES = (1.0, 0.8, 0.6, 0.4, 0.2, 0.0)


def bearable(image: Image, found: Assessment, faces: Sequence[Box]) -> Assessment:
    """The same with gains that leave the skin of most faces natural, or bring it nearer to that."""
    colours = [_colour(image, face) for face in faces]
    known = [colour for colour in colours if colour is not None]
    if not known:
        return found
    skin = np.median(np.stack(known), axis=0)
    before = hue(skin)
    for share in _SHARES:
        gains = np.power(np.asarray(found.gains), share)
        if _may_become(before, hue(skin * gains)):
            break
    return replace(found, gains=(float(gains[0]), float(gains[1]), float(gains[2])))


def hue(colour: NDArray[np.floating]) -> float:
    """The hue angle of a colour in CIE Lab, radians."""
    unit = np.clip(np.asarray(colour, np.float32), 0, 255).reshape(1, 1, 3) / np.float32(255)
    _, a, b = np.asarray(cv2.cvtColor(unit, cv2.COLOR_RGB2Lab), np.float64).reshape(3)
    return float(np.arctan2(b, a))


def _may_become(before: float, after: float) -> bool:
    if _NATURAL[0] <= before <= _NATURAL[1]:
        return abs(after - before) <= _MOST
    return _unnatural(after) <= _unnatural(before)


def _unnatural(angle: float) -> float:
    return max(_NATURAL[0] - angle, angle - _NATURAL[1], 0.0)


def _colour(image: Image, face: Box) -> NDArray[np.float64] | None:
    """The median colour of the middle of a face: cheeks and nose."""
    left, top = round(face.x + 0.25 * face.width), round(face.y + 0.35 * face.height)
    right, bottom = round(face.x + 0.75 * face.width), round(face.y + 0.8 * face.height)
    part = image[max(0, top) : max(0, bottom), max(0, left) : max(0, right)].reshape(-1, 3)
    if len(part) < 16:
        return None
    return np.asarray(np.median(part[:: max(1, len(part) // 4000)], axis=0), np.float64)
