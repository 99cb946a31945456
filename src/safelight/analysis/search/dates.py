"""Dates as people type them: "June 2015", "last summer", "12 June 2015", "since 2014".

Seasons are those of where the person lives, and named as recaps name them: December belongs to the
season and year of its January.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = r"(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|sept)\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_UNIT = r"(?P<unit>week|weekend|month|year)"
_SEASON_STARTS = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both included. `months` narrows to months of any year ("in June")."""

    first: date = date.min
    last: date = date.max
    months: frozenset[int] = frozenset()

    def both(self, other: Span) -> Span:
        """Days that lie in both."""
        months = self.months & other.months if self.months and other.months else frozenset()
        return Span(
            max(self.first, other.first),
            min(self.last, other.last),
            months or self.months or other.months,
        )


Found = re.Match[str]


class Here(NamedTuple):
    """The day on which somebody asks, and whether they live south of the equator."""

    today: date
    south: bool = False


def take_dates(text: str, today: date, *, south: bool = False) -> tuple[Span | None, str]:
    """Take every date out of a folded text; returns what they mean together, and the rest."""
    here = Here(today, south)
    span: Span | None = None
    for pattern, read in _PATTERNS:
        while (found := pattern.search(text)) is not None:
            try:
                meant = read(found, here)
            except ValueError:  # the 31st of June, say
                break
            span = meant if span is None else span.both(meant)
            text = f"{text[: found.start()]} {text[found.end() :]}"
    return span, " ".join(text.split())


def _month_number(found: Found) -> int:
    name = found["month"][:3]
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name))


def _month(year: int, month: int) -> Span:
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _of_year(year: int) -> Span:
    return Span(date(year, 1, 1), date(year, 12, 31))


def _season_start(name: str, south: bool) -> int:
    """The month that a season begins with."""
    return (_SEASON_STARTS[name] + 6 * south - 1) % 12 + 1


def _of_season(start: int, year: int) -> Span:
    first = date(year - 1, 12, 1) if start == _DECEMBER else date(year, start, 1)
    end = _month(year, 2 if start == _DECEMBER else start + 2)
    return Span(first, end.last)


def _iso(found: Found, _: Here) -> Span:
    year, month = int(found["year"]), int(found["number"])
    if found["day"] is None:
        return _month(year, month)
    day = date(year, month, int(found["day"]))
    return Span(day, day)


def _exact(found: Found, _: Here) -> Span:
    day = date(int(found["year"]), _month_number(found), int(found["day"]))
    return Span(day, day)


def _month_year(found: Found, _: Here) -> Span:
    return _month(int(found["year"]), _month_number(found))


def _season_year(found: Found, here: Here) -> Span:
    return _of_season(_season_start(found["season"], here.south), int(found["year"]))


def _last_season(found: Found, here: Here) -> Span:
    start = _season_start(found["season"], here.south)
    # In December a season has begun that is called by the year to come.
    begun = here.today.year + (start == _DECEMBER == here.today.month)
    span = _of_season(start, begun)
    if found["which"] == "this" or span.last < here.today:
        return span
    return _of_season(start, begun - 1)


def _last_unit(found: Found, here: Here) -> Span:
    today = here.today
    back = 0 if found["which"] == "this" else 1
    if found["unit"] == "year":
        return _of_year(today.year - back)
    if found["unit"] == "month":
        months = today.year * 12 + today.month - 1 - back
        return _month(months // 12, months % 12 + 1)
    monday = today - timedelta(days=today.weekday() + 7 * back)
    if found["unit"] == "weekend":
        return Span(monday + timedelta(days=5), monday + timedelta(days=6))
    return Span(monday, monday + timedelta(days=6))


def _last_month(found: Found, here: Here) -> Span:
    today = here.today
    month = _month_number(found)
    return _month(today.year - (month >= today.month), month)


def _near(found: Found, here: Here) -> Span:
    today = here.today
    day = today - timedelta(days=found["near"] == "yesterday")
    return Span(day, day)


def _ago(found: Found, here: Here) -> Span:
    today = here.today
    count = int(found["count"])
    if found["unit"] == "year":
        return _of_year(today.year - count)
    if found["unit"] == "month":
        months = today.year * 12 + today.month - 1 - count
        return _month(months // 12, months % 12 + 1)
    monday = today - timedelta(days=today.weekday() + 7 * count)
    return Span(monday, monday + timedelta(days=6))


def _open(found: Found, _: Here) -> Span:
    year = int(found["year"])
    if found["bound"] in ("since", "from"):
        return Span(first=date(year, 1, 1))
    if found["bound"] == "after":
        return Span(first=date(year + 1, 1, 1))
    return Span(last=date(year, 12, 31) if found["bound"] == "until" else date(year - 1, 12, 31))


def _between(found: Found, _: Here) -> Span:
    first, last = sorted((int(found["first"]), int(found["last"])))
    return Span(date(first, 1, 1), date(last, 12, 31))


def _plain_year(found: Found, _: Here) -> Span:
    return _of_year(int(found["year"]))


def _any_year(found: Found, _: Here) -> Span:
    return Span(months=frozenset({_month_number(found)}))


def _any_season(found: Found, here: Here) -> Span:
    start = _season_start(found["season"], here.south)
    return Span(months=frozenset((start + step - 1) % 12 + 1 for step in range(3)))


_LAST = r"(?P<which>last|this)"
_RAW: tuple[tuple[str, Callable[[Found, Here], Span]], ...] = (
    (rf"{_YEAR}-(?P<number>\d{{2}})(?:-(?P<day>\d{{2}}))?", _iso),
    (
        r"(?:between )?(?P<first>(?:19|20)\d\d) ?(?:to|and|until|-) ?(?P<last>(?:19|20)\d\d)",
        _between,
    ),
    (rf"(?:on )?{_DAY} (?:of )?{_MONTH} {_YEAR}", _exact),
    (rf"(?:on )?{_MONTH} {_DAY},? {_YEAR}", _exact),
    (rf"(?:in )?{_MONTH} (?:of )?{_YEAR}", _month_year),
    (rf"(?:in )?{_SEASON} (?:of )?{_YEAR}", _season_year),
    (rf"(?P<bound>since|from|after|before|until) {_YEAR}", _open),
    (rf"{_LAST} {_SEASON}", _last_season),
    (rf"{_LAST} {_UNIT}", _last_unit),
    (rf"last {_MONTH}", _last_month),
    (r"(?P<near>today|yesterday)", _near),
    (r"(?P<count>\d{1,2}) (?P<unit>year|month|week)s? ago", _ago),
    (rf"(?:in )?{_YEAR}", _plain_year),
    (rf"(?:in )?{_MONTH.replace('may', 'may(?= |$)')}", _any_year),
    (rf"(?:in )?{_SEASON}", _any_season),
)
_PATTERNS = tuple((re.compile(rf"(?<![^ ]){text}(?![^ ])"), read) for text, read in _RAW)
