"""Recaps: finished, strong enough for this library, and never the same story again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from safelight.ideas.recaps import Recaps
from safelight.ideas.words import DASH
from safelight.model.assets import Shot
from safelight.model.consent import Purpose
from safelight.model.ideas import Home, Idea, IdeaKind, Timeline, Trip
from safelight.model.places import Place

MakeShots = Callable[..., list[Shot]]
MakeTimeline = Callable[..., Timeline]
MakeTrip = Callable[..., Trip]

TODAY = date(2017, 3, 1)


def _made(timeline: Timeline, today: date = TODAY) -> dict[str, Idea]:
    return {idea.title: idea for idea in Recaps().make(timeline, today)}


def _every(
    shots: MakeShots, first: date, step: int, days: int, count: int, **f: object
) -> list[Shot]:
    found = (first + timedelta(days=step * number) for number in range(days))
    return [shot for day in found for shot in shots(f"{day}T12:00", count, **f)]


def test_a_month_says_what_was_in_it(
    shots: MakeShots, make_timeline: MakeTimeline, moab: Place, page: Place, vienna: Place
) -> None:
    roll = _every(shots, date(2015, 6, 1), 3, 4, 5, place=moab)
    roll += _every(shots, date(2015, 6, 13), 3, 3, 5, place=page)
    roll += _every(shots, date(2015, 6, 22), 3, 2, 2, place=vienna)
    idea = _made(make_timeline(roll))["June 2015"]
    assert idea.kind is IdeaKind.MONTH
    assert idea.subtitle == "39 photos on 9 days, mostly in Moab and Page"
    assert idea.purposes == {Purpose.LIBRARY, Purpose.PLACES}
    assert [reason.text for reason in idea.reasons][:2] == [
        "39 photos between 1 June and 25 June 2015",
        "The month is over and can be told as a whole",
    ]


def test_without_places_a_recap_stands_on_dates_alone(
    shots: MakeShots, make_timeline: MakeTimeline
) -> None:
    made = _made(make_timeline(_every(shots, date(2015, 1, 2), 5, 70, 3)))
    assert {idea.kind for idea in made.values()} == {
        IdeaKind.WEEK,
        IdeaKind.MONTH,
        IdeaKind.SEASON,
        IdeaKind.YEAR,
    }
    assert all(idea.purposes == {Purpose.LIBRARY} for idea in made.values())
    assert made["Your year 2015"].subtitle == "210 photos on 70 days"


def test_a_place_that_few_photos_have_is_not_named(
    shots: MakeShots, make_timeline: MakeTimeline, moab: Place
) -> None:
    roll = _every(shots, date(2015, 6, 1), 3, 8, 5) + shots("2015-06-01T18:00", 4, place=moab)
    idea = _made(make_timeline(roll))["June 2015"]
    assert idea.subtitle == "44 photos on 8 days"
    assert Purpose.PLACES not in idea.purposes


@pytest.mark.parametrize(("today", "there"), [(date(2015, 6, 30), False), (date(2015, 7, 1), True)])
def test_only_finished_periods(
    shots: MakeShots, make_timeline: MakeTimeline, today: date, there: bool
) -> None:
    roll = _every(shots, date(2015, 6, 1), 3, 9, 5)
    assert ("June 2015" in _made(make_timeline(roll), today)) is there


def test_a_week_across_new_year(shots: MakeShots, make_timeline: MakeTimeline) -> None:
    roll = _every(shots, date(2015, 12, 29), 1, 6, 5)
    made = _made(make_timeline(roll))
    assert made["The week of 28 December 2015"].subtitle == "30 photos on 6 days"


def test_winter_says_its_months(shots: MakeShots, make_timeline: MakeTimeline) -> None:
    roll = _every(shots, date(2014, 12, 3), 6, 14, 4)
    winter = _made(make_timeline(roll))["Winter 2015"]
    assert winter.subtitle == f"December 2014 {DASH} February 2015: 56 photos on 14 days"
    assert winter.purposes == {Purpose.LIBRARY}


def test_december_is_summer_in_the_south_and_says_why(
    shots: MakeShots, make_timeline: MakeTimeline
) -> None:
    roll = _every(shots, date(2014, 12, 3), 6, 14, 4, latitude=-33.9, longitude=151.2)
    summer = _made(make_timeline(roll))["Summer 2015"]
    assert Purpose.PLACES in summer.purposes
    plain = _every(shots, date(2014, 12, 3), 6, 14, 4)
    home = Home(-33.9, 151.2, 5, date(2014, 1, 1), date(2016, 1, 1))
    by_home = _made(make_timeline(plain, homes=[home]))["Summer 2015"]
    assert by_home.id == summer.id == _made(make_timeline(plain))["Winter 2015"].id


def test_a_month_that_is_just_the_trip_is_not_told_again(
    shots: MakeShots, make_timeline: MakeTimeline, make_trip: MakeTrip
) -> None:
    roll = _every(shots, date(2015, 6, 1), 3, 9, 5)
    rest = _every(shots, date(2015, 6, 28), 1, 2, 5)
    assert "June 2015" in _made(make_timeline(roll + rest))
    assert "June 2015" not in _made(make_timeline(roll + rest, [make_trip(roll)]))


def test_a_year_that_is_just_one_summer_is_told_once(
    shots: MakeShots, make_timeline: MakeTimeline
) -> None:
    roll = _every(shots, date(2015, 6, 1), 4, 22, 5) + shots("2015-11-03T12:00", 6)
    made = _made(make_timeline(roll))
    assert "Summer 2015" in made
    assert "Your year 2015" not in made


def test_what_is_enough_depends_on_the_library(
    shots: MakeShots, make_timeline: MakeTimeline
) -> None:
    busy = [s for m in range(1, 13) for s in _every(shots, date(2015, m, 1), 3, 9, 40)]
    thin = _every(shots, date(2016, 5, 1), 4, 7, 5)
    assert "May 2016" not in _made(make_timeline(busy + thin))
    assert "May 2016" in _made(make_timeline(thin))


def test_a_late_import_refreshes_the_recap_under_the_same_id(
    shots: MakeShots, make_timeline: MakeTimeline
) -> None:
    roll = _every(shots, date(2015, 6, 1), 3, 9, 5)
    late = roll + shots("2015-06-29T12:00", 20)
    before = _made(make_timeline(roll))["June 2015"]
    after = _made(make_timeline(late))["June 2015"]
    assert after.id == before.id
    assert after.subtitle == "65 photos on 10 days"
    assert any("2015-06-29" in asset for asset in after.assets)


def test_a_month_that_stands_out_says_against_what(
    shots: MakeShots, make_timeline: MakeTimeline
) -> None:
    roll = [s for m in range(1, 6) for s in _every(shots, date(2015, m, 1), 3, 9, 2)]
    made = _made(make_timeline(roll + _every(shots, date(2015, 6, 1), 3, 9, 5)))
    texts = {title: [reason.text for reason in idea.reasons] for title, idea in made.items()}
    assert "45 photos, where a usual month of yours has 18" in texts["June 2015"]
    assert not any("usual" in text for text in texts["May 2015"])
