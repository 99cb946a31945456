"""Recaps of finished weeks, months, seasons and years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median

import numpy as np
from numpy.typing import NDArray

from safelight.ideas import words
from safelight.ideas.periods import PERIOD_OF, Period, period_numbers
from safelight.ideas.pool import Pool, Rows, pool_of, trip_numbers
from safelight.ideas.story import (
    Story,
    density_reason,
    library_reason,
    material,
    place_reason,
    places_reasons,
    write,
)
from safelight.ideas.whereabouts import whereabouts
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, MakerSpec, Reason, Timeline

OF_USUAL = 0.25
ONE_TRIP = 0.7
PERIODS_TO_KNOW_USUAL = 4
STANDS_OUT = 1.5


@dataclass(frozen=True, slots=True)
class Rule:
    """When a period of one kind deserves a recap.

    Attributes:
        photos, days: different photos, and days that have some, at the very least.
        latest: this many of the last ones that qualify are always there.
        strong: others must have this many times the photos of a usual one.
        part, most: no recap when one `part` of it has more than the share `most` of the photos:
            then that part is the story. None stands for a single day.
    """

    kind: IdeaKind
    photos: int
    days: int
    latest: int
    strong: float
    part: IdeaKind | None
    most: float


RULES = (
    Rule(IdeaKind.WEEK, 10, 3, 4, 2.0, None, 0.6),
    Rule(IdeaKind.MONTH, 15, 4, 3, 1.0, IdeaKind.WEEK, 0.7),
    Rule(IdeaKind.SEASON, 24, 8, 2, 0.5, IdeaKind.MONTH, 0.75),
    Rule(IdeaKind.YEAR, 36, 12, 1, 0.0, IdeaKind.SEASON, 0.8),
)


class Recaps:
    """Finds WEEK, MONTH, SEASON and YEAR ideas."""

    spec = MakerSpec("recaps", "1", frozenset({Purpose.LIBRARY}))

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Yield ideas of periods that ended before `today`; a period that is one trip has none."""
        pool = pool_of(timeline)
        trips = trip_numbers(pool, timeline.trips)
        south = is_south(timeline)
        for rule in RULES:
            for period, density in _deserving(pool, rule, today, south=south):
                rows = pool.between(period.first, period.last)
                if _is_one_trip(trips[rows]):
                    continue
                idea = write(pool, _story(pool, rows, period, density, south=south), today)
                if idea is not None:
                    yield idea


@dataclass(frozen=True, slots=True)
class _Tally:
    """Different photos of a period, days that have some, and the photos of its fullest part."""

    photos: int
    days: int
    fullest: int


def _deserving(
    pool: Pool, rule: Rule, today: date, *, south: bool
) -> Iterator[tuple[Period, Reason | None]]:
    """Periods that get a recap, oldest first, and in what they stand out."""
    tallies = {p: t for p, t in _tallies(pool, rule, south=south).items() if p.last < today}
    usual = median(tally.photos for tally in tallies.values()) if tallies else 0.0
    need = max(rule.photos * pool.modesty, OF_USUAL * usual)
    good = [
        period
        for period, tally in tallies.items()
        if tally.photos >= need
        and tally.days >= max(2, rule.days * pool.modesty)
        and tally.fullest <= rule.most * tally.photos
    ]
    strong = [period for period in good if tallies[period].photos >= rule.strong * usual]
    for period in sorted({*good[-rule.latest :], *strong}, key=lambda period: period.first):
        photos = tallies[period].photos
        stands_out = len(tallies) >= PERIODS_TO_KNOW_USUAL and photos >= STANDS_OUT * usual
        among = int((~pool.video[pool.between(period.first, period.last)]).sum())
        density = density_reason(rule.kind, photos, usual, among) if stands_out else None
        yield period, density


def _tallies(pool: Pool, rule: Rule, *, south: bool) -> dict[Period, _Tally]:
    """Every period that has photos, oldest first."""
    days, counts = pool.day_counts
    if not len(days):
        return {}
    periods = period_numbers(days, rule.kind)
    parts = days if rule.part is None else period_numbers(days, rule.part)
    # Days ascend, so those of a period lie together, and so do those of its parts.
    starts = np.flatnonzero(_turns(periods))
    part_starts = np.flatnonzero(_turns(periods) | _turns(parts))
    fullest = np.maximum.reduceat(
        np.add.reduceat(counts, part_starts), np.searchsorted(part_starts, starts)
    )
    photos, number = np.add.reduceat(counts, starts), np.diff(starts, append=len(days))
    return {
        PERIOD_OF[rule.kind](date.fromordinal(day), south=south): _Tally(*figures)
        for day, *figures in zip(
            *(column.tolist() for column in (days[starts], photos, number, fullest)), strict=True
        )
    }


def _turns(numbers: Rows) -> NDArray[np.bool_]:
    """Where another number begins."""
    return np.concatenate([[True], numbers[1:] != numbers[:-1]])


def _is_one_trip(trips: Rows) -> bool:
    away = trips[trips >= 0]
    return len(away) > 0 and int(np.bincount(away).max()) > ONE_TRIP * len(trips)


def is_south(timeline: Timeline) -> bool:
    """Whether the latest home, or where none is known most photos, lie in the south."""
    if timeline.homes:
        return max(timeline.homes, key=lambda home: home.until).latitude < 0
    south = [shot.latitude < 0 for shot in timeline.shots if shot.latitude is not None]
    return 2 * sum(south) > len(south)


def _story(pool: Pool, rows: Rows, period: Period, density: Reason | None, *, south: bool) -> Story:
    where = whereabouts(pool, rows)
    crosses = period.kind is IdeaKind.SEASON and period.first.year != period.last.year
    subtitle = words.say(
        "recap-span-sub" if crosses else "recap-sub",
        months=words.months(period.first, period.last),
        material=material(pool, rows),
        days=words.count(len(pool.dates(rows)), "day-on"),
        where=where.phrase(),
    )
    over = words.say("period", unit=words.say(f"unit-{period.kind}"))
    reasons = [library_reason("period", over)]
    if density is not None:
        reasons.append(density)
    reasons.extend(places_reasons(where.names))
    if south and period.kind is IdeaKind.SEASON:
        reasons.append(place_reason(words.say("south")))
    return Story(
        kind=period.kind,
        key=period.key,
        title=period.title,
        subtitle=subtitle,
        rows=rows,
        reasons=tuple(reasons),
        by_place=bool(where),
    )
