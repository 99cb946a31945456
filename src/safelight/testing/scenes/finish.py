"""Finishing: hand-drawn edges, enlarging, tone, vignette, film grain and paper."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from safelight.testing.scenes.canvas import Canvas
from safelight.testing.scenes.colour import Array

_TILE = 512


def finish(canvas: Canvas, width: int, height: int, grain: float = 1.0) -> Array:
    """Turn a painted canvas into the picture; uint8 RGB, shape (height, width, 3)."""
    img = _wobble(canvas)
    img = cv2.resize(img, (width, height), interpolation=cv2.INTER_CUBIC)
    texture = _texture(canvas, width, height, grain)
    # Light and dark apart: adding bytes to bytes is several times faster than mixing types.
    lighter, darker = (cv2.convertScaleAbs(part(texture, 0)) for part in (np.maximum, np.minimum))
    img = cv2.add(img, cv2.merge([lighter] * 3))
    return np.asarray(cv2.subtract(img, cv2.merge([darker] * 3)))


def _wobble(canvas: Canvas) -> Array:
    """Shift every edge by a pixel or two, as a hand and a brush would."""
    reach = canvas.u / 520
    dx = canvas.noise(0.035, 1) * reach
    dy = canvas.noise(0.035, 1) * reach
    return np.asarray(
        cv2.remap(
            canvas.img,
            canvas.xs + dx,
            canvas.ys + dy,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REFLECT,
        )
    )


def _texture(canvas: Canvas, width: int, height: int, grain: float) -> Array:
    """Grain, paper and vignette as one layer to add; float32, about -60 to 60."""
    rng = canvas.rng
    dy, dx = (int(n) for n in rng.integers(0, _TILE, 2))
    rows, cols = -(-height // _TILE) + 1, -(-width // _TILE) + 1
    specks = _grain(rows, cols)[dy : dy + height, dx : dx + width]
    brush = canvas.noise(0.02, 2, stretch=3) * 2.4 + canvas.noise(0.25, 2) * 2.6
    fall = ((canvas.xs / canvas.w - 0.5) ** 2 + (canvas.ys / canvas.h - 0.5) ** 2) ** 2
    soft = cv2.resize(
        (brush - fall * 105).astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR
    )
    return np.asarray(cv2.scaleAdd(specks, grain, soft))


@lru_cache(maxsize=4)
def _grain(rows: int, cols: int) -> Array:
    return np.tile(_grain_tile(), (rows, cols))


@lru_cache(maxsize=1)
def _grain_tile() -> Array:
    """Film grain that repeats without a seam: fine noise, slightly clumped."""
    rng = np.random.default_rng(41)
    fine = rng.normal(0, 1, (_TILE, _TILE)).astype(np.float32)
    clump = sum(np.roll(fine, s, (0, 1)) for s in ((0, 0), (0, 1), (1, 0), (1, 1)))
    return np.asarray(fine * 1.2 + np.asarray(clump) * 1.25, np.float32)
