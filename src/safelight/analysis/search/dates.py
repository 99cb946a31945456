"""Dates as people type them: "June 2015", "last summer", "12 June", "since March 2014".

Seasons are those of where the person lives, and named as recaps name them: December belongs to the
season and year of its January. Months are known in English, German and French.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date, timedelta

from safelight.analysis.search import date_readers as read
from safelight.analysis.search.date_readers import (
    FEASTS,
    LONG,
    MONTHS,
    NUMBERS,
    WEEKDAYS,
    Found,
    Here,
)
from safelight.analysis.search.spans import Span
from safelight.analysis.search.tokens import bare

_ALONE = "|".join(name for name in LONG if name not in ("mars", "mai"))
"""What is a month without a day or a year beside it: "Mar del Plata" is none, nor is "Mars"."""

_MONTH = rf"(?P<month>{'|'.join(MONTHS)})\.?"
_MONTH2 = _MONTH.replace("month", "other")
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?"
_DAY2 = _DAY.replace("day", "until")
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_COUNT = rf"(?P<count>\d{{1,3}}|an?|{'|'.join(NUMBERS)})"
_BOUND = re.compile(r"(?<![^ ])(since|after|before|until|till) (?:the )?$")


def take_dates(
    text: str, today: date, *, south: bool = False, names: Collection[str] = ()
) -> tuple[Span | None, str]:
    """Take every date out of a text; returns what they mean together, and the rest, folded.

    Args:
        names: words that are somebody's name, so that "June" alone is no month.
    """
    here, text = Here(today, south, names), bare(text)
    span: Span | None = None
    for pattern, meaning in _PATTERNS:
        at = 0
        while (found := pattern.search(text, at)) is not None:
            try:
                meant = meaning(found, here)
            except ValueError:  # the 31st of June, say
                at = found.end()
                continue
            before = text[: found.start()]
            if bound := _BOUND.search(before):
                meant, before = _open(bound[1], meant.latest(today)), before[: bound.start()]
            span = meant if span is None else span.both(meant)
            text = f"{before} {text[found.end() :]}"
    return span, " ".join(text.split())


def _open(bound: str, meant: Span) -> Span:
    """Everything since, after, before or until something."""
    if bound == "since":
        return Span(first=meant.first)
    if bound == "after":
        return Span(first=meant.last + timedelta(1))
    return Span(last=meant.first - timedelta(1) if bound == "before" else meant.last)


_LAST = r"(?P<which>last|this)"
_TO = r"(?:to|and|or|until|till|-)"
_UNITS = r"(?P<unit>day|week|month|year)"
_IN = r"(?P<in>(?:in|during) (?:the )?)"
_RAW: tuple[tuple[str, Callable[[Found, Here], Span]], ...] = (
    (rf"{_YEAR}-(?P<number>\d{{2}})(?:-(?P<on>\d{{2}}))?", read.iso),
    (
        rf"(?:on )?(?P<first>\d{{1,2}})(?P<mark>[./])(?P<second>\d{{1,2}})(?P=mark){_YEAR}",
        read.in_numbers,
    ),
    (rf"(?:between )?(?P<first>(?:19|20)\d\d) ?{_TO} ?(?P<last>(?:19|20)\d\d)", read.years),
    (rf"(?:between )?{_DAY} ?{_TO} ?{_DAY2} (?:of )?{_MONTH} {_YEAR}", read.days),
    (rf"(?:on )?{_DAY} (?:of )?{_MONTH} {_YEAR}", read.day),
    (rf"(?:on )?{_MONTH} {_DAY},? {_YEAR}", read.day),
    (rf"(?:between )?{_MONTH} (?:{_TO} )?{_MONTH2} (?:of )?{_YEAR}", read.months),
    (rf"(?:in )?{_MONTH} (?:of )?{_YEAR}", read.month),
    (rf"(?:in )?{_SEASON} (?:of )?{_YEAR}", read.season),
    (r"(?:in )?(?:the )?'?(?P<decade>(?:19|20)?\d0)'?s", read.decade),
    (rf"{_LAST} {_SEASON}", read.last_season),
    (rf"{_LAST}(?= (?P<feast>{'|'.join(FEASTS)})(?![^ ]))", read.feast),
    (rf"(?:the )?(?:last|past) {_COUNT} {_UNITS}s?", read.lately),
    (rf"(?:the )?past (?P<count>)?{_UNITS}", read.lately),
    (rf"{_LAST} (?P<unit>weekend|week|month|year)", read.last_unit),
    (rf"{_LAST} {_MONTH}", read.last_month),
    (rf"(?P<which>last|this|on) (?P<weekday>{'|'.join(WEEKDAYS)})", read.weekday),
    (r"(?P<near>today|yesterday)", read.near),
    (rf"{_COUNT} {_UNITS}s? ago", read.ago),
    (rf"from {_YEAR} (?:on|onwards?)", read.year_on),
    (rf"(?<=new year ){_YEAR}", read.new_year),
    (rf"(?:in |from |during )?{_YEAR}", read.year),
    (rf"(?:on )?(?:the )?{_DAY} (?:of )?{_MONTH}", read.any_day),
    (rf"(?:on )?{_MONTH} {_DAY}", read.any_day),
    (rf"{_IN}{_MONTH}", read.any_month),
    (rf"{_IN}?(?P<month>{_ALONE})", read.any_month),
    (rf"{_IN}?{_SEASON}", read.any_season),
)
_PATTERNS = tuple((re.compile(rf"(?<![^ ]){text}(?![^ ])"), meaning) for text, meaning in _RAW)
