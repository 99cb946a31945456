"""Travel highlights, great days of a trip, and the days and weekends at home that stand out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from safelight.ideas import words
from safelight.ideas.pool import Pool, Rows, pool_of, trip_numbers
from safelight.ideas.story import (
    Story,
    density_reason,
    library_reason,
    material,
    place_reason,
    write,
)
from safelight.ideas.whereabouts import Whereabouts, whereabouts
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, MakerSpec, Reason, Timeline, Trip

TRIP_DAY_PHOTOS = 8
DAY_PHOTOS, WEEKEND_PHOTOS = 10, 14
TIMES_USUAL = 2.5
DAYS_TO_KNOW_USUAL = 8
DAYS_A_YEAR, WEEKENDS_A_YEAR = 12, 8
ANNIVERSARY_DAYS = 3


class Highlights:
    """Finds TRIP, TRIP_DAY, DAY and WEEKEND ideas; only of what is over."""

    spec = MakerSpec("highlights", "1", frozenset({Purpose.LIBRARY}))

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Yield ideas; without places there are no trips, and every day counts as at home."""
        pool = pool_of(timeline)
        for story in _stories(pool, timeline, today):
            idea = write(pool, story, today)
            if idea is not None:
                yield idea


def _stories(pool: Pool, timeline: Timeline, today: date) -> Iterator[Story]:
    over = [trip for trip in timeline.trips if trip.end.date() < today]
    for trip in over:
        yield from _trip(pool, trip, today, has_home=bool(timeline.homes))
    yield from _at_home(pool, trip_numbers(pool, timeline.trips), today)


# --- trips


def _trip(pool: Pool, trip: Trip, today: date, *, has_home: bool) -> Iterator[Story]:
    rows = pool.rows(trip.assets)
    if not len(rows):
        return
    days = pool.dates(rows)
    dates = words.dates(days[0], days[-1])
    title = trip.title.strip() or words.say("trip", dates=dates)
    years = _anniversary(days[0], today)
    reasons = [place_reason(_far(trip, has_home=has_home))]
    if years:
        text = words.say("trip-anniversary", years=words.spelled(years, "year"))
        reasons.append(library_reason("anniversary", text))
    far = words.say("from-home", distance=words.distance(trip.distance_km)) if has_home else ""
    yield Story(
        kind=IdeaKind.TRIP,
        key=trip.id,
        title=title,
        subtitle=words.say("trip-sub", dates=dates, material=material(pool, rows), where=far),
        rows=rows,
        reasons=tuple(reasons),
        by_place=True,
        distance_km=trip.distance_km,
        anniversary=0.6 if years else 0.0,
    )
    yield from _trip_days(pool, rows, days, title, trip.distance_km)


def _far(trip: Trip, *, has_home: bool) -> str:
    names = list(dict.fromkeys(place.label() for place in trip.places))
    key = "far" if has_home else "away"
    distance = words.distance(trip.distance_km)
    if not names:
        return words.say(f"{key}-nowhere", distance=distance)
    return words.say(key, places=words.some_of(names), distance=distance)


def _anniversary(began: date, today: date) -> int:
    """Full years since, when the day of the year is within three days of today; else 0."""
    for years in (today.year - began.year, today.year - began.year + 1):
        day = began.replace(year=began.year + years, day=min(began.day, 28))
        if years > 0 and abs((day - today).days) <= ANNIVERSARY_DAYS:
            return years
    return 0


