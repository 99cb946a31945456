"""Choosing a set of photos that tells a whole story, and its cover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log2, sqrt

import numpy as np

from safelight.ideas.greedy import Greedy
from safelight.ideas.likeness import alike, apart
from safelight.ideas.pool import Pool, Rows, quality
from safelight.model.assets import AssetKind, Shot

SMALLEST, LARGEST = 4, 30

_FEWEST_THERE, _SHARE_THERE = 2, 1 / 8


def suggested_size(n_candidates: int, days: float) -> int:
    """How many photos tell a story of `n_candidates` different photos on `days` days.

    Grows with the root of the photos and the logarithm of the days, from 4 to 30, and is never
    more than there are: 9 for a full day, 13 for a weekend, 20 for a week, 28 for a month.
    """
    by_photos = 2 * sqrt(n_candidates)
    by_span = 9 + 4 * log2(max(1.0, days))
    return min(n_candidates, LARGEST, max(SMALLEST, round(min(by_photos, by_span))))


def choose(shots: Sequence[Shot], size: int, *, by_place: bool = True) -> list[Shot]:
    """Choose at most `size` shots, oldest first: distinct, spread out, the person's best.

    Kept-out shots, untrusted times and rejected photos are never chosen, identical fingerprints
    never twice, videos at most one in five. With `by_place` false, places play no part.
    """
    pool = Pool.of(shots)
    rows = np.arange(len(pool.shots))
    return [pool.shots[row] for row in pick(pool, rows, size, by_place=by_place)]


def choose_cover(chosen: Sequence[Shot]) -> Shot:
    """Choose the one of a chosen set to show first: rated, wide, from the heart of the story.

    Raises:
        ValueError: the set is empty.
    """
    if not chosen:
        raise ValueError("no cover without photos")
    middle = (len(chosen) - 1) / 2

    def fitness(place: int) -> float:
        shot = chosen[place]
        ratio = shot.width / max(1, shot.height)
        wide = 0.25 if 1.2 <= ratio <= 1.9 else 0.1 if 1.0 <= ratio <= 2.4 else 0.0
        centre = 1 - abs(place - middle) / (middle + 1)
        return 2 * quality(shot) + wide + 0.3 * centre - 2 * (shot.kind is AssetKind.VIDEO)

    return chosen[max(range(len(chosen)), key=lambda place: (fitness(place), -place))]


def choose_company(cover: Shot, others: Sequence[Shot], size: int) -> list[Shot]:
    """Shots to show beside a cover, in their order: those that look least like it and each other.

    Looks are compared by fingerprint; shots without one count as unlike. Of equals the earliest.
    """
    company: list[Shot] = []
    rest = list(others)
    while rest and len(company) < size:
        shown = [cover, *company]
        best = max(rest, key=lambda s: min(apart(s.fingerprint, e.fingerprint) for e in shown))
        company.append(best)
        rest.remove(best)
    return [shot for shot in others if shot in company]


def pick(pool: Pool, rows: Rows, size: int, *, by_place: bool = True) -> list[int]:
    """Choose rows of a pool; see `choose`. Rows that do not lead their burst are passed over."""
    rows = rows[pool.lead[rows]]
    size = min(size, len(rows))
    if size < 1:
        return []
    return sorted(int(rows[at]) for at in Greedy(pool, rows, size, by_place).run())


def unlike(pool: Pool, rows: Iterable[int], count: int, beside: Iterable[int] = ()) -> list[int]:
    """The first rows that look unlike one another and unlike those `beside`, `count` at most."""
    shown, found = [pool.shots[row] for row in beside], list[int]()
    for row in rows:
        if len(found) == count:
            break
        shot = pool.shots[row]
        if not any(alike(shot.fingerprint, s.fingerprint, shot.utc - s.utc) for s in shown):
            found.append(row)
            shown.append(shot)
    return found


def with_everyone(pool: Pool, rows: Rows, picked: list[int]) -> list[int]:
    """The same set, with photos added until everyone who was really there is in one.

    Who is in an eighth of a story's photos, and in two at least, was there. At most one photo
    in four is added.
    """
    counts = pool.cast.count(rows)
    need = max(_FEWEST_THERE, len(rows) * _SHARE_THERE)
    missing = {person for person, number in counts.items() if number >= need}
    missing -= frozenset[str]().union(*(pool.cast.of_row.get(row, ()) for row in picked))
    added: list[int] = []
    while missing and len(added) * 4 < len(picked):
        able = [r for r in rows.tolist() if pool.lead[r] and _gain(pool, r, missing)[0]]
        able.sort(key=lambda r: _gain(pool, r, missing), reverse=True)
        best = unlike(pool, able, 1, (*picked, *added))
        if not best:
            break
        added += best
        missing -= pool.cast.of_row[best[0]]
    return sorted([*picked, *added])


def _gain(pool: Pool, row: int, missing: set[str]) -> tuple[int, float]:
    return len(pool.cast.of_row.get(row, frozenset()) & missing), float(pool.quality[row])
