"""Where pages crop photos that they show in another shape: beside the faces, not through them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from safelight.app.composition import Rooms
from safelight.library.observations import Observations
from safelight.model.creations import Box

_HAIR = 0.35
"""Of a face's height: what belongs to a head above its face."""

_CARD = 4 / 5
_STEPS = 50


class Aim(NamedTuple):
    """Shares of what does not fit that are cut.

    Attributes:
        across: at the left.
        down: at the top.
        narrow: at the left in a shape as narrow as a card, where not every face may fit.
    """

    across: float
    down: float
    narrow: float


class Aiming:
    """Aims crops of one library at faces, as far as `content` knows of them."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def at(self, asset: str) -> Aim | None:
        """Where to crop a photo; None where no face is known in it, so that its middle will do."""
        seen, conditions = Observations(self._rooms.drawers), self._rooms.content_view()
        if conditions is None:
            return None
        everything = all(each.sql == "1" for each in conditions)  # as mostly: pages show many
        if not everything and not seen.covers(asset, *conditions):
            return None
        faces = [face.box for face in seen.faces(asset)]
        row = self._rooms.catalogue.asset(asset) if faces else None
        return aim_at(faces, row["width"] / row["height"] if row and row["height"] else 1.0)


def aim_at(faces: Sequence[Box], ratio: float = 1.0) -> Aim | None:
    """Where to crop so that all faces, in shares of the picture, stay whole if they can.

    Each side loses in proportion to the room that it has beside the faces: so they are whole in
    every shape in which they fit at all. Where a card is too narrow for all of them, it shows as
    much of whole faces as it can and cuts through as little of the others.

    Args:
        ratio: width to height of the picture.
    """
    if not faces:
        return None
    left, right = min(f.x for f in faces), 1 - max(f.x + f.width for f in faces)
    top = min(f.y - _HAIR * f.height for f in faces)
    bottom = 1 - max(f.y + f.height for f in faces)
    across = _share(left, right)
    shown = min(1.0, _CARD / ratio)
    fits = 1 - left - right <= shown
    return Aim(across, _share(top, bottom), across if fits else _best_of(faces, shown))


def _best_of(faces: Sequence[Box], shown: float) -> float:
    """Where to crop a width that holds some of the faces; the middle of the best places."""

    def worth(step: int) -> float:
        begins = step / _STEPS * (1 - shown)
        ends, total = begins + shown, 0.0
        for face in faces:
            seen = min(ends, face.x + face.width) - max(begins, face.x)
            if seen > 0:
                whole = seen >= face.width - 1e-9
                total += face.width * face.height * (1 if whole else -1)
        return total

    worths = [worth(step) for step in range(_STEPS + 1)]
    best = max(worths)
    first = worths.index(best)
    last = next((s for s in range(first, _STEPS + 1) if worths[s] < best), _STEPS + 1) - 1
    return (first + last) / 2 / _STEPS


def _share(before: float, after: float) -> float:
    before, after = max(0.0, before), max(0.0, after)
    return before / (before + after) if before + after else 0.5
