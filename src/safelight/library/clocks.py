"""Putting photos in order when some of them do not say how far their clock was from UTC."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from datetime import datetime, timedelta

from safelight.model.assets import CaptureTime

_NEIGHBOUR_S = 7 * 86_400
_EPOCH = datetime(1970, 1, 1)  # naive on purpose: wall-clock time


class _Track:
    """Known offsets along the wall clock, for finding the nearest one."""

    def __init__(self, entries: list[tuple[float, int]]) -> None:
        self._entries = sorted(entries)

    def nearest(self, seconds: float) -> int | None:
        at = bisect.bisect_left(self._entries, (seconds, -10_000))
        around = self._entries[max(0, at - 1) : at + 1]
        best = min(around, key=lambda entry: abs(entry[0] - seconds), default=None)
        if best is None or abs(best[0] - seconds) > _NEIGHBOUR_S:
            return None
        return best[1]


def wall_seconds(taken: CaptureTime) -> float:
    """The wall clock as seconds since 1970, without any time zone."""
    return (taken.local - _EPOCH) / timedelta(seconds=1)


def assume_offsets(times: Sequence[tuple[float, int | None, str | None]]) -> list[int]:
    """A UTC offset in minutes for every (wall clock in seconds, offset in minutes, camera).

    A time without offset takes that of the nearest photo in time of the same camera that has
    one, within a week; else of the nearest of any camera; else 0 for all alike, which keeps
    their order.
    """
    known: dict[str | None, list[tuple[float, int]]] = {}
    for wall, offset, camera in times:
        if offset is not None:
            known.setdefault(camera, []).append((wall, offset))
    tracks = {camera: _Track(entries) for camera, entries in known.items()}
    everyone = _Track([entry for entries in known.values() for entry in entries])
    return [
        _nearest(wall, tracks.get(camera), everyone) if offset is None else offset
        for wall, offset, camera in times
    ]


def _nearest(wall: float, own: _Track | None, everyone: _Track) -> int:
    for track in (own, everyone):
        offset = track.nearest(wall) if track else None
        if offset is not None:
            return offset
    return 0
