"""Dates as photo metadata writes them, and which of them cannot be true."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from safelight.model.assets import TimePrecision

FIRST_YEAR = 1826
"""The oldest photograph that survives."""

_RESETS = frozenset({date(1899, 12, 30), date(1904, 1, 1), date(1970, 1, 1), date(1980, 1, 1)})
"""Where clocks of spreadsheets, QuickTime, Unix and FAT begin."""
_FARTHEST = timedelta(days=1)

_STAMP = re.compile(
    r"""\s*(?P<year>\d{4})
    (?:[-:/.](?P<month>\d{1,2})
      (?:[-:/.](?P<day>\d{1,2})
        (?:[T\s]+(?P<hour>\d{1,2}):(?P<minute>\d{2})
          (?::(?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?
          \s*(?P<offset>Z|[-+]\d{2}:?\d{2})?
        )?
      )?
    )?\s*$""",
    re.VERBOSE,
)
_OFFSET = re.compile(r"\s*(?P<sign>[-+])(?P<hours>\d{2}):?(?P<minutes>\d{2})\s*$")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as written: the naive wall clock, minutes east of UTC where given, how exact."""

    local: datetime
    offset: int | None = None
    precision: TimePrecision = TimePrecision.SECOND


def parse_stamp(text: str) -> Stamp | None:
    """Read an EXIF ("2015:06:12 13:40:32") or ISO 8601 date, whole or in part.

    Month or day 00 or missing makes it less precise. None where it is no date.
    """
    found = _STAMP.match(text.replace("\0", " "))
    if found is None:
        return None
    month, day = int(found["month"] or 0), int(found["day"] or 0)
    try:
        local = datetime(int(found["year"]), month or 1, (day if month else 0) or 1)
        if month and day and found["hour"]:
            local = datetime.combine(local, _clock(found))
    except ValueError:
        return None
    return Stamp(local, _stamp_offset(found["offset"]), _precision(month, day, found["hour"]))


def _clock(found: re.Match[str]) -> time:
    fraction = (found["fraction"] or "")[:6].ljust(6, "0")
    return time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0), int(fraction))


def _precision(month: int, day: int, hour: str | None) -> TimePrecision:
    if not month:
        return TimePrecision.YEAR
    if not day:
        return TimePrecision.MONTH
    return TimePrecision.SECOND if hour else TimePrecision.DAY


def _stamp_offset(text: str | None) -> int | None:
    return 0 if text == "Z" else parse_offset(text or "")


def parse_offset(text: str) -> int | None:
    """Minutes east of UTC from "+05:45"; None where it is no offset that exists."""
    found = _OFFSET.match(text.replace("\0", " "))
    if found is None:
        return None
    minutes = int(found["hours"]) * 60 + int(found["minutes"])
    if minutes > 14 * 60:
        return None
    return -minutes if found["sign"] == "-" else minutes


def plausible(stamp: Stamp, now: datetime) -> bool:
    """Whether a camera could have been there: not before photography, not in the future.

    A clock that was never set shows the first day of its epoch; such days are refused where a
    time of day is given, for a person who dates a scan to 1980 gives none.
    """
    if stamp.local.year < FIRST_YEAR:
        return False
    if stamp.precision is TimePrecision.SECOND and stamp.local.date() in _RESETS:
        return False
    # Compared on the side of today: the last day of the year 9999 has no later one.
    latest = now.replace(tzinfo=None) + _FARTHEST + timedelta(minutes=stamp.offset or 0)
    return stamp.local <= latest
