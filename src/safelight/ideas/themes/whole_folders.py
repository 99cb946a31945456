"""Folders that somebody put together, seen as a whole where their photos lie in several moments.

A party with a long pause, or of two days, or of which some photos lost their dates, is cut into
moments that each show too little of it. The folder says that they belong together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from safelight.ideas import words
from safelight.ideas.albums import FEWEST, MOST, is_put_together
from safelight.ideas.themes.clues import Clues
from safelight.ideas.themes.concepts import CONCEPTS
from safelight.ideas.themes.mixes import MIXES
from safelight.ideas.themes.rules import Rule
from safelight.model.assets import Shot
from safelight.model.consent import Purpose
from safelight.model.ideas import Moment, Reason, ThemeScore, Timeline

_LONGEST_S = 3 * 86_400.0
_MOSTLY = 0.6
"""Share of a moment's photos that lie in the folder, from which the moment is part of it."""

_SIGN = 0.05


@dataclass(frozen=True, slots=True)
class Whole:
    """A folder as if it were one moment.

    Attributes:
        parts: rows of the moments that are part of it.
    """

    moment: Moment
    parts: tuple[int, ...]


def whole_folders(timeline: Timeline) -> list[Whole]:
    """Folders of a few days at most whose photos lie in several moments."""
    folders: defaultdict[str, defaultdict[int, list[Shot]]] = defaultdict(lambda: defaultdict(list))
    for row, moment in enumerate(timeline.moments):
        for asset in moment.assets:
            shot = timeline.by_id.get(asset)
            if shot is not None and shot.folder:
                folders[shot.folder][row].append(shot)
    found = (
        _whole(name, parts, timeline.moments)
        for name, parts in sorted(folders.items())
        if len(parts) > 1 and is_put_together(name)
    )
    return [whole for whole in found if whole is not None]


def _whole(name: str, shots_of: dict[int, list[Shot]], moments: Sequence[Moment]) -> Whole | None:
    parts = {
        row: shots
        for row, shots in shots_of.items()
        if len(shots) >= _MOSTLY * len(moments[row].assets)
    }
    shots = [shot for row in sorted(parts) for shot in parts[row]]
    if len(parts) < 2 or not FEWEST <= len(shots) <= MOST:
        return None
    dated = [row for row in sorted(parts) if moments[row].dated]
    times = [shot.utc for row in dated for shot in parts[row] if shot.trusted]
    if times and max(times) - min(times) > _LONGEST_S:
        return None
    first = moments[dated[0] if dated else min(parts)]
    return Whole(
        replace(first, title=name, assets=tuple(shot.id for shot in shots), themes=()),
        tuple(sorted(parts)),
    )


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
                    if any(clues.of(clue)[row] > _SIGN for clue in needs[theme.name])
                )
    return told


_SEEN = frozenset(CONCEPTS) | frozenset(MIXES)


def _as_part(theme: ThemeScore, folder: Moment) -> ThemeScore:
    text = words.say("whole-folder", folder=folder.title, number=words.number(len(folder.assets)))
    reasons = (Reason(f"theme:{theme.name}", text, Purpose.LIBRARY), *theme.reasons)
    return replace(theme, reasons=reasons, evidence=tuple(reason.text for reason in reasons))
