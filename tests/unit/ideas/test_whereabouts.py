"""Place names are said only where they are true for the story."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from safelight.ideas.pool import Pool
from safelight.ideas.whereabouts import whereabouts
from safelight.model.assets import Shot
from safelight.model.ideas import Moment
from safelight.model.places import Place

MakeShots = Callable[..., list[Shot]]


def _phrase(roll: list[Shot], moments: list[Moment] | None = None) -> str:
    pool = Pool.of(roll, moments or ())
    return whereabouts(pool, np.arange(len(pool.shots))).phrase()


def _in(shots: MakeShots, day: int, count: int, place: Place | None) -> list[Shot]:
    return shots(f"2015-06-{day:02}T10:00", count, place=place)


def test_one_city(shots: MakeShots, moab: Place) -> None:
    assert _phrase(_in(shots, 1, 10, moab)) == " in Moab"


def test_a_main_city(shots: MakeShots, moab: Place, page: Place) -> None:
    assert _phrase(_in(shots, 1, 7, moab) + _in(shots, 2, 3, page)) == ", mostly in Moab"


def test_two_cities(shots: MakeShots, moab: Place, page: Place) -> None:
    assert _phrase(_in(shots, 1, 5, moab) + _in(shots, 2, 5, page)) == " in Moab and Page"


def test_many_cities_are_said_as_their_regions(shots: MakeShots, page: Place) -> None:
    names = ["Moab", "Kanab", "Escalante", "Torrey", "Bluff", "Hanksville"]
    utah = [Place(name, "Utah", "United States", "US") for name in names]
    roll = [shot for day, place in enumerate(utah, 1) for shot in _in(shots, day, 2, place)]
    assert _phrase(roll + _in(shots, 20, 4, page)) == " in Utah and Arizona"


def test_the_whole_earth_is_said_as_countries(shots: MakeShots) -> None:
    places = [Place(f"City {n}", f"Region {n}", f"Land {n % 3}", f"L{n % 3}") for n in range(9)]
    roll = [shot for day, place in enumerate(places, 1) for shot in _in(shots, day, 2, place)]
    assert _phrase(roll) == " in Land 0, Land 1 and Land 2"


def test_nothing_is_said_of_photos_that_may_be_anywhere(shots: MakeShots, moab: Place) -> None:
    assert _phrase(_in(shots, 1, 4, moab) + _in(shots, 2, 6, None)) == ""
    assert _phrase(_in(shots, 1, 6, moab) + _in(shots, 2, 4, None)) == " in Moab"


def test_a_photo_without_a_place_has_that_of_its_moment(shots: MakeShots, moab: Place) -> None:
    roll = _in(shots, 1, 2, moab) + shots("2015-06-01T11:00", 8)
    ids = tuple(shot.id for shot in roll)
    moment = Moment("m", "", roll[0].local_time, roll[-1].local_time, ids, moab)
    assert _phrase(roll) == ""
    assert _phrase(roll, [moment]) == " in Moab"


def test_the_main_place_of_the_located_may_still_be_too_few(
    shots: MakeShots, moab: Place, page: Place
) -> None:
    roll = _in(shots, 1, 4, moab) + _in(shots, 2, 2, page) + _in(shots, 3, 4, None)
    assert _phrase(roll) == ""
