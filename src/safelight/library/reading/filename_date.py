"""Dates in the names that cameras, phones and messengers give to files."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from safelight.library.reading.dates import Stamp
from safelight.model.assets import TimePrecision

_DAY = r"(?P<year>(?:19|20)\d\d)[-_.]?(?P<month>0[1-9]|1[0-2])[-_.]?(?P<day>0[1-9]|[12]\d|3[01])"
_TIME = r"(?P<hour>[01]\d|2[0-3])[-_.:h]?(?P<minute>[0-5]\d)[-_.:m]?(?P<second>[0-5]\d)"
_WITH_TIME = re.compile(rf"(?<!\d){_DAY}(?:[-_ T.,]{{1,2}}|[ _]+at[ _]+|, )?{_TIME}(?!\d{{4,}})")
_DAY_ONLY = re.compile(rf"(?<!\d){_DAY}(?!\d)")
_MILLISECONDS = re.compile(r"(?<!\d)(1[0-9]{12})(?!\d)")
_MESSENGER = re.compile(
    r"-WA\d{4}|^whatsapp|^signal-|^fb_img_|^photo_\d{4}-|^telegram|^received_|^viber|^snapchat"
    r"|^mmexport|^image-\d{4}|^download",
    re.IGNORECASE,
)
_UTC_NAMES = re.compile(r"^PXL_|^UTC[-_]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameDate:
    """A date in a file name.

    Attributes:
        camera: False for names that messengers and downloads give: that is when it arrived.
        utc: the name is written in UTC, not in local time.
    """

    stamp: Stamp
    camera: bool
    utc: bool


def name_date(name: str) -> NameDate | None:
    """Find the date in a file name (without its folder); None where it has none."""
    camera = not _MESSENGER.search(name)
    for pattern, build in _READERS:
        found = pattern.search(name)
        stamp = _built(build, found) if found else None
        if stamp is not None:
            utc = build is _from_milliseconds or bool(_UTC_NAMES.match(name))
            return NameDate(stamp, camera and build is not _from_milliseconds, utc)
    return None


def _built(build: Callable[[re.Match[str]], Stamp], found: re.Match[str]) -> Stamp | None:
    try:
        return build(found)
    except ValueError:  # the 31st of February
        return None


def _from_time(found: re.Match[str]) -> Stamp:
    parts = found.groupdict()
    names = ("year", "month", "day", "hour", "minute", "second")
    year, month, day, hour, minute, second = (int(parts[name]) for name in names)
    return Stamp(datetime(year, month, day, hour, minute, second))


def _from_day(found: re.Match[str]) -> Stamp:
    local = datetime(int(found["year"]), int(found["month"]), int(found["day"]))
    return Stamp(local, None, TimePrecision.DAY)


def _from_milliseconds(found: re.Match[str]) -> Stamp:
    moment = datetime.fromtimestamp(int(found[1]) / 1000, UTC)
    return Stamp(moment.replace(tzinfo=None, microsecond=0))


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Stamp]], ...] = (
    (_WITH_TIME, _from_time),
    (_MILLISECONDS, _from_milliseconds),
    (_DAY_ONLY, _from_day),
)
