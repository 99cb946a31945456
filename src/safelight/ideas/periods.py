"""Weeks, months, seasons and years as a calendar on the wall has them."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from safelight.ideas import words
from safelight.model.ideas import IdeaKind

SEASONS = ("winter", "spring", "summer", "autumn")

_EPOCH_DAY = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included. `key` is its name in ids and never changes."""

    kind: IdeaKind
    key: str
    first: date
    last: date
    title: str


def week_of(day: date, *, south: bool = False) -> Period:
    """The ISO week, Monday to Sunday; one across New Year is whole."""
    first = day - timedelta(days=day.weekday())
    title = words.say("week", date=words.day(first))
    return Period(IdeaKind.WEEK, first.isoformat(), first, first + timedelta(days=6), title)


def month_of(day: date, *, south: bool = False) -> Period:
    """The calendar month."""
    first = day.replace(day=1)
    return Period(IdeaKind.MONTH, f"{first:%Y-%m}", first, _month_end(first), words.month(first))


def season_of(day: date, *, south: bool = False) -> Period:
    """The meteorological season; December belongs to the season and year of its January.

    The key holds the months and not the season's name, so that the idea stays the same when a
    later import moves a library to the other half of the earth.
    """
    year = day.year + (day.month == 12)
    quarter = day.month % 12 // 3
    first = date(year - 1, 12, 1) if quarter == 0 else date(year, 3 * quarter, 1)
    last = _month_end(date(year, 3 * quarter + 2, 1))
    name = SEASONS[season_number(day, south=south)]
    return Period(IdeaKind.SEASON, f"{first:%Y-%m}+3", first, last, words.say(name, year=year))


def year_of(day: date, *, south: bool = False) -> Period:
    """The calendar year."""
    title = words.say("year", year=day.year)
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    return Period(IdeaKind.YEAR, str(day.year), first, last, title)


PERIOD_OF: dict[IdeaKind, Callable[..., Period]] = {
    IdeaKind.WEEK: week_of,
    IdeaKind.MONTH: month_of,
    IdeaKind.SEASON: season_of,
    IdeaKind.YEAR: year_of,
}


def period_numbers(days: NDArray[np.intp], kind: IdeaKind) -> NDArray[np.intp]:
    """A number for each day (`date.toordinal`), the same within one period and never falling."""
    if kind is IdeaKind.WEEK:
        return (days - 1) // 7  # the first day of year 1 is a Monday
    dates = (days - _EPOCH_DAY).astype("datetime64[D]")
    months: NDArray[np.intp] = dates.astype("datetime64[M]").astype(np.intp)
    if kind is IdeaKind.MONTH:
        return months
    return (months + 1) // 3 if kind is IdeaKind.SEASON else months // 12


def season_number(day: date, *, south: bool) -> int:
    """Which of `SEASONS` a day lies in."""
    return (day.month % 12 // 3 + 2 * south) % 4


def in_year(day: date, year: int) -> date:
    """The same day of another year; of 29 February the 28th where there is none."""
    leap = (day.month, day.day) == (2, 29) and not isleap(year)
    return day.replace(year=year, day=28) if leap else day.replace(year=year)


def _month_end(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
