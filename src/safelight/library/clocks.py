"""Putting photos in order when some of them do not say how far their clock was from UTC."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from safelight.model.assets import CaptureTime

_NEIGHBOUR_S = 7 * 86_400
_EPOCH = datetime(1970, 1, 1)  # naive on purpose: wall-clock time

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def wall_seconds(taken: CaptureTime) -> float:
    """The wall clock as seconds since 1970, without any time zone."""
    return (taken.local - _EPOCH) / timedelta(seconds=1)


def assume_offsets(
    walls: Sequence[float], offsets: Sequence[int | None], cameras: Sequence[str | None]
) -> list[int]:
    """A UTC offset in minutes for every wall clock in seconds, with its camera.

    A time without offset takes that of the nearest photo in time of the same camera that has
    one, within a week; else of the nearest of any camera; else 0 for all alike, which keeps
    their order.
    """
    missing = [row for row, offset in enumerate(offsets) if offset is None]
    found = [offset or 0 for offset in offsets]
    if not missing or len(missing) == len(found):
        return found
    wall, value = np.array(walls, np.float64), np.array(found, np.int64)
    known = np.ones(len(found), np.bool_)
    known[missing] = False
    everyone = _Track(wall[known], value[known])
    codes: dict[str | None, int] = {}
    camera = np.array([codes.setdefault(name, len(codes)) for name in cameras])
    for code in np.unique(camera[missing]).tolist():
        mine = camera == code
        asking = np.flatnonzero(mine & ~known)
        own = _Track(wall[mine & known], value[mine & known])
        value[asking] = own.nearest(wall[asking], everyone.nearest(wall[asking], 0))
    answers: list[int] = value.tolist()
    return answers


class _Track:
    """Known offsets along the wall clock, for finding the nearest one."""

    def __init__(self, wall: Floats, offset: Ints) -> None:
        order = np.lexsort((offset, wall))
        self._wall, self._offset = wall[order], offset[order]

    def nearest(self, wall: Floats, otherwise: Ints | int) -> Ints:
        """The offset of the nearest known time, the earlier of two; else what is given."""
        if not len(self._wall):
            return np.broadcast_to(np.int64(otherwise), wall.shape)
        after = np.searchsorted(self._wall, wall)
        low = np.maximum(after - 1, 0)
        high = np.minimum(after, len(self._wall) - 1)
        before_s, after_s = np.abs(wall - self._wall[low]), np.abs(self._wall[high] - wall)
        best = np.where(before_s <= after_s, low, high)
        near = np.minimum(before_s, after_s) <= _NEIGHBOUR_S
        return np.asarray(np.where(near, self._offset[best], otherwise))
