"""Before and after: the same view, years apart (needs both `places` and `content`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from safelight.ideas import words
from safelight.ideas.geo import distances_km
from safelight.ideas.pool import Pool, Rows, pool_of
from safelight.ideas.story import Story, place_reason, written
from safelight.ideas.subjects import GiveViews
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, MakerSpec, Reason, Timeline

NEAR_KM = 0.12
YEARS_APART = 2
ALIKE = 0.72
"""Cosine of two embeddings from which two photos of one spot show the same view."""

MOST = 20
_CELL = 1 / 800
"""Cells of some 140 m; neighbours are not compared, so a few pairs on an edge are missed."""

_MOST_IN_CELL = 60
_MOST_CELLS = 400


class BeforeAndAfter:
    """Finds BEFORE_AND_AFTER ideas: two photos of one view, at least two years apart."""

    spec = MakerSpec(
        "before-and-after", "1", frozenset({Purpose.LIBRARY, Purpose.PLACES, Purpose.CONTENT})
    )

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Yield ideas; none where nothing was looked at."""
        pool = pool_of(timeline)
        if timeline.views is not None and len(pool.shots):
            yield from written(pool, _stories(pool, timeline.views), today)


def _stories(pool: Pool, views: GiveViews) -> Iterator[Story]:
    cells = _cells_of_years(pool)
    rows = np.unique(np.concatenate(cells)) if cells else np.array([], dtype=np.intp)
    if not len(rows):
        return
    vectors, known = _vectors(pool, rows, views)
    place_in = {row: number for number, row in enumerate(known)}
    found: list[tuple[float, int, int]] = []
    for cell in cells:
        members = [row for row in cell.tolist() if row in place_in]
        if len(members) >= 2:
            own = vectors[[place_in[row] for row in members]]
            found += _pairs(pool, members, own)
    told: list[int] = []
    for _, before, after in sorted(found, reverse=True):
        if not _is_near(pool, before, told):
            told.append(before)
            yield _story(pool, before, after)
            if len(told) >= MOST:
                return


def _is_near(pool: Pool, row: int, told: list[int]) -> bool:
    """Whether this spot was told of: one pair a spot, or what is taken at home fills the page."""
    lat, lon = _positions(pool, [row, *told])
    return bool((distances_km(lat[1:], lon[1:], lat[0], lon[0]) <= 2 * NEAR_KM).any())


def _cells_of_years(pool: Pool) -> list[Rows]:
    """Photos of one small cell each, where they lie years apart; the fullest cells first."""
    shots = pool.shots
    rows = np.array(
        [
            row
            for row in np.flatnonzero(pool.lead & ~pool.video & ~pool.flawed).tolist()
            if shots[row].located
        ],
        dtype=np.intp,
    )
    if not len(rows):
        return []
    lat, lon = _positions(pool, rows.tolist())
    south = np.floor(lat / _CELL).astype(np.int64)
    # As wide for a whole row of cells: by each photo's own latitude they would slide, the farther
    # from Greenwich the more, and photos side by side would fall into different ones.
    wide = _CELL / np.maximum(0.05, np.cos(np.radians(south * _CELL)))
    code = south * 8_000_003 + np.floor(lon / wide).astype(np.int64)
    order = np.argsort(code, kind="stable")
    edges = np.flatnonzero(np.diff(code[order], prepend=code[order][0] - 1))
    found = []
    for part in np.split(rows[order], edges[1:]):
        days = pool.day[part]
        if len(part) >= 2 and days.max() - days.min() >= 365 * YEARS_APART:
            found.append(_spread(part))
    return sorted(found, key=len, reverse=True)[:_MOST_CELLS]


def _spread(rows: Rows) -> Rows:
    """At most so many rows that all pairs can be compared, evenly over time."""
    if len(rows) <= _MOST_IN_CELL:
        return rows
    return rows[np.linspace(0, len(rows) - 1, _MOST_IN_CELL).astype(np.intp)]


def _vectors(pool: Pool, rows: Rows, views: GiveViews) -> tuple[NDArray[np.float32], list[int]]:
    found = views([pool.shots[row].id for row in rows.tolist()])
    if not found.assets:
        return np.zeros((0, 0), np.float32), []
    table = np.frombuffer(found.values, "<f2").reshape(len(found.assets), found.dimension)
    known = [pool.row_of[asset] for asset in found.assets]
    return table.astype(np.float32), known


def _pairs(
    pool: Pool, members: list[int], vectors: NDArray[np.float32]
) -> Iterator[tuple[float, int, int]]:
    alike = vectors @ vectors.T
    days = pool.day[np.array(members)]
    apart = days[None] - days[:, None] >= 365 * YEARS_APART
    lat, lon = _positions(pool, members)
    near = distances_km(lat[:, None], lon[:, None], lat[None], lon[None]) <= NEAR_KM
    for first, second in np.argwhere((alike >= ALIKE) & apart & near).tolist():
        yield float(alike[first, second]), members[first], members[second]


def _positions(pool: Pool, rows: Sequence[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Latitudes and longitudes of located rows."""
    lat = np.array([pool.shots[row].latitude for row in rows], dtype=np.float64)
    return lat, np.array([pool.shots[row].longitude for row in rows], dtype=np.float64)


def _story(pool: Pool, before: int, after: int) -> Story:
    rows = np.array(sorted((before, after)), dtype=np.intp)
    years = [pool.shots[row].local_time.year for row in rows.tolist()]
    code = int(pool.place[before])
    where = words.at([pool.places[code].label()]) if code >= 0 else ""
    pair = {"first": years[0], "last": years[-1]}
    notes = {
        int(row): (words.say("photo-year", year=year), Purpose.LIBRARY)
        for row, year in zip(rows, years, strict=True)
    }
    return Story(
        kind=IdeaKind.BEFORE_AND_AFTER,
        key="+".join(pool.shots[row].id for row in rows.tolist()),
        title=words.say("before-after-at", at=where) if where else words.say("before-after"),
        subtitle=words.say("then-and-now-sub", **pair),
        rows=rows,
        reasons=(
            place_reason(words.say("before-after-place")),
            Reason("content", words.say("before-after-view"), Purpose.CONTENT),
        ),
        by_place=True,
        fixed=rows,
        notes=notes,
        smallest=2,
        makes=("collage", "gif"),
    )
