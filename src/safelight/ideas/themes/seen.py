"""What is seen in the photos of a moment, and what looks like the photos that taught a theme."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import log10

import numpy as np
from numpy.typing import NDArray

from safelight.ideas import words
from safelight.ideas.themes.clues import Bools, Clues, Floats, Said
from safelight.ideas.themes.concepts import CONCEPTS, Concept
from safelight.ideas.themes.counting import Found, Pictures
from safelight.ideas.themes.members import Members
from safelight.ideas.themes.mixes import MIXES, mixed
from safelight.model.consent import Purpose
from safelight.model.sights import Sightings

DECISIVE, MOST_DECISIVE = 2.0, 3.0
"""Powers of ten by which chance must be unlikely for a concept to count in full: more where there
are more moments, for among thousands of them chance has thousands of tries."""

_GLIMPSES = 0.8
"""Powers of ten that glimpses of a thing add at most to what was seen of it for sure."""

_FAINT_ALONE, _FAINT_MORE = 0.5, 0.5
"""Powers of ten that faint words add at most: alone, and more where one was said for sure. Photos
of one room are mistaken in one way, so they are no independent tries."""

_FAINT_SHARE, _FAINT_SEEN = 0.5, 0.25
"""What a faint photo is worth of a sure one: in the share that a theme is about, and in a mix."""

_ALONE = 0.45
_RARE = 0.004
_TIMES_USUAL = 3.0
_DOUBT = 60.0
_ALIKE_USUAL = 0.03
_WORTH_SAYING = 0.05


def count_concepts(
    clues: Clues,
    members: Members,
    seen: Sightings,
    alike: Mapping[str, str],
    among: int = 0,
) -> None:
    """Things, scenes, faces and light, counted in the photos of each moment.

    Args:
        alike: near-identical pictures with the best of each, which stands for all.
        among: how many moments the library has, where these are only some of them.
    """
    pictures = Pictures(members, seen, alike)
    sizes, bar = pictures.sizes, decisive(max(among, pictures.moments))
    chance: dict[str, Floats] = {}
    counted: dict[str, Floats] = {}
    for name, concept in CONCEPTS.items():
        found = pictures.of(concept)
        counts, faint = found.counts, found.faint
        against = surprise(counts, sizes, concept.usual)
        sure = np.minimum(1.0, counts)
        hints = np.minimum(
            surprise(faint, sizes, concept.faint_usual), _FAINT_ALONE + _FAINT_MORE * sure
        )
        if concept.glimpse_from:  # of a thing that nobody saw, glimpses are none
            glimpses = surprise(pictures.glimpses(concept), sizes, concept.glimpse_usual)
            hints += np.minimum(glimpses, _GLIMPSES) * sure
        clues.firm[name] = _strength(concept, against / bar, counts, counts, sizes)
        about = counts + _FAINT_SHARE * faint
        strength = _strength(concept, (against + hints) / bar, counts + hints, about, sizes)
        chance[name], counted[name] = against + hints, counts + _FAINT_SEEN * faint
        clues.put(name, strength, _counted(strength, found, sizes, concept))
    for name, mix in MIXES.items():
        together = mixed(mix, chance, counted)
        clues.put(name, np.minimum(1.0, together.powers / bar), together.said)
    _faces_and_light(clues, pictures.moment_of, pictures.photos, seen)


def _strength(
    concept: Concept, powers: Floats, counts: Floats, about: Floats, sizes: Floats
) -> Floats:
    strength = np.minimum(1.0, powers) * enough(counts, concept.least)
    if concept.share:
        strength *= np.minimum(1.0, about / np.maximum(sizes * concept.share, 1))
    return np.asarray(strength)


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
    # Never below nothing, where a share is the usual rate but for the last digit.
    return np.asarray(np.maximum(sizes * (more + less) / np.log(10), 0.0))


def _counted(
    strength: Floats, found: Found, sizes: Floats, concept: Concept
) -> Callable[[int], Said | None]:
    def say(row: int) -> Said | None:
        number, more = int(found.likely[row]), int(found.perhaps[row])
        if concept.quiet or strength[row] <= _WORTH_SAYING or not number + more:
            return None
        what = words.concept(concept.said)
        if concept.kinds:
            return words.say("seen-kinds", what=what, number=number + more), Purpose.CONTENT
        size = int(sizes[row])
        share = words.share_in(number or more, size)
        if not number:
            return words.say("seen-faint", what=what, share=share), Purpose.CONTENT
        if not more:
            return words.say("seen", what=what, share=share), Purpose.CONTENT
        also = words.number(more)
        return words.say("seen-and-faint", what=what, share=share, more=also), Purpose.CONTENT

    return say


def _shown(
    strength: Floats, counts: Floats, sizes: Floats, said: str
) -> Callable[[int], Said | None]:
    def say(row: int) -> Said | None:
        if strength[row] <= _WORTH_SAYING:
            return None
        share = words.share_in(round(counts[row]), int(sizes[row]))
        return words.say("seen", what=words.concept(said), share=share), Purpose.CONTENT

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
        clues.put(name, strength, _shown(strength, values * sizes, sizes, said))
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
