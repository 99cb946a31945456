"""Subjects of ideas ("kind:week", "days:2015-06-01/2015-06-03") in words, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from safelight.model.errors import UserError
from safelight.model.ideas import Days, IdeaKind, TimeOfYear
from safelight.model.places import Place

KIND_TITLES = {
    IdeaKind.TRIP: "Trips",
    IdeaKind.TRIP_DAY: "Days of a trip",
    IdeaKind.DAY: "Single days",
    IdeaKind.WEEKEND: "Weekends",
    IdeaKind.WEEK: "Weeks",
    IdeaKind.MONTH: "Months",
    IdeaKind.SEASON: "Seasons",
    IdeaKind.YEAR: "Years",
    IdeaKind.ON_THIS_DAY: "On this day",
    IdeaKind.THIS_WEEK: "This week, years ago",
    IdeaKind.THEME: "Themes",
    IdeaKind.THROUGH_THE_YEARS: "Through the years",
    IdeaKind.LIVED_THERE: "Since you moved",
    IdeaKind.RETURNING: "Places you return to",
    IdeaKind.TOGETHER: "Together",
    IdeaKind.THEN_AND_NOW: "Then and now",
    IdeaKind.FIRST_AND_LATEST: "First and latest time",
    IdeaKind.GROWING_UP: "Growing up",
    IdeaKind.DAY_WITH: "A day with somebody",
    IdeaKind.GROUP: "Groups that meet again",
    IdeaKind.PETS: "Pets",
    IdeaKind.COLLECTION: "Small collections",
    IdeaKind.BEST_OF_BURSTS: "Best of a burst",
    IdeaKind.GEMS: "Forgotten gems",
    IdeaKind.BEFORE_AND_AFTER: "Before and after",
    IdeaKind.ENHANCE: "Photos worth enhancing",
    IdeaKind.RESTYLE: "Photos worth restyling",
    IdeaKind.FILM: "Sets for a film",
    IdeaKind.ALBUM: "Albums without dates",
}

_APART = 7
_AROUND = timedelta(days=7)


def title_of(subject: str) -> str:
    """What a kind or a theme is called."""
    kind, _, name = subject.partition(":")
    if kind == "kind":
        return KIND_TITLES[IdeaKind(name)]
    return name.replace("-", " ").capitalize()


def areas(place: Place) -> Iterator[Place]:
    """A place, its region and its country, the smallest first."""
    if place.city:
        yield place
    if place.region:
        yield replace(place, city=None)
    yield replace(place, city=None, region=None)


def days_subject(days: Days) -> str:
    """A stretch of days as a subject."""
    return f"days:{days.first.isoformat()}/{days.last.isoformat()}"


def days_of(name: str) -> Days:
    """The inverse of `days_subject`, without its kind; one day may stand alone.

    Raises:
        UserError: these are no days, or they end before they begin.
    """
    first, _, last = name.partition("/")
    try:
        days = Days(date.fromisoformat(first), date.fromisoformat(last or first))
    except ValueError as error:
        raise UserError(f"{name} is no day; write 2015-06-20, or 2015-06-20/2015-06-27.") from error
    if days.last < days.first:
        raise UserError(f"{last} lies before {first}.")
    return days


def season_subject(days: Days) -> str:
    """The time of the year around some days, a week before and after, as a subject."""
    first, last = days.first - _AROUND, days.last + _AROUND
    return f"season:{first:%m-%d}/{last:%m-%d}"


def season_of(name: str) -> TimeOfYear:
    """The inverse of `season_subject`, without its kind; one day may stand alone.

    Raises:
        UserError: there are no such days in a year.
    """
    first, _, last = name.partition("/")
    try:  # in a leap year, for 29 February is a day
        days = [date.fromisoformat(f"2000-{each}") for each in (first, last or first)]
    except ValueError as error:
        raise UserError(f"{name} is no time of the year; write 06-20, or 06-20/06-27.") from error
    return TimeOfYear(*((day.month, day.day) for day in days))


def season_said(season: TimeOfYear) -> str:
    """5 June to 19 June, every year."""
    days = [date(2000, *each) for each in (season.first, season.last)]
    return " to ".join(dict.fromkeys(f"{day.day} {day:%B}" for day in days)) + ", every year"


def stretches(days: Iterable[date]) -> list[Days]:
    """Days put together where at most a week lies between them, the earliest first."""
    found: list[Days] = []
    for day in sorted(set(days)):
        if found and (day - found[-1].last).days <= _APART:
            found[-1] = Days(found[-1].first, day)
        else:
            found.append(Days(day, day))
    return found


def days_said(days: Days) -> str:
    """20 June 2015, or 20 June 2015 to 27 June 2015."""
    said = [f"{day.day} {day:%B %Y}" for day in (days.first, days.last)]
    return " to ".join(dict.fromkeys(said))
