"""Deciding when a photo was taken; `docs/reference/dates.md` says which date wins and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from safelight.library.reading.dates import Stamp, plausible
from safelight.model.assets import CaptureTime, OffsetSource, TimePrecision, TimeSource

_QUARTER = timedelta(minutes=15)
_STALE = timedelta(minutes=5)
_WIDEST = timedelta(hours=14)
_SAME_CLOCK = timedelta(seconds=2)
_FINENESS = (TimePrecision.YEAR, TimePrecision.MONTH, TimePrecision.DAY, TimePrecision.SECOND)

ZoneOffset = Callable[[datetime, bool], int | None]
"""Minutes east of UTC at the photo's place for a naive time; True means the time is UTC."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date that may be the capture time.

    Attributes:
        utc: the stamp is UTC and the wall clock is unknown.
        trusted: False where the date tells when the file was made, sent or saved.
    """

    stamp: Stamp
    source: TimeSource
    utc: bool = False
    trusted: bool = True


def resolve(
    candidates: Sequence[Candidate],
    fixes: Sequence[datetime],
    zone: ZoneOffset | None,
    now: datetime,
) -> CaptureTime | None:
    """The capture time out of candidates in order of rank, most trusted first.

    Args:
        fixes: aware UTC instants of the GPS fix, best first.
        zone: looks the offset up by place; None when places may not be used.
        now: aware; what lies more than a day ahead cannot be true.
    """
    possible = [found for found in candidates if plausible(found.stamp, now)]
    if not possible:
        return None
    best = _finer(possible)
    if best.utc:
        return _from_utc(best, possible, zone)
    offset, source = _offset(best, possible, fixes, zone)
    return CaptureTime(
        best.stamp.local, offset, source, best.source, best.stamp.precision, best.trusted
    )


def _finer(possible: Sequence[Candidate]) -> Candidate:
    """The first, with the time of day from a later one that agrees with it as far as it goes."""
    best = possible[0]
    for other in possible[1:]:
        fine = _FINENESS.index(other.stamp.precision) > _FINENESS.index(best.stamp.precision)
        if fine and other.trusted and not other.utc and _agrees(best.stamp, other.stamp):
            return Candidate(other.stamp, best.source, False, best.trusted)
    return best


def _agrees(coarse: Stamp, fine: Stamp) -> bool:
    fields = {TimePrecision.YEAR: 1, TimePrecision.MONTH: 2, TimePrecision.DAY: 3}
    depth = fields.get(coarse.precision, 6)
    return coarse.local.timetuple()[:depth] == fine.local.timetuple()[:depth]


def _offset(
    best: Candidate,
    possible: Sequence[Candidate],
    fixes: Sequence[datetime],
    zone: ZoneOffset | None,
) -> tuple[int | None, OffsetSource | None]:
    stamp = best.stamp
    if stamp.offset is not None:
        return stamp.offset, OffsetSource.WRITTEN
    if stamp.precision is not TimePrecision.SECOND:
        return None, None
    for fix in fixes:
        if (minutes := offset_between(stamp.local, fix)) is not None:
            return minutes, OffsetSource.GPS_TIME
    if zone is not None and (minutes := zone(stamp.local, False)) is not None:
        return minutes, OffsetSource.GPS_PLACE
    # Last, for programs that edit a picture write the offset of the desk it was edited at.
    for other in possible:
        if other.stamp.offset is not None and not other.utc and _same_clock(stamp, other.stamp):
            return other.stamp.offset, OffsetSource.WRITTEN
    return None, None


def _same_clock(one: Stamp, other: Stamp) -> bool:
    return abs(one.local - other.local) <= _SAME_CLOCK


def offset_between(local: datetime, instant: datetime) -> int | None:
    """Minutes east of UTC that make a wall clock agree with a GPS fix, or None.

    Offsets are whole quarters of an hour; a fix may be up to five minutes older or newer.
    """
    difference = local - instant.astimezone(UTC).replace(tzinfo=None)
    quarters = round(difference / _QUARTER)
    if abs(quarters * _QUARTER) > _WIDEST or abs(difference - quarters * _QUARTER) > _STALE:
        return None
    return quarters * 15


def _from_utc(
    best: Candidate, possible: Sequence[Candidate], zone: ZoneOffset | None
) -> CaptureTime:
    """A wall clock for a time that is only known in UTC."""
    instant = best.stamp.local
    offset = zone(instant, True) if zone else None
    source = OffsetSource.GPS_PLACE
    if offset is None:
        offset, source = _offset_by_other_clock(instant, possible), OffsetSource.ASSUMED
    minutes = offset or 0
    return CaptureTime(
        instant + timedelta(minutes=minutes),
        minutes,
        source,
        best.source,
        best.stamp.precision,
        best.trusted,
    )


def _offset_by_other_clock(instant: datetime, possible: Sequence[Candidate]) -> int | None:
    """Phones name a video by the wall clock and date it inside in UTC: the difference tells."""
    for other in possible:
        by_name = other.source is TimeSource.FILENAME and other.trusted and not other.utc
        if by_name and other.stamp.precision is TimePrecision.SECOND:
            return offset_between(other.stamp.local, instant.replace(tzinfo=UTC))
    return None
