from __future__ import annotations

from safelight.ideas.homes import find_homes
from safelight.ideas.moments import find_moments
from safelight.ideas.trips import find_trips
from safelight.testing.lives import make_life, metadata_only_shots


def test_the_same_seed_gives_the_same_life() -> None:
    assert make_life(7, years=1) == make_life(7, years=1)
    assert make_life(7, years=1).shots != make_life(8, years=1).shots


def test_truth_names_only_shots_that_exist() -> None:
    life = make_life(3)
    ids = {shot.id for shot in life.shots}
    assert len(ids) == len(life.shots)
    assert life.moments.keys() <= ids
    assert all(trip.assets <= ids for trip in life.trips)


def test_most_trips_of_a_life_are_found_and_few_others() -> None:
    true, found, right = 0, 0, 0
    for seed in (2000, 2001, 2002):
        life = make_life(seed)
        homes = find_homes(life.shots)
        trips = find_trips(life.shots, find_moments(life.shots, homes), homes)
        sets = [frozenset(trip.assets) for trip in trips]
        true, found = true + len(life.trips), found + len(trips)
        right += sum(
            any(len(t.assets & s) >= 0.6 * len(t.assets | s) for s in sets) for t in life.trips
        )
    assert true > 20
    assert right / true > 0.85
    assert right / found > 0.85


def test_every_trusted_shot_is_in_exactly_one_moment() -> None:
    shots = metadata_only_shots(5_000, 1)
    assets = [asset for moment in find_moments(shots) for asset in moment.assets]
    assert len(assets) == len(set(assets)) == len(shots)
