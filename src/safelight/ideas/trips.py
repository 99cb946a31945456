"""Trips: time away from home."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from safelight.ideas.geo import (
    DAY_S,
    Bools,
    Floats,
    Ints,
    Track,
    centre_of,
    cluster,
    distances_km,
    plausible,
    track_of,
)
from safelight.ideas.trip_titles import told_apart, trip_title
from safelight.model.assets import Shot
from safelight.model.ideas import Home, Moment, Trip
from safelight.model.places import Place

_NEAREST_AWAY_KM, _FARTHEST_AWAY_KM = 12.0, 30.0
_EVERYDAY_KM = 50.0
_FAMILIAR_KM = 120.0
_FAMILIAR_PLACE_KM = 8.0
_SAME_VISIT_DAYS = 2
_FAMILIAR_VISITS = 4
_FAMILIAR_EVERY_DAYS = 90.0
_DAY_TRIP_KM = 25.0
_FARTHEST_DAY_TRIP_KM = 700.0
_TRIP_PHOTOS = 4
_FEWEST_LOCATED = 2
_MOVING_DAYS = 45
_MOVEMENT_KM = 30.0
_BASE_SHARE = 0.4
_BASE_SPAN_DAYS = 14.0
_SILENT_DAYS = 10.0
_SILENT_DAYS_IN_COUNTRY = 21.0
_SAME_STAY_KM = 15.0
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows of the track from `first` to `last`, both included, and how far they went.

    Photos without coordinates belong to it from `since` to `until`, seconds since 1970 UTC.
    """

    first: int
    last: int
    farthest_km: float
    since: float
    until: float


def find_trips(
    shots: Sequence[Shot] | Track, moments: Sequence[Moment], homes: Sequence[Home]
) -> list[Trip]:
    """Find the times that a person was away from home, oldest first.

    How far "away" is depends on how widely the person moves on ordinary days; places that are
    visited again and again nearby are part of ordinary life, and so is a new home. Coming home
    ends a trip, and so does a silence too long for the distance. Where no home is known, a
    dense run of days with movement is a trip. Photos without coordinates, and those whose time
    is not trusted, follow the moment that they are in.
    """
    everything = track_of(shots)
    sure = everything.only(everything.trusted & everything.located & everything.kept)
    track = sure.only(plausible(sure))
    if not len(track.utc):
        return []
    bases = list(homes) or _base(track)
    if bases:
        far = _home_distances(track, bases)
        limit = _away_radius(far)
        away = (far > limit) & ~_familiar(track, far, limit)
        blocks = _away_blocks(track, far, away)
        blocks = [block for block in blocks if _is_trip(track, block, limit)]
    else:
        runs = _dense_runs(everything, track)
        blocks = [run for run in runs if _has_movement(track, run)]
    return told_apart(_trips(everything, track, moments, blocks))


def _home_distances(track: Track, homes: Sequence[Home]) -> Floats:
    """Kilometres from the nearest home of that time; around a move, old and new both count."""
    day = np.floor(track.local / DAY_S).astype(np.int64)
    far: Floats = np.full(len(day), np.inf)
    lapse: Ints = np.full(len(day), np.iinfo(np.int64).max)
    for home in homes:
        since, until = (home.since - _EPOCH).days, (home.until - _EPOCH).days
        missed = np.maximum(0, np.maximum(since - day, day - until))
        own = distances_km(track.latitude, track.longitude, home.latitude, home.longitude)
        near = missed <= _MOVING_DAYS
        better = np.where(near & (lapse <= _MOVING_DAYS), own < far, missed < lapse)
        far = np.where(better, own, far)
        lapse = np.where(better, missed, np.where(near, np.minimum(lapse, missed), lapse))
    return far


def _base(track: Track) -> list[Home]:
    """A stand-in for a home: the place that holds most days of a short collection, if any."""
    labels = cluster(track.latitude, track.longitude, _FAMILIAR_PLACE_KM)
    day = np.floor(track.local / DAY_S).astype(np.int64)
    pairs = np.unique(np.stack([labels, day]), axis=1)
    top = int(np.argmax(np.bincount(pairs[0])))
    days = pairs[1][pairs[0] == top]
    share = len(days) / len(np.unique(day))
    if share < _BASE_SHARE or len(days) < 5 or np.ptp(days) < _BASE_SPAN_DAYS:
        return []
    mine = labels == top
    return [
        Home(
            *centre_of(track.latitude[mine], track.longitude[mine]),
            _FAMILIAR_PLACE_KM,
            _EPOCH + timedelta(days=int(day.min())),
            _EPOCH + timedelta(days=int(day.max())),
        )
    ]


