"""One person over the years: then and now, and a photo for every year."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from safelight.ideas import words
from safelight.ideas.people.saying import best_of, faces_reason, showing
from safelight.ideas.pool import Pool, Rows
from safelight.ideas.story import Story
from safelight.model.consent import Purpose
from safelight.model.ideas import IdeaKind
from safelight.model.people import Birthday, PeopleSeen

MOST_PEOPLE = 30
YEARS_APART = 3
FEWEST_YEARS = 4
GROWN_UP = 20
_AROUND_DAYS = 120
_EACH_SIDE = 2
_MOST_PHOTOS = 24


def over_the_years(pool: Pool, people: PeopleSeen) -> Iterator[Story]:
    """Stories of the people in most photos."""
    birthdays = {b.person: b for b in people.birthdays if b.person is not None}
    for person in pool.cast.people[:MOST_PEOPLE]:
        rows = showing(pool, [person])
        if len(rows) < 2:
            continue
        days = pool.day[rows]
        if days[-1] - days[0] >= 365 * YEARS_APART:
            yield _then_and_now(pool, person, rows)
        years = np.array([pool.shots[row].local_time.year for row in rows.tolist()])
        if len(np.unique(years)) >= FEWEST_YEARS:
            yield _every_year(pool, person, rows, years, birthdays.get(person))


def _then_and_now(pool: Pool, person: str, rows: Rows) -> Story:
    days = pool.day[rows]
    then = best_of(pool, rows[days <= days[0] + _AROUND_DAYS], _EACH_SIDE)
    now = best_of(pool, rows[days >= days[-1] - _AROUND_DAYS], _EACH_SIDE)
    each = min(len(then), len(now))
    fixed = np.array(sorted([*then[:each], *now[:each]]), dtype=np.intp)
    name = pool.cast.names[person]
    first, last = (pool.shots[int(row)].local_time.year for row in (rows[0], rows[-1]))
    pair = {"first": first, "last": last}
    return Story(
        kind=IdeaKind.THEN_AND_NOW,
        key=person,
        title=words.say("then-and-now", name=name),
        subtitle=words.say("then-and-now-sub", **pair),
        rows=rows,
        reasons=(faces_reason(words.say("then-and-now-why", name=name, **pair)),),
        people=(person,),
        fixed=fixed,
        notes={
            **{row: (words.say("photo-then", year=first), Purpose.FACES) for row in then},
            **{row: (words.say("photo-now", year=last), Purpose.FACES) for row in now},
        },
        smallest=2,
        makes=("collage", "card"),
    )


def _every_year(
    pool: Pool, person: str, rows: Rows, years: Rows, birthday: Birthday | None
) -> Story:
    known = np.unique(years).tolist()
    each = max(1, min(2, _MOST_PHOTOS // len(known)))
    fixed = sorted(row for year in known for row in best_of(pool, rows[years == year], each))[
        -_MOST_PHOTOS:
    ]
    name = pool.cast.names[person]
    title, subtitle, notes = words.say("over-years", name=name), "", {}
    ages = _ages(pool, fixed, birthday)
    span = words.years(known[0], known[-1])
    if ages and ages[0] >= 0 and ages[-1] <= GROWN_UP:
        title = words.say("growing-up", name=name)
        subtitle = words.say("growing-up-sub", first=ages[0], last=ages[-1], years=span)
        notes = {
            row: (words.say("photo-age", age=words.count(age, "year-in")), Purpose.FACES)
            for row, age in zip(fixed, ages, strict=True)
        }
    else:
        notes = {
            row: (words.say("photo-year", year=pool.shots[row].local_time.year), Purpose.FACES)
            for row in fixed
        }
    return Story(
        kind=IdeaKind.GROWING_UP,
        key=person,
        title=title,
        subtitle=subtitle or span,
        rows=rows,
        reasons=(
            faces_reason(
                words.say("over-years-why", name=name, years=words.spelled(len(known), "year-in"))
            ),
        ),
        people=(person,),
        fixed=np.array(fixed, dtype=np.intp),
        notes=notes,
        makes=("film", "collage", "gif"),
    )


def _ages(pool: Pool, rows: list[int], birthday: Birthday | None) -> list[int]:
    if birthday is None or birthday.year is None:
        return []
    return [birthday.age_on(pool.shots[row].day) or 0 for row in rows]