def _trip_days(
    pool: Pool, rows: Rows, days: list[date], trip: str, distance_km: float
) -> Iterator[Story]:
    if len(days) < 3:
        return
    ordinals, counts = np.unique(pool.day[rows[pool.lead[rows]]], return_counts=True)
    need = max(TRIP_DAY_PHOTOS, 1.3 * float(counts.mean()))
    fullest = sorted(zip((-counts).tolist(), ordinals.tolist(), strict=True))
    for less, ordinal in fullest[: max(1, len(days) // 4)]:
        if -less < need:
            return
        day = date.fromordinal(ordinal)
        its = rows[pool.day[rows] == ordinal]
        where = whereabouts(pool, its)
        text = words.say("trip-day", trip=trip)
        number = (day - days[0]).days + 1
        yield Story(
            kind=IdeaKind.TRIP_DAY,
            key=day.isoformat(),
            title=_day_title(day, where),
            subtitle=words.say(
                "trip-day-sub",
                weekday=words.weekday(day),
                number=number,
                trip=trip,
                material=material(pool, its),
            ),
            rows=its,
            reasons=(place_reason(text), *_where_reasons(where)),
            by_place=True,
            distance_km=distance_km,
        )


# --- at home


@dataclass(frozen=True, slots=True)
class _Usual:
    """What is usual for this person, and from how many photos on a day or weekend stands out."""

    photos: float
    need: float
    known: bool

    @classmethod
    def of(cls, counts: list[int], floor: int) -> _Usual:
        known = len(counts) >= DAYS_TO_KNOW_USUAL
        middle = float(np.median(counts)) if counts else 0.0
        return cls(middle, max(floor, TIMES_USUAL * middle if known else 0.0), known)


def _at_home(pool: Pool, trips: Rows, today: date) -> Iterator[Story]:
    days = _home_days(pool, trips)
    weekends = _weekends(days)
    usual = _Usual.of([sum(pair) for pair in weekends.values()], WEEKEND_PHOTOS)
    totals = {day: sum(pair) for day, pair in weekends.items() if _is_whole(pair)}
    taken: set[date] = set()
    for saturday in _fullest(totals, usual.need, WEEKENDS_A_YEAR):
        sunday = saturday + timedelta(days=1)
        if sunday < today:
            taken |= {saturday, sunday}
            yield _home_story(pool, IdeaKind.WEEKEND, saturday, sunday, usual)
    usual = _Usual.of(list(days.values()), DAY_PHOTOS)
    for day in _fullest(days, usual.need, DAYS_A_YEAR):
        if day not in taken and day < today:
            yield _home_story(pool, IdeaKind.DAY, day, day, usual)


def _home_days(pool: Pool, trips: Rows) -> dict[date, int]:
    """Different photos of each day that has none of a trip."""
    away = set(np.unique(pool.day[trips >= 0]).tolist())
    days, counts = pool.day_counts
    pairs = zip(days.tolist(), counts.tolist(), strict=True)
    return {date.fromordinal(day): number for day, number in pairs if day not in away}


def _weekends(days: dict[date, int]) -> dict[date, tuple[int, int]]:
    saturdays = {day - timedelta(days=day.weekday() - 5) for day in days if day.weekday() >= 5}
    return {day: (days.get(day, 0), days.get(day + timedelta(days=1), 0)) for day in saturdays}


def _is_whole(pair: tuple[int, int]) -> bool:
    """Whether both days carry it; else it is a day and not a weekend."""
    return min(pair) * 4 >= sum(pair)


def _fullest(counts: dict[date, int], need: float, a_year: int) -> list[date]:
    years: defaultdict[int, list[tuple[int, date]]] = defaultdict(list)
    for day, number in counts.items():
        if number >= need:
            years[day.year].append((-number, day))
    return sorted(day for found in years.values() for _, day in sorted(found)[:a_year])


def _home_story(pool: Pool, kind: IdeaKind, first: date, last: date, usual: _Usual) -> Story:
    rows = pool.between(first, last)
    where = whereabouts(pool, rows)
    title = _day_title(first, where) if kind is IdeaKind.DAY else _weekend_title(first, last, where)
    return Story(
        kind=kind,
        key=first.isoformat(),
        title=title,
        subtitle=_home_subtitle(material(pool, rows), kind, first),
        rows=rows,
        reasons=(*_density(pool, rows, kind, usual), *_where_reasons(where)),
        by_place=bool(where),
    )


def _home_subtitle(what: str, kind: IdeaKind, first: date) -> str:
    if kind is IdeaKind.WEEKEND:
        return words.say("weekend-sub", material=what)
    return words.say("home-day-sub", weekday=words.weekday(first), material=what)


def _density(pool: Pool, rows: Rows, kind: IdeaKind, usual: _Usual) -> Iterator[Reason]:
    if not usual.known:
        return
    photos = int((pool.lead[rows] & ~pool.video[rows]).sum())
    yield density_reason(kind, photos, usual.photos)


def _where_reasons(where: Whereabouts) -> Iterator[Reason]:
    if where:
        yield place_reason(words.say("places", places=words.and_list(where.names)))


def _day_title(day: date, where: Whereabouts) -> str:
    if not where:
        return words.full_day(day)
    return words.say("day-in", place=words.and_list(where.names), date=words.day(day))


def _weekend_title(first: date, last: date, where: Whereabouts) -> str:
    dates = words.dates(first, last)
    if not where:
        return words.say("weekend", dates=dates)
    return words.say("weekend-in", place=words.and_list(where.names), dates=dates)