def _away_radius(far: Floats) -> float:
    """How far from home is away, from how widely this person moves on ordinary days."""
    ordinary = far[far < _EVERYDAY_KM]
    if not len(ordinary):
        return _NEAREST_AWAY_KM
    usual = 1.3 * float(np.percentile(ordinary, 90))
    return float(np.clip(usual, _NEAREST_AWAY_KM, _FARTHEST_AWAY_KM))


def _familiar(track: Track, far: Floats, limit: float) -> Bools:
    """Photos at places near enough and visited often enough to be ordinary life."""
    familiar = np.zeros(len(far), dtype=np.bool_)
    where = np.flatnonzero((far > limit) & (far < _FAMILIAR_KM))
    if not len(where):
        return familiar
    labels = cluster(track.latitude[where], track.longitude[where], _FAMILIAR_PLACE_KM)
    day = np.floor(track.local[where] / DAY_S).astype(np.int64)
    pairs = np.unique(np.stack([labels, day]), axis=1)
    for label in np.flatnonzero(np.bincount(pairs[0]) >= _FAMILIAR_VISITS).tolist():
        if _is_habit(pairs[1][pairs[0] == label]):
            familiar[where[labels == label]] = True
    return familiar


def _is_habit(days: Ints) -> bool:
    """Whether days somewhere are many short visits over a long time, not a few stays."""
    visits = np.split(days, np.flatnonzero(np.diff(days) > _SAME_VISIT_DAYS) + 1)
    short = sum(bool(visit[-1] - visit[0] <= 1) for visit in visits)
    longest = max(int(visit[-1] - visit[0]) for visit in visits)
    if len(visits) < _FAMILIAR_VISITS or short < 0.7 * len(visits) or longest > 3:
        return False
    between = [int(b[0] - a[0]) for a, b in pairwise(visits)]
    return float(np.median(between)) <= _FAMILIAR_EVERY_DAYS


def _away_blocks(track: Track, far: Floats, away: Bools) -> list[_Block]:
    rows = np.flatnonzero(away)
    if not len(rows):
        return []
    home_between = np.diff(rows) > 1
    silent = _silences(track, far, rows)
    edges = np.flatnonzero(home_between | silent) + 1
    return [
        _Block(
            first=int(part[0]),
            last=int(part[-1]),
            farthest_km=float(far[part].max()),
            since=float(track.utc[part[0]]),
            until=float(track.utc[part[-1]]),
        )
        for part in np.split(rows, edges)
    ]


def _silences(track: Track, far: Floats, rows: Ints) -> Bools:
    """Gaps in which the person was probably at home without taking a photo."""
    gap_days = np.diff(track.utc[rows]) / DAY_S
    near = np.minimum(far[rows[:-1]], far[rows[1:]])
    patience = np.interp(near, [30.0, 150.0, 1000.0, 3000.0], [1.6, 3.0, 5.0, 7.0])
    lat, lon = track.latitude[rows], track.longitude[rows]
    hop = distances_km(lat[:-1], lon[:-1], lat[1:], lon[1:])
    patience = np.where(hop < _SAME_STAY_KM, 1.6 * patience, patience)
    there_and_back = (
        (gap_days > 0.35) & (near < 90) & (hop > np.maximum(far[rows[:-1]], far[rows[1:]]))
    )
    return np.asarray((gap_days > patience) | there_and_back)


def _is_trip(track: Track, block: _Block, limit: float) -> bool:
    """Whether a block went far enough for its length; nobody crosses an ocean for an afternoon."""
    if block.last - block.first + 1 < _FEWEST_LOCATED:
        return False
    if _nights(track, block):
        return block.farthest_km >= 1.2 * limit
    least = max(_DAY_TRIP_KM, 1.5 * limit)
    return least <= block.farthest_km <= _FARTHEST_DAY_TRIP_KM


def _nights(track: Track, block: _Block) -> int:
    first = np.floor((track.local[block.first] - DAY_S / 6) / DAY_S)
    return int(np.floor((track.local[block.last] - DAY_S / 6) / DAY_S) - first)


def _dense_runs(everything: Track, track: Track) -> list[_Block]:
    """Runs of days with photos; a longer silence in one country does not end a run."""
    spine = everything.only(everything.trusted & everything.kept)
    gap_days = np.diff(spine.utc) / DAY_S
    starts = np.concatenate([[0], np.flatnonzero(gap_days > _SILENT_DAYS) + 1])
    ends = np.concatenate([starts[1:], [len(spine.utc)]]) - 1
    runs: list[_Block] = []
    for start, end in zip(spine.utc[starts].tolist(), spine.utc[ends].tolist(), strict=True):
        low = int(np.searchsorted(track.utc, start))
        high = int(np.searchsorted(track.utc, end, side="right"))
        if low == high:
            continue
        if runs and _goes_on(track, runs[-1], low, start):
            low, start = runs[-1].first, runs.pop().since
        runs.append(_Block(low, high - 1, _reach(track, np.arange(low, high)), start, end))
    return runs


