"""Dates at the edges: ends of months and years, leap days, the epoch, the far side of the earth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from safelight.ideas.before_after import BeforeAndAfter
from safelight.ideas.geo import centre_of
from safelight.ideas.pool import Pool, undated_pool
from safelight.ideas.story import write
from safelight.ideas.this_week import ThisWeek
from safelight.ideas.travel import trip_stories
from safelight.model.assets import Shot
from safelight.model.ideas import Moment, Timeline, Trip
from safelight.model.sights import Views

MakeShots = Callable[..., list[Shot]]
MakeTimeline = Callable[..., Timeline]
MakeTrip = Callable[..., Trip]


def test_this_week_holds_its_own_last_day_at_the_end_of_a_month(
    shots: MakeShots, make_timeline: MakeTimeline
) -> None:
    roll = shots("2015-09-05T10:00", 8)
    (idea,) = ThisWeek().make(make_timeline(roll), date(2020, 9, 5))  # the Monday was the 31st
    assert idea.subtitle.startswith("5 September 2015")


def test_a_week_over_new_year_is_found_by_its_january(
    shots: MakeShots, make_timeline: MakeTimeline
) -> None:
    roll = shots("2016-01-02T10:00", 8)  # nothing older
    (idea,) = ThisWeek().make(make_timeline(roll), date(2019, 12, 31))
    assert idea.subtitle.startswith("2 January 2016")


def test_a_week_that_began_on_a_leap_day(shots: MakeShots, make_timeline: MakeTimeline) -> None:
    roll = shots("2019-03-02T10:00", 8)
    (idea,) = ThisWeek().make(make_timeline(roll), date(2044, 3, 3))  # Monday, 29 February
    assert idea.subtitle.startswith("2 March 2019")


@pytest.mark.parametrize(
    ("began", "today", "years"),
    [
        ("2015-01-31", date(2018, 2, 3), "three years ago"),
        ("2015-01-31", date(2018, 1, 25), None),
        ("2015-12-30", date(2019, 1, 2), "three years ago"),
        ("2016-01-01", date(2018, 12, 30), "three years ago"),
        ("2016-02-29", date(2019, 3, 1), "three years ago"),
        ("2015-06-12", date(2015, 6, 12), None),
    ],
)
def test_anniversaries_of_a_trip(
    shots: MakeShots, make_trip: MakeTrip, began: str, today: date, years: str | None
) -> None:
    roll = shots(f"{began}T10:00", 8)
    story = next(iter(trip_stories(Pool.of(roll), make_trip(roll), today, has_home=True)))
    said = [reason.text for reason in story.reasons if reason.signal == "anniversary"]
    assert (story.anniversary > 0, len(said)) == ((True, 1) if years else (False, 0))
    assert years is None or years in said[0].lower()


def test_a_flight_over_the_line_where_days_change_does_not_end_before_it_begins(
    shots: MakeShots, make_trip: MakeTrip
) -> None:
    auckland = shots("2015-06-13T18:00", 6, offset_h=12)
    los_angeles = shots("2015-06-13T12:00", 6, offset_h=-7)  # twelve hours later
    roll = [*auckland, *los_angeles]
    assert roll[-1].utc > roll[0].utc
    pool = Pool.of(roll)
    stories = trip_stories(pool, make_trip(roll), date(2020, 1, 1), has_home=True)
    idea = write(pool, next(iter(stories)), date(2020, 1, 1))
    assert idea is not None
    assert idea.start == idea.end == auckland[0].local_time


def test_the_first_photo_of_an_album_may_be_of_the_epoch(
    shots: MakeShots, make_timeline: MakeTimeline
) -> None:
    roll = shots("1970-01-01T00:00", 9, every_s=0, trusted=False)
    album = Moment("m", "Scans of Grandma", roll[0].local_time, roll[0].local_time,
                   tuple(shot.id for shot in roll), dated=False)  # fmt: skip
    assert len(undated_pool(make_timeline(roll), album).shots) == 9


@pytest.mark.parametrize("longitude", [0.01, 16.37, 139.7, -157.8])
def test_the_same_view_is_found_at_any_longitude(
    shots: MakeShots, make_timeline: MakeTimeline, longitude: float
) -> None:
    """Half a street apart: rows of cells must not slide against each other far from Greenwich."""
    found = 0
    for step in range(40):
        latitude = 35.0 + step * 0.0131
        before = shots("2010-06-12T10:00", 1, latitude=latitude, longitude=longitude)
        after = shots(
            "2016-06-12T10:00", 1, latitude=latitude + 0.0003, longitude=longitude + 0.00001
        )
        timeline = _seen(make_timeline([*before, *after]))
        found += len(list(BeforeAndAfter().make(timeline, date(2020, 1, 1))))
    assert found >= 25  # of 40: what lies on an edge of a cell is missed


def _seen(timeline: Timeline) -> Timeline:
    def views(assets: Sequence[str]) -> Views:
        return Views(
            list(assets), 2, memoryview(np.tile(np.array([1, 0], "<f2"), len(assets)).tobytes())
        )

    return replace(timeline, views=views)


def test_a_home_on_the_line_where_days_change_is_not_at_greenwich() -> None:
    latitude = np.array([-16.8, -16.8, -16.8, -16.8])
    longitude = np.array([179.99, -179.99, 179.98, -179.98])
    south, east = centre_of(latitude, longitude)
    assert south == pytest.approx(-16.8)
    assert abs(abs(east) - 180) < 0.02
