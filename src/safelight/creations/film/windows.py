"""Windows of the film's shape over a photo or a clip: what they hold, and what they cut."""

from __future__ import annotations

from collections.abc import Sequence

from safelight.model.creations import Box, Ingredient

_ROOM = 0.14
_HELD = 0.9
_FIRST = 3


def cuts_something(keep: Sequence[Box], window: Box) -> bool:
    """Whether a face is cut; of the room around it, which `keep` has, most may be cut."""
    right, bottom = window.x + window.width, window.y + window.height
    return any(
        box.x + _ROOM * box.width < window.x
        or box.y + _ROOM * box.height < window.y
        or box.x + (1 - _ROOM) * box.width > right
        or box.y + (1 - _ROOM) * box.height > bottom
        for box in keep
    )


def all_that_matters(photo: Ingredient) -> Box:
    """The part of a photo that holds every face with its room, as near to a square as it can."""
    middle = Box(photo.focus[0] * photo.width, photo.focus[1] * photo.height, 0, 0)
    left, top, right, bottom = around(photo.keep or photo.subjects[:1] or (middle,))
    width = min(float(photo.width), max((right - left) * 1.04, photo.height))
    height = min(float(photo.height), max((bottom - top) * 1.04, photo.width))
    x = min(max((left + right - width) / 2, 0.0), photo.width - width)
    y = min(max((top + bottom - height) / 2, 0.0), photo.height - height)
    return Box(x, y, width, height)


def held_in(photo: Ingredient, window: Box) -> tuple[Box, ...]:
    """What a window is there to show: faces, or what draws the eye most as far as it shows that."""
    if photo.keep:
        return photo.keep
    return tuple(box for box in photo.subjects[:_FIRST] if share_in(box, window) >= _HELD)


def share_in(box: Box, window: Box) -> float:
    """How much of a box lies in a window, 0 to 1."""
    across = min(box.x + box.width, window.x + window.width) - max(box.x, window.x)
    down = min(box.y + box.height, window.y + window.height) - max(box.y, window.y)
    return max(0.0, across) * max(0.0, down) / max(1e-9, box.width * box.height)


def around(boxes: Sequence[Box]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what holds them all."""
    return (
        min(box.x for box in boxes),
        min(box.y for box in boxes),
        max(box.x + box.width for box in boxes),
        max(box.y + box.height for box in boxes),
    )
