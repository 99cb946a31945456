"""Counting what recognisers say in the pictures of each moment, surely and faintly.

Words of one concept that are said of one picture add up, as its groups do: a recogniser that wavers
between a castle and a palace has seen a castle. Near-identical pictures count once, by the best.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from safelight.ideas.themes.clues import Bools, Floats
from safelight.ideas.themes.concepts import GROUPS, Concept
from safelight.ideas.themes.members import Members
from safelight.model.sights import Sightings

Ints = NDArray[np.int64]

_OBJECT_DOUBT = 0.1
_BY_MOMENT = 1 << 32
_ROUNDING = 1e-6
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """How many pictures of each moment (or different words) show a concept.

    Attributes:
        counts: surely; one that is a little less certain counts in part.
        faint: the rest of those that count in part, and those of which it is hardly said.
        likely, perhaps: how many there are to tell of: half certain and more, and less.
    """

    counts: Floats
    faint: Floats
    likely: Floats
    perhaps: Floats


class Pictures:
    """The pictures of all moments, and what is said of them.

    Attributes:
        moment_of: for each photo that was looked at its moment's number, -1 for none.
        photos: how many photos of each moment were looked at.
        sizes: how many there are where near-identical ones are one.
    """

    def __init__(self, members: Members, seen: Sightings, alike: Mapping[str, str]) -> None:
        self._place = {asset: row for row, asset in enumerate(seen.assets)}
        self._glimpsed = seen.glimpsed
        self.moments = len(members.moments)
        rows = np.array([self._place.get(shot.id, -1) for shot in members.shots], dtype=np.int64)
        self.moment_of = np.full(len(seen.assets), -1, dtype=np.int64)
        self.moment_of[rows[rows >= 0]] = members.of[rows >= 0]
        self._stands = _stand_in(self._place, self.moment_of, alike)
        inside = self.moment_of >= 0
        own = inside & (self._stands == np.arange(len(self._stands)))
        self.photos = self._count(self.moment_of[inside])
        self.sizes = self._count(self.moment_of[own])
        row = np.asarray(seen.row, dtype=np.int64)
        used = np.flatnonzero(inside[row])
        self._row = row[used]
        self._name = np.asarray(seen.name, dtype=np.int64)[used]
        self._score = np.asarray(seen.score, dtype=np.float64)[used]
        self._object = np.asarray(seen.is_object).astype(np.bool_)[used]
        self._number = {name: number for number, name in enumerate(seen.names)}
        self._group = self._wanted(GROUPS)

    def of(self, concept: Concept) -> Found:
        """Count a concept in all moments."""
        labels = np.flatnonzero(self._wanted(concept.labels)[self._name] & ~self._object)
        things = np.flatnonzero(self._wanted(concept.objects)[self._name] & self._object)
        if concept.kinds:
            units = self.moment_of[self._row] * _BY_MOMENT + self._name
            said, heard = _best(units[labels], self._score[labels])
            seen, glanced = _best(units[things], self._score[things])
        else:
            said, heard = self._together(labels)
            seen, glanced = _best(self._stands[self._row[things]], self._score[things])
        sure = _certainty(heard, concept.label_from, concept.doubt)
        sure_things = _certainty(glanced, concept.object_from, _OBJECT_DOUBT)
        each, certain = _best(np.concatenate([said, seen]), np.concatenate([sure, sure_things]))
        hinted = np.zeros(len(each), np.bool_)
        hinted[np.searchsorted(each, said)] = heard >= concept.faint_from - _ROUNDING
        of = each // _BY_MOMENT if concept.kinds else self.moment_of[each]
        likely = certain >= _HALF
        return Found(
            self._count(of, certain),
            self._count(of, np.where(hinted, 1 - certain, 0.0)),
            self._count(of[likely]),
            self._count(of[~likely & (hinted | (certain > _ROUNDING))]),
        )

    def glimpses(self, concept: Concept) -> Floats:
        """Photos of each moment in which a concept's thing may be, beside those that show it."""
        maybe = {
            int(self._stands[self._place[asset]])
            for name in concept.objects
            for asset, score in self._glimpsed.get(name, {}).items()
            if score >= concept.glimpse_from
        }
        things = np.flatnonzero(self._wanted(concept.objects)[self._name] & self._object)
        sure = _certainty(self._score[things], concept.object_from, _OBJECT_DOUBT) > 0
        maybe -= set(self._stands[self._row[things[sure]]].tolist())
        of = self.moment_of[sorted(maybe)] if maybe else np.zeros(0, np.int64)
        return self._count(of[of >= 0])

    def _together(self, entries: Ints) -> tuple[Ints, Floats]:
        """Score of each picture by all words of one meaning; groups hold their words already."""
        if not len(entries):
            return np.zeros(0, np.int64), np.zeros(0)
        rows, score = self._row[entries], np.asarray(self._score[entries])
        grouped = self._group[self._name[entries]]
        photos, place = np.unique(rows, return_inverse=True)
        total: Floats = np.bincount(place, np.where(grouped, 0.0, score)).astype(np.float64)
        np.maximum.at(total, place, np.where(grouped, score, 0.0))
        return _best(self._stands[photos], total)

    def _wanted(self, names: Iterable[str]) -> Bools:
        wanted = np.zeros(len(self._number) + 1, dtype=np.bool_)
        wanted[[self._number[name] for name in names if name in self._number]] = True
        return wanted

    def _count(self, of: Ints, weights: Floats | None = None) -> Floats:
        return np.bincount(of, weights, minlength=self.moments).astype(np.float64)


def _stand_in(place: Mapping[str, int], of: Ints, alike: Mapping[str, str]) -> Ints:
    """For each picture the one that it is counted as: the best like it in the same moment."""
    stands = np.arange(len(of), dtype=np.int64)
    for asset, best in alike.items():
        row, other = place.get(asset, -1), place.get(best, -1)
        if row >= 0 and other >= 0 and of[row] == of[other]:
            stands[row] = other
    return stands


def _certainty(scores: Floats, sure: float, doubt: float) -> Floats:
    """1 from the score on that counts in full, less down to its doubt.

    A recogniser that is a little less certain of the second cake has not seen none.
    """
    return np.asarray(np.clip(1 - (sure - scores) / doubt, 0.0, 1.0))


def _best(units: Ints, scores: Floats) -> tuple[Ints, Floats]:
    """The different units, ascending, each with its best score."""
    if not len(units):
        return units, scores
    order = np.argsort(units, kind="stable")
    different, first = np.unique(units[order], return_index=True)
    return different, np.maximum.reduceat(scores[order], first)
