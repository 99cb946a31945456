"""A photo's turn: its frame moves towards what matters in it, or away from it."""

from __future__ import annotations

from safelight.creations.film.takes import Take
from safelight.creations.film.windows import (
    all_that_matters,
    around,
    cuts_something,
    held_in,
    share_in,
)
from safelight.creations.interest import crop_window
from safelight.model.creations import Box, Ingredient

_ZOOM = 1.14
_LEAST_ZOOM = 1.05
_DRIFT = 0.35
_LOST = 0.02


def photo_take(
    photo: Ingredient, shape: tuple[int, int], span: tuple[float, float], n: int, fade: float
) -> Take:
    """The turn of the `n`th photo between two times, which fades in for `fade` seconds."""
    size = (photo.width, photo.height)
    wide = crop_window(photo, shape[0] / shape[1])
    if cuts_something(photo.keep, wide):
        whole = all_that_matters(photo)
        return Take(photo.asset, *span, whole, whole, size, fade, whole=True)
    close = _closer(photo, wide)
    drift = _drifted(photo, wide)
    # In towards a face, out from a face, in turn: a film that only ever zooms in makes one tired.
    first, last = (drift, close) if n % 2 == 0 else (close, drift)
    return Take(photo.asset, *span, first, last, size, fade)


def _closer(photo: Ingredient, wide: Box) -> Box:
    """A closer window around the faces, or around what draws the eye."""
    zoom = _ZOOM
    held = held_in(photo, wide)
    if held:
        left, top, right, bottom = around(held)
        room = min(wide.width / max(right - left, 1), wide.height / max(bottom - top, 1))
        # Of a face nothing is lost for a move; of what only draws the eye, its very edge may be.
        zoom = max(1.0 if photo.keep else _LEAST_ZOOM, min(_ZOOM, room / 1.08))
        centre = ((left + right) / 2, (top + bottom) / 2)
    else:
        centre = (photo.focus[0] * photo.width, photo.focus[1] * photo.height)
    width, height = wide.width / zoom, wide.height / zoom
    x = min(max(centre[0] - width / 2, wide.x), wide.x + wide.width - width)
    y = min(max(centre[1] - height / 2, wide.y), wide.y + wide.height - height)
    return Box(x, y, width, height)


def _drifted(photo: Ingredient, wide: Box) -> Box:
    """The wide window, moved a little to where more of the photo is, if nothing is cut by it."""
    spare_left, spare_right = wide.x, photo.width - wide.x - wide.width
    spare_up, spare_down = wide.y, photo.height - wide.y - wide.height
    across = (spare_right if spare_right > spare_left else -spare_left) * _DRIFT
    down = (spare_down if spare_down > spare_up else -spare_up) * _DRIFT
    limit = 0.12 * wide.width, 0.12 * wide.height
    across = min(max(across, -limit[0]), limit[0])
    down = min(max(down, -limit[1]), limit[1])
    moved = Box(wide.x + across, wide.y + down, wide.width, wide.height)
    return wide if _costs_something(photo, wide, moved) else moved


def _costs_something(photo: Ingredient, wide: Box, moved: Box) -> bool:
    return cuts_something(photo.keep, moved) or any(
        share_in(box, moved) < share_in(box, wide) - _LOST for box in photo.subjects
    )
