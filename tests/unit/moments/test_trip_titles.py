from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from safelight.ideas.trip_titles import day_title, moment_title, told_apart, trip_title
from safelight.model.assets import AssetKind, Shot
from safelight.model.ideas import Trip
from safelight.model.places import Place

_EPOCH = datetime(1970, 1, 1)
BRNO = Place("Brno", "South Moravia", "Czechia", "CZ")
PRAGUE = Place("Prague", "Prague", "Czechia", "CZ")
PARIS = Place("Paris", "Île-de-France", "France", "FR")
LYON = Place("Lyon", "Auvergne and Rhône-Alpes", "France", "FR")
VIENNA = Place("Vienna", "Vienna", "Austria", "AT")
SALZBURG = Place("Salzburg", "Salzburg", "Austria", "AT")
VENICE = Place("Venice", "Veneto", "Italy", "IT")
VERONA = Place("Verona", "Veneto", "Italy", "IT")
PADUA = Place("Padua", "Veneto", "Italy", "IT")
FLORENCE = Place("Florence", "Tuscany", "Italy", "IT")
UTAH = Place(None, "Utah", "United States", "US")
ARIZONA = Place(None, "Arizona", "United States", "US")
MOAB = Place("Moab", "Utah", "United States", "US")
PAGE = Place("Page", "Arizona", "United States", "US")
LISBON = Place("Lisbon", "Lisbon", "Portugal", "PT")
PORTO = Place("Porto", "Porto", "Portugal", "PT")
AMSTERDAM = Place("Amsterdam", "North Holland", "Netherlands", "NL")
UTRECHT = Place("Utrecht", "Utrecht", "Netherlands", "NL")
LEIDEN = Place("Leiden", "South Holland", "Netherlands", "NL")
BRIGHTON = Place("Brighton", "East Sussex", "United Kingdom", "GB")


def _shot(at: datetime, place: Place | None) -> Shot:
    seconds = (at - _EPOCH).total_seconds()
    return Shot(
        str(at), seconds, seconds, True, AssetKind.PHOTO, 4000, 3000, 0.0, 0.0, place
    )  # fmt: skip


def _journey(start: str, *days: Place | None) -> list[Shot]:
    """Three photos a day at one place a day."""
    first = datetime.fromisoformat(start)
    return [
        _shot(first + timedelta(days=day, hours=hour), place)
        for day, place in enumerate(days)
        for hour in (9, 13, 18)
    ]


@pytest.mark.parametrize(
    ("start", "days", "title"),
    [
        ("2019-05-04", [PRAGUE, PRAGUE], "Weekend in Prague"),
        ("2019-05-03", [PRAGUE] * 3, "Weekend in Prague"),
        ("2019-05-07", [PRAGUE, PRAGUE], "Prague, May 2019"),
        ("2019-05-04", [BRIGHTON], "Day trip to Brighton"),
        ("2019-05-06", [PARIS, PARIS, LYON, LYON], "Paris and Lyon, May 2019"),
        ("2015-06-08", [UTAH, MOAB, PAGE, ARIZONA], "Utah and Arizona, June 2015"),
        ("2019-05-06", [VENICE, VERONA, PADUA, PADUA], "Veneto, May 2019"),
        ("2019-07-01", [LISBON] * 7, "A week in Lisbon"),
        ("2019-07-01", [LISBON] * 7 + [PORTO] * 7, "Lisbon and Porto, July 2019"),
        (
            "2019-07-01",
            [VIENNA, SALZBURG, VENICE, VENICE],
            "Austria and Italy, July 2019",
        ),
        ("2019-07-01", [AMSTERDAM, UTRECHT, LEIDEN, LEIDEN], "The Netherlands, July 2019"),
        ("2019-07-04", [None, None], "Trip, July 2019"),
        ("2019-07-06", [None], "Day out, 6 July 2019"),
    ],
)
def test_trip_titles_are_what_a_person_would_write(
    start: str, days: list[Place | None], title: str
) -> None:
    assert trip_title(_journey(start, *days)) == title


def test_a_chain_through_several_regions_is_a_road_trip() -> None:
    shots = _journey("2019-07-01", VENICE, VERONA, PADUA, FLORENCE, FLORENCE, VENICE)
    assert trip_title(shots) == "Road trip: Veneto and Tuscany"


def test_a_burst_does_not_decide_the_title() -> None:
    shots = _journey("2019-05-04", PRAGUE, PRAGUE)
    burst = [_shot(shots[-1].local_time + timedelta(seconds=s), BRNO) for s in range(200)]
    assert trip_title([*shots, *burst]) == "Weekend in Prague"


def test_day_titles_count_from_one() -> None:
    assert day_title(3, _journey("2019-05-04", MOAB)) == "Day 3: Moab"
    assert day_title(1, _journey("2019-05-04", None)) == "Day 1"


@pytest.mark.parametrize(
    ("start", "hours", "place", "home", "title"),
    [
        ("2019-05-04T19:00", 2, BRNO, False, "Evening in Brno"),
        ("2019-05-04T09:00", 8, UTAH, False, "Saturday in Utah"),
        ("2019-05-04T09:00", 1, None, False, "Morning, 4 May 2019"),
        ("2019-05-04T23:30", 1, BRNO, False, "Night in Brno"),
        ("2015-06-12T19:00", 1, BRNO, True, "At home, 12 June 2015"),
    ],
)
def test_moment_titles(start: str, hours: int, place: Place, home: bool, title: str) -> None:
    first = datetime.fromisoformat(start)
    assert moment_title(first, first + timedelta(hours=hours), place, at_home=home) == title


def _trip(title: str, start: datetime) -> Trip:
    return Trip(str(start), title, start, start + timedelta(hours=8), (str(start),), (), 90.0)


def test_trips_of_one_title_are_told_apart_by_month_or_day() -> None:
    trips = [
        _trip("Day trip to Piran", datetime(2024, 6, 16, 9)),
        _trip("Day trip to Piran", datetime(2025, 6, 15, 9)),
        _trip("Day trip to Piran", datetime(2025, 6, 29, 9)),
        _trip("Day trip to Bled", datetime(2025, 9, 26, 9)),
    ]
    assert [trip.title for trip in told_apart(trips)] == [
        "Day trip to Piran, June 2024",
        "Day trip to Piran, 15 June 2025",
        "Day trip to Piran, 29 June 2025",
        "Day trip to Bled",
    ]


def test_a_title_with_its_month_is_given_no_second_date() -> None:
    twice = [_trip("Kitzb\u00fchel, February 2026", datetime(2026, 2, day)) for day in (2, 20)]
    assert [trip.title for trip in told_apart(twice)] == ["Kitzb\u00fchel, February 2026"] * 2
