"""What is seen in the photos of a moment, and what looks like the photos that taught a theme."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from math import log10

import numpy as np
from numpy.typing import NDArray

from safelight.ideas import words
from safelight.ideas.themes.clues import Bools, Clues, Floats, Said
from safelight.ideas.themes.concepts import CONCEPTS, Concept
from safelight.ideas.themes.members import Members
from safelight.ideas.themes.mixes import MIXES, mixed
from safelight.model.consent import Purpose
from safelight.model.sights import Sightings

DECISIVE, MOST_DECISIVE = 2.0, 3.0
"""Powers of ten by which chance must be unlikely for a concept to count in full: more where there
are more moments, for among thousands of them chance has thousands of tries."""

_GLIMPSES = 0.8
"""Powers of ten that glimpses of a thing add at most to what was seen of it for sure."""

_ALONE = 0.45
_RARE = 0.004
_TIMES_USUAL = 3.0
_DOUBT = 60.0
_ALIKE_USUAL = 0.03
_WORTH_SAYING = 0.05


def count_concepts(
    clues: Clues, members: Members, seen: Sightings, alike: Mapping[str, str]
) -> None:
    """Things, scenes, faces and light, counted in the photos of each moment.

    Args:
        alike: near-identical pictures with the best of each, which stands for all.
    """
    place = {asset: row for row, asset in enumerate(seen.assets)}
    rows = np.array([place.get(shot.id, -1) for shot in members.shots], dtype=np.int64)
    of = np.full(len(seen.assets), -1, dtype=np.int64)
    of[rows[rows >= 0]] = members.of[rows >= 0]
    moments = len(members.moments)
    photos = np.bincount(of[of >= 0], minlength=moments).astype(np.float64)
    stands = _stand_in(place, of, alike)
    own = (of >= 0) & (stands == np.arange(len(stands)))
    sizes = np.bincount(of[own], minlength=moments).astype(np.float64)
    entries = _Entries(of, seen, stands)
    chance: dict[str, Floats] = {}
    counted: dict[str, Floats] = {}
    for name, concept in CONCEPTS.items():
        hits = entries.of_concept(concept)
        counts = entries.count(hits, moments, kinds=concept.kinds)
        against = surprise(counts, sizes, concept.usual)
        more: Floats = np.zeros(moments)
        if concept.glimpse_from:
            glimpses = entries.glimpses(concept, hits, moments)
            more = np.minimum(surprise(glimpses, sizes, concept.glimpse_usual), _GLIMPSES)
            more *= np.minimum(1.0, counts)  # of a thing that nobody saw, glimpses are none
        strength = np.minimum(1.0, (against + more) / decisive(moments))
        strength *= enough(counts + more, concept.least)
        if concept.share:
            whole = np.maximum(sizes * concept.share, 1)
            strength *= np.minimum(1.0, counts / whole)
        chance[name], counted[name] = against, counts
        clues.put(name, strength, _counted(strength, counts, sizes, concept.said, concept.kinds))
    for name, mix in MIXES.items():
        together = mixed(mix, chance, counted)
        clues.put(name, np.minimum(1.0, together.powers / decisive(moments)), together.said)
    _faces_and_light(clues, of, photos, seen)


def _stand_in(
    place: Mapping[str, int], of: NDArray[np.int64], alike: Mapping[str, str]
) -> NDArray[np.int64]:
    """For each picture the one that it is counted as: the best like it in the same moment."""
    stands = np.arange(len(of), dtype=np.int64)
    for asset, best in alike.items():
        row, other = place.get(asset, -1), place.get(best, -1)
        if row >= 0 and other >= 0 and of[row] == of[other]:
            stands[row] = other
    return stands


def enough(counts: Floats, least: int) -> Floats:
    """What a concept's weight is worth with so many photos: 1 from `least` on, half with one.

    In between it rises evenly: a second cake that the recogniser is not quite sure of is more
    than none.
    """
    if least <= 1:
        return np.ones_like(counts)
    return _ALONE + (1 - _ALONE) * np.clip((counts - 1) / (least - 1), 0.0, 1.0)


def decisive(moments: int) -> float:
    """See `DECISIVE`; for a library of so many moments."""
    return min(MOST_DECISIVE, max(DECISIVE, log10(max(1, moments)) + 0.5))


class _Entries:
    """The words of all photos, with the moment and the picture that each is counted in."""

    def __init__(
        self, moment_of: NDArray[np.int64], seen: Sightings, stands: NDArray[np.int64]
    ) -> None:
        self._row = stands[np.asarray(seen.row, dtype=np.int64)]
        self._name = np.asarray(seen.name, dtype=np.int64)
        self._score = np.asarray(seen.score)
        self._object = np.asarray(seen.is_object).astype(np.bool_)
        self._of = moment_of
        self._stands = stands
        self._glimpsed = seen.glimpsed
        self._place = {asset: row for row, asset in enumerate(seen.assets)}
        self._number = {name: number for number, name in enumerate(seen.names)}

    def of_concept(self, concept: Concept) -> Floats:
        """How much each entry says a concept: 1 from its score on, less down to its doubt.

        A recogniser that is a little less certain of the second cake has not seen none.
        """
        labels = self._hits(concept.labels, concept.label_from, concept.doubt, objects=False)
        return labels + self._hits(concept.objects, concept.object_from, 0.1, objects=True)

    def glimpses(self, concept: Concept, hits: Floats, moments: int) -> Floats:
        """Photos of each moment in which a concept's thing may be, beside those that show it."""
        maybe = {
            int(self._stands[self._place[asset]])
            for name in concept.objects
            for asset, score in self._glimpsed.get(name, {}).items()
            if score >= concept.glimpse_from
        }
        maybe -= set(self._row[hits > 0].tolist())
        of = self._of[sorted(maybe)] if maybe else np.zeros(0, np.int64)
        return np.bincount(of[of >= 0], minlength=moments).astype(np.float64)

    def _hits(self, names: Iterable[str], sure: float, doubt: float, *, objects: bool) -> Floats:
        wanted = np.zeros(len(self._number) + 1, dtype=np.bool_)
        wanted[[self._number[name] for name in names if name in self._number]] = True
        meant = wanted[self._name] & (self._object == objects)
        return np.asarray(meant * np.clip(1 - (sure - self._score) / doubt, 0, 1))

    def count(self, hits: Floats, moments: int, *, kinds: bool) -> Floats:
        """Photos (or different words) of each moment among the hits, each by its best hit."""
        what = self._name if kinds else self._row
        heard = np.flatnonzero(hits > 0)
        key = self._of[self._row[heard]] * (1 << 32) + what[heard]  # one key a pair
        order = np.argsort(key, kind="stable")
        different, first = np.unique(key[order], return_index=True)
        best = np.maximum.reduceat(hits[heard][order], first) if len(first) else np.zeros(0)
        inside = different >= 0
        found = np.bincount(different[inside] >> 32, best[inside], minlength=moments)
        return found.astype(np.float64)


