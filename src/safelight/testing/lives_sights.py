"""What recognisers would say of generated photos: what is there, now and then missed, and noise.

Rates of decisive words follow those measured on real albums where that was done (cake in 2 of 37
and 2 of 47 photos, academic gown in 3 of 34 and 4 of 59); the others are assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from safelight.model.sights import Sight

_WORDS: Mapping[str, tuple[str, float]] = {
    "cake": ("cake", 0.002),
    "mortarboard": ("mortarboard", 0.001),
    "groom": ("bridegroom", 0.008),
    "bridal": ("gown", 0.008),
    "altar": ("altar", 0.006),
    "stocking": ("christmas stocking", 0.001),
    "pumpkin": ("jack-o'-lantern", 0.0005),
    "sea": ("beach", 0.02),
    "mountain": ("mountain", 0.03),
    "backpack": ("backpack", 0.015),
    "skis": ("skis", 0.003),
    "tent": ("tent", 0.002),
    "lion": ("lion", 0.004),
    "zebra": ("zebra", 0.004),
    "armour": ("breastplate", 0.006),
    "stage": ("stage", 0.008),
    "carousel": ("carousel", 0.001),
    "dog": ("dog", 0.01),
    "daisy": ("daisy", 0.01),
    "bib": ("bib", 0.004),
    "food": ("food", 0.03),
}
"""The recogniser's word for a thing, and in which share of all photos it says it wrongly."""

_OBJECTS = frozenset({"cake", "backpack", "skis"})

OCCASIONS: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "birthday": {"cake": (0.043, 0.09)},
    "graduation": {"mortarboard": (0.068, 0.12)},
    "wedding": {"groom": (0.1, 0.25), "bridal": (0.1, 0.25), "altar": (0.05, 0.15)},
    "christmas": {"stocking": (0.05, 0.15)},
    "halloween": {"pumpkin": (0.05, 0.15)},
    "beach": {"sea": (0.25, 0.6)},
    "skiing": {"skis": (0.15, 0.4), "mountain": (0.1, 0.3)},
    "camping": {"tent": (0.08, 0.2)},
    "zoo": {"lion": (0.15, 0.3), "zebra": (0.15, 0.3)},
    "museum": {"armour": (0.12, 0.25)},
    "theme-park": {"carousel": (0.05, 0.12)},
    "baby": {"bib": (0.1, 0.25)},
    "pets": {"dog": (0.4, 0.9)},
}
"""What an occasion's photos show: each thing in a share of them between two rates."""

MISLEADING: tuple[Mapping[str, tuple[float, float]], ...] = (
    {"groom": (0.05, 0.3)},
    {"altar": (0.05, 0.3)},
    {"dog": (0.05, 0.12)},
    {"stage": (0.02, 0.06)},
    {"daisy": (0.03, 0.08)},
    {"food": (0.1, 0.3)},
)
"""What ordinary days show, each now and then."""


@dataclass
class Recogniser:
    """Says what photos show; wrong now and then, in every life at other rates."""

    rng: np.random.Generator

    def __post_init__(self) -> None:
        self._noise = {
            thing: usual * float(self.rng.uniform(0.2, 2.0)) for thing, (_, usual) in _WORDS.items()
        }

    def rates(self, occasion: str | None) -> dict[str, float]:
        """How often each thing is seen on one outing."""
        shown: Mapping[str, tuple[float, float]] = {}
        if occasion is not None:
            shown = OCCASIONS[occasion]
        elif self.rng.random() < 0.15:
            shown = MISLEADING[int(self.rng.integers(len(MISLEADING)))]
        return {thing: float(self.rng.uniform(*bounds)) for thing, bounds in shown.items()}

    def look(self, rates: Mapping[str, float], faces: int) -> Sight:
        """One photo."""
        labels: list[tuple[str, float]] = []
        objects: list[tuple[str, float]] = []
        drawn = self.rng.random(len(_WORDS))
        for chance, (thing, (word, _)) in zip(drawn, _WORDS.items(), strict=True):
            if chance < max(rates.get(thing, 0.0), self._noise[thing]):
                found = (word, float(self.rng.uniform(0.3, 0.95)))
                (objects if thing in _OBJECTS else labels).append(found)
        return Sight(tuple(labels), tuple(objects), faces)
