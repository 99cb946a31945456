"""Travel highlights: a whole trip, and its fullest days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from safelight.ideas import words
from safelight.ideas.periods import in_year
from safelight.ideas.pool import Pool, Rows
from safelight.ideas.story import (
    Story,
    day_title,
    library_reason,
    material,
    place_reason,
    places_reasons,
)
from safelight.ideas.whereabouts import whereabouts
from safelight.model.ideas import IdeaKind, Trip

TRIP_DAY_PHOTOS = 8
TRIP_DAY_TIMES_MEAN = 1.3
ANNIVERSARY_DAYS = 3


def trip_stories(pool: Pool, trip: Trip, today: date, *, has_home: bool) -> Iterator[Story]:
    """The story of a trip that is over, then those of its great days."""
    rows = pool.rows(trip.assets)
    if not len(rows):
        return
    days = pool.dates(rows)
    dates = words.dates(days[0], days[-1])
    title = trip.title.strip() or words.say("trip", dates=dates)
    years = _anniversary(days[0], today)
    reasons = [place_reason(_far(trip, has_home=has_home))]
    if years:
        text = words.say("trip-anniversary", years=words.spelled(years, "year-ago"))
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
    return words.say(key, at=words.at_some(names), distance=distance)


def _anniversary(began: date, today: date) -> int:
    """Full years since, when the day of the year is within three days of today; else 0."""
    for year in (today.year - 1, today.year, today.year + 1):
        years = year - began.year
        if years > 0 and abs((in_year(began, year) - today).days) <= ANNIVERSARY_DAYS:
            return years
    return 0


def _trip_days(
    pool: Pool, rows: Rows, days: list[date], trip: str, distance_km: float
) -> Iterator[Story]:
    if len(days) < 3:
        return
    ordinals, counts = np.unique(pool.day[rows[pool.lead[rows]]], return_counts=True)
    need = max(TRIP_DAY_PHOTOS, TRIP_DAY_TIMES_MEAN * float(counts.mean()))
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
            title=day_title(day, where.names),
            subtitle=words.say(
                "trip-day-sub",
                weekday=words.weekday(day),
                number=number,
                trip=trip,
                material=material(pool, its),
            ),
            rows=its,
            reasons=(place_reason(text), *places_reasons(where.names)),
            by_place=True,
            distance_km=distance_km,
        )
