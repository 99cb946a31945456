"""Where pages crop photos that they show in another shape: beside the faces, not through them."""

from __future__ import annotations

from collections.abc import Sequence

from safelight.app.composition import Rooms
from safelight.library.observations import Observations
from safelight.model.consent import Purpose
from safelight.model.creations import Box

_HAIR = 0.35
"""Of a face's height: what belongs to a head above its face."""

Aim = tuple[float, float]
"""Shares of what does not fit that are cut at the left and at the top."""


class Aiming:
    """Aims crops of one library at faces, as far as `content` knows of them."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def at(self, asset: str) -> Aim | None:
        """Where to crop a photo; None where no face is known in it, so that its middle will do."""
        seen = Observations(self._rooms.drawers)
        if not self._rooms.gate.allows(Purpose.CONTENT) or not seen.exists:
            return None
        return aim_at([face.box for face in seen.faces(asset)])


def aim_at(faces: Sequence[Box]) -> Aim | None:
    """Where to crop so that all faces, in shares of the picture, stay whole if they can.

    Each side loses in proportion to the room that it has beside the faces: so they are whole in
    every shape in which they fit at all.
    """
    if not faces:
        return None
    left, right = min(f.x for f in faces), 1 - max(f.x + f.width for f in faces)
    top = min(f.y - _HAIR * f.height for f in faces)
    bottom = 1 - max(f.y + f.height for f in faces)
    return _share(left, right), _share(top, bottom)


def _share(before: float, after: float) -> float:
    before, after = max(0.0, before), max(0.0, after)
    return before / (before + after) if before + after else 0.5
