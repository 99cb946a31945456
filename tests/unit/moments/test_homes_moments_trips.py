from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from safelight.ideas.geo import haversine_km
from safelight.ideas.homes import find_homes
from safelight.ideas.moments import find_moments, with_trips
from safelight.ideas.trips import find_trips
from safelight.model.assets import AssetKind, KeptOut, Shot
from safelight.model.ideas import Trip
from safelight.model.places import Place

_EPOCH = datetime(1970, 1, 1)
HOME = (49.1951, 16.6068)
OFFICE = (49.2300, 16.5700)
GRANDMA = (49.4000, 17.0000)
VIENNA = (48.2082, 16.3738)
SALZBURG = (47.8095, 13.0550)
TOKYO = (35.6762, 139.6503)
Where = tuple[float, float] | None


def shot(at: str | datetime, where: Where = HOME, name: str = "", **more: Any) -> Shot:
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    seconds = (moment - _EPOCH).total_seconds()
    made = Shot(
        id=name or f"{moment.isoformat()}",
        utc=seconds,
        local=seconds,
        trusted=True,
        kind=AssetKind.PHOTO,
        width=4000,
        height=3000,
        latitude=where[0] if where else None,
        longitude=where[1] if where else None,
        place=Place(f"{where[0]:.1f} {where[1]:.1f}", None, "Austria", "AT") if where else None,
    )
    return replace(made, **more)


def outing(start: str, where: Where, count: int, minutes: float = 5, **more: Any) -> list[Shot]:
    first = datetime.fromisoformat(start)
    return [shot(first + timedelta(minutes=minutes * step), where, **more) for step in range(count)]


def home_life(start: str, weeks: int, where: tuple[float, float] = HOME) -> list[Shot]:
    """Two evenings a week at home, a working noon, and Sunday at grandma's."""
    monday = datetime.fromisoformat(start)
    shots: list[Shot] = []
    for week in range(weeks):
        first = monday + timedelta(weeks=week)
        shots += [shot(first + timedelta(days=day, hours=20), where) for day in (1, 4)]
        shots.append(shot(first + timedelta(days=2, hours=12), OFFICE))
        shots += outing((first + timedelta(days=6, hours=14)).isoformat(), GRANDMA, 9)
    return shots


def trips_of(shots: list[Shot]) -> list[Trip]:
    homes = find_homes(shots)
    return find_trips(shots, find_moments(shots, homes), homes)


def test_haversine_knows_vienna_to_salzburg() -> None:
    assert haversine_km(*VIENNA, *SALZBURG) == pytest.approx(251, abs=3)


# Homes


def test_the_place_of_evenings_is_home_not_that_of_most_photos() -> None:
    (home,) = find_homes(home_life("2018-01-01", 30))
    assert (home.latitude, home.longitude) == pytest.approx(HOME, abs=0.001)
    assert home.since == date(2018, 1, 2)
    assert home.until == date(2018, 7, 29)


def test_a_move_gives_two_homes() -> None:
    shots = home_life("2018-01-01", 30) + home_life("2018-07-30", 30, VIENNA)
    before, after = find_homes(shots)
    assert haversine_km(after.latitude, after.longitude, *VIENNA) < 1
    assert before.until < date(2018, 8, 1) <= after.since + timedelta(days=3)


def test_three_weeks_by_the_sea_are_no_home() -> None:
    shots = home_life("2018-01-01", 20) + home_life("2018-06-11", 20)
    shots += [
        s
        for day in range(21)
        for s in outing(f"{date(2018, 5, 21) + timedelta(days=day)}T19:00", SALZBURG, 20)
    ]
    assert len(find_homes(shots)) == 1


def test_too_little_to_tell_is_no_home() -> None:
    assert find_homes([]) == []
    assert find_homes(home_life("2018-01-01", 6)) == []


# Moments


def test_a_party_with_a_long_dinner_stays_one_moment() -> None:
    party = outing("2018-05-05T18:00", HOME, 60, 1) + outing("2018-05-05T19:35", HOME, 60, 1)
    assert len(find_moments(party)) == 1


def test_two_sparse_days_are_two_moments() -> None:
    shots = [shot(f"2018-05-0{day}T{hour}:00") for day in (5, 6) for hour in (10, 11, 13, 14)]
    assert [moment.start.day for moment in find_moments(shots)] == [5, 6]


def test_a_far_hop_begins_a_moment_where_a_pause_alone_would_not() -> None:
    near = outing("2018-05-05T10:00", HOME, 5) + outing("2018-05-05T10:50", HOME, 5)
    far = outing("2018-05-05T10:00", HOME, 5) + outing("2018-05-05T10:50", OFFICE, 5)
    assert (len(find_moments(near)), len(find_moments(far))) == (1, 2)


