"""People who meet again and again: the group that comes together every summer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

import numpy as np

from safelight.ideas import words
from safelight.ideas.people.saying import faces_reason, names
from safelight.ideas.periods import SEASONS, season_number
from safelight.ideas.pool import Pool
from safelight.ideas.recaps import is_south
from safelight.ideas.story import Story, material, place_reason
from safelight.model.ideas import IdeaKind, Timeline

FEWEST_PEOPLE, MOST_PEOPLE = 3, 6
FEWEST_YEARS = 3
MOST_GROUPS = 6
_ALMOST_ALWAYS = 0.75

_Meeting = tuple[int, frozenset[str]]


def groups(pool: Pool, timeline: Timeline, today: date) -> Iterator[Story]:
    """Stories of groups that met in three years or more, in one season where that is so."""
    meetings = _meetings(pool)
    if not meetings:
        return
    south = is_south(timeline)
    told: list[frozenset[str]] = []
    for trio in _trios(meetings):
        at = [meeting for meeting in meetings if trio <= meeting[1]]
        people = _with_regulars(trio, at)
        if any(len(people & other) >= len(people) - 1 for other in told):
            continue
        told.append(people)
        yield _story(pool, sorted(people), [day for day, _ in at], south=south)
        if len(told) == MOST_GROUPS:
            return


def _meetings(pool: Pool) -> list[_Meeting]:
    """Days on which three people or more were there."""
    there: defaultdict[int, set[str]] = defaultdict(set)
    for row, who in pool.cast.of_row.items():
        there[int(pool.day[row])] |= who
    return [
        (day, frozenset(who)) for day, who in sorted(there.items()) if len(who) >= FEWEST_PEOPLE
    ]


def _trios(meetings: list[_Meeting]) -> list[frozenset[str]]:
    """Three people who met in several years; those of most years first.

    Of a large party only the people who are in most meetings are combined.
    """
    often = Counter(person for _, who in meetings for person in who)
    years: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for day, who in meetings:
        known = sorted(who, key=lambda person: (-often[person], person))[: MOST_PEOPLE + 2]
        for trio in combinations(sorted(known), FEWEST_PEOPLE):
            years[trio].add(date.fromordinal(day).year)
    ranked = sorted(years.items(), key=lambda item: (-len(item[1]), item[0]))
    return [frozenset(trio) for trio, met in ranked[:60] if len(met) >= FEWEST_YEARS]


def _with_regulars(trio: frozenset[str], at: list[_Meeting]) -> frozenset[str]:
    """The three, and who is there nearly always when they are."""
    also = Counter(person for _, who in at for person in who - trio)
    regulars = [p for p, number in also.most_common() if number >= _ALMOST_ALWAYS * len(at)]
    return trio | frozenset(regulars[: MOST_PEOPLE - FEWEST_PEOPLE])


def _story(pool: Pool, people: list[str], days: list[int], *, south: bool) -> Story:
    people = sorted(people, key=pool.cast.names.__getitem__)
    rows = np.flatnonzero(np.isin(pool.day, days))
    shown = [row for row in rows.tolist() if pool.cast.of_row.get(row, frozenset()) & set(people)]
    rows = np.array(shown, dtype=np.intp)
    dates = [date.fromordinal(day) for day in days]
    years = sorted({day.year for day in dates})
    seasons = {season_number(day, south=south) for day in dates}
    reasons = [
        faces_reason(
            words.say(
                "group-why",
                names=names(pool, people),
                years=words.and_list([str(year) for year in years]),
            )
        )
    ]
    key = f"group-{SEASONS[next(iter(seasons))]}" if len(seasons) == 1 else "group-years"
    if len(seasons) == 1 and south:
        reasons.append(place_reason(words.say("south")))
    return Story(
        kind=IdeaKind.GROUP,
        key="+".join(sorted(people)),
        title=words.say(key, names=names(pool, people)),
        subtitle=words.say(
            "group-sub", years=words.years(years[0], years[-1]), material=material(pool, rows)
        ),
        rows=rows,
        reasons=tuple(reasons),
        people=tuple(people),
        makes=("collage", "film", "card"),
    )
