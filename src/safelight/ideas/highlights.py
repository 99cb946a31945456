"""Travel highlights, great days of a trip, and the days and weekends at home that stand out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from safelight.ideas.pool import Pool, pool_of, trip_numbers
from safelight.ideas.standouts import home_stories
from safelight.ideas.story import Story, write
from safelight.ideas.travel import trip_stories
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, MakerSpec, Timeline


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
        yield from trip_stories(pool, trip, today, has_home=bool(timeline.homes))
    yield from home_stories(pool, trip_numbers(pool, timeline.trips), today)
