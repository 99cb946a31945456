"""Dates without a time, and clocks that were never set, name no feast."""

from __future__ import annotations

from datetime import datetime

import pytest

from safelight.ideas import build_timeline
from safelight.ideas.themes import Knowledge, with_themes
from safelight.model.assets import AssetKind, Shot
from safelight.model.sights import Sight, sightings

PARTY = Sight((("red wine", 0.6),), (("wine glass", 0.6),), faces=4, sparks=1.0, dark=1.0)


def themes(when: datetime, step: float, count: int = 30, seen: Sight | None = None) -> set[str]:
    start = (when - datetime(1970, 1, 1)).total_seconds()
    shots = [
        Shot(
            f"p{n:02d}", start + step * n, start + step * n, True, AssetKind.PHOTO, 40, 30,
            folder="set 3",
        )
        for n in range(count)
    ]  # fmt: skip
    sight = seen or Sight(faces=2)
    known = sightings({shot.id: sight for shot in shots})
    moments = with_themes(build_timeline(shots), Knowledge(known)).moments
    return {theme.name for moment in moments for theme in moment.themes}


FEASTS = {
    "christmas": datetime(2012, 12, 25, 0),
    "halloween": datetime(2012, 10, 31, 20),
    "new-year": datetime(2012, 12, 31, 22),
}


@pytest.mark.parametrize("feast", FEASTS)
def test_a_clock_that_stands_still_names_no_feast(feast: str) -> None:
    assert themes(FEASTS[feast], step=120) == {feast}
    assert themes(FEASTS[feast], step=0) == set()


def test_three_photos_of_one_second_are_a_burst() -> None:
    assert themes(FEASTS["new-year"], step=0, count=4) == {"new-year"}


@pytest.mark.parametrize("year", [1970, 1980, 2000, 2008])
def test_a_clock_that_was_never_set_is_no_new_year(year: int) -> None:
    assert themes(datetime(year, 1, 1, 0, 0, 30), step=60) == set()


def test_what_begins_after_midnight_is_a_new_year_where_fireworks_are_seen() -> None:
    assert "new-year" in themes(datetime(2013, 1, 1, 0, 2), step=30, seen=PARTY)


def test_folders_of_one_date_without_a_time_are_told_apart() -> None:
    at = (datetime(2008, 1, 1) - datetime(1970, 1, 1)).total_seconds()
    shots = [
        Shot(f"{folder}{n:02d}", at, at, True, AssetKind.PHOTO, 40, 30, folder=folder)
        for folder in ("set 3", "set 4")
        for n in range(20)
    ]
    board = Sight((), (("skateboard", 0.7),), faces=1)
    known = sightings({s.id: board if s.folder == "set 4" else Sight(faces=1) for s in shots})
    found = with_themes(build_timeline(shots), Knowledge(known)).moments
    assert [[theme.name for theme in moment.themes] for moment in found] == [[], ["sports"]]
    assert len({moment.id for moment in found}) == 2
