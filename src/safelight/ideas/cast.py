"""Who is in which photos: named people and the rows that show them (purpose `faces`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from safelight.model.people import PeopleSeen

Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Cast:
    """Named people, those in most photos first.

    Attributes:
        people: identifiers; `names` says what to call them.
        rows: the rows of each person, ascending, by identifier.
        of_row: the people in a row, where there are any.
    """

    people: Sequence[str]
    names: Mapping[str, str]
    rows: Mapping[str, Rows]
    of_row: Mapping[int, frozenset[str]]

    @classmethod
    def of(cls, assets: Sequence[str], people: PeopleSeen) -> Cast:
        """Find the named people of some assets; who has no name is in no idea about people."""
        found: dict[str, list[int]] = {}
        of_row: dict[int, frozenset[str]] = {}
        if people.names:
            named = people.names.keys()
            for row, asset in enumerate(assets):
                who = people.in_photos.get(asset)
                if who and (here := frozenset(who & named)):
                    of_row[row] = here
                    for person in here:
                        found.setdefault(person, []).append(row)
        ordered = sorted(found, key=lambda person: (-len(found[person]), person))
        rows = {person: np.array(found[person], dtype=np.intp) for person in ordered}
        return cls(ordered, {p: people.names[p] for p in ordered}, rows, of_row)

    def count(self, rows: Iterable[int]) -> dict[str, int]:
        """In how many of some rows each person is; those in most first."""
        counts: dict[str, int] = {}
        if self.of_row:
            for row in rows:
                for person in self.of_row.get(int(row), ()):
                    counts[person] = counts.get(person, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], self.names[item[0]])))

    def mask(self, person: str, size: int) -> NDArray[np.bool_]:
        """Which of `size` rows show a person."""
        shown = np.zeros(size, dtype=np.bool_)
        shown[self.rows[person]] = True
        return shown
