"""Photos that something could be made of: worth enhancing, worth restyling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from safelight.ideas import words
from safelight.ideas.choosing import pick
from safelight.ideas.flaws import figure
from safelight.ideas.pool import Pool, Rows, pool_of
from safelight.ideas.story import Story, written
from safelight.ideas.subjects import GiveViews, without_repeats
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, MakerSpec, Reason, Timeline

FEWEST, LARGEST = 4, 12
DULL, UNLIT = 0.38, 0.45
"""Contrast and exposure under which a photo gains from being enhanced."""

SHARP = 0.35
"""Sharpness from which there is something to gain: blur does not go."""

_STRIKING = 0.85
"""Share of the library that a photo worth restyling must be better than in composition."""


class Improving:
    """Finds ENHANCE and RESTYLE ideas, of each year one."""

    spec = MakerSpec("improving", "1", frozenset({Purpose.LIBRARY, Purpose.CONTENT}))

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Yield ideas; none where nothing was looked at."""
        pool = pool_of(timeline)
        if timeline.looks is not None and len(pool.shots):
            figures = _Figures(pool, timeline)
            views = timeline.views
            yield from written(pool, _dull(pool, figures, views, today), today)
            yield from written(pool, _striking(pool, figures, views, today), today)


class _Figures:
    """Quality figures of the pool's rows, and those that may come into question."""

    def __init__(self, pool: Pool, timeline: Timeline) -> None:
        ids = [shot.id for shot in pool.shots]

        def column(name: str) -> NDArray[np.float32]:
            return figure(ids, timeline.looks, name)

        self.sharp, self.light, self.contrast = map(column, ("sharpness", "exposure", "contrast"))
        self.dark, self.composition = column("dark"), column("composition")
        self.colour, self.flat = column("colourfulness"), column("flat")
        large = np.array([min(s.width, s.height) >= 600 for s in pool.shots], dtype=np.bool_)
        self.able = pool.lead & ~pool.video & ~pool.flawed & large


def _dull(pool: Pool, figures: _Figures, views: GiveViews | None, today: date) -> Iterator[Story]:
    """Photos that matter and came out too dark or too flat."""
    with np.errstate(invalid="ignore"):
        unlit = (figures.light < UNLIT) & (figures.dark < 0.6)
        dull = figures.contrast < DULL
        sharp = figures.sharp >= SHARP
    matters = pool.loved | pool.favourite
    matters[list(pool.cast.of_row)] = True
    rows = np.flatnonzero(figures.able & sharp & (unlit | dull))
    for year, its in _by_year(pool, rows, today):
        liked = its[matters[its]]
        chosen = _different(pool, liked if len(liked) >= FEWEST else its, views)
        notes = {
            row: (words.say("photo-dark" if unlit[row] else "photo-dull"), Purpose.CONTENT)
            for row in chosen
        }
        yield _story(pool, IdeaKind.ENHANCE, "enhance", year, chosen, notes)


def _striking(
    pool: Pool, figures: _Figures, views: GiveViews | None, today: date
) -> Iterator[Story]:
    """Photos whose lines and colours would carry another style; people are left as they are."""
    worth = figures.composition + figures.colour * 0.5
    known = worth[~np.isnan(worth)]
    if len(known) < 4 * FEWEST:
        return
    people = np.zeros(len(worth), dtype=np.bool_)
    people[list(pool.cast.of_row)] = True
    with np.errstate(invalid="ignore"):
        fine = (worth >= np.quantile(known, _STRIKING)) & (figures.sharp >= SHARP)
    rows = np.flatnonzero(figures.able & fine & ~people)
    for year, its in _by_year(pool, rows, today):
        chosen = _different(pool, its, views)
        notes = {row: (words.say("photo-striking"), Purpose.CONTENT) for row in chosen}
        yield _story(pool, IdeaKind.RESTYLE, "restyle", year, chosen, notes)


def _different(pool: Pool, rows: Rows, views: GiveViews | None) -> list[int]:
    """The best of a year, each subject once: here every photo stands for itself."""
    able = np.array(pick(pool, rows, 3 * LARGEST, by_place=False), dtype=np.intp)
    return pick(pool, without_repeats(pool, able, views, FEWEST), LARGEST, by_place=False)


def _by_year(pool: Pool, rows: Rows, today: date) -> Iterator[tuple[int, Rows]]:
    years = np.array([date.fromordinal(int(day)).year for day in pool.day[rows]], dtype=np.intp)
    for year in np.unique(years).tolist():
        its = rows[years == year]
        if len(its) >= FEWEST and int(pool.day[its[-1]]) < today.toordinal():
            yield year, its


def _story(
    pool: Pool,
    kind: IdeaKind,
    key: str,
    year: int,
    chosen: list[int],
    notes: dict[int, tuple[str, Purpose]],
) -> Story:
    rows = np.array(chosen, dtype=np.intp)
    photos = words.spelled(len(rows), "photo")
    return Story(
        kind=kind,
        key=str(year),
        title=words.say(key, year=year),
        subtitle=words.say(f"{key}-sub", photos=photos, year=year),
        rows=rows,
        reasons=(Reason("quality", words.say(f"{key}-why"), Purpose.CONTENT),),
        fixed=rows,
        notes=notes,
        makes=("enhance",) if kind is IdeaKind.ENHANCE else ("restyle", "card"),
    )
