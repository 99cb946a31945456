"""Days and weekends at home that stand out against what is usual for this person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from safelight.ideas import words
from safelight.ideas.folders import named_by
from safelight.ideas.pool import Pool, Rows
from safelight.ideas.story import (
    Story,
    day_title,
    density_reason,
    library_reason,
    material,
    places_reasons,
)
from safelight.ideas.whereabouts import Whereabouts, whereabouts
from safelight.model.ideas import IdeaKind, Reason

DAY_PHOTOS, WEEKEND_PHOTOS = 10, 14
TIMES_USUAL = 2.5
DAYS_TO_KNOW_USUAL = 8
DAYS_A_YEAR, WEEKENDS_A_YEAR = 12, 8


@dataclass(frozen=True, slots=True)
class _Usual:
    """What is usual for this person, and from how many photos on a day or weekend stands out."""

    photos: float
    need: float
    known: bool

    @classmethod
    def of(cls, counts: list[int], floor: float) -> _Usual:
        known = len(counts) >= DAYS_TO_KNOW_USUAL
        middle = float(np.median(counts)) if counts else 0.0
        return cls(middle, max(floor, TIMES_USUAL * middle if known else 0.0), known)


def home_stories(pool: Pool, trips: Rows, today: date) -> Iterator[Story]:
    """Weekends that stand out, then days that are in none of them."""
    days = _home_days(pool, trips)
    weekends = _weekends(days)
    usual = _Usual.of([sum(pair) for pair in weekends.values()], WEEKEND_PHOTOS * pool.modesty)
    totals = {day: sum(pair) for day, pair in weekends.items() if _is_whole(pair)}
    taken: set[date] = set()
    for saturday in _fullest(totals, usual.need, WEEKENDS_A_YEAR):
        sunday = saturday + timedelta(days=1)
        if sunday < today:
            taken |= {saturday, sunday}
            yield _home_story(pool, IdeaKind.WEEKEND, saturday, sunday, usual)
    usual = _Usual.of(list(days.values()), DAY_PHOTOS * pool.modesty)
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
    where, named = whereabouts(pool, rows), named_by(pool, rows)
    if named is not None:
        title = words.say("title-dated", places=named[1], month=words.dates(first, last))
    elif kind is IdeaKind.DAY:
        title = day_title(first, where.names)
    else:
        title = _weekend_title(first, last, where)
    folder = [library_reason("folder", words.say("folder-why", folder=named[0]))] if named else []
    return Story(
        kind=kind,
        key=first.isoformat(),
        title=title,
        subtitle=_home_subtitle(material(pool, rows), kind, first),
        rows=rows,
        reasons=(*_density(pool, rows, kind, usual), *folder, *places_reasons(where.names)),
        by_place=bool(where),
    )


def _home_subtitle(what: str, kind: IdeaKind, first: date) -> str:
    if kind is IdeaKind.WEEKEND:
        return words.say("weekend-sub", material=what)
    return words.say("home-day-sub", weekday=words.weekday(first), material=what)


def _density(pool: Pool, rows: Rows, kind: IdeaKind, usual: _Usual) -> Iterator[Reason]:
    if not usual.known:
        return
    still = ~pool.video[rows]
    photos = int((pool.lead[rows] & still).sum())
    yield density_reason(kind, photos, usual.photos, int(still.sum()))


def _weekend_title(first: date, last: date, where: Whereabouts) -> str:
    dates = words.dates(first, last)
    if not where:
        return words.say("weekend", dates=dates)
    return words.say("weekend-in", at=words.at(where.names), dates=dates)
