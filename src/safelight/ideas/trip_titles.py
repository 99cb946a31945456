"""Titles of moments, trips and their days, as a person would write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from safelight.model.assets import Shot
from safelight.model.places import Place

WORDS: dict[str, str] = {
    "and": "{0} and {1}",
    "comma": "{0}, {1}",
    "month": "{month} {year}",
    "date": "{day} {month} {year}",
    "morning": "Morning",
    "afternoon": "Afternoon",
    "evening": "Evening",
    "night": "Night",
    "at_home": "At home, {date}",
    "in": "{what} in {place}",
    "on": "{what}, {date}",
    "day_trip": "Day trip to {place}",
    "weekend": "Weekend in {place}",
    "week": "A week in {place}",
    "weeks": "{number} weeks in {place}",
    "road_trip": "Road trip: {place}",
    "dated": "{place}, {date}",
    "day": "Day {number}",
    "day_in": "Day {number}: {place}",
    "somewhere": "Trip",
    "somewhere_day": "Day out, {date}",
    "somewhere_weekend": "Weekend away, {date}",
    "2": "Two",
    "3": "Three",
    "4": "Four",
    "5": "Five",
    "6": "Six",
}
"""Every English word and pattern of this page, in one table for translators."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_REGIONS_SAID = frozenset(
    {
        "US", "CA", "AU", "DE", "IT", "ES", "FR", "GB", "IE", "CH", "AT", "BR", "IN",
        "MX", "AR", "NZ", "JP", "CN", "ZA", "CL", "ID", "GR", "PT", "NO", "PL",
    }
)  # fmt: skip
"""Countries whose regions people name when they tell of a trip."""

_WITH_ARTICLE = frozenset(
    {
        "United States", "United Kingdom", "Netherlands", "United Arab Emirates", "Philippines",
        "Maldives", "Bahamas", "Dominican Republic", "Seychelles", "Gambia", "Faroe Islands",
        "Cayman Islands", "British Virgin Islands", "US Virgin Islands", "Falkland Islands",
        "Cook Islands", "Canary Islands", "Balearic Islands", "Azores", "Peloponnese",
        "Northern Territory", "Yukon", "Algarve",
    }
)  # fmt: skip
_DOMINANT = 0.6
_NOTABLE = 0.08
_MOST_NAMES = 3
_ROAD_TRIP_CITIES = 4
_ROAD_TRIP_DAYS = 5


def trip_title(shots: Sequence[Shot]) -> str:
    """Title of a trip from its shots, oldest first: where it went, and how long or when.

    A day and place count once however many photos were taken, so that a burst does not decide.
    """
    title = _trip_title(shots)
    return title[0].upper() + title[1:]


def _trip_title(shots: Sequence[Shot]) -> str:
    first, last = shots[0].local_time, shots[-1].local_time
    stays = _stays(shots)
    days = _days_between(first, last)
    if not stays:
        return _without_place(first, last, days)
    name, level = _where(stays)
    if days == 1:
        return WORDS["day_trip"].format(place=name)
    if level != "city" and _is_road_trip(stays, days):
        return WORDS["road_trip"].format(place=name)
    if _is_weekend(first, last, days):
        return WORDS["weekend"].format(place=name)
    if " and " not in name and "," not in name and days >= 7:
        return _weeks(name, days, first, last)
    return WORDS["dated"].format(place=name, date=month_name(first + (last - first) / 2))


def day_title(number: int, shots: Sequence[Shot]) -> str:
    """Title of one day of a trip, counted from 1: "Day 3: Zion"."""
    stays = _stays(shots)
    if not stays:
        return WORDS["day"].format(number=number)
    return WORDS["day_in"].format(number=number, place=_where(stays)[0])


def moment_title(
    start: datetime, end: datetime, place: Place | None, *, at_home: bool = False
) -> str:
    """Title of a moment: place and part of the day, or the date where no place is known."""
    if at_home:
        return WORDS["at_home"].format(date=day_name(start.date()))
    what = _part_of_day(start, end)
    if place is not None:
        return WORDS["in"].format(what=what, place=said(place))
    return WORDS["on"].format(what=what, date=day_name(start.date()))


def said(place: Place) -> str:
    """The place's label as it reads after "in": with its article where it has one."""
    return _with_article(place.label())


def month_name(moment: datetime) -> str:
    """Month and year: "June 2015"."""
    return WORDS["month"].format(month=MONTHS[moment.month - 1], year=moment.year)


def day_name(day: date) -> str:
    """A date in words: "12 June 2015"."""
    return WORDS["date"].format(day=day.day, month=MONTHS[day.month - 1], year=day.year)


def listed(names: Sequence[str]) -> str:
    """Names as people list them: "A", "A and B", "A, B and C"."""
    head = names[0]
    for name in names[1:-1]:
        head = WORDS["comma"].format(head, name)
    return WORDS["and"].format(head, names[-1]) if len(names) > 1 else head


