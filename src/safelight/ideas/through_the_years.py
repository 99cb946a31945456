"""The same occasion over the years: six birthdays of Ana, Christmas through the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np

from safelight.ideas import words
from safelight.ideas.choosing import pick
from safelight.ideas.pool import Pool, Rows, pool_of
from safelight.ideas.story import Story, library_reason, material, written
from safelight.ideas.themed import TOLD_BY_TRIPS, Occasion, occasions
from safelight.ideas.wishes import theme_subject
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, MakerSpec, Reason, Timeline

FEWEST_YEARS = 3
LARGEST = 24
_MOST_A_YEAR = 4


class ThroughTheYears:
    """Finds THROUGH_THE_YEARS ideas: a theme of three different years or more."""

    spec = MakerSpec("through-the-years", "1", frozenset({Purpose.LIBRARY}))

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Yield ideas; none where moments have no themes."""
        pool = pool_of(timeline)
        return written(pool, _stories(pool, timeline, today), today)


def _stories(pool: Pool, timeline: Timeline, today: date) -> Iterator[Story]:
    series: defaultdict[tuple[str, str], list[Occasion]] = defaultdict(list)
    hidden = timeline.preferences.hidden_themes
    for occasion in occasions(timeline.moments):
        name = occasion.theme.name
        if name not in hidden | TOLD_BY_TRIPS and occasion.moments[-1].end.date() <= today:
            series[name, occasion.theme.whose].append(occasion)
    for (name, whose), found in series.items():
        years = sorted({occasion.moments[0].start.year for occasion in found})
        title = _title(name, whose, len(years))
        if title is not None and len(years) >= FEWEST_YEARS:
            story = _story(pool, name, whose, found, years, title)
            if story is not None:
                yield story


def _title(name: str, whose: str, years: int) -> str | None:
    if name == "birthday" and whose:
        return words.say("birthdays-of", number=words.spelled(years, "birthday"), name=whose)
    return words.theme_over_years(name)


def _story(
    pool: Pool, name: str, whose: str, found: list[Occasion], years: list[int], title: str
) -> Story | None:
    by_year: defaultdict[int, list[str]] = defaultdict(list)
    for occasion in found:
        for moment in occasion.moments:
            by_year[occasion.moments[0].start.year] += moment.assets
    each = max(1, min(_MOST_A_YEAR, LARGEST // len(years)))
    groups = [pool.rows(assets) for assets in by_year.values()]
    groups = [rows for rows in groups if len(rows)]
    if len(groups) < FEWEST_YEARS:
        return None
    rows: Rows = np.unique(np.concatenate(groups))
    fixed = sorted(row for group in groups for row in pick(pool, group, each, by_place=False))
    return Story(
        kind=IdeaKind.THROUGH_THE_YEARS,
        key=f"{name}:{whose}",
        title=title,
        subtitle=words.say(
            "through-years-sub",
            years=words.years(years[0], years[-1]),
            material=material(pool, rows),
        ),
        rows=rows,
        reasons=(*_years_reason(years), *_theme_reasons(found)),
        about=(theme_subject(name),),
        fixed=np.array(fixed, dtype=np.intp),
        notes={
            row: (words.say("photo-year", year=pool.shots[row].local_time.year), Purpose.LIBRARY)
            for row in fixed
        },
        makes=("film", "collage", "pdf"),
    )


def _years_reason(years: list[int]) -> Iterator[Reason]:
    said = words.and_list([str(year) for year in years])
    yield library_reason("years", words.say("through-years-why", years=said))


def _theme_reasons(found: list[Occasion]) -> list[Reason]:
    """The first evidence that each purpose allowed: withdrawing any of them recalls the idea."""
    first: dict[Purpose, Reason] = {}
    for occasion in found:
        for reason in occasion.theme.reasons:
            first.setdefault(reason.purpose, reason)
    return list(first.values())
