"""Titles of moments, trips and their days, as a person would write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from safelight.ideas import words
from safelight.model.assets import Shot
from safelight.model.ideas import Trip
from safelight.model.places import Place

_REGIONS_SAID = frozenset(
    {
        "US", "CA", "AU", "DE", "IT", "ES", "FR", "GB", "IE", "CH", "AT", "BR", "IN",
        "MX", "AR", "NZ", "JP", "CN", "ZA", "CL", "ID", "GR", "PT", "NO", "PL",
    }
)  # fmt: skip
"""Countries whose regions people name when they tell of a trip."""

_DOMINANT = 0.6
_NOTABLE = 0.08
_MOST_NAMES = 3
_ROAD_TRIP_CITIES = 4
_ROAD_TRIP_DAYS = 5
_NIGHT = timedelta(hours=4)
"""What is taken after midnight belongs to the day before."""


def trip_title(shots: Sequence[Shot]) -> str:
    """Title of a trip from its shots, oldest first: where it went, and how long or when.

    A day and place count once however many photos were taken, so that a burst does not decide.
    """
    return words.sentence(_trip_title(shots))


def _trip_title(shots: Sequence[Shot]) -> str:
    first, last = shots[0].local_time, shots[-1].local_time
    stays = _stays(shots)
    days = _days_between(first, last)
    if not stays:
        return _without_place(first, last, days)
    names, level = _where(stays)
    if days == 1:
        return words.say("title-day-trip", to=words.to(names[0]) if len(names) == 1 else _to(names))
    if level != "city" and _is_road_trip(stays, days):
        return words.say("title-road-trip", places=words.places(names))
    if weekend := _weekend(first, last, days):
        return words.say(weekend, at=words.at(names))
    if len(names) == 1 and days >= 7:
        return _weeks(names[0], days, first, last)
    return _dated(names, first, last)


def told_apart(trips: Sequence[Trip]) -> list[Trip]:
    """The same trips; titles that several share get their month, or their day within a month."""
    dated = {trip.id: _with(trip, words.month(_middle(trip.start, trip.end))) for trip in trips}
    once, by_month = Counter(trip.title for trip in trips), Counter(dated.values())

    def title(trip: Trip) -> str:
        if once[trip.title] == 1:
            return trip.title
        longer = dated[trip.id]
        if by_month[longer] == 1 or longer == trip.title:
            return longer
        return _with(trip, words.day(trip.start.date()))

    return [replace(trip, title=title(trip)) for trip in trips]


def _with(trip: Trip, when: str) -> str:
    """Its title and a time, which it may have already."""
    has = trip.title.endswith(when)
    return trip.title if has else words.say("title-dated", places=trip.title, month=when)


def _middle(first: datetime, last: datetime) -> date:
    return (first + (last - first) / 2).date()


def _to(names: Sequence[str]) -> str:
    return words.and_list([words.to(names[0]), *map(words.place, names[1:])])


def _dated(names: Sequence[str], first: datetime, last: datetime) -> str:
    month = words.month(_middle(first, last))
    return words.say("title-dated", places=words.places(names), month=month)


def day_title(number: int, shots: Sequence[Shot]) -> str:
    """Title of one day of a trip, counted from 1: "Day 3: Zion"."""
    stays = _stays(shots)
    if not stays:
        return words.say("title-day", number=number)
    return words.say("title-day-in", number=number, places=words.places(_where(stays)[0]))


def moment_title(
    start: datetime, end: datetime, place: Place | None, *, at_home: bool = False
) -> str:
    """Title of a moment: place and part of the day, or the date where no place is known."""
    if at_home:
        return words.say("title-at-home", date=words.day(start.date()))
    what = _part_of_day(start, end)
    if place is not None:
        return words.say("title-at", what=what, at=words.at([place.label()]))
    return words.say("title-on", what=what, date=words.day(start.date()))


def _part_of_day(start: datetime, end: datetime) -> str:
    long = (end - start) >= timedelta(hours=5)
    if long:
        return words.weekday(start.date())
    hour = (start + (end - start) / 2).hour
    if 5 <= hour < 12:
        return words.say("title-morning")
    if 12 <= hour < 18:
        return words.say("title-afternoon")
    return words.say("title-evening" if 18 <= hour < 23 else "title-night")


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


def _where(stays: Sequence[_Stay]) -> tuple[list[str], str]:
    """The names of the trip's places, and their level: city, region or country."""
    cities = _share_by(stays, lambda place: place.city)
    top = max(cities.values(), default=0.0)
    if top >= _DOMINANT:
        return [next(name for name, share in cities.items() if share == top)], "city"
    pair = sorted(cities, key=lambda name: -cities[name])[:2]
    if len(pair) == 2 and cities[pair[1]] >= 0.2 and cities[pair[0]] + cities[pair[1]] >= 0.8:
        return [name for name in cities if name in pair], "city"
    countries = _share_by(stays, lambda place: place.country)
    names = _notable(countries)
    if len(names) > 1:
        return names, "country"
    return _inside([stay for stay in stays if stay.place.country == names[0]])


def _inside(stays: Sequence[_Stay]) -> tuple[list[str], str]:
    country = stays[0].place
    regions = _share_by(stays, lambda place: place.region)
    if country.country_code not in _REGIONS_SAID or not regions:
        return [country.country], "country"
    return _notable(regions), "region"


def _notable(shares: dict[str, float]) -> list[str]:
    """At most three names that took a fair part of the time, in the order of arrival."""
    ranked = sorted(shares, key=lambda name: -shares[name])
    least = min(_NOTABLE, shares[ranked[0]])
    chosen = [name for name in ranked if shares[name] >= least][:_MOST_NAMES]
    return [name for name in shares if name in chosen]


def _days_between(first: datetime, last: datetime) -> int:
    """Days touched, where a day begins at four in the morning."""
    return ((last - _NIGHT).date() - (first - _NIGHT).date()).days + 1


def _weekend(first: datetime, last: datetime, days: int) -> str | None:
    """The phrase for Saturday and Sunday with at most the evening or day before; with both
    neighbours or more of the week, a long weekend; None for anything else.
    """
    if not 2 <= days <= 4:
        return None
    begins = (first - _NIGHT).date()
    touched = {(begins + timedelta(days=step)).weekday() for step in range(days)}
    if not {5, 6} <= touched or {1, 2} & touched:
        return None
    return "title-weekend" if touched <= {4, 5, 6} else "title-long-weekend"


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
        return words.say("title-week", at=words.at([name]))
    if 2 <= number <= 6 and off <= 2:
        said = words.small_number(number)
        return words.say("title-weeks", number=said, at=words.at([name]))
    return _dated([name], first, last)


def _without_place(first: datetime, last: datetime, days: int) -> str:
    if days == 1:
        return words.say("title-somewhere-day", date=words.day(first.date()))
    if _weekend(first, last, days):
        return words.say("title-somewhere-weekend", date=words.day(first.date()))
    return words.say("title-somewhere", month=words.month(first.date()))
