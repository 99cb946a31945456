"""Stretches of days: from one to another, or the same days of every year."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both included.

    Attributes:
        months: narrows to months of any year ("in June").
        days: to days of any year, as (month, day) ("12 June"); a day in either counts.
    """

    first: date = date.min
    last: date = date.max
    months: frozenset[int] = frozenset()
    days: frozenset[tuple[int, int]] = frozenset()

    @property
    def closed(self) -> bool:
        """Whether it begins and ends."""
        return self.first != date.min and self.last != date.max

    def both(self, other: Span) -> Span:
        """Days that lie in both; of two that do not meet, all from one to the other.

        Who names two months or two years means photos of either.
        """
        first, last = max(self.first, other.first), min(self.last, other.last)
        if first > last and self.closed and other.closed:
            first, last = min(self.first, other.first), max(self.last, other.last)
        return Span(first, last, self.months | other.months, self.days | other.days)

    def on_days(self, day: date) -> bool:
        """Whether a day is one of those of any year; every day where none are named."""
        if not self.months and not self.days:
            return True
        return day.month in self.months or (day.month, day.day) in self.days

    def latest(self, today: date) -> Span:
        """Of what comes every year the last that has begun; what is of one year stays."""
        if self.first != date.min or not (self.months or self.days):
            return self
        if self.days:
            month, day = min(self.days)
            year = today.year - ((month, day) > (today.month, today.day))
            only = date(year, month, min(day, monthrange(year, month)[1]))
            return Span(only, only)
        start = next(m for m in sorted(self.months) if (m - 2) % 12 + 1 not in self.months)
        return months_from(today.year - (start > today.month), start, len(self.months))


def month_of(year: int, month: int) -> Span:
    """One month."""
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def months_from(year: int, month: int, count: int) -> Span:
    """So many months, beginning with one."""
    end = year * 12 + month + count - 2
    return Span(date(year, month, 1), month_of(end // 12, end % 12 + 1).last)


def year_of(year: int) -> Span:
    """One year."""
    return Span(date(year, 1, 1), date(year, 12, 31))


def season_of(start: int, year: int) -> Span:
    """The season that begins with a month; December belongs to the year of its January."""
    return months_from(year - (start == DECEMBER), start, 3)


def around(middle: date, days: int, more: int = 0) -> Span:
    """So many days on both sides of a day, or of a day and `more` after it."""
    return Span(middle - timedelta(days), middle + timedelta(days + more))


def back(today: date, count: int, unit: str) -> date:
    """The day so many days, weeks, months or years before."""
    if unit in ("day", "week"):
        return today - timedelta(count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))
