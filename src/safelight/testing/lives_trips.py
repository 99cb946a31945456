"""Journeys of a generated person."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from safelight.testing.lives_days import DAY_S, HOUR_S, Diary
from safelight.testing.lives_world import Spot, cities_within


@dataclass(frozen=True, slots=True)
class Plan:
    """Where to sleep, night after night; `gps` overrides the share of located photos.

    A day trip has one stop and no nights.
    """

    kind: str
    stops: tuple[Spot, ...]
    nights: tuple[int, ...]
    gps: float | None = None
    laziness: float = 0.0

    @property
    def days(self) -> int:
        """Calendar days, the way there and back included."""
        return 1 + sum(self.nights)


Planner = Callable[[np.random.Generator, Spot], Plan | None]


def day_trip(rng: np.random.Generator, home: Spot) -> Plan:
    """Out in the morning, 32 to 160 km away, and back in the evening."""
    name = f"Little {_NAMES[int(rng.integers(len(_NAMES)))]}"
    return Plan("day", (home.moved(rng.uniform(32, 160), rng.uniform(0, 2 * math.pi), name),), ())


def weekend(rng: np.random.Generator, home: Spot) -> Plan | None:
    """One city or a cottage, two or three nights."""
    near = cities_within(home, 60, 900)
    if not near or rng.random() < 0.3:
        name = f"Upper {_NAMES[int(rng.integers(len(_NAMES)))]}"
        stop = home.moved(rng.uniform(50, 250), rng.uniform(0, 2 * math.pi), name)
    else:
        stop = near[int(rng.integers(len(near)))]
    return Plan("weekend", (stop,), (int(rng.integers(1, 4)),))


def stay(rng: np.random.Generator, home: Spot) -> Plan | None:
    """One place, one to three weeks, some days without a photo."""
    far = cities_within(home, 300, 12_000)
    stop = far[int(rng.integers(len(far)))].near(rng, 0, 40)
    return Plan("stay", (stop,), (int(rng.integers(6, 21)),), laziness=0.25)


def chain(rng: np.random.Generator, home: Spot) -> Plan | None:
    """A journey from city to city, abroad or at home, 5 to 28 days."""
    far = cities_within(home, 150, 10_000)
    stops = [far[int(rng.integers(len(far)))]]
    for _ in range(int(rng.integers(2, 8))):
        onward = [
            city for city in cities_within(stops[-1], 60, 700)
            if city not in stops and city.km_to(home) > 60
        ]  # fmt: skip
        if not onward:
            break
        stops.append(onward[int(rng.integers(len(onward)))])
    if len(stops) < 2:
        return None
    nights = tuple(int(night) for night in rng.integers(1, 5, len(stops)))
    return Plan("chain", tuple(stops), nights, laziness=0.08)


def camera_only(rng: np.random.Generator, home: Spot) -> Plan | None:
    """A journey taken with a camera that knows no place, and a phone now and then."""
    plan = chain(rng, home) or stay(rng, home)
    if plan is None:
        return None
    return Plan("camera", plan.stops, plan.nights, gps=0.15, laziness=0.05)


def holiday_house(rng: np.random.Generator, home: Spot) -> Spot:
    """A house in the country that belongs to the family."""
    return home.moved(rng.uniform(55, 250), rng.uniform(0, 2 * math.pi), "House by the Lake")


def at_the_house(rng: np.random.Generator, house: Spot, day: date) -> Plan | None:
    """Two to five weeks at the house in July, weekends there in the rest of the year."""
    if day.month == 7 and day.day < 8:
        return Plan("house", (house,), (int(rng.integers(13, 36)),), laziness=0.4)
    if day.weekday() == 4:
        return Plan("house", (house,), (2,), laziness=0.2)
    return None


def travel(diary: Diary, plan: Plan, home: Spot, midnight: float, number: int) -> None:
    """Photograph a journey that begins on the day that starts at `midnight` (wall clock)."""
    if not plan.nights:
        _day_out(diary, plan.stops[0], home, midnight, number)
        return
    day, before = 0, home
    left = midnight + _LEAVING_H * HOUR_S - home.offset_s
    for stop, nights in zip(plan.stops, plan.nights, strict=True):
        there = left + _travel_s(before, stop) + stop.offset_s
        if before.km_to(stop) < 700 and diary.rng.random() < 0.4:
            paused = _on_the_way(diary, plan, before, stop, midnight + day * DAY_S, number)
            there = max(there, paused + _travel_s(before, stop) / 2)
        for night in range(nights):
            lazy = night > 0 and diary.rng.random() < plan.laziness
            if not lazy:
                _day_at(diary, plan, stop, midnight + (day + night) * DAY_S, number, there)
        day += nights
        before = stop
        left = midnight + day * DAY_S + 11 * HOUR_S - stop.offset_s
    if diary.rng.random() < 0.7:
        _last_morning(diary, plan, before, midnight + day * DAY_S, number)


def _travel_s(start: Spot, end: Spot) -> float:
    """Seconds from door to door: by road or rail when near, by air when far."""
    km = start.km_to(end)
    return (km / 85 if km < 500 else 4 + km / 780) * HOUR_S


def _some(diary: Diary, usual: float) -> int:
    return 1 + int(diary.rng.poisson(usual * diary.habits.eagerness))


def _day_out(diary: Diary, stop: Spot, home: Spot, midnight: float, number: int) -> None:
    local = midnight + diary.rng.uniform(9, 11) * HOUR_S
    for _ in range(int(diary.rng.integers(2, 4))):
        spot = stop.near(diary.rng, 0, 3)
        local = diary.outing(local, spot, _some(diary, 5) + 1, 300, roam_km=0.3, trip=number)
        local += diary.rng.uniform(0.8, 2.5) * HOUR_S
        if local > midnight + 19 * HOUR_S:
            return


def _on_the_way(
    diary: Diary, plan: Plan, start: Spot, end: Spot, midnight: float, number: int
) -> float:
    local = midnight + diary.rng.uniform(9, 11) * HOUR_S
    count = _some(diary, 2)
    late = _between_spots(start, end, diary.rng.uniform(0.4, 0.7))
    return diary.outing(local, late, count, 240, trip=number, gps=plan.gps, roam_km=0.3)


def _between_spots(start: Spot, end: Spot, share: float) -> Spot:
    lat = start.latitude + (end.latitude - start.latitude) * share
    lon = start.longitude + (end.longitude - start.longitude) * share
    return Spot(lat, lon, end.place)


def _day_at(
    diary: Diary, plan: Plan, stop: Spot, midnight: float, number: int, there: float
) -> None:
    rng = diary.rng
    local = max(midnight + rng.uniform(8.5, 11) * HOUR_S, there + rng.uniform(0.5, 3) * HOUR_S)
    while local < midnight + rng.uniform(19, 22) * HOUR_S:
        spot = stop.near(rng, 0, 6)
        pace = float(rng.choice([60.0, 240.0, 600.0]))
        roam = float(rng.choice([0.1, 0.4, 1.0]))
        count = _some(diary, 6)
        local = diary.outing(local, spot, count, pace, roam_km=roam, trip=number, gps=plan.gps)
        local += rng.uniform(0.75, 4.0) * HOUR_S


def _last_morning(diary: Diary, plan: Plan, stop: Spot, midnight: float, number: int) -> None:
    local = midnight + diary.rng.uniform(8.5, 10.5) * HOUR_S
    diary.outing(local, stop.near(diary.rng, 0, 2), _some(diary, 2), 300, trip=number, gps=plan.gps)


_LEAVING_H = 7.0
_NAMES = ("Marsh", "Linden", "Stone", "Harbour", "Mill", "Abbey", "Heath", "Ferry", "Orchard")
