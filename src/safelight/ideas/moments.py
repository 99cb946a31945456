"""Moments: photos that belong together in time and place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from safelight.ideas.geo import (
    Bools,
    Floats,
    Ints,
    Track,
    distances_km,
    haversine_km,
    plausible,
    track_of,
)
from safelight.ideas.trip_titles import moment_title
from safelight.model.assets import Shot
from safelight.model.ideas import Home, Moment, Trip
from safelight.model.places import Place

_NEIGHBOURS = 10
_TIMES_USUAL_GAP = 17.0
_SHORTEST_PAUSE_S = 45 * 60.0
_LONGEST_PAUSE_S = 4 * 3600.0
_SLEEP_S = 6 * 3600.0
_TIMES_USUAL_HOP = 6.0
_SHORTEST_HOP_KM = 2.0
_LONGEST_HOP_KM = 40.0
_SAME_VISIT_S = 10 * 60.0
_AT_HOME_KM = 0.3


def find_moments(shots: Sequence[Shot] | Track, homes: Sequence[Home] = ()) -> list[Moment]:
    """Cut a life into moments, oldest first.

    A pause ends a moment when it is long for how this person shot just then, when the next
    photo is far for how far they moved just then, or when both add up (the local average of
    log gaps: Platt, Czerwinski and Field, PhotoTOC, 2003; the distance term is our own).
    Photos without coordinates belong to the moment around them. A photo whose time is not
    trusted never opens, closes or bridges a moment; it joins one only inside it. Kept-out
    shots are left out. `homes` lets titles say "At home".
    """
    everything = track_of(shots)
    wanted = everything.only(everything.kept)
    sure = _plausible_among(wanted, wanted.trusted)
    spine = wanted.only(sure)
    if not len(spine.utc):
        return []
    starts = np.concatenate([[0], np.flatnonzero(_cuts(spine)) + 1])
    ends = np.concatenate([starts[1:], [len(spine.utc)]])
    guests = _guests(wanted, sure, spine, starts, ends)
    return [
        _moment(list(spine.shots[start:end]), guests.get(index, []), homes)
        for index, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True))
    ]


def with_trips(moments: Iterable[Moment], trips: Iterable[Trip]) -> list[Moment]:
    """The same moments, each told which trip it belongs to."""
    trip_of = {moment: trip.id for trip in trips for moment in trip.moments}
    told = [(moment, trip_of.get(moment.id)) for moment in moments]
    return [m if m.trip == trip else replace(m, trip=trip) for m, trip in told]


def _plausible_among(track: Track, sure: Bools) -> Bools:
    believed = np.zeros(len(sure), dtype=np.bool_)
    believed[np.flatnonzero(sure)] = plausible(track.only(sure))
    return believed


def _cuts(spine: Track) -> Bools:
    """Whether a moment ends between each photo and the next."""
    gaps = np.diff(spine.utc)
    pause = np.clip(
        _TIMES_USUAL_GAP * _usual(gaps, gaps < _SLEEP_S, 1.0), _SHORTEST_PAUSE_S, _LONGEST_PAUSE_S
    )
    hops = _hops(spine, gaps)
    usual_hop = _usual(hops, gaps < _SLEEP_S, 0.05)
    reach = np.clip(_TIMES_USUAL_HOP * usual_hop, _SHORTEST_HOP_KM, _LONGEST_HOP_KM)
    strain = gaps / pause + hops / reach
    return np.asarray(((strain > 1.0) & (gaps > _SAME_VISIT_S)) | (gaps > _SLEEP_S))


def _usual(values: Floats, counts: Bools, least: float) -> Floats:
    """Geometric mean of the counted values among the neighbours on both sides."""
    logs = np.where(counts, np.log(np.maximum(values, least)), 0.0)
    total = np.concatenate([[0.0], np.cumsum(logs)])
    number = np.concatenate([[0], np.cumsum(counts)])
    index = np.arange(len(values))
    low = np.maximum(0, index - _NEIGHBOURS)
    high = np.minimum(len(values), index + _NEIGHBOURS + 1)
    share = np.maximum(1, number[high] - number[low])
    return np.asarray(np.exp((total[high] - total[low]) / share))


def _hops(spine: Track, gaps: Floats) -> Floats:
    """Kilometres moved in each gap; between located photos the longest gap gets all of it."""
    hops = np.zeros(len(gaps))
    where = np.flatnonzero(spine.located)
    if len(where) < 2:
        return hops
    lat, lon = spine.latitude[where], spine.longitude[where]
    moved = distances_km(lat[:-1], lon[:-1], lat[1:], lon[1:])
    apart = np.diff(where)
    hops[where[:-1][apart == 1]] = moved[apart == 1]
    for index in np.flatnonzero(apart > 1).tolist():
        low, high = int(where[index]), int(where[index + 1])
        hops[low + int(np.argmax(gaps[low:high]))] = moved[index]
    return hops


def _guests(
    wanted: Track, sure: Bools, spine: Track, starts: Ints, ends: Ints
) -> Mapping[int, list[Shot]]:
    """Photos that cannot make a moment, by the moment that they fall inside."""
    guests: dict[int, list[Shot]] = {}
    rows = np.flatnonzero(~sure)
    at = wanted.utc[rows]
    moments = np.searchsorted(spine.utc[starts], at, side="right") - 1
    inside = (moments >= 0) & (at <= spine.utc[ends[moments] - 1])
    for row, moment in zip(rows[inside].tolist(), moments[inside].tolist(), strict=True):
        guests.setdefault(moment, []).append(wanted.shots[row])
    return guests


def _moment(spine: list[Shot], guests: list[Shot], homes: Sequence[Home]) -> Moment:
    members = sorted([*spine, *guests], key=_by_time) if guests else spine
    place = _place(members)
    start = spine[0].local_time
    end = max(start, spine[-1].local_time)
    return Moment(
        id=f"moment-{spine[0].id}",
        title=moment_title(start, end, place, at_home=_at_home(spine, homes)),
        start=start,
        end=end,
        assets=tuple([shot.id for shot in members]),
        place=place,
    )


def _by_time(shot: Shot) -> tuple[float, str]:
    return shot.utc, shot.id


def _place(shots: list[Shot]) -> Place | None:
    """Where most of the moment's photos were taken, else the region or country they share."""
    places = [shot.place for shot in shots if shot.place is not None]
    if not places:
        return None
    first = places[0]
    if all(place is first or place == first for place in places):  # spares hashing: the usual case
        return first
    counts = Counter(places)
    top = max(counts, key=counts.__getitem__)
    if 2 * counts[top] >= counts.total():
        return top
    if all(place.country_code == top.country_code for place in counts):
        region = top.region if all(place.region == top.region for place in counts) else None
        return Place(None, region, top.country, top.country_code)
    return None


def _at_home(shots: list[Shot], homes: Sequence[Home]) -> bool:
    if not homes:
        return False
    day = shots[0].day
    for shot in shots:
        if shot.latitude is not None and shot.longitude is not None:
            return any(
                home.since <= day <= home.until
                and haversine_km(shot.latitude, shot.longitude, home.latitude, home.longitude)
                <= home.radius_km + _AT_HOME_KM
                for home in homes
            )
    return False
