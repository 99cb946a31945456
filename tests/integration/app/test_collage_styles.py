"""Collage styles over a real library: season and journey come from what consent covers."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from safelight.app import Safelight
from safelight.app.making.pictures import season_of
from safelight.app.making.wishes import Wish
from safelight.model.consent import Purpose
from safelight.model.errors import UserError
from safelight.model.sharing import ShareWish


@pytest.fixture
def journey(library: Safelight, photos: Path, camera: Any) -> Safelight:
    stops = [(50.0875, 14.4213), (49.1951, 16.6068), (48.2082, 16.3738)]
    for number, gps in enumerate(stops):
        for minute in range(2):
            taken = datetime(2023, 10, 2 + number, 11, minute)
            camera.shoot(photos / f"{number}{minute}.jpg", taken, gps=gps)
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY, Purpose.PLACES])
    library.scan()
    return library


def test_a_postcard_maps_the_journey_and_goes_with_the_places(journey: Safelight) -> None:
    assets = tuple(row.id for row in journey.assets())
    made = journey.making.make("collage", Wish(assets, style="postcard"))
    route: Any = made.recipe["route"]
    assert [stop[2] for stop in route] == ["Prague", "Brno", "Vienna"]
    seen = journey.sharing.sheet(journey.sharing.subject(made.id), ShareWish()).seen
    assert "a map of the way, with names of places: Prague, Brno, Vienna" in seen
    mosaic = journey.making.make("collage", Wish(assets))
    journey.withdraw(Purpose.PLACES)
    assert [c.id for c in journey.creations()] == [mosaic.id]
    with pytest.raises(UserError, match="Places and trips"):
        journey.making.make("collage", Wish(assets, style="postcard"))


def test_between_towns_a_stop_has_no_name_of_a_region(
    journey: Safelight, photos: Path, camera: Any
) -> None:
    camera.shoot(photos / "lake.jpg", datetime(2023, 10, 5, 11), gps=(37.9382, -119.0273))
    journey.scan()
    assets = tuple(row.id for row in journey.assets())
    (lake,) = (row for row in journey.assets() if row.path.endswith("lake.jpg"))
    assert lake.place is not None
    assert (lake.place.city, lake.place.region) == (None, "California")
    made = journey.making.make("collage", Wish(assets, style="postcard"))
    route: Any = made.recipe["route"]
    assert [stop[2] for stop in route] == ["Prague", "Brno", "Vienna", ""]


def test_the_season_comes_from_the_dates(journey: Safelight) -> None:
    assets = tuple(row.id for row in journey.assets())
    made = journey.making.make("collage", Wish(assets, style="seasonal"))
    ornaments: Any = made.recipe["ornaments"]
    assert [each[0] for each in ornaments] == ["autumn"]


def test_seasons_by_month_and_half_of_the_world() -> None:
    assert season_of(date(2024, 1, 5), 50.0) == "winter"
    assert season_of(date(2024, 4, 5), None) == "spring"
    assert season_of(date(2024, 12, 31), 10.0) == "winter"
    assert season_of(date(2024, 1, 5), -33.9) == "summer"
    assert season_of(date(2024, 10, 5), -33.9) == "spring"


def test_a_kept_print_remembers_how_it_lies(journey: Safelight) -> None:
    assets = tuple(row.id for row in journey.assets())
    made = journey.making.make("collage", Wish(assets, style="polaroid"))
    found = journey.creation(made.id)
    assert found is not None
    assert [cell.angle for cell in found[0].cells] == [cell.angle for cell in made.cells]
    assert all(cell.angle for cell in made.cells)
