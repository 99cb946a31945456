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


def assume_offsets(times: Sequence[tuple[CaptureTime, str | None]]) -> list[int]:
    """A UTC offset in minutes for every (capture time, camera).

    A time without offset takes that of the nearest photo in time of the same camera that has
    one, within a week; else of the nearest of any camera; else 0 for all alike, which keeps
    their order.
    """
    known: dict[str | None, list[tuple[float, int]]] = {}
    for taken, camera in times:
        if taken.offset_minutes is not None:
            known.setdefault(camera, []).append((wall_seconds(taken), taken.offset_minutes))
    tracks = {camera: _Track(entries) for camera, entries in known.items()}
    everyone = _Track([entry for entries in known.values() for entry in entries])
    return [_offset(taken, tracks.get(camera), everyone) for taken, camera in times]


def _offset(taken: CaptureTime, own: _Track | None, everyone: _Track) -> int:
    if taken.offset_minutes is not None:
        return taken.offset_minutes
    at = wall_seconds(taken)
    for track in (own, everyone):
        offset = track.nearest(at) if track else None
        if offset is not None:
            return offset
    return 0
