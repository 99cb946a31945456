"""Two people together: everything of both, and the first and the latest time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import numpy as np

from safelight.ideas import words
from safelight.ideas.people.saying import best_of, faces_reason, names, showing
from safelight.ideas.pool import Pool, Rows
from safelight.ideas.story import Story, material
from safelight.model.consent import Purpose
from safelight.model.ideas import IdeaKind

FEWEST_PHOTOS, FEWEST_DAYS = 8, 3
YEARS_BETWEEN = 1.0
MOST_PAIRS, PAIRS_EACH = 12, 3
_MOST_IN_PHOTO = 6
_EACH_TIME = 3


def pairs(pool: Pool) -> Iterator[Story]:
    """Stories of the pairs that are in most photos."""
    for pair in _frequent(pool):
        rows = showing(pool, pair)
        days = np.unique(pool.day[rows])
        if len(rows) < FEWEST_PHOTOS or len(days) < FEWEST_DAYS:
            continue
        yield _together(pool, pair, rows)
        if days[-1] - days[0] >= 365 * YEARS_BETWEEN:
            yield _first_and_latest(pool, pair, rows, int(days[0]), int(days[-1]))


def _frequent(pool: Pool) -> list[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for who in pool.cast.of_row.values():
        if 2 <= len(who) <= _MOST_IN_PHOTO:
            counts.update(combinations(sorted(who), 2))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    told: Counter[str] = Counter()
    chosen: list[tuple[str, str]] = []
    for pair, number in ranked:
        if number < FEWEST_PHOTOS or len(chosen) == MOST_PAIRS:
            break
        if all(told[person] < PAIRS_EACH for person in pair):
            told.update(pair)
            chosen.append(pair)
    return chosen


def _together(pool: Pool, pair: tuple[str, str], rows: Rows) -> Story:
    both = _ordered(pool, pair)
    dates = pool.dates(rows)
    said = names(pool, both)
    return Story(
        kind=IdeaKind.TOGETHER,
        key="+".join(pair),
        title=said,
        subtitle=words.say(
            "together-sub",
            years=words.years(dates[0].year, dates[-1].year),
            material=material(pool, rows),
        ),
        rows=rows,
        reasons=(
            faces_reason(
                words.say("together", names=said, photos=words.count(len(rows), "photo-in"))
            ),
        ),
        people=pair,
        makes=("collage", "film", "card"),
    )


def _first_and_latest(
    pool: Pool, pair: tuple[str, str], rows: Rows, first: int, last: int
) -> Story:
    began = best_of(pool, rows[pool.day[rows] == first], _EACH_TIME)
    latest = best_of(pool, rows[pool.day[rows] == last], _EACH_TIME)
    dates = pool.dates(rows)
    both = _ordered(pool, pair)
    notes = {row: (words.say("photo-first-time"), Purpose.FACES) for row in began}
    notes |= {row: (words.say("photo-latest-time"), Purpose.FACES) for row in latest}
    ends = (words.day(dates[0]), words.day(dates[-1]))
    return Story(
        kind=IdeaKind.FIRST_AND_LATEST,
        key="+".join(pair),
        title=words.say("first-and-latest", names=names(pool, both)),
        subtitle=words.and_list(ends),
        rows=rows,
        reasons=(
            faces_reason(
                words.say(
                    "first-and-latest-why", names=names(pool, both), first=ends[0], last=ends[1]
                )
            ),
        ),
        people=pair,
        fixed=np.array(sorted({*began, *latest}), dtype=np.intp),
        notes=notes,
        smallest=2,
        makes=("collage", "card"),
    )


def _ordered(pool: Pool, pair: tuple[str, str]) -> list[str]:
    return sorted(pair, key=lambda person: pool.cast.names[person])
