"""Photos that belong to chosen ones: of the same day, the same trip or the same idea."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safelight.app.showing import Showing
from safelight.app.stories import Stories
from safelight.app.views import AssetRow
from safelight.ideas import choose
from safelight.model.assets import Shot
from safelight.model.ideas import Moment, Timeline

_MOST_GROUPS = 3
_SAME_SHOT_S = 60
"""What was taken this close to a chosen photo mostly shows the same."""


@dataclass(frozen=True, slots=True)
class Companions:
    """Some photos and what they have in common with the chosen ones, in words."""

    why: str
    rows: tuple[AssetRow, ...]


class Accompanying:
    """Finds what belongs to chosen photos in one library, as far as consent reaches now."""

    def __init__(self, stories: Stories, showing: Showing) -> None:
        self._stories = stories
        self._showing = showing

    def of(self, chosen: Sequence[str], most: int = 12) -> list[Companions]:
        """Photos that belong to the chosen ones, the nearest first; none where none is chosen.

        Photos that are kept out of ideas are never among them, nor any photo twice.

        Args:
            most: photos in all.
        """
        timeline = self._stories.timeline()
        mine = [timeline.by_id[name] for name in chosen if name in timeline.by_id]
        found: list[Companions] = []
        taken = set(chosen)
        for why, names in self._groups(timeline, mine) if mine else ():
            able = [timeline.by_id[name] for name in names if name not in taken]
            picked = choose([shot for shot in able if _is_other(shot, mine)], most)
            rows = self._showing.some([shot.id for shot in picked])
            if rows:
                found.append(Companions(why, tuple(rows)))
                taken.update(row.id for row in rows)
                most -= len(rows)
            if most <= 0 or len(found) == _MOST_GROUPS:
                break
        return found

    def _groups(self, timeline: Timeline, mine: list[Shot]) -> Iterator[tuple[str, Sequence[str]]]:
        """Names of groups of assets that hold chosen photos: their moments, trips and ideas."""
        chosen = {shot.id for shot in mine}
        moments = _holding(timeline.moments, chosen)
        yield from ((moment.title, moment.assets) for moment in moments)
        trips = Counter(moment.trip for moment in moments if moment.trip)
        titles = {trip.id: trip for trip in timeline.trips}
        for name, _ in trips.most_common():
            if name in titles:
                yield titles[name].title, titles[name].assets
        for card in self._stories.ideas():
            if chosen & set(card.idea.assets):
                yield card.idea.title, card.idea.assets


def _holding(moments: Sequence[Moment], chosen: set[str]) -> list[Moment]:
    """Moments with chosen photos, those with the most first."""
    counted = [(len(chosen.intersection(moment.assets)), moment) for moment in moments]
    return [m for count, m in sorted(counted, key=lambda pair: -pair[0]) if count]


def _is_other(shot: Shot, mine: Sequence[Shot]) -> bool:
    return shot.kept_out is None and all(abs(shot.utc - each.utc) > _SAME_SHOT_S for each in mine)
