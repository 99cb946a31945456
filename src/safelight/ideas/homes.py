"""Where a person lived, and when: several homes over a life."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

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
from safelight.model.assets import Shot
from safelight.model.ideas import Home
from safelight.model.places import Place

_PLACE_KM = 0.8
_SHORTEST_DAYS = 60
_FEWEST_WEEKS = 5
_FEWEST_NIGHT_DAYS = 4
_HALF_WINDOW_WEEKS = 6
_WEEK_CAP = 2.0
_UNSEEN_DAYS = 200
_AROUND_KM = 100.0
_INTERLUDE_DAYS = 150
_NIGHT, _WEEKEND, _WORKDAY = 1.0, 0.35, 0.15
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class _Days:
    """One row a place and day: how much that day speaks for living there."""

    label: Ints
    day: Ints
    weight: Floats

    def of(self, label: int, first: int, last: int) -> tuple[Ints, Floats]:
        """Days and weights of one place between two days, both included."""
        mine = (self.label == label) & (self.day >= first) & (self.day <= last)
        return self.day[mine], self.weight[mine]


@dataclass(frozen=True, slots=True)
class _Era:
    label: int
    first: int
    last: int


def find_homes(shots: Sequence[Shot] | Track) -> list[Home]:
    """Find the places that a person lived in, in the order of their first days.

    Days speak, not photos: a morning, evening or night somewhere speaks most, a weekend noon
    less, a working day least, and a week at most twice, so that neither an office, a weekly
    visit nor a long holiday outweighs a home. Empty where two months of located photos are
    missing or no place stands out.
    """
    everything = track_of(shots)
    track = everything.only(everything.trusted & everything.located)
    track = track.only(plausible(track))
    if not len(track.utc) or np.ptp(track.utc) < _SHORTEST_DAYS * DAY_S:
        return []
    labels = cluster(track.latitude, track.longitude, _PLACE_KM)
    days = _days(track, labels)
    return _to_the_ends(_homes(track, labels, _eras(days)), everything.only(everything.trusted))


def _to_the_ends(homes: list[Home], seen: Track) -> list[Home]:
    """Let the outermost homes reach to the first and last photo, where nothing speaks against it.

    A photo from far away does: it is no sign of having lived here already, or still.
    """
    if not homes:
        return homes
    first, last = _day(_first_near(seen, homes[0])), _day(-_first_near(seen, homes[-1], -1))
    if 0 <= (homes[0].since - first).days <= _UNSEEN_DAYS:
        homes[0] = replace(homes[0], since=first)
    if 0 <= (last - homes[-1].until).days <= _UNSEEN_DAYS:
        homes[-1] = replace(homes[-1], until=last)
    return homes


def _first_near(seen: Track, home: Home, sign: int = 1) -> int:
    """The first day, by the number times `sign`, of a photo that was not far from a home."""
    far = distances_km(seen.latitude, seen.longitude, home.latitude, home.longitude)
    return int((sign * (seen.local[~(far > _AROUND_KM)] // DAY_S)).min())


def _days(track: Track, labels: Ints) -> _Days:
    day = np.floor(track.local / DAY_S).astype(np.int64)
    weight = np.where((day + 3) % 7 >= 5, _WEEKEND, _WORKDAY)
    weight[_at_night(track.local)] = _NIGHT
    order = np.lexsort((-weight, day, labels))
    label, day, weight = labels[order], day[order], weight[order]
    new = np.ones(len(day), dtype=np.bool_)
    new[1:] = (label[1:] != label[:-1]) | (day[1:] != day[:-1])
    return _Days(label[new], day[new], weight[new])


def _at_night(local: Floats) -> Bools:
    hour = local % DAY_S / 3600
    return np.asarray((hour < 8.5) | (hour >= 19.5))


def _eras(days: _Days) -> list[_Era]:
    candidates = _candidates(days)
    if not len(candidates):
        return []
    eras = _merged(_winning_runs(days, candidates))
    eras = [era for era in eras if _is_lived_in(days, era)]
    return _with_moving_days(days, _merged(_without_interludes(_merged(eras))))


def _candidates(days: _Days) -> Ints:
    """Places with enough different weeks and nights to have been lived in."""
    weeks = np.unique(np.stack([days.label, days.day // 7]), axis=1)[0]
    size = int(days.label.max()) + 1
    nights = np.bincount(days.label[days.weight == _NIGHT], minlength=size)
    enough = (np.bincount(weeks, minlength=size) >= _FEWEST_WEEKS) & (nights >= _FEWEST_NIGHT_DAYS)
    return np.flatnonzero(enough)


def _winning_runs(days: _Days, candidates: Ints) -> list[_Era]:
    """Stretches of weeks in which the same place speaks loudest, in days since 1970."""
    start = int(days.day.min()) // 7
    count = int(days.day.max()) // 7 - start + 1
    window = np.ones(2 * _HALF_WINDOW_WEEKS + 1)
    voices = np.zeros((len(candidates), count))
    for row, label in enumerate(candidates.tolist()):
        mine = days.label == label
        week = np.bincount(days.day[mine] // 7 - start, weights=days.weight[mine], minlength=count)
        heard = np.convolve(np.minimum(week, _WEEK_CAP), window)
        voices[row] = heard[_HALF_WINDOW_WEEKS : _HALF_WINDOW_WEEKS + count]
    winner = np.argmax(voices, axis=0)
    winner[voices.max(axis=0) < 1.0] = -1
    runs: list[_Era] = []
    edges = np.flatnonzero(np.diff(winner, prepend=-2, append=-2))
    for low, high in pairwise(edges.tolist()):
        if winner[low] >= 0:
            label = int(candidates[winner[low]])
            runs.append(_Era(label, (start + low) * 7, (start + high) * 7 - 1))
    return runs


def _merged(eras: list[_Era]) -> list[_Era]:
    """Join neighbours of the same place: what was between them was not lived in."""
    merged: list[_Era] = []
    for era in eras:
        if merged and merged[-1].label == era.label:
            merged[-1] = replace(merged[-1], last=era.last)
        else:
            merged.append(era)
    return merged


def _without_interludes(eras: list[_Era]) -> list[_Era]:
    """Leave out what lies between two stays at one home: nobody moves for a season and back."""
    return [
        era
        for index, era in enumerate(eras)
        if not (
            0 < index < len(eras) - 1
            and eras[index - 1].label == eras[index + 1].label
            and era.last - era.first < _INTERLUDE_DAYS
        )
    ]


def _is_lived_in(days: _Days, era: _Era) -> bool:
    if era.last - era.first + 1 < _SHORTEST_DAYS:
        return False
    day, weight = days.of(era.label, era.first, era.last)
    if not len(day) or day[-1] - day[0] < _SHORTEST_DAYS:
        return False
    weeks = len(np.unique(day // 7))
    return weeks >= _FEWEST_WEEKS and int((weight == _NIGHT).sum()) >= _FEWEST_NIGHT_DAYS


def _with_moving_days(days: _Days, eras: list[_Era]) -> list[_Era]:
    """Move each boundary to the day that leaves the fewest days on the wrong side."""
    refined = list(eras)
    for index in range(1, len(refined)):
        before, after = refined[index - 1], refined[index]
        low, high = before.first, after.last
        old, old_weight = days.of(before.label, low, high)
        new, new_weight = days.of(after.label, low, high)
        turn = _best_turn(old, old_weight, new, new_weight)
        refined[index - 1] = replace(before, last=turn - 1)
        refined[index] = replace(after, first=turn)
    return [
        _within_seen(days, era, index == 0, index == len(refined) - 1)
        for index, era in enumerate(refined)
    ]


def _best_turn(old: Ints, old_weight: Floats, new: Ints, new_weight: Floats) -> int:
    choices = np.unique(np.concatenate([new, old + 1]))
    stayed = np.concatenate([[0.0], np.cumsum(old_weight)])[np.searchsorted(old, choices)]
    left = np.concatenate([[0.0], np.cumsum(new_weight)])
    moved = left[-1] - left[np.searchsorted(new, choices)]
    return int(choices[np.argmax(stayed + moved)])


def _within_seen(days: _Days, era: _Era, first: bool, last: bool) -> _Era:
    """Narrow an era to the days that were seen; the outermost reach as far as there are days."""
    low = int(days.day.min()) if first else era.first
    high = int(days.day.max()) if last else era.last
    day, _ = days.of(era.label, low, high)
    return replace(era, first=int(day[0]), last=int(day[-1])) if len(day) else era


def _homes(track: Track, labels: Ints, eras: list[_Era]) -> list[Home]:
    """The home of each era; somebody who moves back has the same one again."""
    known: dict[int, Home] = {}
    for era in eras:
        if era.label not in known:
            known[era.label] = _home(track, labels, era)
    return [replace(known[era.label], since=_day(era.first), until=_day(era.last)) for era in eras]


def _home(track: Track, labels: Ints, era: _Era) -> Home:
    mine = labels == era.label
    lat, lon = centre_of(track.latitude[mine], track.longitude[mine])
    spread = distances_km(track.latitude[mine], track.longitude[mine], lat, lon)
    places = _tally(track, np.flatnonzero(mine))
    return Home(
        latitude=lat,
        longitude=lon,
        radius_km=round(max(0.5, float(np.percentile(spread, 95))), 2),
        since=_day(era.first),
        until=_day(era.last),
        place=min(places, key=lambda place: (-places[place], place.label())) if places else None,
    )


def _day(number: int) -> date:
    return _EPOCH + timedelta(days=number)


def _tally(track: Track, rows: NDArray[np.intp]) -> Counter[Place]:
    """How often each place occurs. Most shots share few objects, so objects are counted first."""
    found = [place for row in rows.tolist() if (place := track.shots[row].place) is not None]
    objects = {id(place): place for place in found}
    places: Counter[Place] = Counter()
    for name, number in Counter(map(id, found)).items():
        places[objects[name]] += number
    return places
