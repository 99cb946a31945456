"""Cameras whose clock was wrong, found where another camera contradicts them, and put right.

Two cameras of one person are seldom in two cities at once. Where a stretch of one camera's
located photos lies far from where another one was in those very days (or the other took none),
and one shift of its clock brings nearly all of it to where the other was at another time, its
clock was wrong by that shift.
The moved time is good for the day and not for the minute, so it is not trusted to begin or end
anything. What cannot be known stays as it is: a camera without coordinates, one that was alone,
and one that no shift explains (it may have been with somebody else).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from safelight.ideas.geo import Floats, Ints, Track, distances_km, track_of
from safelight.model.assets import Shot

APART_KM = 120.0
TOGETHER_KM = 12.0
SAME_TIME_S = 6 * 3600.0
STRETCH_S = 3 * 86_400.0
CONTRADICTED = 0.5
NEAR_BEST = 0.05
EXPLAINED = 0.8
FEWEST = 3
"""Photos of each camera that a contradiction takes."""

FEWEST_ALONE, ONE_TIME_S = 6, 86_400.0
"""Where no other camera took photos then, more are needed, and one day alone must explain them."""

_MOST_SHIFTS = 400
_SAMPLE = 40


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Photos of one camera from `since` to `until`, seconds UTC, and the shift in seconds."""

    camera: str | None
    since: float
    until: float
    shift: float


@dataclass(frozen=True, slots=True)
class _Points:
    """When and where one camera, or all others, took photos; oldest first."""

    utc: Floats
    latitude: Floats
    longitude: Floats


def right_clocks(track: Track) -> Track:
    """The same track, or one in which the photos of a clock that was wrong are moved."""
    stretches = list(_wrong(track))
    if not stretches:
        return track
    of: defaultdict[str | None, list[_Stretch]] = defaultdict(list)
    for stretch in stretches:
        of[stretch.camera].append(stretch)
    return track_of(
        [_righted(shot, of[shot.camera]) if shot.camera in of else shot for shot in track.shots]
    )


def _righted(shot: Shot, stretches: list[_Stretch]) -> Shot:
    for stretch in stretches:
        if stretch.since <= shot.utc <= stretch.until:
            utc, local = shot.utc + stretch.shift, shot.local + stretch.shift
            return replace(shot, utc=utc, local=local, trusted=False)
    return shot


def _wrong(track: Track) -> Iterator[_Stretch]:
    known = np.flatnonzero(track.located & track.trusted & track.kept)
    numbers: dict[str | None, int] = {}
    shots = track.shots
    codes = np.fromiter(
        (numbers.setdefault(shots[row].camera, len(numbers)) for row in known.tolist()),
        np.int64,
        len(known),
    )
    for camera, code in numbers.items() if len(numbers) > 1 else ():
        mine, others = known[codes == code], known[codes != code]
        if FEWEST <= len(mine) <= len(others):
            yield from _stretches(camera, _points(track, mine), _points(track, others))


def _points(track: Track, rows: Ints) -> _Points:
    return _Points(track.utc[rows], track.latitude[rows], track.longitude[rows])


def _stretches(camera: str | None, track: _Points, others: _Points) -> Iterator[_Stretch]:
    """Stretches of a camera that the others contradict and one shift explains."""
    breaks = np.flatnonzero(np.diff(track.utc) > STRETCH_S) + 1
    edges = [0, *breaks.tolist(), len(track.utc)]
    for low, high in pairwise(edges):
        rows = np.arange(low, high)
        if high - low < FEWEST:
            continue
        far = _beside(track, others, rows)
        if len(far) >= FEWEST and (far > APART_KM).mean() < CONTRADICTED:
            continue  # another camera was there too
        contradicted = len(far) >= FEWEST
        if not contradicted and high - low < FEWEST_ALONE:
            continue
        shift = _shift(track, others, rows, ONE_TIME_S if not contradicted else np.inf)
        if shift is not None:
            since, until = float(track.utc[low]), float(track.utc[high - 1])
            yield _Stretch(camera, since - 1.0, until + 1.0, shift)


def _beside(track: _Points, others: _Points, rows: Ints) -> Floats:
    """How far other cameras were, in kilometres, photo by photo, while these were taken."""
    low = np.searchsorted(others.utc, track.utc[rows[0]] - SAME_TIME_S)
    high = np.searchsorted(others.utc, track.utc[rows[-1]] + SAME_TIME_S, side="right")
    beside = np.arange(low, high)
    if not len(beside):
        return np.empty(0)
    at = rows[_nearest(track.utc[rows], others.utc[beside])]
    return distances_km(
        track.latitude[at], track.longitude[at], others.latitude[beside], others.longitude[beside]
    )


def _nearest(times: Floats, wanted: Floats) -> Ints:
    after = np.clip(np.searchsorted(times, wanted), 1, max(1, len(times) - 1))
    if len(times) == 1:
        return np.zeros(len(wanted), dtype=np.int64)
    before = after - 1
    nearer = np.abs(times[after] - wanted) < np.abs(times[before] - wanted)
    return np.where(nearer, after, before)


def _shift(track: _Points, others: _Points, rows: Ints, most_apart_s: float) -> float | None:
    """The shift, in seconds, that brings most of the rows to where another camera was.

    None where none does, or where several do that lie farther apart than `most_apart_s`: who was
    at a place for weeks, or often, gives every shift a chance.
    """
    sample = rows[np.linspace(0, len(rows) - 1, min(len(rows), _SAMPLE)).astype(np.int64)]
    first = int(sample[len(sample) // 2])
    there = np.flatnonzero(
        distances_km(
            others.latitude,
            others.longitude,
            float(track.latitude[first]),
            float(track.longitude[first]),
        )
        <= TOGETHER_KM
    )
    if not len(there):
        return None
    chosen = there[np.linspace(0, len(there) - 1, min(len(there), _MOST_SHIFTS)).astype(np.int64)]
    best, best_share, best_cost = None, 0.0, np.inf
    able: list[tuple[float, float]] = []
    for shift in (others.utc[chosen] - track.utc[first]).tolist():
        at = _nearest(others.utc, track.utc[sample] + shift)
        gap = np.abs(others.utc[at] - track.utc[sample] - shift)
        far = distances_km(
            track.latitude[sample],
            track.longitude[sample],
            others.latitude[at],
            others.longitude[at],
        )
        share = float(((gap <= SAME_TIME_S) & (far <= TOGETHER_KM)).mean())
        cost = float(np.minimum(gap, SAME_TIME_S).mean())
        if share >= EXPLAINED:
            able.append((share, shift))
        if share > best_share or (share == best_share and cost < best_cost):
            best, best_share, best_cost = shift, share, cost
    near_best = [shift for share, shift in able if share >= best_share - NEAR_BEST]
    return best if near_best and max(near_best) - min(near_best) <= most_apart_s else None
