"""Places of a life: where somebody lives or lived, and places that they return to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import numpy as np

from safelight.ideas import words
from safelight.ideas.pool import Pool, Rows, pool_of, trip_numbers
from safelight.ideas.story import Story, material, place_reason, written
from safelight.model.consent import Purpose
from safelight.model.ideas import Home, Idea, IdeaKind, MakerSpec, Timeline

SETTLED_DAYS = 30
FEWEST_HOME_PHOTOS = 24
FEWEST_VISITS, FEWEST_VISIT_PHOTOS = 3, 12
NEW_VISIT_DAYS = 14
OVER_DAYS = 300
MOST_PLACES = 12
_MOST_VISITS_A_YEAR = 8
"""Who is somewhere more often has it in their daily life."""


class Living:
    """Finds LIVED_THERE and RETURNING ideas; none without places."""

    spec = MakerSpec("living", "1", frozenset({Purpose.LIBRARY, Purpose.PLACES}))

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Yield ideas."""
        pool = pool_of(timeline)
        stories = [*_homes(pool, timeline, today), *_returning(pool, timeline, today)]
        return written(pool, stories, today)


def _homes(pool: Pool, timeline: Timeline, today: date) -> Iterator[Story]:
    homes = [home for home in timeline.homes if home.place is not None]
    if len(timeline.homes) < 2:
        return
    away = trip_numbers(pool, timeline.trips) >= 0
    for number, home in enumerate(homes):
        is_last = home is timeline.homes[-1]
        until = today - timedelta(days=1) if is_last else home.until
        rows = pool.between(home.since, until)
        rows = rows[~away[rows]]
        if (until - home.since).days < SETTLED_DAYS or len(rows) < FEWEST_HOME_PHOTOS:
            continue
        if is_last or home.until < today:
            before = homes[number - 1] if number else None
            yield _home(pool, rows, home, before, is_last=is_last)


def _home(pool: Pool, rows: Rows, home: Home, before: Home | None, *, is_last: bool) -> Story:
    assert home.place is not None
    name = home.place.label()
    within = before is not None and before.place is not None and before.place.label() == name
    days = pool.dates(rows)
    if is_last:
        title = (
            words.say("since-moved") if within else words.say("since-moved-to", to=words.to(name))
        )
        since = words.month(home.since)
        subtitle = words.say("since-moved-sub", month=since, material=material(pool, rows))
        why = words.say("since-moved-why", month=since, at=words.at([name]))
    else:
        title = words.say("lived", at=words.at([name]))
        span = words.years(home.since.year, home.until.year)
        subtitle = words.say("lived-sub", years=span, material=material(pool, rows))
        why = words.say(
            "lived-why", at=words.at([name]), first=words.month(days[0]), last=words.month(days[-1])
        )
    return Story(
        kind=IdeaKind.LIVED_THERE,
        key=f"{name}:{home.since.year}" if not is_last else f"{name}:since",
        title=title,
        subtitle=subtitle,
        rows=rows,
        reasons=(place_reason(why),),
        by_place=True,
        makes=("film", "collage", "pdf"),
    )


def _returning(pool: Pool, timeline: Timeline, today: date) -> Iterator[Story]:
    at_home = {home.place.label() for home in timeline.homes if home.place is not None}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for code, place in enumerate(pool.places):
        if place.city and place.label() not in at_home:
            places[f"{place.country_code}/{place.city}"].append(code)
    order = np.argsort(pool.place, kind="stable")
    edges = np.searchsorted(pool.place[order], np.arange(len(pool.places) + 1))
    found: list[tuple[int, str, Rows, list[date]]] = []
    for key, codes in places.items():
        rows = np.sort(np.concatenate([order[edges[c] : edges[c + 1]] for c in codes]))
        if int(pool.lead[rows].sum()) < FEWEST_VISIT_PHOTOS:
            continue
        visits = _visits(pool, rows)
        if _is_returning(visits) and visits[-1] < today:
            found.append((-len(visits), key, rows, visits))
    for _, key, rows, visits in sorted(found, key=lambda each: each[:2])[:MOST_PLACES]:
        yield _return(pool, key, rows, visits)


def _visits(pool: Pool, rows: Rows) -> list[date]:
    """The first days of the visits that make up some rows."""
    days = np.unique(pool.day[rows])
    begins = np.concatenate([[True], np.diff(days) > NEW_VISIT_DAYS])
    return [date.fromordinal(int(day)) for day in days[begins]]


def _is_returning(visits: list[date]) -> bool:
    over = (visits[-1] - visits[0]).days
    often = len(visits) / max(1.0, over / 365.25)
    return len(visits) >= FEWEST_VISITS and over >= OVER_DAYS and often <= _MOST_VISITS_A_YEAR


def _return(pool: Pool, key: str, rows: Rows, visits: list[date]) -> Story:
    name = key.partition("/")[2]
    number = words.spelled(len(visits), "visit")
    years = words.years(visits[0].year, visits[-1].year)
    return Story(
        kind=IdeaKind.RETURNING,
        key=key,
        title=words.say("returning", at=words.at([name])),
        subtitle=words.say(
            "returning-sub", visits=number, years=years, material=material(pool, rows)
        ),
        rows=rows,
        reasons=(place_reason(words.say("returning-why", visits=number, at=words.at([name]))),),
        by_place=True,
        makes=("collage", "film", "pdf"),
    )
