"""Generated lives: shots with homes, moments and trips that are known to be true.

A life is written as a person lives it (where they sleep, whom they visit, when they travel and
what they photograph), and never asks how it will be analysed. Nothing in it is a real person's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from safelight.model.assets import AssetKind, Shot
from safelight.testing import lives_trips as journeys
from safelight.testing.lives_days import DAY_S, HOUR_S, Diary, Habits
from safelight.testing.lives_world import CITIES, Spot

_EPOCH = date(1970, 1, 1)
_PLANNERS: tuple[tuple[float, journeys.Planner], ...] = (
    (0.33, journeys.day_trip),
    (0.29, journeys.weekend),
    (0.14, journeys.stay),
    (0.17, journeys.chain),
    (0.07, journeys.camera_only),
)


@dataclass(frozen=True, slots=True)
class TrueHome:
    """Where the person lived, from the day of moving in to the day of moving out."""

    latitude: float
    longitude: float
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class TrueTrip:
    """A journey: what kind, and the ids of the photos taken on it."""

    kind: str
    since: date
    days: int
    assets: frozenset[str]
    located: int


@dataclass(frozen=True, slots=True)
class Life:
    """Shots in no particular order, and the truth about them.

    `moments` gives the number of the outing that each shot was taken on; screenshots, scans,
    downloads and shots of a wrong clock are in none. Journeys on which no located photo was
    taken are not among the `trips`. `blind` is the time in which the phone recorded no
    coordinates: when a move fell into it, nothing in the photos can tell the day.
    """

    seed: int
    shots: tuple[Shot, ...]
    homes: tuple[TrueHome, ...]
    trips: tuple[TrueTrip, ...]
    moments: Mapping[str, int]
    blind: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class _Circle:
    """The places of ordinary life around one home, and how often each sees a photo, a day."""

    home: Spot
    work: Spot
    family: Spot
    sport: Spot
    rate_home: float
    rate_work: float
    family_every: int
    rate_sport: float


def make_life(seed: int, *, years: float | None = None) -> Life:
    """Generate a life of two to six years (or `years`); the same seed gives the same life."""
    rng = np.random.default_rng(seed)
    start = date(int(rng.integers(2008, 2020)), int(rng.integers(1, 13)), int(rng.integers(1, 28)))
    first = (start - _EPOCH).days
    days = int(365 * (years if years is not None else rng.uniform(2, 6)))
    blind_from = (first + rng.uniform(0.2, 0.7) * days) * DAY_S
    blind_days = 365 if rng.random() < 0.25 and days > 1000 else 0
    habits = Habits(
        eagerness=float(np.clip(rng.lognormal(-0.2, 0.7), 0.15, 3.5)),
        gps=float(rng.choice([1.0, 0.97, 0.9, 0.7])),
        blind=(blind_from, blind_from + blind_days * DAY_S),
    )
    diary = Diary(rng, habits)
    homes = _homes(rng, first, days)
    trips = _live(diary, homes, first, days)
    _clutter(diary, first, days)
    return Life(
        seed=seed,
        shots=tuple(diary.shots),
        homes=tuple(
            TrueHome(home.latitude, home.longitude, _day(since), _day(until))
            for home, since, until in homes
        ),
        trips=_true_trips(diary, trips),
        moments=dict(diary.outing_of),
        blind=_blind(habits) if blind_days else None,
    )


def _blind(habits: Habits) -> tuple[date, date]:
    since, until = (_day(int(seconds // DAY_S)) for seconds in habits.blind)
    return since, until


def _day(number: int) -> date:
    return _EPOCH + timedelta(days=number)


def _homes(rng: np.random.Generator, first: int, days: int) -> list[tuple[Spot, int, int]]:
    """One to three homes, each for half a year at least; some moves stay in town."""
    count = int(rng.choice([1, 2, 3], p=[0.5, 0.35, 0.15]))
    cuts = sorted(rng.uniform(0.2, 0.8, count - 1).tolist())
    edges = [first, *[first + int(cut * days) for cut in cuts], first + days]
    spot = CITIES[int(rng.integers(len(CITIES)))].near(rng, 1, 12)
    homes: list[tuple[Spot, int, int]] = []
    for since, until in pairwise(edges):
        if homes and until - since < 180:
            home, begun, _ = homes[-1]
            homes[-1] = (home, begun, until)
            continue
        if homes:
            in_town = rng.random() < 0.5
            city = CITIES[int(rng.integers(len(CITIES)))]
            spot = spot.near(rng, 3, 12) if in_town else city.near(rng, 1, 12)
        homes.append((spot, since, until))
    return [(home, since, until - 1) for home, since, until in homes]


def _circle(rng: np.random.Generator, home: Spot) -> _Circle:
    return _Circle(
        home=home,
        work=home.near(rng, 3, 22),
        family=home.near(rng, 5, 60),
        sport=home.near(rng, 2, 10),
        rate_home=float(rng.uniform(0.12, 0.7)),
        rate_work=float(rng.uniform(0.0, 0.15)),
        family_every=int(rng.integers(7, 29)),
        rate_sport=float(rng.uniform(0.0, 0.6)),
    )


def _live(
    diary: Diary, homes: list[tuple[Spot, int, int]], first: int, days: int
) -> list[tuple[int, journeys.Plan, int]]:
    """Live every day in turn; returns the journeys with their numbers and first days."""
    rng = diary.rng
    per_year = float(rng.uniform(2, 9))
    has_house = rng.random() < 0.3
    trips: list[tuple[int, journeys.Plan, int]] = []
    rested = first + 5
    for home, since, until in homes:
        circle = _circle(rng, home)
        house = journeys.holiday_house(rng, home) if has_house else None
        day = since
        while day <= until:
            plan = _plan(rng, home, house, day, per_year) if day >= rested else None
            if plan is None or day + plan.days > until - 3:
                _ordinary_day(diary, circle, day)
                day += 1
                continue
            number = len(trips)
            trips.append((number, plan, day))
            journeys.travel(diary, plan, home, day * DAY_S, number)
            # Half the world away, the way home takes a night more.
            day += plan.days + (plan.stops[-1].km_to(home) > 6000)
            rested = day + int(rng.integers(2, 12))
    return trips


def _plan(
    rng: np.random.Generator, home: Spot, house: Spot | None, day: int, per_year: float
) -> journeys.Plan | None:
    """The journey that begins on this day, if any; weekends are tried more often."""
    if house is not None and rng.random() < 0.02:
        return journeys.at_the_house(rng, house, _day(day))
    if rng.random() > 2.0 * per_year / 365:
        return None
    roll = float(rng.random())
    for share, planner in _PLANNERS:
        roll -= share
        if roll < 0:
            plan = planner(rng, home)
            return plan if plan and _suits(plan, day) else None
    return None


def _suits(plan: journeys.Plan, day: int) -> bool:
    """Day trips and weekends begin at the end of a week; longer journeys on any day."""
    weekday = (day + 3) % 7
    if plan.kind == "day":
        return weekday >= 5
    return plan.kind != "weekend" or weekday in (4, 5)


def _ordinary_day(diary: Diary, circle: _Circle, day: int) -> None:
    rng, midnight, weekend = diary.rng, day * DAY_S, (day + 3) % 7 >= 5
    busy_until = midnight
    if not weekend and rng.random() < circle.rate_work:
        at = midnight + rng.uniform(9, 16) * HOUR_S
        busy_until = diary.outing(at, circle.work, _few(diary, 1.5), 60, roam_km=0.1)
    if weekend and rng.random() < 1.6 / circle.family_every * 2:
        at = midnight + rng.uniform(11, 15) * HOUR_S
        busy_until = diary.outing(at, circle.family, _few(diary, 6), 420, roam_km=0.05)
    elif (day + 3) % 7 == 2 and rng.random() < circle.rate_sport:
        at = max(midnight + rng.uniform(17, 19) * HOUR_S, busy_until + HOUR_S)
        busy_until = diary.outing(at, circle.sport, _few(diary, 3), 300, roam_km=0.1)
    elif rng.random() < (0.18 if weekend else 0.06):
        at = max(midnight + rng.uniform(10, 17) * HOUR_S, busy_until + HOUR_S)
        spot = circle.home.near(rng, 0.5, 9)
        busy_until = diary.outing(at, spot, _few(diary, 4), 240, roam_km=0.3)
    if rng.random() < 0.008:
        spot = circle.home if rng.random() < 0.5 else circle.home.near(rng, 1, 12)
        at = max(busy_until + 2 * HOUR_S, midnight + rng.uniform(16, 19) * HOUR_S)
        busy_until = diary.burst(at, spot, rng.uniform(2, 6))
    if rng.random() < circle.rate_home:
        _at_home(diary, circle.home, midnight, busy_until, weekend)


def _at_home(diary: Diary, home: Spot, midnight: float, busy_until: float, weekend: bool) -> None:
    low = 8.0 if weekend else 17.5
    at = midnight + diary.rng.uniform(low, 22.5) * HOUR_S
    if at > busy_until + HOUR_S:
        diary.outing(at, home, _few(diary, 2), 120, roam_km=0.03)


def _few(diary: Diary, usual: float) -> int:
    return 1 + int(diary.rng.poisson(usual * diary.habits.eagerness))


def _clutter(diary: Diary, first: int, days: int) -> None:
    """Screenshots, downloads, a day of scanning, pictures from friends, a camera's wrong clock."""
    rng = diary.rng
    for kind, count in (("screenshot", 40), ("download", 60), ("received", 4), ("clock", 1)):
        for _ in range(int(rng.poisson(count * days / 1000))):
            utc = (first + rng.uniform(0, days)) * DAY_S
            spot = CITIES[int(rng.integers(len(CITIES)))] if kind in ("received", "clock") else None
            if kind in ("received", "clock"):
                # From far away, dated while something was going on here.
                utc = diary.shots[int(rng.integers(len(diary.shots)))].utc + rng.uniform(0, 600)
            for step in range(int(rng.integers(5, 25)) if kind == "clock" else 1):
                diary.noise(utc + step * 90.0, spot, 0.0, kind)
    if rng.random() < 0.5:
        start = (first + rng.uniform(0, days)) * DAY_S
        old = CITIES[int(rng.integers(len(CITIES)))]
        for _ in range(int(rng.integers(20, 150))):
            start += float(rng.exponential(60))
            diary.noise(start, old if rng.random() < 0.3 else None, 0.0, "scan")