def _with_article(name: str) -> str:
    return f"the {name}" if name in _WITH_ARTICLE else name


def _part_of_day(start: datetime, end: datetime) -> str:
    long = (end - start) >= timedelta(hours=5)
    if long:
        return WEEKDAYS[start.weekday()]
    hour = (start + (end - start) / 2).hour
    if 5 <= hour < 12:
        return WORDS["morning"]
    if 12 <= hour < 18:
        return WORDS["afternoon"]
    return WORDS["evening"] if 18 <= hour < 23 else WORDS["night"]


@dataclass(frozen=True, slots=True)
class _Stay:
    """A place of a trip and how much time it took: the number of three-hour slots seen there."""

    place: Place
    slots: int


def _stays(shots: Sequence[Shot]) -> list[_Stay]:
    """Places in the order of arrival."""
    slots: dict[Place, set[int]] = {}
    for shot in shots:
        if shot.place is not None:
            slots.setdefault(shot.place, set()).add(int(shot.local // 10_800))
    return [_Stay(place, len(seen)) for place, seen in slots.items()]


def _share_by(stays: Sequence[_Stay], key: Callable[[Place], str | None]) -> dict[str, float]:
    """Share of the time by name, in the order of arrival; places without the name count too."""
    total = sum(stay.slots for stay in stays)
    shares: Counter[str] = Counter()
    for stay in stays:
        name = key(stay.place)
        if name:
            shares[name] += stay.slots
    return {name: slots / total for name, slots in shares.items()}


def _where(stays: Sequence[_Stay]) -> tuple[str, str]:
    """The trip's place in words, and its level: city, region or country."""
    cities = _share_by(stays, lambda place: place.city)
    top = max(cities.values(), default=0.0)
    if top >= _DOMINANT:
        return next(name for name, share in cities.items() if share == top), "city"
    pair = sorted(cities, key=lambda name: -cities[name])[:2]
    if len(pair) == 2 and cities[pair[1]] >= 0.2 and cities[pair[0]] + cities[pair[1]] >= 0.8:
        return listed([name for name in cities if name in pair]), "city"
    countries = _share_by(stays, lambda place: place.country)
    names = _notable(countries)
    if len(names) > 1:
        return listed([_with_article(name) for name in names]), "country"
    return _inside([stay for stay in stays if stay.place.country == names[0]])


def _inside(stays: Sequence[_Stay]) -> tuple[str, str]:
    country = stays[0].place
    regions = _share_by(stays, lambda place: place.region)
    if country.country_code not in _REGIONS_SAID or not regions:
        return _with_article(country.country), "country"
    return listed([_with_article(name) for name in _notable(regions)]), "region"


def _notable(shares: dict[str, float]) -> list[str]:
    """At most three names that took a fair part of the time, in the order of arrival."""
    ranked = sorted(shares, key=lambda name: -shares[name])
    least = min(_NOTABLE, shares[ranked[0]])
    chosen = [name for name in ranked if shares[name] >= least][:_MOST_NAMES]
    return [name for name in shares if name in chosen]


def _days_between(first: datetime, last: datetime) -> int:
    """Days touched, where a day begins at four in the morning."""
    shift = timedelta(hours=4)
    return ((last - shift).date() - (first - shift).date()).days + 1


def _is_weekend(first: datetime, last: datetime, days: int) -> bool:
    if not 2 <= days <= 4:
        return False
    touched = [(first.date() + timedelta(days=step)).weekday() for step in range(days)]
    return 5 in touched and 6 in touched and not {1, 2} & set(touched)


def _is_road_trip(stays: Sequence[_Stay], days: int) -> bool:
    cities = _share_by(stays, lambda place: place.city or place.region)
    return (
        days >= _ROAD_TRIP_DAYS
        and len(cities) >= _ROAD_TRIP_CITIES
        and len({(stay.place.region, stay.place.country) for stay in stays}) > 1
    )


def _weeks(name: str, days: int, first: datetime, last: datetime) -> str:
    number, off = round(days / 7), abs(days - 7 * round(days / 7))
    if number == 1 and off <= 1:
        return WORDS["week"].format(place=name)
    if 2 <= number <= 6 and off <= 2:
        return WORDS["weeks"].format(number=WORDS[str(number)], place=name)
    return WORDS["dated"].format(place=name, date=month_name(first + (last - first) / 2))


def _without_place(first: datetime, last: datetime, days: int) -> str:
    if days == 1:
        return WORDS["somewhere_day"].format(date=day_name(first.date()))
    if _is_weekend(first, last, days):
        return WORDS["somewhere_weekend"].format(date=day_name(first.date()))
    return WORDS["dated"].format(place=WORDS["somewhere"], date=month_name(first))
