"""A small factory of shots and timelines for these tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from safelight.model.assets import AssetKind, Shot
from safelight.model.ideas import Home, Moment, Timeline, Trip
from safelight.model.places import Place

MakeShots = Callable[..., list[Shot]]
MakeTimeline = Callable[..., Timeline]
MakeTrip = Callable[..., Trip]

_EPOCH = datetime(1970, 1, 1)


def _shots(
    start: str, count: int = 1, *, every_s: float = 300, offset_h: float = 0, **fields: Any
) -> list[Shot]:
    """`count` shots from `start` (wall clock) on, all different unless told otherwise."""
    first = datetime.fromisoformat(start)
    found = []
    for number in range(count):
        local = (first + timedelta(seconds=number * every_s) - _EPOCH).total_seconds()
        name = f"{start}#{number}{fields.get('folder', '')}"
        values: dict[str, Any] = {
            "id": name,
            "utc": local - offset_h * 3600,
            "local": local,
            "trusted": True,
            "kind": AssetKind.PHOTO,
            "width": 4000,
            "height": 3000,
            "fingerprint": int.from_bytes(sha256(name.encode()).digest()[:8], "big"),
        }
        found.append(Shot(**{**values, **fields}))
    return found


@pytest.fixture(scope="session")
def shots() -> MakeShots:
    return _shots


@pytest.fixture(scope="session")
def make_timeline() -> MakeTimeline:
    def make(
        shots: Sequence[Shot],
        trips: Sequence[Trip] = (),
        moments: Sequence[Moment] = (),
        homes: Sequence[Home] = (),
    ) -> Timeline:
        ordered = sorted(shots, key=lambda shot: (shot.utc, shot.id))
        by_id = {shot.id: shot for shot in ordered}
        return Timeline(shots=ordered, moments=moments, trips=trips, homes=homes, by_id=by_id)

    return make


@pytest.fixture(scope="session")
def make_trip() -> MakeTrip:
    def make(shots: Sequence[Shot], title: str = "Utah and Arizona, June 2015") -> Trip:
        places = tuple(dict.fromkeys(shot.place for shot in shots if shot.place is not None))
        return Trip(
            id=f"trip-{shots[0].id}",
            title=title,
            start=shots[0].local_time,
            end=shots[-1].local_time,
            assets=tuple(shot.id for shot in shots),
            places=places,
            distance_km=643.0,
        )

    return make


@pytest.fixture(scope="session")
def moab() -> Place:
    return Place("Moab", "Utah", "United States", "US")


@pytest.fixture(scope="session")
def page() -> Place:
    return Place("Page", "Arizona", "United States", "US")


@pytest.fixture(scope="session")
def vienna() -> Place:
    return Place("Vienna", "Vienna", "Austria", "AT")