def surprise(counts: Floats, sizes: Floats, usual: float) -> Floats:
    """How many powers of ten chance is against so many hits: Chernoff's bound for a binomial.

    The chance of a hit is `usual`, raised towards the rate in the rest of this library, by three
    times at most: what someone always photographs says less. Of what is rare another moment counts
    once, or of two birthdays each would speak against the other.
    """
    elsewhere = np.minimum(counts, 1) if usual <= _RARE else counts
    rest, of = elsewhere.sum() - elsewhere, sizes.sum() - sizes
    rate = np.clip((rest + _DOUBT * usual) / (of + _DOUBT), usual, _TIMES_USUAL * usual)
    share = np.divide(counts, sizes, out=np.zeros_like(counts), where=sizes > 0)
    share = np.minimum(share, 1.0)
    over = np.where(share > rate, share, rate)
    more = over * np.log(over / rate)
    less = (1 - over) * np.log(np.maximum(1 - over, 1e-12) / (1 - rate))
    return np.asarray(sizes * (more + less) / np.log(10))


def _counted(
    strength: Floats, counts: Floats, sizes: Floats, said: str, kinds: bool = False
) -> Callable[[int], Said | None]:
    def say(row: int) -> Said | None:
        if strength[row] <= _WORTH_SAYING:
            return None
        number, size = math.ceil(counts[row]), int(sizes[row])
        if kinds:
            return words.say("seen-kinds", number=number), Purpose.CONTENT
        what = words.concept(said)
        return words.say("seen", what=what, share=words.share_in(number, size)), Purpose.CONTENT

    return say


def _faces_and_light(clues: Clues, of: NDArray[np.int64], sizes: Floats, seen: Sightings) -> None:
    faces = np.asarray(seen.faces).astype(np.float64)
    light = np.asarray(seen.light).reshape(-1, 3).astype(np.float64)
    within = of >= 0

    def share(flags: Bools) -> Floats:
        found = np.bincount(of[within & flags], minlength=len(sizes)).astype(np.float64)
        return np.divide(found, sizes, out=np.zeros_like(found), where=sizes > 0)

    looked = share(faces >= 0)
    one, many = share(faces >= 1), share(faces >= 3)
    dark, glow, sparks = (share(light[:, column] >= 0.5) for column in range(3))
    for name, values, full, said in (
        ("faces", one, 0.4, "Faces"),
        ("crowd", many, 0.25, "Three or more people"),
        ("dark", dark, 0.6, "Night or a dark room"),
        ("glow", glow, 0.4, "Warm low light"),
        ("sparks", sparks, 0.3, "Bursts of light in the dark"),
    ):
        strength = np.minimum(1.0, values / full)
        clues.put(name, strength, _counted(strength, np.round(values * sizes), sizes, said))
    clues.strength["no-faces"] = np.where(looked >= 0.5, np.clip(1 - one / 0.1, 0, 1), 0.0)


def count_taught(clues: Clues, members: Members, name: str, alike: frozenset[str]) -> None:
    """Photos of each moment that look like those which taught an own theme."""
    _count_alike(clues, members, f"own:{name}", alike, ("taught", Purpose.LEARN))


def count_meant(clues: Clues, members: Members, name: str, alike: frozenset[str]) -> None:
    """Photos of each moment that a person's own model finds to show a theme."""
    _count_alike(clues, members, f"pair:{name}", alike, ("pair", Purpose.CONTENT))


def _count_alike(
    clues: Clues, members: Members, clue: str, alike: frozenset[str], said: tuple[str, Purpose]
) -> None:
    moments, (saying, purpose) = members.moments, said
    counts = np.array([sum(a in alike for a in m.assets) for m in moments], np.float64)
    sizes = np.array([len(moment.assets) for moment in moments], np.float64)
    strength = np.minimum(1.0, surprise(counts, sizes, _ALIKE_USUAL) / DECISIVE)
    strength *= enough(counts, 2)
    strength[strength <= _WORTH_SAYING] = 0.0

    def say(row: int) -> Said:
        return words.say(saying, number=int(counts[row]), size=int(sizes[row])), purpose

    clues.put(clue, strength, say)
