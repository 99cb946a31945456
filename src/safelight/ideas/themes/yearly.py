"""The same day every year: what looks a little like a birthday, in several years on one date."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, factorial, log10

import numpy as np

from safelight.ideas import words
from safelight.ideas.themes.clues import Clues, Said
from safelight.ideas.themes.members import Members
from safelight.model.consent import Purpose

_SIGNS = ("cake", "festive")
_LITTLE = 0.15
"""Strength of a sign from which a moment looks a little like a birthday."""

_NEAR_DAYS = 1
_DAYS_OF_YEAR = 365
_FROM, _FULL = 0.7, 2.5
"""Powers of ten by which chance must be unlikely for the clue to count at all, and in full: one
other year is little, two are much."""


def find_yearly(clues: Clues, members: Members) -> None:
    """Tell each moment with a cake or the like in how many other years there was one that day.

    Somebody who photographs cakes every week meets one on any date, so what counts is how much
    less likely chance is (a Poisson distribution) than so many years.
    """
    signs = np.max([clues.of(sign) for sign in _SIGNS], axis=0)
    rows = [row for row in np.flatnonzero(signs >= _LITTLE).tolist() if members.moments[row].dated]
    if len(rows) < 2:
        return
    starts = [members.moments[row].start for row in rows]
    day = np.array([start.timetuple().tm_yday for start in starts])
    year = np.array([start.year for start in starts])
    strength, others = np.zeros(clues.count), dict[int, list[int]]()
    for place, row in enumerate(rows):
        apart = np.abs(day - day[place])
        near = np.minimum(apart, _DAYS_OF_YEAR - apart) <= _NEAR_DAYS
        elsewhen = year != year[place]
        years = np.unique(year[near & elsewhen]).tolist()
        if years:
            expected = int(elsewhen.sum()) * (2 * _NEAR_DAYS + 1) / _DAYS_OF_YEAR
            power = -log10(_at_least(len(years), expected))
            strength[row] = min(1.0, max(0.0, (power - _FROM) / (_FULL - _FROM)))
            others[row] = years
    clues.put("yearly", strength, _said(others))


def _at_least(many: int, expected: float) -> float:
    """How likely a Poisson variable is to be so many or more; never quite 0."""
    fewer = sum(exp(-expected) * expected**n / factorial(n) for n in range(many))
    return max(1.0 - fewer, 1e-9)


def _said(others: dict[int, list[int]]) -> Callable[[int], Said]:
    def say(row: int) -> Said:
        years = words.and_list([str(year) for year in others[row]])
        return words.say("clue-yearly", years=years), Purpose.CONTENT

    return say
