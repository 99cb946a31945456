"""This week in earlier years: for the many days on which "this day" has nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from safelight.ideas import words
from safelight.ideas.periods import in_year
from safelight.ideas.pool import Pool, Rows, pool_of
from safelight.ideas.story import Story, library_reason, material, places_reasons, written
from safelight.ideas.whereabouts import whereabouts
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, MakerSpec, Timeline

FEWEST_PHOTOS = 5
MOST_YEARS = 3


class ThisWeek:
    """Finds THIS_WEEK ideas: the fullest earlier years of the calendar week of today."""

    spec = MakerSpec("this-week", "1", frozenset({Purpose.LIBRARY}))

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Yield at most three ideas, the same ones from Monday to Sunday."""
        pool = pool_of(timeline)
        return written(pool, _stories(pool, today), today)


def _stories(pool: Pool, today: date) -> Iterator[Story]:
    monday = today - timedelta(days=today.weekday())
    if not len(pool.day):
        return
    oldest = date.fromordinal(max(1, int(pool.day.min()) - 6)).year  # a week may end in January
    found: list[tuple[int, int, Rows]] = []
    for year in range(oldest, monday.year):
        first = in_year(monday, year)
        rows = pool.between(first, first + timedelta(days=6))
        leads = int(pool.lead[rows].sum())
        if leads >= FEWEST_PHOTOS:
            found.append((-leads, year, rows))
    for _, year, rows in sorted(found, key=lambda each: each[:2])[:MOST_YEARS]:
        yield _story(pool, rows, monday, year)


def _story(pool: Pool, rows: Rows, monday: date, year: int) -> Story:
    days, where = pool.dates(rows), whereabouts(pool, rows)
    ago = words.count(monday.year - year, "year-ago")
    key = "week-ago" if monday.year - year == 1 else "weeks-ago"
    return Story(
        kind=IdeaKind.THIS_WEEK,
        key=f"{year}:{monday:%m-%d}",
        title=words.say(key, years=ago),
        subtitle=words.say(
            "week-ago-sub",
            dates=words.dates(days[0], days[-1]),
            material=material(pool, rows),
            where=where.phrase(),
        ),
        rows=rows,
        reasons=(
            library_reason("anniversary", words.say("week-ago-why", years=ago)),
            *places_reasons(where.names),
        ),
        by_place=bool(where),
        anniversary=0.5,
    )
