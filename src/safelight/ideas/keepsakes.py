"""Single photos worth finding again: forgotten gems, and the best of bursts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from safelight.ideas import words
from safelight.ideas.choosing import pick
from safelight.ideas.pool import Pool, Rows, pool_of, trip_numbers
from safelight.ideas.story import Story, library_reason, written
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, MakerSpec, Reason, Timeline
from safelight.model.sights import Sightings

GEM_DAYS_OLD = 400
GEMS, FEWEST_GEMS = 9, 5
_QUIET_DAY = 6
"""Days with more photos have stories of their own."""

_FINE = 0.7
"""Share of the library that a gem must be better than, where pictures were looked at."""

_WORTH = frozenset(
    {
        *(
            "person",
            "animal",
            "pet",
            "bird",
            "cat",
            "dog",
            "horse",
            "landscape",
            "mountains",
            "water",
        ),
        *(
            "coast",
            "beach",
            "lake",
            "food",
            "fruit",
            "flower",
            "potted plant",
            "vase",
            "boat",
            "bridge",
        ),
        *(
            "historic building",
            "religious building",
            "castle",
            "palace",
            "fountain",
            "suspension bridge",
        ),
        *(
            "fireworks",
            "snow",
            "sunset",
            "insect",
            "musical instrument",
            "stage",
            "concert",
            "tent",
        ),
    }
)
"""Words for what people photograph for its own sake."""

FEWEST_BURSTS, FEWEST_IN_BURST = 4, 3
_BURSTS = 12


class Keepsakes:
    """Finds GEMS, new ones every week, and BEST_OF_BURSTS of every year."""

    spec = MakerSpec("keepsakes", "1", frozenset({Purpose.LIBRARY}))

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Yield ideas."""
        pool = pool_of(timeline)
        if len(pool.shots):
            away = trip_numbers(pool, timeline.trips) >= 0
            gems = _gems(pool, away, timeline.sights, today)
            yield from written(pool, [*gems, *_bursts(pool, today)], today)


def _of_something(pool: Pool, rows: Rows, sights: Sightings | None) -> Rows:
    """Rows of what people photograph for its own sake, and of what nobody looked at.

    A gauge, a label or a spare part may be as sharp as any gem.
    """
    if sights is None or not sights.names:
        return rows
    worth = np.array([name in _WORTH for name in sights.names], np.bool_)
    entries = worth[np.frombuffer(sights.name, np.int32)]
    shown = np.frombuffer(sights.faces, np.int16) > 0
    shown[np.frombuffer(sights.row, np.int32)[entries]] = True
    able = {pool.shots[row].id for row in rows.tolist()}
    able.difference_update(
        a for a, fine in zip(sights.assets, shown.tolist(), strict=True) if not fine
    )
    return rows[[pool.shots[row].id in able for row in rows.tolist()]]


def _gems(
    pool: Pool, away: NDArray[np.bool_], sights: Sightings | None, today: date
) -> Iterator[Story]:
    """Photos of quiet days long ago that turned out well; a few of them every week."""
    days, counts = pool.day_counts
    quiet = days[(counts <= _QUIET_DAY) & (days <= today.toordinal() - GEM_DAYS_OLD)]
    rows = np.flatnonzero(np.isin(pool.day, quiet) & ~away & pool.lead & ~pool.video)
    rows, looked = _finest(pool, rows[~pool.flawed[rows]])
    rows = _of_something(pool, rows, sights) if looked else rows
    if len(rows) < (FEWEST_GEMS if pool.modesty < 1 else 2 * GEMS):
        return
    week = today.isocalendar()
    chosen = _of_this_week(pool, rows, f"{week.year}-{week.week}")
    years = sorted({pool.shots[row].local_time.year for row in chosen.tolist()})
    reasons = [library_reason("quiet", words.say("gems-why"))]
    if looked:
        reasons.append(Reason("quality", words.say("fine"), Purpose.CONTENT))
    yield Story(
        kind=IdeaKind.GEMS,
        key=f"{week.year}-{week.week}",
        title=words.say("gems"),
        subtitle=words.say(
            "gems-sub",
            photos=words.spelled(len(chosen), "photo"),
            years=words.years(years[0], years[-1]),
        ),
        rows=chosen,
        reasons=tuple(reasons),
        smallest=FEWEST_GEMS,
        fixed=chosen,
        makes=("collage", "card", "restyle"),
    )


def _finest(pool: Pool, rows: Rows) -> tuple[Rows, bool]:
    """The best by what the person said, else by quality where known; whether that was used."""
    said = rows[(pool.loved | pool.favourite)[rows]]
    if len(said) >= 3 * FEWEST_GEMS:
        return said, False
    scores = pool.fineness[rows]
    if 2 * int(np.isnan(scores).sum()) > len(rows):
        return rows, False
    limit = float(np.nanquantile(scores, _FINE)) if len(scores) else 0.0
    fine: NDArray[np.bool_] = np.nan_to_num(scores, nan=0.0) >= limit
    return rows[fine | (pool.loved | pool.favourite)[rows]], True


def _of_this_week(pool: Pool, rows: Rows, week: str) -> Rows:
    """A draw that is the same all week: each photo has a number that the week shuffles."""
    drawn = sorted(
        rows.tolist(), key=lambda row: sha256(f"{week}:{pool.shots[row].id}".encode()).digest()
    )
    few = np.array(sorted(drawn[: 4 * GEMS]), dtype=np.intp)
    return np.array(pick(pool, few, GEMS, by_place=False), dtype=np.intp)


def _bursts(pool: Pool, today: date) -> Iterator[Story]:
    rows = np.flatnonzero(pool.lead & (pool.burst >= FEWEST_IN_BURST) & ~pool.video)
    years = np.array([date.fromordinal(int(day)).year for day in pool.day[rows]], dtype=np.intp)
    for year in np.unique(years).tolist():
        its = rows[years == year]
        if len(its) < FEWEST_BURSTS or int(pool.day[its[-1]]) >= today.toordinal():
            continue
        shots = int(pool.burst[its].sum())
        days = pool.dates(its)
        best, taken = words.number(len(its)), words.count(shots, "photo")
        yield Story(
            kind=IdeaKind.BEST_OF_BURSTS,
            key=str(year),
            title=words.say("bursts", year=year),
            subtitle=words.say(
                "bursts-sub",
                bursts=words.spelled(len(its), "burst"),
                months=words.months(days[0], days[-1]),
            ),
            rows=its,
            reasons=(library_reason("bursts", words.say("bursts-why", best=best, shots=taken)),),
            fixed=np.array(pick(pool, its, _BURSTS, by_place=False), dtype=np.intp),
            makes=("collage", "gif"),
        )