def _goes_on(track: Track, run: _Block, row: int, start: float) -> bool:
    before, after = track.shots[run.last].place, track.shots[row].place
    same = before is not None and after is not None and before.country == after.country
    return same and start - run.until <= _SILENT_DAYS_IN_COUNTRY * DAY_S


def _reach(track: Track, rows: Ints) -> float:
    lat, lon = track.latitude[rows], track.longitude[rows]
    return float(distances_km(lat, lon, float(lat[0]), float(lon[0])).max())


def _has_movement(track: Track, block: _Block) -> bool:
    count = block.last - block.first + 1
    days = _nights(track, block) + 1
    return days >= 2 and count >= _TRIP_PHOTOS and block.farthest_km >= _MOVEMENT_KM


def _trips(
    everything: Track, track: Track, moments: Sequence[Moment], blocks: list[_Block]
) -> list[Trip]:
    if not blocks or not moments:
        return []
    parts = _Parts.of(everything, track, moments, blocks)
    members: list[list[tuple[Moment, list[Shot]]]] = [[] for _ in blocks]
    for number in parts.candidates(everything):
        chosen = parts.owner_of(number, everything.utc, blocks)
        if chosen is not None:
            mine = [everything.shots[row] for row in parts.belonging(number, chosen)]
            members[chosen].append((moments[number], mine))
    return [_trip(block, parts) for block, parts in zip(blocks, members, strict=True) if parts]


@dataclass(frozen=True, slots=True)
class _Parts:
    """Moments as rows of everything, and which block each of those rows is in.

    Attributes:
        rows: the rows of the first moment, then those of the second …
        bounds: where in `rows` each moment begins, and where the last one ends.
        owner: for each row of everything its block, -1 for none.
        tracked: rows of everything that blocks were made of: in none, they were at home.
    """

    rows: Ints
    bounds: list[int]
    owner: Ints
    tracked: Bools

    @classmethod
    def of(
        cls, everything: Track, track: Track, moments: Sequence[Moment], blocks: list[_Block]
    ) -> _Parts:
        owner = np.full(len(everything.utc), -1, dtype=np.int64)
        for number, block in enumerate(blocks):
            owner[track.row[block.first : block.last + 1]] = number
        tracked = np.zeros(len(everything.utc), dtype=np.bool_)
        tracked[track.row] = True
        row_of = {shot.id: row for row, shot in enumerate(everything.shots)}
        bounds = [0, *np.cumsum([len(moment.assets) for moment in moments]).tolist()]
        found = (row_of[asset] for moment in moments for asset in moment.assets)
        return cls(np.fromiter(found, np.int64, bounds[-1]), bounds, owner, tracked)

    def candidates(self, everything: Track) -> list[int]:
        """Moments with a photo in a block, and those that nothing located speaks for."""
        starts = self.bounds[:-1]
        votes = np.maximum.reduceat(self.owner[self.rows], starts) >= 0
        sure = (everything.located & everything.trusted)[self.rows]
        found: list[int] = np.flatnonzero(votes | ~np.logical_or.reduceat(sure, starts)).tolist()
        return found

    def owner_of(self, moment: int, utc: Floats, blocks: list[_Block]) -> int | None:
        """The block with most of the moment's located photos; by its time where it has none."""
        mine = self._of(moment)
        owners = self.owner[mine]
        votes: Counter[int] = Counter(owners[owners >= 0].tolist())
        if votes:
            return max(votes, key=votes.__getitem__)
        at = float(utc[mine[0]])
        latest = bisect_right(blocks, at, key=lambda block: block.since) - 1
        return latest if latest >= 0 and at <= blocks[latest].until else None

    def belonging(self, moment: int, block: int) -> list[int]:
        """Rows of a moment that are in a block, with those that follow the rest."""
        mine = self._of(moment)
        owners = self.owner[mine]
        found: list[int] = mine[(owners == block) | ((owners < 0) & ~self.tracked[mine])].tolist()
        return found

    def _of(self, moment: int) -> Ints:
        return self.rows[self.bounds[moment] : self.bounds[moment + 1]]


def _trip(block: _Block, parts: list[tuple[Moment, list[Shot]]]) -> Trip:
    shots = [shot for _, mine in parts for shot in mine]
    sure = [shot for shot in shots if shot.trusted]
    start, end = sure[0].local_time, sure[-1].local_time
    return Trip(
        id=f"trip-{shots[0].id}",
        title=trip_title(sure),
        start=start,
        end=max(start, end),
        assets=tuple([shot.id for shot in shots]),
        places=_places(sure),
        distance_km=round(block.farthest_km, 1),
        moments=tuple([moment.id for moment, _ in parts]),
    )


def _places(shots: list[Shot]) -> tuple[Place, ...]:
    """Every place of the trip, in the order of arrival."""
    return tuple(dict.fromkeys([shot.place for shot in shots if shot.place is not None]))
