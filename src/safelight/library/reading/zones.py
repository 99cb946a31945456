"""The UTC offset of a place at a time, offline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzfpy

from safelight.library.reading.capture_time import ZoneOffset
from safelight.model.assets import GeoPoint

_MINUTE = timedelta(minutes=1)


def load_zones() -> None:
    """Read the rules of every zone on earth; a worker cannot read them later."""
    for name in tzfpy.timezonenames():
        _zone(name)
    tzfpy.get_tz(0.0, 0.0)  # unpacks its map at the first call


def zone_of(point: GeoPoint | None) -> ZoneOffset | None:
    """Looks offsets up at a point; None without a point or where its zone is unknown."""
    zone = _zone(tzfpy.get_tz(point.longitude, point.latitude)) if point else None
    if zone is None:
        return None

    def offset(moment: datetime, is_utc: bool) -> int | None:
        local = moment.replace(tzinfo=UTC).astimezone(zone) if is_utc else None
        found = (local or moment.replace(tzinfo=zone)).utcoffset()
        return round(found / _MINUTE) if found is not None else None

    return offset


@cache
def _zone(name: str) -> ZoneInfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError):
        return None
