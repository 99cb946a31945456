"""Where assets were taken: coordinates and place names, in the places drawer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from safelight.library.stores import Store
from safelight.model.assets import GeoPoint
from safelight.model.places import Place


@dataclass(frozen=True, slots=True)
class Located:
    """What looking for a place gave for one asset; all None where the file has no GPS."""

    asset: str
    point: GeoPoint | None
    place: Place | None
    offset_minutes: int | None


class Locations(Store):
    """Reads and writes the `places` drawer."""

    drawer = "places"

    def put(self, items: Iterable[Located]) -> None:
        """Store what was found, also that nothing was found."""
        self.connection.executemany(
            "insert or replace into location values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_columns(item) for item in items],
        )

    def get(self, asset: str) -> tuple[Any, ...] | None:
        """Latitude, longitude, offset in minutes, city, region, country; None if not looked at."""
        return self.connection.execute(
            "select latitude, longitude, offset_minutes, city, region, country from location"
            " where asset = ?",
            (asset,),
        ).fetchone()

    def looked_at(self) -> set[str]:
        """Ids of the assets that were looked at already."""
        return {asset for (asset,) in self.connection.execute("select asset from location")}

    def remove(self, assets: Iterable[str]) -> None:
        """Forget locations."""
        self.connection.executemany(
            "delete from location where asset = ?", [(asset,) for asset in assets]
        )


def _columns(item: Located) -> tuple[object, ...]:
    point = item.point or GeoPoint(float("nan"), float("nan"))
    place = item.place
    return (
        item.asset,
        point.latitude if item.point else None,
        point.longitude if item.point else None,
        point.altitude,
        item.offset_minutes,
        place.city if place else None,
        place.region if place else None,
        place.country if place else None,
        place.country_code if place else None,
    )