def test_photos_without_coordinates_belong_to_the_moment_around_them() -> None:
    shots = outing("2018-05-05T10:00", VIENNA, 4) + outing("2018-05-05T10:02", None, 3)
    (moment,) = find_moments(shots)
    assert len(moment.assets) == 7
    assert moment.place is not None


def test_untrusted_times_never_open_close_or_bridge() -> None:
    shots = outing("2018-05-05T10:00", HOME, 3) + outing("2018-05-05T20:00", HOME, 3)
    scans = outing("2018-05-05T09:00", None, 140, trusted=False)
    scans = [replace(scan, id=f"scan{index}") for index, scan in enumerate(scans)]
    moments = find_moments(shots + scans)
    assert [(m.start.hour, m.end.hour) for m in moments] == [(10, 10), (20, 20)]
    assert all(any(asset.startswith("scan") for asset in m.assets) for m in moments)
    assert find_moments(scans) == []


def test_kept_out_shots_are_in_no_moment() -> None:
    screen = shot("2018-05-05T10:01", None, name="screen", kept_out=KeptOut.SCREENSHOT)
    (moment,) = find_moments([*outing("2018-05-05T10:00", HOME, 3), screen])
    assert "screen" not in moment.assets


def test_the_order_of_import_changes_nothing() -> None:
    shots = home_life("2018-01-01", 20) + outing("2018-03-03T10:00", VIENNA, 9)
    shuffled = list(shots)
    random.Random(1).shuffle(shuffled)
    assert find_moments(shuffled) == find_moments(shots)
    assert trips_of(shuffled) == trips_of(shots)


# Trips


def test_a_day_trip_and_a_weekend_are_trips_and_grandma_is_not() -> None:
    shots = home_life("2018-01-01", 30)
    shots += outing("2018-03-03T10:00", VIENNA, 9)
    shots += outing("2018-04-07T10:00", SALZBURG, 5) + outing("2018-04-08T09:00", SALZBURG, 5)
    day, weekend = trips_of(shots)
    assert day.title.startswith("Day trip to")
    assert weekend.title.startswith("Weekend in")
    assert (len(day.assets), len(weekend.assets)) == (9, 10)
    assert weekend.distance_km == pytest.approx(haversine_km(*HOME, *SALZBURG), abs=1)


def test_a_chain_with_a_day_without_photos_is_one_trip() -> None:
    shots = home_life("2018-01-01", 30)
    chain = outing("2018-08-01T10:00", VIENNA, 5) + outing("2018-08-03T10:00", SALZBURG, 5)
    (trip,) = trips_of(shots + chain)
    assert set(trip.assets) == {s.id for s in chain}
    assert len(trip.places) == 2


def test_a_photo_without_coordinates_joins_the_trip_around_it() -> None:
    shots = home_life("2018-01-01", 30)
    trip_shots = outing("2018-08-01T10:00", VIENNA, 5) + outing("2018-08-02T10:00", VIENNA, 5)
    lost = shot("2018-08-01T21:00", None, name="lost")
    (trip,) = trips_of([*shots, *trip_shots, lost])
    assert "lost" in trip.assets


def test_a_move_is_no_trip() -> None:
    salzburg = [
        shot(datetime(2018, 7, 31, 20) + timedelta(days=3 * step), SALZBURG) for step in range(60)
    ]
    assert trips_of(home_life("2018-01-01", 30) + salzburg) == []


def test_scans_far_away_make_no_trip() -> None:
    scans = [
        replace(s, id=f"scan{index}", trusted=False)
        for index, s in enumerate(outing("2018-08-01T10:00", TOKYO, 60, 30))
    ]
    assert trips_of(home_life("2018-01-01", 30) + scans) == []


def test_pictures_from_far_away_within_the_hour_make_no_trip() -> None:
    party = outing("2018-05-05T18:00", HOME, 40, 3)
    sent = [
        replace(s, id=f"sent{index}")
        for index, s in enumerate(outing("2018-05-05T18:01", TOKYO, 8, 10))
    ]
    shots = home_life("2018-01-01", 30) + party
    assert trips_of(shots + sent) == []
    moments = find_moments(shots + sent)
    assert sum("sent0" in moment.assets for moment in moments) == 1


def test_a_folder_that_holds_one_journey_is_that_journey() -> None:
    journey = outing("2018-08-01T10:00", VIENNA, 4) + outing("2018-08-03T10:00", SALZBURG, 4)
    (trip,) = trips_of(journey)
    assert len(trip.assets) == 8


def test_a_few_weeks_around_one_place_are_no_journey() -> None:
    assert trips_of(home_life("2018-01-01", 5)) == []


def test_moments_are_told_their_trip() -> None:
    shots = home_life("2018-01-01", 30) + outing("2018-03-03T10:00", VIENNA, 9)
    homes = find_homes(shots)
    moments = find_moments(shots, homes)
    (trip,) = find_trips(shots, moments, homes)
    told = with_trips(moments, [trip])
    assert {m.id for m in told if m.trip == trip.id} == set(trip.moments)
