"""What dates that were found in a text mean; how they are written is in `dates`."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from safelight.analysis.search.spans import (
    DECEMBER,
    Span,
    around,
    back,
    month_of,
    months_from,
    season_of,
    year_of,
)

_ENGLISH = "january february march april may june july august september october november december"
_GERMAN = "januar februar marz april mai juni juli august september oktober november dezember"
_FRENCH = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
_TABLES = [names.split() for names in (_ENGLISH, _GERMAN, _FRENCH)]
_SHORT = {name[:3]: number for number, name in enumerate(_TABLES[0], 1)} | {"sept": 9}
LONG = {name: number for names in _TABLES for number, name in enumerate(names, 1)}
MONTHS = _SHORT | LONG

_STARTS = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9, "fall": 9}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
FEASTS = {
    "christmas": (12, 24, 2),
    "xmas": (12, 24, 2),
    "halloween": (10, 31, 0),
    "new year": (12, 31, 1),
}
"""Month and day on which each begins, and how many days follow."""

_AROUND = 14
"""Days before and after a feast on which its lights and trees are photographed too."""

Found = re.Match[str]


class Here(NamedTuple):
    """The day on which somebody asks, whether they live south of the equator, names they know."""

    today: date
    south: bool = False
    names: Collection[str] = ()


def _count(found: Found) -> int:
    word = found["count"]
    if word.isdigit():
        return int(word)
    return NUMBERS.index(word) + 1 if word in NUMBERS else 1


def _start(found: Found, here: Here) -> int:
    """The month that a season begins with."""
    return (_STARTS[found["season"]] + 6 * here.south - 1) % 12 + 1


def _on(found: Found, day: str) -> date:
    return date(int(found["year"]), MONTHS[found["month"]], int(found[day]))


# Fixed days, months and years


def iso(found: Found, _: Here) -> Span:
    """As in "2015-06"."""
    year, month = int(found["year"]), int(found["number"])
    if found["on"] is None:
        return month_of(year, month)
    day = date(year, month, int(found["on"]))
    return Span(day, day)


def in_numbers(found: Found, _: Here) -> Span:
    """Day before month where a point stands between them; with a stroke it may be either."""
    year, first, second = int(found["year"]), int(found["first"]), int(found["second"])
    pairs = {(second, first)}
    if found["mark"] == "/":
        pairs.add((first, second))
    able = {(month, day) for month, day in pairs if month <= DECEMBER}
    if len(able) > 1:
        return Span(date(year, 1, 1), date(year, 12, 31), days=frozenset(able))
    (only,) = able
    return Span(date(year, *only), date(year, *only))


def day(found: Found, _: Here) -> Span:
    """As in "12 June 2015"."""
    day = _on(found, "day")
    return Span(day, day)


def days(found: Found, _: Here) -> Span:
    """As in "12 to 14 June 2015"."""
    first, last = sorted((_on(found, "day"), _on(found, "until")))
    return Span(first, last)


def month(found: Found, _: Here) -> Span:
    """As in "June 2015"."""
    return month_of(int(found["year"]), MONTHS[found["month"]])


def months(found: Found, _: Here) -> Span:
    """From month to month: the first may lie in the year before."""
    year, first, last = int(found["year"]), MONTHS[found["month"]], MONTHS[found["other"]]
    return months_from(year - (first > last), first, (last - first) % 12 + 1)


def season(found: Found, here: Here) -> Span:
    """As in "summer 2015"."""
    return season_of(_start(found, here), int(found["year"]))


def years(found: Found, _: Here) -> Span:
    """As in "2012 to 2014"."""
    first, last = sorted((int(found["first"]), int(found["last"])))
    return Span(date(first, 1, 1), date(last, 12, 31))


def decade(found: Found, _: Here) -> Span:
    """As in "1990s", "the 80s"."""
    number = int(found["decade"])
    first = number if number >= 1900 else number + (1900 if number >= 30 else 2000)
    return Span(date(first, 1, 1), date(first + 9, 12, 31))


def year_on(found: Found, _: Here) -> Span:
    """As in "from 2014 on"."""
    return Span(first=date(int(found["year"]), 1, 1))


def new_year(found: Found, _: Here) -> Span:
    """It begins on the last evening of the year before."""
    return Span(date(int(found["year"]) - 1, 12, 25), date(int(found["year"]), 1, 7))


def year(found: Found, _: Here) -> Span:
    """As in "2015"."""
    return year_of(int(found["year"]))


# Seen from today


def last_season(found: Found, here: Here) -> Span:
    """As in "last summer", "this winter"."""
    start = _start(found, here)
    # In December a season has begun that is called by the year to come.
    begun = here.today.year + (start == DECEMBER == here.today.month)
    span = season_of(start, begun)
    if found["which"] == "this" or span.last < here.today:
        return span
    return season_of(start, begun - 1)


def last_unit(found: Found, here: Here) -> Span:
    """As in "last week", "this year"."""
    return _units_ago(here.today, found["unit"], 0 if found["which"] == "this" else 1)


def ago(found: Found, here: Here) -> Span:
    """As in "3 years ago"."""
    return _units_ago(here.today, found["unit"], _count(found))


def _units_ago(today: date, unit: str, count: int) -> Span:
    """The whole day, week, weekend, month or year so many before this one."""
    if unit == "year":
        return year_of(today.year - count)
    if unit == "month":
        then = back(today, count, unit)
        return month_of(then.year, then.month)
    if unit == "day":
        return around(back(today, count, unit), 0)
    monday = today - timedelta(today.weekday() + 7 * count)
    return Span(monday + timedelta(5 if unit == "weekend" else 0), monday + timedelta(6))


def lately(found: Found, here: Here) -> Span:
    """As in "last 3 months", "past year"."""
    count = _count(found) if found["count"] else 1
    return Span(back(here.today, count, found["unit"]), here.today)


def last_month(found: Found, here: Here) -> Span:
    """As in "last June"."""
    month = MONTHS[found["month"]]
    past = found["which"] == "last" and month >= here.today.month
    return month_of(here.today.year - past, month)


def weekday(found: Found, here: Here) -> Span:
    """The last one, which may be today where nobody says "last"."""
    number = WEEKDAYS.index(found["weekday"])
    ago = (here.today.weekday() - number) % 7
    if found["which"] == "last" and not ago:
        ago = 7
    return around(here.today - timedelta(ago), 0)


def feast(found: Found, here: Here) -> Span:
    """The weeks around the last feast that is over, or around this year's."""
    month, day, more = FEASTS[found["feast"]]
    year = here.today.year - (here.today.month == 1)
    if found["which"] == "last" and date(year, month, day) + timedelta(more) >= here.today:
        year -= 1
    return around(date(year, month, day), _AROUND, more)


def near(found: Found, here: Here) -> Span:
    """As in "today", "yesterday"."""
    return around(here.today - timedelta(found["near"] == "yesterday"), 0)


# Of any year


def any_day(found: Found, _: Here) -> Span:
    """As in "12 June"."""
    month, day = MONTHS[found["month"]], int(found["day"])
    date(2000, month, day)  # a leap year
    return Span(days=frozenset({(month, day)}))


def any_month(found: Found, here: Here) -> Span:
    """As in "June", "in June"."""
    return Span(months=frozenset({MONTHS[_unless_named(found, "month", here)]}))


def any_season(found: Found, here: Here) -> Span:
    """As in "summer", "in summer"."""
    _unless_named(found, "season", here)
    start = _start(found, here)
    return Span(months=frozenset((start + step - 1) % 12 + 1 for step in range(3)))


def _unless_named(found: Found, group: str, here: Here) -> str:
    word = found[group]
    if not found["in"] and word in here.names:
        raise ValueError(word)
    return word
