"""Cameras whose clock was wrong, told by the times of their GPS fixes, and by how much.

A receiver knows the time. Where a camera's clock and its fixes lie apart by the same amount in
several photos, the clock was wrong by that, in those photos and in the camera's others between
them, which have no fix. A fix may be old: then it does not run along with the clock, so several
fixes that differ are asked for. Faults of receivers are known and left alone: a week counter that
overflowed (1024 weeks), a date one day off, and a local time written as UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from safelight.model.assets import ClockEvidence

AGREE_S = 120.0
RIGHT_S = 300.0
REACH_S = 2 * 86_400.0
FIXES = 3
"""Different fixes that must agree before a clock is called wrong."""

_QUARTER_S, _DAY_S = 900.0, 86_400.0
_WIDEST_S = 14 * 3600.0
_OVERFLOW_S = 1024 * 7 * _DAY_S
_OFFSET_REACH_S = 7 * _DAY_S
_ALIKE_S = 600.0

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What one photo's camera wrote of the time.

    Attributes:
        wall: the clock on the wall as seconds since 1970 without a zone, before any correction.
        offset_s: seconds east of UTC, None where none is known.
        by_fix: the offset is the difference between the clock and the fix, not written.
        fix: time of the GPS fix, seconds since 1970 UTC.
    """

    camera: str | None
    wall: float
    offset_s: float | None
    by_fix: bool
    fix: float | None


@dataclass(frozen=True, slots=True)
class ClockShift:
    """Seconds to add to a wall clock, the offset east of UTC that it has then, and what says so."""

    seconds: float
    offset_s: float
    evidence: ClockEvidence


def find_shifts(readings: Sequence[ClockReading]) -> list[ClockShift | None]:
    """A shift for each reading whose clock was wrong, None for all others."""
    found: list[ClockShift | None] = [None] * len(readings)
    known = _Offsets(readings)
    rows: dict[tuple[str, bool], list[int]] = {}
    for row, reading in enumerate(readings):
        if reading.camera is not None:
            written = reading.offset_s is not None and not reading.by_fix
            rows.setdefault((reading.camera, written), []).append(row)
    for (_, written), mine in rows.items():
        if any(readings[row].fix is not None for row in mine):
            mine.sort(key=lambda row: readings[row].wall)
            for row, ahead_s, evidence in _wrong(_Clock.of([readings[r] for r in mine], written)):
                reading = readings[mine[row]]
                found[mine[row]] = _shift(reading, ahead_s, evidence, known)
    return found


def _shift(
    reading: ClockReading, ahead_s: float, evidence: ClockEvidence, known: _Offsets
) -> ClockShift:
    if reading.offset_s is not None:
        return ClockShift(-ahead_s, reading.offset_s, evidence)
    offset = known.near(reading.wall - ahead_s)
    if offset is None:  # nobody knows the zone: the time of day stays as the clock had it
        day = (ahead_s + _DAY_S / 2) % _DAY_S - _DAY_S / 2
        offset = round(day / _QUARTER_S) * _QUARTER_S
    return ClockShift(offset - ahead_s, offset, evidence)


@dataclass(frozen=True, slots=True)
class _Clock:
    """One camera's photos by its clock, and how far that is ahead of each fix, in seconds.

    Attributes:
        ahead: of UTC where offsets were written, else of UTC with the zone in it; NaN without fix.
        right: the fix says that the clock was right, as far as can be told without the zone.
        wrong: it says the contrary, and none of the known faults of receivers explains that.
    """

    wall: Floats
    fix: Floats
    ahead: Floats
    right: Bools
    wrong: Bools

    @classmethod
    def of(cls, readings: Sequence[ClockReading], written: bool) -> _Clock:
        wall = np.array([r.wall for r in readings])
        fix = np.array([np.nan if r.fix is None else r.fix for r in readings])
        offset = np.array([r.offset_s or 0.0 if written else 0.0 for r in readings])
        ahead = wall - offset - fix
        far, slack = np.abs(ahead), RIGHT_S if written else _WIDEST_S + RIGHT_S
        whole = np.abs(ahead - np.round(ahead / _QUARTER_S) * _QUARTER_S) <= RIGHT_S
        right = far <= RIGHT_S if written else whole & (far <= _WIDEST_S)
        faulty = np.abs(far - _OVERFLOW_S) <= _DAY_S + slack
        faulty |= (np.abs(far - _DAY_S) <= slack) & whole
        faulty |= (offset != 0) & (np.abs(ahead + offset) <= RIGHT_S)
        return cls(wall, fix, ahead, right, ~np.isnan(fix) & ~right & ~faulty)


