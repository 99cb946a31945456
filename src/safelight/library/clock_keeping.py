"""Dates in the catalogue put right where GPS times say that a camera's clock was wrong.

Everything is worked out afresh from what the files say, so a photo that is added or removed later
counts, and running it twice changes nothing. A date that a person corrected in a sidecar is not a
camera's clock and is never moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from safelight.library.camera_clocks import RIGHT_S, ClockReading, ClockShift, find_shifts
from safelight.library.catalogue import Row, rows
from safelight.library.clocks import wall_seconds
from safelight.library.drawers import Drawers
from safelight.library.records import capture_time
from safelight.model.assets import OffsetSource, TimePrecision, TimeSource

_CLOCKS = (
    f"error is null and trusted and time_source = '{TimeSource.EXIF}'"
    f" and time_precision = '{TimePrecision.SECOND}'"
)
_COLUMNS = (
    "key, camera, taken_local, offset_minutes, offset_source, time_source, time_precision, trusted,"
    " fix_utc, clock_shift_s, clock_evidence"
)
_SUSPECT = (
    "select distinct camera from asset where camera is not null"  # noqa: S608  # our own
    f" and {_CLOCKS} and (clock_shift_s is not null or abs(unixepoch(taken_local, 'subsec')"
    f" - 60 * coalesce(offset_minutes, 0) - fix_utc) > {RIGHT_S})"
)
# Of the cameras that nobody doubts, the offset of a day is all that is asked: a row a day, so that
# a large library is not held in memory.
_OTHERS = (
    "select min(unixepoch(taken_local, 'subsec')), 60.0 * offset_minutes from asset"  # noqa: S608
    f" where {_CLOCKS} and offset_minutes is not null and clock_shift_s is null"
    " and (camera is null or camera not in ({marks}))"
    " and (fix_utc is null or abs(unixepoch(taken_local, 'subsec') - 60 * offset_minutes - fix_utc)"
    f" <= {RIGHT_S}) group by taken_on, offset_minutes"
)
_CHANGE = (
    "update asset set taken_local = ?, taken_on = ?, offset_minutes = ?, offset_source = ?,"
    " clock_shift_s = ?, clock_evidence = ? where key = ?"
)


class ClockKeeping:
    """Puts dates in the `catalogue` drawer right; only the coordinator of a scan calls it."""

    def __init__(self, drawers: Drawers) -> None:
        self._drawers = drawers

    def put_right(self) -> int:
        """Move the dates of clocks that were wrong, and back where nothing says so any more.

        Returns:
            how many photos have another date than before.
        """
        connection = self._drawers.connection("catalogue")
        suspects = [name for (name,) in connection.execute(_SUSPECT)]
        if not suspects:
            return 0
        marks = ", ".join("?" * len(suspects))
        sql = (
            f"select {_COLUMNS} from asset where {_CLOCKS}"  # noqa: S608  # marks alone
            f" and camera in ({marks})"
        )
        found = list(rows(connection, sql, suspects))
        others = [
            ClockReading(None, wall, offset_s, by_fix=False, fix=None)
            for wall, offset_s in connection.execute(_OTHERS.format(marks=marks), suspects)
        ]
        shifts = find_shifts([*map(_reading, found), *others])[: len(found)]
        changes = list(_changes(found, shifts))
        with connection:
            connection.executemany(_CHANGE, changes)
        return len(changes)


def _reading(row: Row) -> ClockReading:
    taken = capture_time(row)
    assert taken is not None
    offset, by_fix = _own_offset(row)
    return ClockReading(
        row["camera"],
        wall_seconds(taken) - taken.clock_shift_s,
        None if offset is None else 60.0 * offset,
        by_fix,
        row["fix_utc"],
    )


def _own_offset(row: Row) -> tuple[int | None, bool]:
    """The offset in minutes that the file itself gave, and whether by its fix."""
    by_fix = row["offset_source"] == OffsetSource.GPS_TIME
    if by_fix and row["clock_shift_s"] is not None:  # it came with the correction
        return None, False
    return row["offset_minutes"], by_fix


def _changes(found: Sequence[Row], shifts: Sequence[ClockShift | None]) -> list[tuple[Any, ...]]:
    changes = []
    for row, shift in zip(found, shifts, strict=True):
        seconds = None if shift is None else round(shift.seconds, 3)
        if seconds == row["clock_shift_s"]:
            continue
        was = timedelta(seconds=row["clock_shift_s"] or 0.0)
        local = datetime.fromisoformat(row["taken_local"]) - was + timedelta(seconds=seconds or 0.0)
        offset, _ = _own_offset(row)
        source = row["offset_source"] if offset is not None else None
        if shift is not None and offset is None:
            offset, source = round(shift.offset_s / 60), OffsetSource.GPS_TIME
        times = (local.isoformat(), local.date().isoformat(), offset, source)
        evidence = None if shift is None else shift.evidence
        changes.append((*times, seconds, evidence, row["key"]))
    return changes
