"""Where a moment was: at home or away, in one place or on the way, and how high the sun stood."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from safelight.ideas import words
from safelight.ideas.themes.clues import Clues, Floats, Said
from safelight.ideas.themes.members import Members
from safelight.model.consent import Purpose
from safelight.model.ideas import Home

_LONG_WAY_KM, _WALK_KM = 60.0, (0.8, 20.0)
_ONE_SPOT_DEGREES = 0.004
_AT_HOME_KM = 0.3


def find_places(clues: Clues, members: Members, homes: Sequence[Home]) -> None:
    """Clues from coordinates and place names; none where nothing is located."""
    on_trip = np.array([m.trip is not None for m in members.moments], dtype=np.float64)
    clues.put("away", on_trip, _always("clue-away"))
    rows = np.flatnonzero(~np.isnan(members.where[0]))
    if not len(rows):
        return
    of = members.of[rows]
    starts = np.flatnonzero(np.diff(of, prepend=-1))
    _movement(clues, members, rows, starts)
    _cities(clues, members, of[starts])
    _at_home(clues, members, rows[starts], homes)


def _movement(
    clues: Clues, members: Members, rows: NDArray[np.intp], starts: NDArray[np.intp]
) -> None:
    number = np.diff(starts, append=len(rows))
    lat, lon = (column[rows] for column in members.where)
    first = np.repeat(starts, number)
    reach = np.maximum.reduceat(_km(lat[first], lon[first], lat, lon), starts)
    tall = np.maximum.reduceat(lat, starts) - np.minimum.reduceat(lat, starts)
    wide = np.maximum.reduceat(lon, starts) - np.minimum.reduceat(lon, starts)
    # Within some 500 m it is one spot, whatever the rounding of the coordinates says.
    reach[(tall < _ONE_SPOT_DEGREES) & (wide < _ONE_SPOT_DEGREES)] = 0.0
    span, points = np.zeros(len(members.moments)), np.zeros(len(members.moments))
    moments = members.of[rows[starts]]
    span[moments], points[moments] = reach, number
    far = span >= _LONG_WAY_KM
    clues.put(
        "long-way",
        np.where(far, np.minimum(1.0, span / (2 * _LONG_WAY_KM)), 0.0),
        lambda row: _over("clue-long-way", span[row]),
    )
    walked = (span >= _WALK_KM[0]) & (span <= _WALK_KM[1]) & (points >= 4)
    clues.put(
        "walk",
        np.where(walked, np.minimum(1.0, span / 2), 0.0),
        lambda row: _over("clue-walk", span[row]),
    )


def _cities(clues: Clues, members: Members, located: NDArray[np.int64]) -> None:
    """Clues from the names of cities; only for moments with coordinates."""
    codes: dict[str | None, int] = {None: 0}
    names = [shot.place.city if shot.place else None for shot in members.shots]
    city = np.array([codes.setdefault(name or None, len(codes)) for name in names], np.int64)
    pairs = np.unique(members.of[city > 0] * len(codes) + city[city > 0])
    different = np.bincount(pairs // len(codes), minlength=len(members.moments))
    counted = np.zeros(len(members.moments))
    counted[located] = different[located]
    clues.put(
        "several-places",
        np.where(counted >= 3, np.minimum(1.0, counted / 5), 0.0),
        lambda row: (words.say("clue-places", number=int(counted[row])), Purpose.PLACES),
    )
    cities = [m.place.city if m.place is not None else None for m in members.moments]
    named = np.array([bool(city) for city in cities]) & (counted > 0)
    clues.put(
        "city",
        named.astype(np.float64),
        lambda row: (words.say("clue-city", at=words.at([cities[row] or ""])), Purpose.PLACES),
    )


def _at_home(
    clues: Clues, members: Members, first: NDArray[np.intp], homes: Sequence[Home]
) -> None:
    """Whether the first located shot of a moment is near the home of its day."""
    lat, lon = (column[first] for column in members.where)
    moments = members.of[first]
    days = members.days[moments]
    home = np.zeros(len(members.moments))
    for each in homes:
        lived = (days >= each.since.toordinal()) & (days <= each.until.toordinal())
        near = _km(lat, lon, each.latitude, each.longitude) <= each.radius_km + _AT_HOME_KM
        home[moments[lived & near]] = 1.0
    clues.put("at-home", home, _always("clue-at-home"))


def find_low_sun(clues: Clues, members: Members) -> None:
    """Whether the sun was low; worth knowing only where pictures show its light."""
    lat, lon = members.where
    located = ~np.isnan(lat)
    height = np.full(len(lat), 90.0)
    height[located] = sun_height(members.utc[located], lat[located], lon[located])
    low = members.share((height >= -6) & (height <= 8), among=members.count(located))
    clues.put(
        "low-sun",
        np.where(low >= 0.3, np.minimum(1.0, low / 0.6), 0.0),
        _always("clue-low-sun"),
    )


def sun_height(utc: Floats, latitude: Floats, longitude: Floats) -> Floats:
    """Height of the sun in degrees, to about a degree (NOAA's low-accuracy formula)."""
    days = utc / 86400.0
    turn = 2 * np.pi * ((days - 79.0) % 365.2425) / 365.2425
    declination = np.arcsin(np.sin(np.radians(23.44)) * np.sin(turn))
    clock = (days % 1.0) * 360.0 + longitude - 180.0
    equation = -1.9 * np.sin(turn + np.radians(77)) + 2.5 * np.sin(2 * turn)
    hour = np.radians(clock - equation)
    lat = np.radians(latitude)
    height = np.sin(lat) * np.sin(declination) + np.cos(lat) * np.cos(declination) * np.cos(hour)
    return np.asarray(np.degrees(np.arcsin(np.clip(height, -1.0, 1.0))))


def _always(key: str) -> Callable[[int], Said]:
    return lambda row: (words.say(key), Purpose.PLACES)


def _over(key: str, kilometres: float) -> Said:
    return words.say(key, distance=words.distance(float(kilometres))), Purpose.PLACES


def _km(
    latitude: Floats, longitude: Floats, latitude2: Floats | float, longitude2: Floats | float
) -> Floats:
    """Great-circle distances in kilometres (spherical law of cosines)."""
    lat, lat2 = np.radians(latitude), np.radians(latitude2)
    turn = np.radians(np.asarray(longitude2) - longitude)
    cosine = np.sin(lat) * np.sin(lat2) + np.cos(lat) * np.cos(lat2) * np.cos(turn)
    return np.asarray(6371.0 * np.arccos(np.clip(cosine, -1.0, 1.0)))
