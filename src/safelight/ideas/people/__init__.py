"""Ideas about people: only of those whom the person named, and only under `faces`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from safelight.ideas.people.days import days_with
from safelight.ideas.people.groups import groups
from safelight.ideas.people.pairs import pairs
from safelight.ideas.people.years import over_the_years
from safelight.ideas.pool import Pool, pool_of
from safelight.ideas.story import Story, written
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, MakerSpec, Timeline

__all__ = ["People"]


class People:
    """Finds TOGETHER, FIRST_AND_LATEST, THEN_AND_NOW, GROWING_UP, DAY_WITH and GROUP ideas.

    No relationship is guessed and no age that was not entered.
    """

    spec = MakerSpec("people", "1", frozenset({Purpose.LIBRARY, Purpose.FACES}))

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Yield ideas; none where nobody is named."""
        pool = pool_of(timeline)
        if pool.cast.people:
            yield from written(pool, _stories(pool, timeline, today), today)


def _stories(pool: Pool, timeline: Timeline, today: date) -> Iterator[Story]:
    yield from pairs(pool)
    yield from over_the_years(pool, timeline.people)
    yield from days_with(pool, today)
    yield from groups(pool, timeline, today)
