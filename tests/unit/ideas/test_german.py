"""German: plurals, cases, articles, dates and whose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from safelight.ideas import words
from safelight.ideas.trip_titles import moment_title, trip_title
from safelight.model.assets import AssetKind, Shot
from safelight.model.places import Place

_EPOCH = datetime(1970, 1, 1)


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    with words.speaking("de"):
        yield


def test_dates() -> None:
    first, last = date(2015, 6, 12), date(2015, 6, 14)
    assert words.day(first) == "12. Juni 2015"
    assert words.dates(first, last) == "12.–14. Juni 2015"  # noqa: RUF001  # a dash of dates
    assert words.full_day(last) == "Sonntag, 14. Juni 2015"
    assert words.since_until(first, last) == ("12. Juni", "14. Juni 2015")


@pytest.mark.parametrize(
    ("number", "noun", "text"),
    [
        (1, "photo", "1 Foto"),
        (1204, "photo", "1.204 Fotos"),
        (3, "day", "3 Tage"),
        (3, "day-on", "3 Tagen"),
        (1, "year-ago", "1 Jahr"),
        (5, "year-ago", "5 Jahren"),
    ],
)
def test_plurals_and_cases(number: int, noun: str, text: str) -> None:
    assert words.count(number, noun) == text


def test_small_numbers_are_written_out() -> None:
    assert words.spelled(6, "birthday") == "sechs Geburtstage"
    assert words.spelled(1, "similar") == "eine fast gleiche Aufnahme"
    assert words.spelled(12, "visit") == "12 Besuche"


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["Vienna"], "in Wien"),
        (["Tuscany"], "in der Toskana"),
        (["Mallorca"], "auf Mallorca"),
        (["United States"], "in den USA"),
        (["Vienna", "Prague"], "in Wien und Prag"),
        (["Vienna", "Crete", "Rome"], "in Wien, auf Kreta und in Rom"),
        (["Moab", "Page"], "in Moab und Page"),
    ],
)
def test_places_have_their_articles_and_prepositions(names: list[str], text: str) -> None:
    assert words.at(names) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [("Vienna", "nach Wien"), ("Tuscany", "in die Toskana"), ("Bali", "nach Bali")],
)
def test_where_to(name: str, text: str) -> None:
    assert words.to(name) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [("Ana", "Anas"), ("Jonas", "Jonas’"), ("Max", "Max’"), ("Beatrix", "Beatrix’")],  # noqa: RUF001  # German writes it so
)
def test_whose(name: str, text: str) -> None:
    assert words.of(name) == text


def _shots(start: str, days: int, place: Place) -> list[Shot]:
    first = datetime.fromisoformat(start)
    return [
        Shot(f"{n}", at, at, True, AssetKind.PHOTO, 40, 30, place=place)
        for n in range(days)
        if (at := (first + timedelta(days=n) - _EPOCH).total_seconds())
    ]


@pytest.mark.parametrize(
    ("start", "days", "title"),
    [
        ("2015-06-13T11:00", 1, "Tagesausflug in die Toskana"),
        ("2015-06-13T11:00", 2, "Wochenende in der Toskana"),
        ("2015-06-11T11:00", 4, "Ein langes Wochenende in der Toskana"),
        ("2015-06-08T11:00", 7, "Eine Woche in der Toskana"),
        ("2015-06-08T11:00", 14, "Zwei Wochen in der Toskana"),
        ("2015-06-08T11:00", 5, "Toskana, Juni 2015"),
    ],
)
def test_titles_of_trips(start: str, days: int, title: str) -> None:
    assert trip_title(_shots(start, days, Place(None, "Tuscany", "Italy", "IT"))) == title


def test_titles_of_moments() -> None:
    at = datetime(2015, 6, 13, 9)
    vienna = Place("Vienna", "Vienna", "Austria", "AT")
    assert moment_title(at, at + timedelta(hours=1), vienna) == "Vormittag in Wien"
    assert moment_title(at, at + timedelta(hours=7), vienna) == "Samstag in Wien"
    assert moment_title(at, at, None, at_home=True) == "Zu Hause, 13. Juni 2015"
