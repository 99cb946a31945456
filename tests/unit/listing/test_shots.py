"""Shots read by columns are what reading each row by itself gives, as far as consent reaches."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date, datetime
from pathlib import PurePath

import pytest

from safelight.app import Safelight
from safelight.library.records import metadata_from_row
from safelight.model.assets import KeptOut, Shot
from safelight.model.consent import Purpose, Scope
from safelight.testing.filling import fill

_EPOCH = datetime(1970, 1, 1)
_WEEK_S = 7 * 86_400


def shots_of(library: Safelight) -> list[Shot]:
    rooms = library._rooms
    return rooms.listing.shots(rooms.view())


def one_by_one(library: Safelight) -> list[Shot]:
    """The same shots in the plainest way: a row, an object, and every neighbour compared."""
    rooms = library._rooms
    rows = list(rooms.listing.assets(rooms.view(), "a.error is null"))
    dated = [(row, metadata_from_row(row)) for row in rows if row["taken_local"]]
    known = [
        ((m.taken.local - _EPOCH).total_seconds(), m.taken.offset_minutes, m.camera)
        for _, m in dated
        if m.taken is not None and m.taken.offset_minutes is not None
    ]
    shots = []
    for row, meta in dated:
        assert meta.taken is not None
        wall = (meta.taken.local - _EPOCH).total_seconds()
        offset = meta.taken.offset_minutes
        if offset is None:
            near = sorted(
                (abs(at - wall), at, minutes, camera != meta.camera)
                for at, minutes, camera in known
                if abs(at - wall) <= _WEEK_S
            )
            own = [each for each in near if not each[3]]
            offset = (own or near)[0][2] if near else 0
        where = meta.location
        shots.append(
            Shot(
                row["id"],
                wall - 60 * offset,
                wall,
                meta.taken.trusted,
                meta.kind,
                meta.width,
                meta.height,
                where.latitude if where else None,
                where.longitude if where else None,
                camera=meta.camera,
                rating=meta.rating,
                keywords=meta.keywords,
                folder=PurePath(row["folder"]).name,
                kept_out=KeptOut.DUPLICATE if row["duplicate_of"] else None,
                fingerprint=meta.fingerprint,
                sharpness=meta.sharpness,
            )
        )
    return sorted(shots, key=lambda shot: (shot.utc, shot.id))


@pytest.fixture
def filled(library: Safelight) -> Safelight:
    library.allow([Purpose.LIBRARY, Purpose.PLACES])
    rooms = library._rooms
    fill(rooms.catalogue, rooms.locations, 1_200, seed=3)
    return library


def without_names(shots: list[Shot]) -> list[Shot]:
    return [replace(shot, place=None) for shot in shots]


def test_columns_give_what_single_rows_give(filled: Safelight) -> None:
    assert without_names(shots_of(filled)) == one_by_one(filled)


def test_located_shots_have_their_place(filled: Safelight) -> None:
    shots = shots_of(filled)
    assert {shot.located for shot in shots} == {True, False}
    assert all((shot.place is not None) == shot.located for shot in shots)
    assert len({id(shot.place) for shot in shots if shot.place}) < 20  # equal ones are one object


def test_without_places_nothing_of_them_is_read(filled: Safelight) -> None:
    filled.withdraw(Purpose.PLACES)
    shots = shots_of(filled)
    assert len(shots) == 1_200
    assert not any(shot.located or shot.place for shot in shots)
    assert shots == one_by_one(filled)


def test_a_scope_on_places_covers_only_its_part(filled: Safelight) -> None:
    everything = shots_of(filled)
    middle = everything[600].day
    filled.allow([Purpose.PLACES], Scope(since=middle))
    shots = shots_of(filled)
    assert len(shots) == 1_200
    assert {shot.located for shot in shots if shot.day < middle} == {False}
    assert {shot.id for shot in shots if shot.located} == {
        shot.id for shot in everything if shot.located and shot.day >= middle
    }


def test_a_scope_on_the_library_hides_the_rest(filled: Safelight) -> None:
    until = date(2026, 9, 1)
    before = [shot for shot in shots_of(filled) if shot.day <= until]
    filled.allow([Purpose.LIBRARY], Scope(until=until))
    assert shots_of(filled) == before
    assert 0 < len(before) < 1_200


def test_shots_stay_frozen(filled: Safelight) -> None:
    shot = shots_of(filled)[0]
    assert type(shot) is Shot
    assert hash(shot) == hash(replace(shot))
    with pytest.raises(FrozenInstanceError):
        shot.width = 1  # type: ignore[misc]


def test_an_empty_library_has_no_shots(library: Safelight) -> None:
    library.allow([Purpose.LIBRARY, Purpose.PLACES])
    assert shots_of(library) == []
