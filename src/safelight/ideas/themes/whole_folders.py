"""Folders that somebody put together, seen as a whole where their photos lie in several moments.

A party with a long pause, or of two days, or of which some photos lost their dates, is cut into
moments that each show too little of it. The folder says that they belong together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from safelight.ideas import words
from safelight.ideas.albums import FEWEST, MOST, is_put_together
from safelight.ideas.themes.clues import Clues
from safelight.ideas.themes.concepts import CONCEPTS
from safelight.ideas.themes.members import Members
from safelight.ideas.themes.mixes import MIXES
from safelight.ideas.themes.rules import Rule
from safelight.model.consent import Purpose
from safelight.model.ideas import Moment, Reason, ThemeScore

_LONGEST = timedelta(days=3)
_MOSTLY = 0.6
"""Share of a moment's photos that lie in the folder, from which the moment is part of it."""

_SIGN = 0.05

_SURE = 0.6
"""Scores from which a folder's theme is said of its moments: its parts had their chances before."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A folder as if it were one moment.

    Attributes:
        parts: rows of the moments that are part of it.
    """

    moment: Moment
    parts: tuple[int, ...]


def whole_folders(members: Members) -> list[Whole]:
    """Folders of a few days at most whose photos lie in several moments."""
    numbers: dict[str, int] = {}
    of_shot = [numbers.setdefault(shot.folder, len(numbers)) for shot in members.shots]
    moments = len(members.moments)
    keys = np.array(of_shot, np.int64) * moments + members.of
    pairs, photos = np.unique(keys, return_counts=True)
    folders, rows = pairs // moments, pairs % moments
    part = photos >= _MOSTLY * members.sizes[rows]
    folders, rows, photos = folders[part], rows[part], photos[part]
    parts = np.bincount(folders, minlength=len(numbers))
    held = np.bincount(folders, photos, minlength=len(numbers))
    starts = np.cumsum(parts) - parts
    found = []
    for name, number in numbers.items():
        few = parts[number] > 1 and FEWEST <= held[number] <= MOST
        if few and name and is_put_together(name):
            its = rows[starts[number] : starts[number] + parts[number]].tolist()
            whole = _whole(name, its, members)
            found += [whole] if whole is not None else []
    return found


def _whole(name: str, rows: list[int], members: Members) -> Whole | None:
    moments = [members.moments[row] for row in rows]
    dated = [moment for moment in moments if moment.dated]
    if dated and max(m.end for m in dated) - min(m.start for m in dated) > _LONGEST:
        return None
    bounds = np.searchsorted(members.of, [rows, [row + 1 for row in rows]]).T.tolist()
    assets = tuple(
        shot.id
        for first, last in bounds
        for shot in members.shots[first:last]
        if shot.folder == name
    )
    first = dated[0] if dated else moments[0]
    return Whole(replace(first, title=name, assets=assets, themes=()), tuple(rows))


def told_of_parts(
    found: Sequence[tuple[ThemeScore, ...]],
    clues: Clues,
    wholes: Sequence[tuple[Whole, tuple[ThemeScore, ...]]],
    rules: Sequence[Rule],
) -> list[tuple[ThemeScore, ...]]:
    """Give the moments of a folder the themes of the whole folder.

    Only to those that have no theme of their own and show some sign of it: what somebody did on
    the other day lies in the same folder, but may be another thing.

    Args:
        found, clues: of the moments.
        wholes: folders with their themes.
    """
    needs = {rule.name: {clue for need in rule.needs for clue in need} & _SEEN for rule in rules}
    told = list(found)
    for whole, themes in wholes:
        for row in whole.parts if themes else ():
            if not found[row]:
                told[row] = tuple(
                    _as_part(theme, whole.moment)
                    for theme in themes
                    if theme.score >= _SURE
                    and any(clues.of(clue)[row] > _SIGN for clue in needs[theme.name])
                )
    return told


_SEEN = frozenset(CONCEPTS) | frozenset(MIXES)


def _as_part(theme: ThemeScore, folder: Moment) -> ThemeScore:
    text = words.say("whole-folder", folder=folder.title, number=words.number(len(folder.assets)))
    reasons = (Reason(f"theme:{theme.name}", text, Purpose.LIBRARY), *theme.reasons)
    return replace(theme, reasons=reasons, evidence=tuple(reason.text for reason in reasons))
