"""The demo's story alone, without pixels, holds every kind of idea on every day of a year."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256

import pytest

from safelight.ideas import build_timeline, make_ideas
from safelight.model.assets import AssetKind, Shot
from safelight.model.ideas import IdeaKind
from safelight.testing.demo_story import Frame, tell_story

WANTED = {
    *(IdeaKind.TRIP, IdeaKind.TRIP_DAY, IdeaKind.DAY, IdeaKind.WEEKEND, IdeaKind.WEEK),
    *(IdeaKind.MONTH, IdeaKind.SEASON, IdeaKind.YEAR, IdeaKind.ON_THIS_DAY),
}
"""Other kinds need faces, or what is seen in the pictures, which are not here."""

_EPOCH = datetime(1970, 1, 1)


def _shot(frame: Frame) -> Shot:
    """The frame as a scan would know it, looking like no other."""
    local = (frame.taken - _EPOCH).total_seconds()
    name = frame.taken.isoformat()
    latitude, longitude = frame.spot or (None, None)
    return Shot(
        id=name,
        utc=local - (frame.offset or 0) * 60,
        local=local,
        trusted=True,
        kind=AssetKind.PHOTO,
        width=frame.size[0],
        height=frame.size[1],
        latitude=latitude,
        longitude=longitude,
        rating=frame.rating,
        fingerprint=int.from_bytes(sha256(name.encode()).digest()[:8], "big"),
    )


def _missing(today: date) -> set[IdeaKind]:
    shots = [_shot(frame) for frame in tell_story(2015, today).frames]
    return WANTED - {idea.kind for idea in make_ideas(build_timeline(shots), today).ideas}


@pytest.mark.parametrize("month", range(1, 13))
def test_every_kind_on_every_day_of_a_leap_year(month: int) -> None:
    first = date(2028, month, 1)
    days = [first + timedelta(days=index) for index in range(31)]
    lacking = {str(day): _missing(day) for day in days if day.month == month}
    assert {day: kinds for day, kinds in lacking.items() if kinds} == {}


@pytest.mark.parametrize("today", [date(2026, 2, 28), date(2027, 2, 28), date(2032, 2, 29)])
def test_around_leap_days_of_other_years(today: date) -> None:
    assert _missing(today) == set()
