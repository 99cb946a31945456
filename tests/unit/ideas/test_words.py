"""Words as a person would write them."""

from __future__ import annotations

from datetime import date

import pytest

from safelight.ideas import words
from safelight.ideas.words import DASH


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2015, 6, 12), date(2015, 6, 12), "12 June 2015"),
        (date(2015, 6, 12), date(2015, 6, 14), f"12{DASH}14 June 2015"),
        (date(2015, 6, 28), date(2015, 7, 3), f"28 June {DASH} 3 July 2015"),
        (date(2015, 12, 30), date(2016, 1, 2), f"30 December 2015 {DASH} 2 January 2016"),
    ],
)
def test_date_ranges(first: date, last: date, text: str) -> None:
    assert words.dates(first, last) == text


def test_months_of_a_season() -> None:
    assert words.months(date(2015, 6, 1), date(2015, 8, 31)) == f"June {DASH} August 2015"
    crossing = f"December 2014 {DASH} February 2015"
    assert words.months(date(2014, 12, 1), date(2015, 2, 28)) == crossing
    assert words.months(date(2015, 6, 1), date(2015, 6, 30)) == "June 2015"


@pytest.mark.parametrize(
    ("photos", "videos", "text"),
    [
        (1, 0, "1 photo"),
        (1204, 0, "1,204 photos"),
        (42, 1, "42 photos and 1 video"),
        (0, 3, "3 videos"),
        (0, 0, "0 photos"),
    ],
)
def test_material(photos: int, videos: int, text: str) -> None:
    assert words.material(photos, videos) == text


def test_lists() -> None:
    assert words.and_list([]) == ""
    assert words.and_list(["Moab"]) == "Moab"
    assert words.and_list(["Moab", "Page"]) == "Moab and Page"
    assert words.and_list(["Moab", "Page", "Zion"]) == "Moab, Page and Zion"


def test_long_lists_say_how_many_are_left() -> None:
    assert words.some_of(list("abc")) == "a, b and c"
    assert words.some_of(list("abcd")) == "a, b and 2 more places"
    assert words.some_of(list("ab"), limit=1) == "2 more places"


@pytest.mark.parametrize(
    ("kilometres", "text"),
    [(0.2, "1 km"), (7.6, "8 km"), (643, "640 km"), (9234, "9,200 km")],
)
def test_distances_are_rounded_as_people_say_them(kilometres: float, text: str) -> None:
    assert words.distance(kilometres) == text


def test_small_numbers_are_written_out() -> None:
    assert words.spelled(1, "year") == "one year"
    assert words.spelled(9, "year") == "nine years"
    assert words.spelled(10, "year") == "10 years"


def test_an_unknown_phrase_is_an_error() -> None:
    with pytest.raises(KeyError):
        words.say("no-such-phrase")
