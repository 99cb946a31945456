"""On this day in earlier years."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from safelight.ideas import words
from safelight.ideas.pool import Pool, Rows, pool_of
from safelight.ideas.story import Story, library_reason, material, places_reasons, write
from safelight.ideas.subjects import without_repeats
from safelight.ideas.whereabouts import whereabouts
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, MakerSpec, Moment, Reason, Timeline

PHOTOS_A_YEAR = 3
PHOTOS_A_MOMENT = 4


class OnThisDay:
    """Finds the ON_THIS_DAY idea of today: one year, or several together."""

    spec = MakerSpec("on-this-day", "1", frozenset({Purpose.LIBRARY}))

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Yield one idea or none; the best moment of the day stands for its year."""
        pool = pool_of(timeline)
        years = _best_moments(pool, timeline.moments, _same_days(pool, today))
        years = [rows for rows in years if int(pool.lead[rows].sum()) >= PHOTOS_A_YEAR]
        if years:
            told = [without_repeats(pool, rows, timeline.views, PHOTOS_A_YEAR) for rows in years]
            idea = write(pool, _story(pool, years, told, today), today)
            if idea is not None:
                yield idea


def _same_days(pool: Pool, today: date) -> list[date]:
    """This day of earlier years that has photos; leap days come with 28 February."""
    wanted = {(today.month, today.day)}
    if wanted == {(2, 28)} and not isleap(today.year):
        wanted.add((2, 29))
    days = (date.fromordinal(day) for day in pool.day_counts[0].tolist())
    return [day for day in days if (day.month, day.day) in wanted and day.year < today.year]


def _best_moments(pool: Pool, moments: Sequence[Moment], days: Sequence[date]) -> list[Rows]:
    """For each day the rows of its largest moment; all of the day where none is large enough."""
    first = np.array([moment.start.toordinal() for moment in moments], dtype=np.intp)
    last = np.array([moment.end.toordinal() for moment in moments], dtype=np.intp)
    found = []
    for day in days:
        around = np.flatnonzero((first <= day.toordinal()) & (last >= day.toordinal()))
        whole = pool.between(day, day)
        best = whole[:0]
        for number in around.tolist():
            rows = np.intersect1d(pool.rows(moments[number].assets), whole)
            if pool.lead[rows].sum() > pool.lead[best].sum():
                best = rows
        found.append(best if pool.lead[best].sum() >= PHOTOS_A_MOMENT else whole)
    return found


def _story(pool: Pool, years: list[Rows], told: list[Rows], today: date) -> Story:
    rows = np.concatenate(told)
    repeats = sum(map(len, years)) - len(rows)
    days = pool.dates(rows)
    where = whereabouts(pool, rows)
    return Story(
        kind=IdeaKind.ON_THIS_DAY,
        key=f"{today:%m-%d}",
        title=_title(days, today),
        subtitle=_subtitle(days, today, material(pool, rows), where.phrase()),
        rows=rows,
        reasons=(*_reasons(days, today), *_repeats(repeats), *places_reasons(where.names)),
        by_place=bool(where),
        anniversary=1.0,
    )


def _reasons(days: list[date], today: date) -> Iterable[Reason]:
    years = list(dict.fromkeys(str(day.year) for day in days))
    yield library_reason("anniversary", words.say("anniversary", years=words.and_list(years)))
    if any(day.day != today.day for day in days):
        yield library_reason("anniversary", words.say("anniversary-leap"))


def _repeats(left_out: int) -> Iterable[Reason]:
    if left_out:
        text = words.say("subject-once", photos=words.spelled(left_out, "photo"))
        yield Reason("content", words.sentence(text), Purpose.CONTENT)


def _title(days: list[date], today: date) -> str:
    if len({day.year for day in days}) > 1:
        return words.say("years-together", first=days[0].year, last=days[-1].year)
    if days[0].day != today.day:
        return words.day(days[0])
    years = today.year - days[0].year
    if years == 1:
        return words.say("year-ago")
    return words.say("years-ago", years=words.count(years, "year-ago"))


def _subtitle(days: list[date], today: date, what: str, where: str) -> str:
    years = {day.year for day in days}
    if len(years) > 1:
        date_ = words.day_of_month(today)
        spread = words.count(len(years), "year-in")
        return words.say("many-years-sub", material=what, date=date_, years=spread, where=where)
    if days[0].day != today.day:
        ago = words.count(today.year - days[0].year, "year-ago")
        return words.say("leap-day-sub", years=ago, material=what, where=where)
    return words.say(
        "one-year-sub",
        weekday=words.weekday(days[0]),
        date=words.day(days[0]),
        material=what,
        where=where,
    )
