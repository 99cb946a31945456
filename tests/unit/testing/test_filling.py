"""Libraries that are filled with rows hold what was asked for, spread like a life."""

from __future__ import annotations

from pathlib import Path

import pytest

from safelight.app import Safelight
from safelight.library.observations import Observations
from safelight.model.consent import Purpose
from safelight.settings import load_settings
from safelight.testing.filling import LAST_DAY, fill


@pytest.fixture
def opened(library: Safelight) -> Safelight:
    library.allow([Purpose.LIBRARY, Purpose.PLACES])
    return library


def test_it_holds_as_many_as_asked_for_and_ends_on_its_last_day(opened: Safelight) -> None:
    rooms = opened._rooms
    fill(rooms.catalogue, rooms.locations, 3_000)
    shots = rooms.listing.shots(rooms.view())
    assert len(shots) == 3_000
    assert 0 <= (LAST_DAY - shots[-1].day).days <= 7
    assert 280 <= (shots[-1].day - shots[0].day).days <= 300  # ten a day


def test_the_same_seed_gives_the_same_library(opened: Safelight, tmp_path: Path) -> None:
    other = load_settings(tmp_path / "other", key_store="file")
    with Safelight(other, inline=True) as second:
        second.allow([Purpose.LIBRARY, Purpose.PLACES])
        for library in (opened, second):
            fill(library._rooms.catalogue, library._rooms.locations, 400, seed=7)
        rooms, others = opened._rooms, second._rooms
        assert rooms.listing.shots(rooms.view()) == others.listing.shots(others.view())


def test_what_is_seen_is_written_where_asked(opened: Safelight) -> None:
    opened.allow([Purpose.CONTENT])
    rooms = opened._rooms
    fill(rooms.catalogue, rooms.locations, 300, observations=Observations(rooms.drawers))
    assert len(Observations(rooms.drawers).looked_at()) == 300
    assert opened.moments()
