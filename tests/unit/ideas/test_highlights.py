"""Trips, their great days, and days and weekends at home that stand out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from safelight.ideas.highlights import Highlights
from safelight.ideas.words import DASH
from safelight.model.assets import KeptOut, Shot
from safelight.model.consent import Purpose
from safelight.model.ideas import Home, Idea, IdeaKind, Timeline, Trip
from safelight.model.places import Place

MakeShots = Callable[..., list[Shot]]
MakeTimeline = Callable[..., Timeline]
MakeTrip = Callable[..., Trip]

TODAY = date(2016, 3, 1)
HOME = Home(48.2, 16.4, 5, date(2010, 1, 1), date(2016, 1, 1))


def _made(timeline: Timeline, kind: IdeaKind, today: date = TODAY) -> list[Idea]:
    return [idea for idea in Highlights().make(timeline, today) if idea.kind is kind]


def _trip_roll(shots: MakeShots, moab: Place, page: Place) -> list[Shot]:
    roll = shots("2015-06-12T09:00", 12, place=moab) + shots("2015-06-13T09:00", 40, place=moab)
    roll += shots("2015-06-14T09:00", 10, place=page, rating=5)
    return roll + shots("2015-07-11T09:00", 8, place=page)


def test_a_trip_reads_as_a_person_would_tell_it(
    shots: MakeShots, make_timeline: MakeTimeline, make_trip: MakeTrip, moab: Place, page: Place
) -> None:
    roll = _trip_roll(shots, moab, page)
    (idea,) = _made(make_timeline(roll, [make_trip(roll)], homes=[HOME]), IdeaKind.TRIP)
    assert idea.title == "Utah and Arizona, June 2015"
    assert idea.subtitle == f"12 June {DASH} 11 July 2015: 70 photos, up to 640 km from home"
    assert [(r.signal, r.text, r.purpose) for r in idea.reasons] == [
        ("dates", "70 photos between 12 June and 11 July 2015", Purpose.LIBRARY),
        ("ratings", "10 photos that you rated 4 or 5 stars", Purpose.LIBRARY),
        ("place", "Taken in Moab and Page, up to 640 km from home", Purpose.PLACES),
    ]
    days = {shot.day for shot in roll if shot.id in idea.assets}
    assert days == {shot.day for shot in roll}
    assert idea.cover in idea.assets
    assert 0 < idea.score <= 1


def test_without_a_home_the_distance_is_from_the_beginning(
    shots: MakeShots, make_timeline: MakeTimeline, make_trip: MakeTrip, moab: Place
) -> None:
    roll = shots("2015-06-12T09:00", 30, place=moab)
    (idea,) = _made(make_timeline(roll, [make_trip(roll, title=" ")]), IdeaKind.TRIP)
    assert idea.title == "Trip of 12 June 2015"
    assert idea.subtitle == "12 June 2015: 30 photos"
    assert idea.reasons[-1].text == "Taken in Moab, up to 640 km from where it began"


def test_a_trip_without_names_still_has_its_reason(
    shots: MakeShots, make_timeline: MakeTimeline, make_trip: MakeTrip
) -> None:
    roll = shots("2015-06-12T09:00", 30)
    (idea,) = _made(make_timeline(roll, [make_trip(roll)], homes=[HOME]), IdeaKind.TRIP)
    assert idea.reasons[-1].text == "Photos taken up to 640 km from home"
    assert idea.reasons[-1].purpose is Purpose.PLACES


def test_a_trip_that_is_not_over_is_not_told(
    shots: MakeShots, make_timeline: MakeTimeline, make_trip: MakeTrip, moab: Place, page: Place
) -> None:
    roll = _trip_roll(shots, moab, page)
    timeline = make_timeline(roll, [make_trip(roll)])
    assert not _made(timeline, IdeaKind.TRIP, date(2015, 7, 11))
    assert _made(timeline, IdeaKind.TRIP, date(2015, 7, 12))


def test_a_trip_comes_back_on_its_anniversary(
    shots: MakeShots, make_timeline: MakeTimeline, make_trip: MakeTrip, moab: Place, page: Place
) -> None:
    roll = _trip_roll(shots, moab, page)
    timeline = make_timeline(roll, [make_trip(roll)])
    (usual,) = _made(timeline, IdeaKind.TRIP, date(2018, 5, 1))
    (then,) = _made(timeline, IdeaKind.TRIP, date(2018, 6, 10))
    assert "It began three years ago this week" in [reason.text for reason in then.reasons]
    assert then.score > usual.score
    assert then.id == usual.id


def test_an_anniversary_is_seen_across_new_year(
    shots: MakeShots, make_timeline: MakeTimeline, make_trip: MakeTrip
) -> None:
    roll = shots("2015-01-01T09:00", 30)
    timeline = make_timeline(roll, [make_trip(roll)])
    (idea,) = _made(timeline, IdeaKind.TRIP, date(2017, 12, 30))
    assert "It began three years ago this week" in [reason.text for reason in idea.reasons]


def test_a_late_import_refreshes_the_trip_under_the_same_id(
    shots: MakeShots, make_timeline: MakeTimeline, make_trip: MakeTrip, moab: Place, page: Place
) -> None:
    roll = _trip_roll(shots, moab, page)
    late = sorted(
        roll + shots("2015-06-20T09:00", 30, place=page), key=lambda shot: (shot.utc, shot.id)
    )
    (before,) = _made(make_timeline(roll, [make_trip(roll)]), IdeaKind.TRIP)
    (after,) = _made(make_timeline(late, [make_trip(late)]), IdeaKind.TRIP)
    assert after.id == before.id
    assert "100 photos" in after.subtitle
    assert set(after.assets) - {shot.id for shot in roll}


def test_the_great_day_of_a_trip(
    shots: MakeShots, make_timeline: MakeTimeline, make_trip: MakeTrip, moab: Place, page: Place
) -> None:
    roll = _trip_roll(shots, moab, page)
    (idea,) = _made(make_timeline(roll, [make_trip(roll)]), IdeaKind.TRIP_DAY)
    assert idea.title == "A day in Moab, 13 June 2015"
    assert idea.subtitle == "Saturday, day 2 of “Utah and Arizona, June 2015”: 40 photos"
    assert Purpose.PLACES in idea.purposes


def _ordinary(shots: MakeShots, count: int = 30) -> list[Shot]:
    days = [date(2015, 1, 5) + timedelta(days=7 * number) for number in range(count)]
    return [shot for day in days for shot in shots(f"{day}T12:00", 4)]


def test_a_day_stands_out_only_against_the_usual(
    shots: MakeShots, make_timeline: MakeTimeline, vienna: Place
) -> None:
    party = shots("2015-03-14T15:00", 34, place=vienna)
    (idea,) = _made(make_timeline(_ordinary(shots) + party), IdeaKind.DAY)
    assert idea.title == "A day in Vienna, 14 March 2015"
    assert idea.subtitle == "Saturday: 34 photos"
    texts = [reason.text for reason in idea.reasons]
    assert "34 photos, where a usual day of yours has 4" in texts
    twice = [replace(shot, id=f"{shot.id}+", utc=shot.utc + 1) for shot in party[:5]]
    (fuller,) = _made(make_timeline(_ordinary(shots) + party + twice), IdeaKind.DAY)
    assert fuller.subtitle == "Saturday: 39 photos"
    told = [reason.text for reason in fuller.reasons]
    assert "34 different photos, where a usual day of yours has 4" in told
    busy = [
        replace(shot, id=f"{shot.id}{n}", utc=shot.utc + n, fingerprint=n * 0x0F0F0F0F0F + 1)
        for shot in _ordinary(shots)
        for n in (0, 400, 800, 1200, 1600)
    ]
    quiet_party = shots("2015-03-14T15:00", 22)
    assert not _made(make_timeline(busy + quiet_party), IdeaKind.DAY)


@pytest.mark.parametrize(
    ("folder", "elsewhere", "title"),
    [
        ("2015-03-14 Anna's birthday", 0, "Anna's birthday, 14 March 2015"),
        ("Anna's birthday", 40, "A day in Vienna, 14 March 2015"),  # a store of all sorts
        ("100CANON", 0, "A day in Vienna, 14 March 2015"),
        ("Photos from 2015", 0, "A day in Vienna, 14 March 2015"),
        ("gps", 0, "A day in Vienna, 14 March 2015"),
    ],
)
def test_a_day_is_called_what_its_folder_is(
    shots: MakeShots,
    make_timeline: MakeTimeline,
    vienna: Place,
    folder: str,
    elsewhere: int,
    title: str,
) -> None:
    roll = shots("2015-03-14T15:00", 34, place=vienna, folder=folder)
    roll += shots("2013-01-02T10:00", elsewhere, every_s=86_400, folder=folder)
    ideas = _made(make_timeline(_ordinary(shots) + roll), IdeaKind.DAY)
    assert [idea.title for idea in ideas if idea.title.endswith("2015")] == [title]


def test_without_places_a_day_stands_on_dates_alone(
    shots: MakeShots, make_timeline: MakeTimeline
) -> None:
    (idea,) = _made(make_timeline(shots("2015-03-14T15:00", 34)), IdeaKind.DAY)
    assert idea.title == "Saturday, 14 March 2015"
    assert idea.purposes == {Purpose.LIBRARY}


def test_days_of_a_trip_are_not_days_at_home(
    shots: MakeShots, make_timeline: MakeTimeline, make_trip: MakeTrip
) -> None:
    roll = shots("2015-03-14T15:00", 34)
    assert not _made(make_timeline(roll, [make_trip(roll)]), IdeaKind.DAY)


def test_a_weekend_is_told_once_and_not_as_its_days(
    shots: MakeShots, make_timeline: MakeTimeline, vienna: Place
) -> None:
    roll = shots("2015-02-28T10:00", 30, place=vienna) + shots("2015-03-01T10:00", 20, place=vienna)
    timeline = make_timeline(_ordinary(shots) + roll)
    (idea,) = _made(timeline, IdeaKind.WEEKEND)
    assert idea.title == f"A weekend in Vienna, 28 February {DASH} 1 March 2015"
    assert idea.subtitle == "50 photos on Saturday and Sunday"
    assert not _made(timeline, IdeaKind.DAY)


def test_a_weekend_without_places(shots: MakeShots, make_timeline: MakeTimeline) -> None:
    roll = shots("2015-06-13T10:00", 12) + shots("2015-06-14T10:00", 12)
    (idea,) = _made(make_timeline(roll), IdeaKind.WEEKEND)
    assert idea.title == f"The weekend of 13{DASH}14 June 2015"


def test_one_long_saturday_is_a_day(shots: MakeShots, make_timeline: MakeTimeline) -> None:
    timeline = make_timeline(shots("2015-06-13T10:00", 30) + shots("2015-06-14T10:00", 2))
    assert not _made(timeline, IdeaKind.WEEKEND)
    assert len(_made(timeline, IdeaKind.DAY)) == 1


def test_screenshots_scans_and_bursts_do_not_make_a_day(
    shots: MakeShots, make_timeline: MakeTimeline
) -> None:
    roll = shots("2015-03-14T10:00", 40, kept_out=KeptOut.SCREENSHOT)
    roll += shots("2015-03-14T14:00", 40, trusted=False)
    roll += shots("2015-03-14T18:00", 40, every_s=0.5, fingerprint=3)
    assert not list(Highlights().make(make_timeline(roll), TODAY))
