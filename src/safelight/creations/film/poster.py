"""The frame that stands for a film: chosen from the plan, taken while the film is made."""

from __future__ import annotations

import io
from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from safelight.creations.encoding import srgb_profile
from safelight.creations.film.frames import TITLE_S
from safelight.creations.film.takes import FPS, FilmPlan

_EDGE = 1280
_AFTER_FADE_S = 0.4


class Poster:
    """Lets a film's frames through and keeps the one that stands for it.

    With a title it is the moment at which that is read; without one it is the middle of the
    photo that shows most: never a fade, never the black at the end.
    """

    def __init__(self, plan: FilmPlan) -> None:
        self._plan = plan
        self._number = round(_moment(plan) * FPS)
        self._frame = b""

    def passing(self, frames: Iterator[bytes]) -> Iterator[bytes]:
        """The frames, unchanged."""
        for number, frame in enumerate(frames):
            if number == self._number or not self._frame:
                self._frame = frame
            yield frame

    def jpeg(self) -> bytes:
        """The chosen frame, at most 1280 pixels long; empty where no frame passed."""
        if not self._frame:
            return b""
        width, height = self._plan.width, self._plan.height
        planes = np.frombuffer(self._frame, np.uint8).reshape(height * 3 // 2, width)
        image = Image.fromarray(_rgb(planes, width, height))
        image.thumbnail((_EDGE, _EDGE), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        image.save(out, "JPEG", quality=88, icc_profile=srgb_profile())
        return out.getvalue()


def _moment(plan: FilmPlan) -> float:
    if plan.title:
        return sum(TITLE_S[:2]) / 2
    stills = [take for take in plan.takes if not take.whole] or list(plan.takes)
    longest = max(stills, key=lambda take: take.end - take.start)
    return min((longest.start + longest.end) / 2, max(0.0, longest.end - _AFTER_FADE_S))


def _rgb(planes: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """Planar BT.709 in the narrow range as RGB."""
    half = (height // 2, width // 2)
    quarter = half[0] * half[1]
    flat = planes.reshape(-1)
    chroma = [
        cv2.resize(flat[start : start + quarter].reshape(half), (width, height)).astype(np.float32)
        for start in (width * height, width * height + quarter)
    ]
    luma = (flat[: width * height].reshape(height, width).astype(np.float32) - 16) * 1.16438
    blue, red = (part - 128 for part in chroma)
    found = np.stack(
        [luma + 1.79274 * red, luma - 0.21325 * blue - 0.53291 * red, luma + 2.1124 * blue], 2
    )
    return np.clip(found + 0.5, 0, 255).astype(np.uint8)
