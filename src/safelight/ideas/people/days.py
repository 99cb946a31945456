"""Days that were about somebody who is not there every day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

import numpy as np

from safelight.ideas import words
from safelight.ideas.people.saying import faces_reason, names
from safelight.ideas.pool import Pool
from safelight.ideas.story import Story, material
from safelight.model.ideas import IdeaKind

FEWEST_PHOTOS = 5
SHARE_OF_DAY = 0.4
ALWAYS_THERE = 0.3
"""Who is on more than this share of all days with people makes no day special."""

A_YEAR, A_YEAR_EACH = 6, 2
_MOST_NAMES = 3


def days_with(pool: Pool, today: date) -> Iterator[Story]:
    """Stories of the days that were most about one to three people, a few a year."""
    days, totals = pool.day_counts
    total_of = dict(zip(days.tolist(), totals.tolist(), strict=True))
    peopled = len({int(pool.day[row]) for row in pool.cast.of_row})
    about: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for person in pool.cast.people:
        rows = pool.cast.rows[person]
        on, counts = np.unique(pool.day[rows[pool.lead[rows]]], return_counts=True)
        if len(on) > max(FEWEST_PHOTOS, ALWAYS_THERE * peopled):
            continue
        for day, count in zip(on.tolist(), counts.tolist(), strict=True):
            if count >= max(FEWEST_PHOTOS, SHARE_OF_DAY * total_of.get(day, 0)):
                about[day].append((count, person))
    for day in _fullest(about, today):
        people = [person for _, person in sorted(about[day], reverse=True)[:_MOST_NAMES]]
        yield _day(pool, date.fromordinal(day), sorted(people, key=pool.cast.names.__getitem__))


def _fullest(about: dict[int, list[tuple[int, str]]], today: date) -> list[int]:
    years: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for day, there in about.items():
        if day < today.toordinal():
            years[date.fromordinal(day).year].append((-max(there)[0], day))
    chosen: list[int] = []
    for found in years.values():
        told: Counter[str] = Counter()
        for _, day in sorted(found):
            people = [person for _, person in about[day]]
            if max(told[person] for person in people) < A_YEAR_EACH:
                told.update(people)
                chosen.append(day)
            if told.total() >= A_YEAR:
                break
    return sorted(chosen)


def _day(pool: Pool, day: date, people: list[str]) -> Story:
    rows = pool.between(day, day)
    said, counts = names(pool, people), pool.cast.count(rows)
    most = words.count(max(counts[person] for person in people), "photo-in")
    return Story(
        kind=IdeaKind.DAY_WITH,
        key=day.isoformat(),
        title=words.say("day-with", names=said),
        subtitle=words.say("day-with-sub", date=words.full_day(day), material=material(pool, rows)),
        rows=rows,
        reasons=(faces_reason(words.say("day-with-why", names=said, photos=most)),),
        people=tuple(people),
        makes=("collage", "film", "card"),
    )
