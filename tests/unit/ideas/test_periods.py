"""Weeks, months, seasons and years at their edges."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelight.ideas.periods import (
    PERIOD_OF,
    month_of,
    period_numbers,
    season_of,
    week_of,
    year_of,
)
from safelight.model.ideas import IdeaKind

_DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 1))


@given(st.sampled_from(sorted(PERIOD_OF)), _DAYS)
def test_periods_hold_their_days_and_meet_without_gap(kind: IdeaKind, day: date) -> None:
    period = PERIOD_OF[kind](day)
    assert period.first <= day <= period.last
    assert PERIOD_OF[kind](period.first) == PERIOD_OF[kind](period.last) == period
    assert PERIOD_OF[kind](period.last + timedelta(days=1)).first > period.last


def test_a_week_across_new_year_is_one_week() -> None:
    week = week_of(date(2016, 1, 1))
    assert (week.first, week.last) == (date(2015, 12, 28), date(2016, 1, 3))
    assert week == week_of(date(2015, 12, 31))
    assert week.title == "The week of 28 December 2015"


def test_weeks_are_iso_weeks() -> None:
    assert week_of(date(2015, 6, 14)).title == "The week of 8 June 2015"
    assert week_of(date(2015, 6, 15)).title == "The week of 15 June 2015"


def test_months_know_leap_years() -> None:
    assert month_of(date(2016, 2, 3)).last == date(2016, 2, 29)
    assert month_of(date(2015, 2, 3)).last == date(2015, 2, 28)
    assert month_of(date(2015, 6, 3)).title == "June 2015"


@pytest.mark.parametrize("day", [date(2014, 12, 1), date(2015, 1, 15), date(2015, 2, 28)])
def test_winter_belongs_to_the_year_of_its_january(day: date) -> None:
    winter = season_of(day)
    assert winter.title == "Winter 2015"
    assert (winter.first, winter.last) == (date(2014, 12, 1), date(2015, 2, 28))


@pytest.mark.parametrize(
    ("day", "north", "south"),
    [
        (date(2015, 4, 1), "Spring 2015", "Autumn 2015"),
        (date(2015, 7, 1), "Summer 2015", "Winter 2015"),
        (date(2015, 10, 1), "Autumn 2015", "Spring 2015"),
        (date(2015, 12, 1), "Winter 2016", "Summer 2016"),
    ],
)
def test_seasons_are_turned_round_in_the_south(day: date, north: str, south: str) -> None:
    assert season_of(day).title == north
    assert season_of(day, south=True).title == south
    assert season_of(day).key == season_of(day, south=True).key


def test_years() -> None:
    assert year_of(date(2015, 6, 1)).title == "Your year 2015"


@pytest.mark.parametrize("kind", list(PERIOD_OF))
def test_numbers_change_where_periods_do_and_never_fall(kind: IdeaKind) -> None:
    first = date(1968, 11, 20).toordinal()  # over the day from which NumPy counts, and New Years
    days = np.arange(first, first + 4 * 366)
    numbers = period_numbers(days, kind).tolist()
    keys = [PERIOD_OF[kind](date.fromordinal(day)).key for day in days.tolist()]
    for (before, key), (after, next_key) in pairwise(zip(numbers, keys, strict=True)):
        assert (before == after) == (key == next_key)
        assert before <= after
