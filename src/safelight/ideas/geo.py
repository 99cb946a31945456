"""Distances on the earth, groups of near points, and which of a person's points can be true."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from safelight.model.assets import Shot

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

EARTH_KM = 6371.0088
DAY_S = 86_400.0
_FASTEST_KM_H = 1_100.0
_ALWAYS_NEAR_KM = 120.0
_CLOCK_SLACK_H = 0.25
_LOOK_BACK = 96


def haversine_km(latitude: float, longitude: float, latitude2: float, longitude2: float) -> float:
    """Great-circle distance in kilometres between two points in degrees."""
    a, b = math.radians(latitude), math.radians(latitude2)
    h = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(longitude2 - longitude) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def distances_km(
    latitude: Floats, longitude: Floats, latitude2: Floats | float, longitude2: Floats | float
) -> Floats:
    """Great-circle distances in kilometres, element by element; degrees, shapes broadcast."""
    a, b = np.radians(latitude), np.radians(latitude2)
    turn = np.radians(np.asarray(longitude2) - longitude)
    h = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(turn / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(h, 1.0))), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Track:
    """Shots as columns, oldest first: `utc` and `local` in seconds, degrees with NaN for none.

    Attributes:
        trusted: whose time may be believed.
        kept: which are not kept out of ideas.
        row: the place of each in the track that this one was taken from.
    """

    shots: Sequence[Shot]
    utc: Floats
    local: Floats
    latitude: Floats
    longitude: Floats
    trusted: Bools
    kept: Bools
    row: Ints

    @property
    def located(self) -> Bools:
        """Which shots have coordinates."""
        return ~np.isnan(self.latitude)

    def only(self, keep: Bools) -> Track:
        """The shots for which `keep` is true."""
        if keep.all():
            return self
        chosen = np.flatnonzero(keep)
        return Track(
            [self.shots[i] for i in chosen.tolist()],
            self.utc[chosen],
            self.local[chosen],
            self.latitude[chosen],
            self.longitude[chosen],
            self.trusted[chosen],
            self.kept[chosen],
            self.row[chosen],
        )


def track_of(shots: Sequence[Shot] | Track) -> Track:
    """Columns of the shots, sorted by instant and then by id, whatever order they came in.

    A track is given back as it is, so that one is enough for everything that is found in it.
    """
    if isinstance(shots, Track):
        return shots
    ordered = sorted(shots, key=attrgetter("utc", "id"))
    count = len(ordered)
    latitude, longitude = _column(ordered, "latitude"), _column(ordered, "longitude")
    nowhere = np.isnan(latitude) | np.isnan(longitude)
    latitude[nowhere] = longitude[nowhere] = math.nan
    return Track(
        ordered,
        _column(ordered, "utc"),
        _column(ordered, "local"),
        latitude,
        longitude,
        np.fromiter(map(attrgetter("trusted"), ordered), np.bool_, count),
        np.fromiter((shot.kept_out is None for shot in ordered), np.bool_, count),
        np.arange(count),
    )


def _column(shots: Sequence[Shot], name: str) -> Floats:
    """One field of every shot; None becomes NaN."""
    return np.array(list(map(attrgetter(name), shots)), dtype=np.float64)


def plausible(track: Track) -> Bools:
    """Which located shots one traveller can have taken; shots without coordinates are all true.

    Neighbours that no aeroplane connects cannot both be right: a wrong clock, or a picture
    that somebody sent. The longest chain of possible stretches is kept.
    """
    keep = np.ones(len(track.utc), dtype=np.bool_)
    where = np.flatnonzero(track.located)
    if len(where) < 2:
        return keep
    utc, lat, lon = track.utc[where], track.latitude[where], track.longitude[where]
    if not _impossible(utc[:-1], lat[:-1], lon[:-1], utc[1:], lat[1:], lon[1:]).any():
        return keep
    # Every far hop parts two stretches: a lie may only show at one of its ends.
    far = distances_km(lat[:-1], lon[:-1], lat[1:], lon[1:]) > _ALWAYS_NEAR_KM
    breaks = np.flatnonzero(far)
    starts = np.concatenate([[0], breaks + 1])
    ends = np.concatenate([breaks, [len(where) - 1]])
    kept = set(_best_chain(utc, lat, lon, starts, ends))
    for index, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        if index not in kept:
            keep[where[start : end + 1]] = False
    return keep


def _impossible(
    utc: Floats, lat: Floats, lon: Floats, utc2: Floats, lat2: Floats, lon2: Floats
) -> Bools:
    far = distances_km(lat, lon, lat2, lon2)
    hours = np.abs(utc2 - utc) / 3600 + _CLOCK_SLACK_H
    return np.asarray((far > _ALWAYS_NEAR_KM) & (far / hours > _FASTEST_KM_H))


def _best_chain(utc: Floats, lat: Floats, lon: Floats, starts: Ints, ends: Ints) -> list[int]:
    """Stretches of the heaviest chain whose neighbours can both be true."""
    weight = (ends - starts + 1).tolist()
    best: list[float] = []
    came: list[int] = []
    for index, own in enumerate(weight):
        low = max(0, index - _LOOK_BACK)
        before = np.arange(low, index)
        score, origin = float(own), -1
        if len(before):
            a, b = ends[before], np.full(len(before), starts[index])
            clash = _impossible(utc[a], lat[a], lon[a], utc[b], lat[b], lon[b])
            chained = np.where(clash, -1.0, np.asarray(best[low:index]))
            top = len(before) - 1 - int(np.argmax(chained[::-1]))
            if chained[top] >= 0:
                score, origin = own + float(chained[top]), int(before[top])
        best.append(score)
        came.append(origin)
    chain = [int(np.argmax(best))]
    while came[chain[-1]] >= 0:
        chain.append(came[chain[-1]])
    return chain


def centre_of(latitude: Floats, longitude: Floats) -> tuple[float, float]:
    """The median of points that lie near one another, also across the line where days change."""
    turn = (longitude - longitude[0] + 180) % 360 - 180
    east = float(longitude[0]) + float(np.median(turn))
    return float(np.median(latitude)), (east + 180) % 360 - 180


def cluster(latitude: Floats, longitude: Floats, radius_km: float) -> Ints:
    """Group points: the densest spot first takes all within the radius; labels from 0.

    Works on cells of half the radius, so a million points cost as much as the cells they fill.
    """
    if not len(latitude):
        return np.empty(0, dtype=np.int64)
    step = radius_km / 2 / 111.2
    row = np.floor(latitude / step).astype(np.int64)
    wide = step / np.maximum(0.05, np.cos(np.radians(row * step)))
    column = np.floor(longitude / wide).astype(np.int64)
    _, inverse, counts = np.unique(
        row * 4_000_003 + column, return_inverse=True, return_counts=True
    )
    centre_lat = np.bincount(inverse, weights=latitude) / counts
    centre_lon = np.bincount(inverse, weights=longitude) / counts
    return _take_densest(centre_lat, centre_lon, counts, radius_km)[inverse]


def _take_densest(lat: Floats, lon: Floats, counts: Ints, radius_km: float) -> Ints:
    labels = np.full(len(lat), -1, dtype=np.int64)
    by_latitude = np.argsort(lat)
    sorted_lat = lat[by_latitude]
    reach = radius_km / 111.0
    label = 0
    for cell in np.argsort(-counts, kind="stable").tolist():
        if labels[cell] >= 0:
            continue
        low = np.searchsorted(sorted_lat, lat[cell] - reach)
        high = np.searchsorted(sorted_lat, lat[cell] + reach, side="right")
        band = by_latitude[low:high]
        band = band[labels[band] < 0]
        near = band[distances_km(lat[band], lon[band], lat[cell], lon[cell]) <= radius_km]
        labels[near] = label
        label += 1
    return labels
