"""Signs that mean more together: one cake, one candle and one balloon are no chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from safelight.ideas import words
from safelight.ideas.themes.concepts import CONCEPTS
from safelight.model.consent import Purpose

Floats = NDArray[np.float64]
Said = tuple[str, Purpose]

_PHOTOS = 3.0
"""Photos, of all kinds together, from which a mix counts in full."""

_SAID_FROM = 0.05


@dataclass(frozen=True, slots=True)
class Mix:
    """Which concepts are weighed together.

    Attributes:
        parts: concepts whose surprise is added up.
        anchors: of these one must be seen.
        kinds: how many different parts must be seen.
        most: powers of ten that a part adds at most, so that one alone is never enough.
        seen: photos, in part by doubtful hits, from which a kind counts as seen.
    """

    parts: tuple[str, ...]
    anchors: tuple[str, ...]
    kinds: int = 2
    most: float = 1.5
    seen: float = 0.5


MIXES: dict[str, Mix] = {
    "festive": Mix(("cake", "candles", "balloons"), ("cake",)),
    "bridal_day": Mix(("groom", "bridal", "ceremony", "cake"), ("groom", "bridal"), 3, seen=1.5),
    "on_stage": Mix(("instruments", "stage", "curtain"), ("stage", "curtain")),
    "robed": Mix(("mortarboard", "robes"), ("mortarboard",)),
}
"""By name; names are what rules use, like those of concepts."""


@dataclass(frozen=True, slots=True)
class Mixed:
    """A mix in all moments: powers of ten against chance, and which parts were seen."""

    powers: Floats
    seen: Mapping[str, NDArray[np.bool_]]

    def said(self, row: int) -> Said | None:
        """The evidence of one moment in words."""
        if self.powers[row] <= _SAID_FROM:
            return None
        parts = [words.concept(CONCEPTS[part].said) for part in self.seen if self.seen[part][row]]
        return words.say("seen-mix", what=", ".join(parts)), Purpose.CONTENT


def mixed(mix: Mix, chance: Mapping[str, Floats], counts: Mapping[str, Floats]) -> Mixed:
    """Several signs together; 0 where too few kinds were seen.

    Args:
        chance: powers of ten against chance of every concept, for every moment.
        counts: photos of every concept, for every moment.
    """
    seen = {part: counts[part] >= mix.seen for part in mix.parts}
    enough = np.sum(list(seen.values()), axis=0) >= mix.kinds
    enough &= np.logical_or.reduce([seen[part] for part in mix.anchors])
    powers = np.sum([np.minimum(chance[part], mix.most) for part in mix.parts], axis=0)
    photos = np.sum([counts[part] for part in mix.parts], axis=0)
    powers = powers * np.minimum(1.0, photos / _PHOTOS)
    return Mixed(np.where(enough, powers, 0.0), seen)
