"""One decoded picture made into what each model takes; shared so that pixels are copied once."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from safelight.model.creations import Pixels
from safelight.model.errors import AnalysisError

Array = NDArray[Any]

MIN_EDGE = 16
"""Pixels; a picture narrower than this says nothing, and no model is asked."""

MILD = 1.5
"""Reductions up to which neighbours may be weighed instead of averaged."""


class Picture(np.ndarray[Any, np.dtype[np.uint8]]):
    """Pixels that keep their half once it was made, for all that look at them smaller."""

    half: Array | None

    def __array_finalize__(self, _: object) -> None:
        self.half = None


def as_array(pixels: Pixels) -> Array:
    """A view (height, width, 3) uint8 of decoded pixels, which nobody may write to.

    Raises:
        AnalysisError: the size and the bytes disagree.
    """
    size = (pixels.height, pixels.width)
    if min(size) < 1 or len(pixels.rgb) != pixels.width * pixels.height * 3:
        raise AnalysisError("the decoded picture does not have the size it claims")
    return np.frombuffer(pixels.rgb, np.uint8).reshape(*size, 3).view(Picture)


def too_small(picture: Array) -> bool:
    """Whether the picture is too small, or too thin, for a model to see anything."""
    height, width = picture.shape[:2]
    return min(height, width) < MIN_EDGE or max(height, width) > 40 * min(height, width)


def centre_square(picture: Array, edge: int, share: float) -> Array:
    """The middle square, `share` of the short side, at `edge` pixels."""
    height, width = picture.shape[:2]
    side = max(1, round(min(height, width) * share))
    top, left = (height - side) // 2, (width - side) // 2
    return scaled(picture[top : top + side, left : left + side], edge, edge)


def fitted(picture: Array, edge: int, step: int, *, quick: bool = False) -> tuple[Array, float]:
    """The whole picture with its long side at `edge`, padded with grey to multiples of `step`.

    `quick` is that of `scaled`. Returns the array and the factor from picture pixels to its pixels.
    """
    height, width = picture.shape[:2]
    factor = edge / max(height, width)
    rows, columns = max(1, round(height * factor)), max(1, round(width * factor))
    out = np.full((-(-rows // step) * step, -(-columns // step) * step, 3), 114, np.uint8)
    out[:rows, :columns] = scaled(picture, rows, columns, quick=quick)
    return out, factor


def scaled(picture: Array, rows: int, columns: int, *, quick: bool = False) -> Array:
    """Resize; averages when shrinking, so that fine texture does not turn into noise.

    Halves first, as long as that is not too small: averaging two by two takes a tenth of the time
    that averaging over other shares of a pixel does.

    Args:
        quick: whether two neighbours may be weighed instead where the rest is small, in a sixth of
            the time. Faces are found as well; scores of things and embeddings move a little.
    """
    while 2 * rows <= picture.shape[0] and 2 * columns <= picture.shape[1]:
        picture = _halved(picture)
    shrinking = rows * columns < picture.shape[0] * picture.shape[1]
    mild = max(picture.shape[0] / rows, picture.shape[1] / columns) <= MILD
    way = cv2.INTER_AREA if shrinking and not (quick and mild) else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, (columns, rows), interpolation=way))


def _halved(picture: Array) -> Array:
    """Half the size; of odd sides the last row or column is left out."""
    if isinstance(picture, Picture) and picture.half is not None:
        return picture.half
    rows, columns = picture.shape[0] // 2, picture.shape[1] // 2
    whole = picture[: 2 * rows, : 2 * columns]
    half: Array = cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA)
    if isinstance(picture, Picture):
        picture.half = half = half.view(Picture)
    return half