def _wrong(clock: _Clock) -> Iterator[tuple[int, float, ClockEvidence]]:
    """Rows whose clock was wrong, and by how much it was ahead."""
    sure = np.where(clock.right, 0.0, np.nan)
    for row in np.flatnonzero(clock.wrong).tolist():
        sure[row] = _agreed(clock, row)
    anchors = np.flatnonzero(~np.isnan(sure))
    for row in range(len(sure)) if np.any(sure[anchors] != 0.0) else ():
        if clock.right[row]:
            continue
        if not np.isnan(sure[row]):
            yield row, float(sure[row]), ClockEvidence.OWN_FIX
        elif (ahead := _between(clock, sure, anchors, row)) != 0.0:
            yield row, ahead, ClockEvidence.SAME_CAMERA


def _agreed(clock: _Clock, row: int) -> float:
    """What enough different fixes around one say, NaN where they are too few."""
    wall, ahead = clock.wall[row], clock.ahead[row]
    low, high = np.searchsorted(clock.wall, [wall - REACH_S, wall + REACH_S])
    near = np.arange(low, high)
    alike = near[clock.wrong[near] & (np.abs(clock.ahead[near] - ahead) <= AGREE_S)]
    if len(np.unique(clock.fix[alike])) < FIXES:
        return float("nan")
    return float(np.median(clock.ahead[alike]))


def _between(clock: _Clock, sure: Floats, anchors: npt.NDArray[np.int64], row: int) -> float:
    """How far a clock was ahead where no fix of its own tells: as its neighbours, if they agree.

    0 where it was right or nothing can be said.
    """
    after = int(np.searchsorted(anchors, row))
    near = [int(anchors[i]) for i in (after - 1, after) if 0 <= i < len(anchors)]
    near = [i for i in near if abs(clock.wall[i] - clock.wall[row]) <= REACH_S]
    values = [float(sure[i]) for i in near]
    if not values or max(values) - min(values) > _ALIKE_S or 0.0 in values:
        return 0.0
    closest = min(near, key=lambda i: abs(clock.wall[i] - clock.wall[row]))
    return float(sure[closest])


class _Offsets:
    """Offsets from UTC that cameras with a right clock had, by the instant."""

    def __init__(self, readings: Sequence[ClockReading]) -> None:
        known = sorted(
            (reading.wall - reading.offset_s, reading.offset_s)
            for reading in readings
            if reading.offset_s is not None
            and (reading.fix is None or abs(_off(reading, reading.fix)) <= RIGHT_S)
        )
        self._utc = np.array([utc for utc, _ in known])
        self._offset = [offset for _, offset in known]

    def near(self, utc: float) -> float | None:
        """The offset of the nearest photo in time, within a week."""
        after = int(np.searchsorted(self._utc, utc))
        around = [row for row in (after - 1, after) if 0 <= row < len(self._offset)]
        gap_s, row = min(((abs(self._utc[row] - utc), row) for row in around), default=(np.inf, 0))
        return self._offset[row] if gap_s <= _OFFSET_REACH_S else None


def _off(reading: ClockReading, fix: float) -> float:
    return reading.wall - (reading.offset_s or 0.0) - fix
