"""The same view, years apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from safelight.ideas.before_after import BeforeAndAfter
from safelight.model.assets import Shot
from safelight.model.ideas import Timeline
from safelight.model.sights import Views

MakeShots = Callable[..., list[Shot]]
MakeTimeline = Callable[..., Timeline]
CASTLE, TREE, CAKE = (0, 1, 2)


def _pair(shots: MakeShots, hour: int, latitude: float) -> list[Shot]:
    """Two shots from one spot, three years apart."""
    return [
        shot
        for year in (2015, 2018)
        for shot in shots(f"{year}-06-12T{hour:02}:00", latitude=latitude, longitude=16.6)
    ]


def _timeline(make_timeline: MakeTimeline, of: dict[int, list[Shot]]) -> Timeline:
    """Shots that look like what they are filed under."""
    look = {shot.id: each for each, pair in of.items() for shot in pair}

    def views(assets: Sequence[str]) -> Views:
        table = np.eye(3, dtype="<f2")[[look[asset] for asset in assets]]
        return Views(list(assets), 3, memoryview(table.tobytes()))

    return replace(make_timeline([s for pair in of.values() for s in pair]), views=views)


def _told(timeline: Timeline) -> list[set[str]]:
    return [set(idea.assets) for idea in BeforeAndAfter().make(timeline, date(2020, 1, 1))]


def test_two_photos_of_one_view_years_apart(shots: MakeShots, make_timeline: MakeTimeline) -> None:
    castle = _pair(shots, 10, 49.195)
    assert _told(_timeline(make_timeline, {CASTLE: castle})) == [{shot.id for shot in castle}]


def test_one_pair_a_spot_is_told(shots: MakeShots, make_timeline: MakeTimeline) -> None:
    home, elsewhere = 49.1951, 49.2501
    of = {
        TREE: _pair(shots, 10, home),
        CAKE: _pair(shots, 12, home + 0.0005),  # the next room
        CASTLE: _pair(shots, 14, elsewhere),
    }
    told = _told(_timeline(make_timeline, of))
    assert len(told) == 2
    assert {shot.id for shot in of[CASTLE]} in told
