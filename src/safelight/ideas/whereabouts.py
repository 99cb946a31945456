"""Where a story took place, in the words that cover most of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from safelight.ideas import words
from safelight.ideas.pool import Pool, Rows
from safelight.model.places import Place

LOCATED_SHARE = 0.5
COVERED_SHARE = 0.6
WHOLE_SHARE = 0.95

_DEPTHS: Sequence[tuple[Callable[[Place], str | None], int]] = (
    (lambda place: place.city, 1),
    (lambda place: place.city, 2),
    (lambda place: place.region or place.country, 2),
    (lambda place: place.country, 3),
)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Place names, most photos first; empty where nothing can honestly be said.

    `whole` is True when next to nothing lies elsewhere.
    """

    names: tuple[str, ...] = ()
    whole: bool = True

    def __bool__(self) -> bool:
        return bool(self.names)

    def phrase(self) -> str:
        """The end of a subtitle: "", " in Moab" or ", mostly in Utah and Arizona"."""
        if not self.names:
            return ""
        key = "where-in" if self.whole else "where-mostly"
        return words.say(key, at=words.at(self.names))


def whereabouts(pool: Pool, rows: Rows) -> Whereabouts:
    """Find the finest names of which at most three cover most of the located photos.

    Where fewer than half of all photos lie in them, there are none: the rest may be anywhere.
    """
    codes = pool.place[rows]
    codes = codes[codes >= 0]
    located = len(codes) / max(1, len(rows))
    if located < LOCATED_SHARE:
        return Whereabouts()
    counts = {pool.places[c]: int(n) for c, n in zip(*_tally(codes), strict=True)}
    for name_of, limit in _DEPTHS:
        names, share = _top(counts, name_of, limit)
        if share >= COVERED_SHARE:
            break
    if share * located < LOCATED_SHARE:
        return Whereabouts()
    return Whereabouts(names, whole=share >= WHOLE_SHARE)


def _tally(codes: Rows) -> tuple[list[int], list[int]]:
    values, counts = np.unique(codes, return_counts=True)
    return values.tolist(), counts.tolist()


def _top(
    counts: dict[Place, int], name_of: Callable[[Place], str | None], limit: int
) -> tuple[tuple[str, ...], float]:
    named: Counter[str] = Counter()
    for place, number in counts.items():
        if name := name_of(place):
            named[name] += number
    best = sorted(named.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return tuple(name for name, _ in best), sum(n for _, n in best) / sum(counts.values())
