"""Stories that would make a good film: moving pictures, or movement through time and places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np

from safelight.ideas import words
from safelight.ideas.choosing import LARGEST, pick, unlike
from safelight.ideas.pool import Pool, Rows, pool_of
from safelight.ideas.story import Story, library_reason, material, place_reason, written
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, MakerSpec, Reason, Timeline, Trip

FEWEST_MOVING, FEWEST_PHOTOS = 3, 10
STILL_PHOTOS, STILL_DAYS, STILL_PLACES = 30, 3, 3
"""A trip without moving pictures needs so much to be a film."""

_MONTH_MOVING = 6


class Films:
    """Finds FILM ideas: trips that move, and months with many videos."""

    spec = MakerSpec("films", "1", frozenset({Purpose.LIBRARY}))

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Yield ideas."""
        pool = pool_of(timeline)
        if len(pool.shots):
            stories = [*_trips(pool, timeline.trips, today), *_months(pool, timeline, today)]
            yield from written(pool, stories, today)


def moving(pool: Pool, rows: Rows) -> Rows:
    """Rows that move: videos and Live Photos."""
    return rows[pool.moves[rows]]


def _trips(pool: Pool, trips: Iterable[Trip], today: date) -> Iterator[Story]:
    for trip in trips:
        rows = pool.rows(trip.assets)
        if trip.end.date() >= today or int(pool.lead[rows].sum()) < FEWEST_PHOTOS:
            continue
        moves, days = len(moving(pool, rows)), len(pool.dates(rows))
        places = len({place.label() for place in trip.places})
        if moves < FEWEST_MOVING and (
            int(pool.lead[rows].sum()) < STILL_PHOTOS or days < STILL_DAYS or places < STILL_PLACES
        ):
            continue
        why = place_reason(words.say("film-trip", days=words.count(days, "day"), trip=trip.title))
        yield _film(pool, trip.id, trip.title, rows, moves, (why,), by_place=True)


def _months(pool: Pool, timeline: Timeline, today: date) -> Iterator[Story]:
    """Months at home with many moving pictures."""
    away = {asset for trip in timeline.trips for asset in trip.assets}
    months: dict[tuple[int, int], list[int]] = {}
    for row in moving(pool, np.arange(len(pool.shots))).tolist():
        shot = pool.shots[row]
        if shot.id not in away:
            day = shot.day
            months.setdefault((day.year, day.month), []).append(row)
    for (year, month), found in months.items():
        first = date(year, month, 1)
        if len(found) < _MONTH_MOVING or (year, month) >= (today.year, today.month):
            continue
        rows = pool.between(first, date.fromordinal(int(pool.day[found[-1]])))
        if int(pool.lead[rows].sum()) >= FEWEST_PHOTOS:
            yield _film(pool, f"{first:%Y-%m}", words.month(first), rows, len(found), ())


def _film(
    pool: Pool,
    key: str,
    title: str,
    rows: Rows,
    moves: int,
    reasons: tuple[Reason, ...],
    *,
    by_place: bool = False,
) -> Story:
    own = moving(pool, rows)
    size = min(LARGEST, max(FEWEST_PHOTOS, int(pool.lead[rows].sum()) // 3))
    stills = pick(pool, rows, size, by_place=by_place)
    able = own[pool.lead[own]]
    few = able[np.linspace(0, len(able) - 1, min(len(able), LARGEST // 3)).astype(np.intp)]
    clips = unlike(pool, few.tolist(), len(few))
    fixed = sorted([*clips, *unlike(pool, stills, len(stills), clips)])
    if moves:
        said = words.say("film-moving", number=words.count(moves, "moving"))
        reasons = (library_reason("moving", said), *reasons)
    else:
        reasons = (library_reason("moving", words.say("film-still")), *reasons)
    return Story(
        kind=IdeaKind.FILM,
        key=key,
        title=words.say("film-of", title=title),
        subtitle=words.say("film-sub", material=material(pool, rows)),
        rows=rows,
        reasons=reasons,
        by_place=by_place,
        fixed=np.array(fixed, dtype=np.intp),
        notes={row: (words.say("photo-moves"), Purpose.LIBRARY) for row in own.tolist()},
        makes=("film",),
    )
