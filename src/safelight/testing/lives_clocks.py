"""What the cameras of a whole life write of the time, and the shots that the library makes of it.

Receivers are drawn as they behave: the fix of a located photo is mostly seconds old, sometimes
minutes, and at a cold start the one of hours ago; a photo without coordinates has none. Half of
the second cameras write the offset from UTC that their clock is set to, the others none.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from safelight.library.camera_clocks import ClockReading, find_shifts
from safelight.library.clocks import assume_offsets
from safelight.library.reading.capture_time import offset_between
from safelight.model.assets import Shot
from safelight.testing.lives_full import CAMERA, FullLife

_EPOCH = datetime(1970, 1, 1)  # naive on purpose: wall-clock time


def with_gps_times(full: FullLife, *, receivers: float = 1.0) -> FullLife:
    """The life as it is once GPS times have put clocks right.

    Args:
        receivers: the share of lives whose second camera writes the time of its fix; another
            has coordinates from elsewhere. Phones always write it.
    """
    rng = np.random.default_rng([full.life.seed, 8])
    writes_fix, writes_offset = bool(rng.random() < receivers), bool(rng.random() < 0.5)
    readings = [
        _reading(full, shot, _age_s(rng), fix=writes_fix, offset=writes_offset)
        for shot in full.life.shots
    ]
    walls, offsets = [], []
    for reading, shift in zip(readings, find_shifts(readings), strict=True):
        walls.append(reading.wall + (shift.seconds if shift else 0.0))
        offset = shift.offset_s if shift else reading.offset_s
        offsets.append(None if offset is None else round(offset / 60))
    cameras = [reading.camera for reading in readings]
    minutes = assume_offsets(walls, offsets, cameras)
    shots = tuple(
        replace(shot, utc=wall - 60 * offset, local=wall)
        for shot, wall, offset in zip(full.life.shots, walls, minutes, strict=True)
    )
    return replace(full, life=replace(full.life, shots=shots))


def _age_s(rng: np.random.Generator) -> float:
    """How old a fix is, in seconds."""
    kind = rng.random()
    return float(rng.exponential(5.0 if kind < 0.85 else 600.0 if kind < 0.95 else 7_200.0))


def _reading(full: FullLife, shot: Shot, age_s: float, *, fix: bool, offset: bool) -> ClockReading:
    second = shot.camera == CAMERA
    true_utc = shot.utc - full.clock_error.get(shot.id, 0.0)
    at = true_utc - age_s if shot.located and (fix or not second) else None
    own = None if second and not offset else shot.local - shot.utc
    if own is not None or at is None:
        return ClockReading(shot.camera, shot.local, own, False, at)
    wall, instant = _EPOCH + timedelta(seconds=shot.local), datetime.fromtimestamp(at, UTC)
    minutes = offset_between(wall, instant)
    told = None if minutes is None else 60.0 * minutes
    return ClockReading(shot.camera, shot.local, told, told is not None, at)