def _true_trips(diary: Diary, trips: list[tuple[int, journeys.Plan, int]]) -> tuple[TrueTrip, ...]:
    by_number: dict[int, set[str]] = {number: set() for number, _, _ in trips}
    located: dict[int, int] = dict.fromkeys(by_number, 0)
    seen = {shot.id: shot.located for shot in diary.shots}
    for shot_id, number in diary.trip_of.items():
        by_number[number].add(shot_id)
        located[number] += seen[shot_id]
    return tuple(
        TrueTrip(plan.kind, _day(day), plan.days, frozenset(by_number[number]), located[number])
        for number, plan, day in trips
        if located[number]
    )


def metadata_only_shots(count: int, seed: int) -> list[Shot]:
    """Generate `count` shots for measuring scale: ten a day on average, with journeys."""
    rng = np.random.default_rng(seed)
    home = CITIES[0]
    day = np.sort(rng.integers(0, max(1, count // 10), count))
    hour = np.clip(rng.normal(14, 4, count), 0, 23.99)
    utc = 946_684_800.0 + day * DAY_S + hour * HOUR_S
    away = (day // 9) % 6 == 0
    city = (day // 9) % len(CITIES)
    shake = rng.normal(0, 0.01, (count, 2))
    located = rng.random(count) < 0.85
    shots: list[Shot] = []
    for index in range(count):
        spot = CITIES[int(city[index])] if away[index] else home
        known = bool(located[index])
        instant = float(utc[index])
        shots.append(
            Shot(
                id=f"{index:08d}",
                utc=instant,
                local=instant + spot.offset_s,
                trusted=True,
                kind=AssetKind.PHOTO,
                width=4000,
                height=3000,
                latitude=spot.latitude + float(shake[index, 0]) if known else None,
                longitude=spot.longitude + float(shake[index, 1]) if known else None,
                place=spot.place if known else None,
            )
        )
    return shots
