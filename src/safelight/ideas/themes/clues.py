"""Clues of every moment: concepts counted, clock and calendar, places, and words, 0 to 1 each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from safelight.model.consent import Purpose
from safelight.model.people import Birthday
from safelight.model.sights import Sightings

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Said = tuple[str, Purpose]
"""Evidence in words, and the purpose that allowed it."""


@dataclass(slots=True)
class Clues:
    """Strength of every clue for every moment, and what may be said for it.

    Attributes:
        strength: one array for each clue, as long as the moments.
        texts: evidence by (clue, moment's row), for clues that few moments have.
        firm: strength by what is said for sure alone, where that is less: nothing speaks against a
            theme that is only perhaps there.
        sayings: for clues that come as whole columns: gives the evidence of a row when a theme
            stands on it; None where there are no words for it.
    """

    count: int
    strength: dict[str, Floats] = field(default_factory=dict)
    firm: dict[str, Floats] = field(default_factory=dict)
    texts: dict[tuple[str, int], Said] = field(default_factory=dict)
    sayings: dict[str, Callable[[int], Said | None]] = field(default_factory=dict)

    def put(self, clue: str, strength: Floats, say: Callable[[int], Said | None]) -> None:
        """Give all moments a clue at once; the words are only made where they are needed."""
        self.strength[clue] = strength
        self.sayings[clue] = say

    def set(self, clue: str, row: int, value: float, text: str, purpose: Purpose) -> None:
        """Give one moment a clue; the strongest is kept."""
        column = self.strength.get(clue)
        if column is None:
            column = self.strength[clue] = np.zeros(self.count)
        if value > column[row]:
            column[row] = value
            self.texts[clue, row] = (text, purpose)

    def of(self, clue: str) -> Floats:
        """The column of a clue; zeros where nothing is known of it."""
        found = self.strength.get(clue)
        return np.zeros(self.count) if found is None else found

    def against(self, clue: str) -> Floats:
        """The column of a clue as it speaks against a theme."""
        found = self.firm.get(clue)
        return self.of(clue) if found is None else found

    def said(self, clue: str, row: int) -> Said | None:
        """The evidence of one moment for a clue; None where there is none."""
        column = self.strength.get(clue)
        if column is None or column[row] <= 0:
            return None
        say = self.sayings.get(clue)
        return self.texts.get((clue, row)) if say is None else say(row)

    def speaking(self) -> Bools:
        """Moments that have any clue at all."""
        found = np.zeros(self.count, dtype=np.bool_)
        for strength in self.strength.values():
            found |= strength > 0
        return found


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What may be known besides the timeline.

    Attributes:
        sightings: what photos show, under `content`.
        alike: for every near-identical picture the best of its kind: one mistake taken nine times
            is one mistake, so their concepts count once.
        birthdays: entered by the person, under `faces` where they name someone.
        people: identifiers of the people in a photo, under `faces`.
        titles: titles and albums that other programs wrote, by asset.
        taught: for every own theme the photos that look like it, under `learn`.
        meant: for every theme the photos that a person's own image-text model finds to show it.
    """

    sightings: Sightings | None = None
    alike: Mapping[str, str] = field(default_factory=dict)
    birthdays: Sequence[Birthday] = ()
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    taught: Mapping[str, frozenset[str]] = field(default_factory=dict)
    meant: Mapping[str, frozenset[str]] = field(default_factory=dict)
