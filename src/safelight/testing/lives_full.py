"""Whole lives: people, occasions, what photos show, and a second camera with a wrong clock.

Built on `make_life`, whose truth about homes, journeys and outings stays what it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

from safelight.model.assets import AssetKind, Shot
from safelight.model.people import PeopleSeen
from safelight.model.sights import Sight
from safelight.testing.lives import Life, make_life
from safelight.testing.lives_feasts import Feast, Person, cast, feasts
from safelight.testing.lives_sights import OCCASIONS, Recogniser
from safelight.testing.lives_world import Spot

PHONE, CAMERA = "Phone One", "Camera Two"
_EPOCH = datetime(1970, 1, 1)
_ON_TRIPS = ("beach", "skiing", "camping", "zoo", "museum", "theme-park")
_CLEAR_S = 3 * 3600.0


@dataclass(frozen=True, slots=True)
class FullLife:
    """A life with all that is true of it.

    Attributes:
        life: shots, homes, journeys and outings; feasts are outings of it.
        cast: everybody in it, those without a name too.
        people: who is recognised in which photos: some faces are missed, a few mistaken.
        present: who was really there, by outing.
        sights: what a recogniser says of each photo.
        occasions: the theme of an outing, where it has one.
        clock_error: seconds by which the clock was wrong, for the photos of the second camera.
    """

    life: Life
    cast: tuple[Person, ...]
    people: PeopleSeen
    present: Mapping[int, frozenset[str]]
    sights: Mapping[str, Sight]
    occasions: Mapping[int, str]
    clock_error: Mapping[str, float]


def make_full_life(seed: int, *, years: float | None = None) -> FullLife:
    """Generate a whole life; the same seed gives the same life."""
    base = make_life(seed, years=years)
    rng = np.random.default_rng([seed, 7])
    days = sorted(shot.day for shot in base.shots if shot.trusted)
    people = cast(rng, days[0], days[-1])
    life, feast_of = _with_feasts(rng, base, people, days[0], days[-1])
    outings: defaultdict[int, list[Shot]] = defaultdict(list)
    for shot in life.shots:
        if shot.id in life.moments:
            outings[life.moments[shot.id]].append(shot)
    on_trip = {asset: number for number, trip in enumerate(life.trips) for asset in trip.assets}
    occasions = dict(_occasions(rng, outings, feast_of, on_trip, people))
    present = _present(rng, outings, feast_of, on_trip, people)
    sights, seen = _photographed(rng, outings, occasions, present, feast_of)
    life, clock_error = _with_second_camera(rng, life, on_trip)
    names = {person.id: person.name for person in people if person.named}
    known = [person.birthday for person in people if person.named and rng.random() < 0.6]
    return FullLife(
        life=life,
        cast=tuple(people),
        people=PeopleSeen(names, seen, known),
        present=present,
        sights=sights,
        occasions=occasions,
        clock_error=clock_error,
    )


def _with_feasts(
    rng: np.random.Generator, base: Life, people: list[Person], first: date, last: date
) -> tuple[Life, dict[int, Feast]]:
    """The life with the feasts that fit into it: none on a journey or beside another outing."""
    busy = np.sort([shot.local for shot in base.shots if shot.id in base.moments])
    away = [(trip.since, trip.since + timedelta(days=trip.days)) for trip in base.trips]
    numbers = dict(base.moments)
    next_outing = max(numbers.values(), default=0) + 1
    added: list[Shot] = []
    held: dict[int, Feast] = {}
    for feast in sorted(feasts(rng, people, first, last), key=lambda each: each.start):
        start = (feast.start - _EPOCH).total_seconds()
        end = start + feast.hours * 3600
        taken = np.searchsorted(busy, [start - _CLEAR_S, end + _CLEAR_S])
        home = _home_on(base, feast.start.date())
        if taken[0] != taken[1] or home is None:
            continue
        if any(low <= feast.start.date() <= high for low, high in away):
            continue
        shots = list(_party(rng, base.seed, len(added), start, end, home))
        added += shots
        busy = np.sort(np.concatenate([busy, [shot.local for shot in shots]]))
        numbers |= {shot.id: next_outing for shot in shots}
        held[next_outing] = feast
        next_outing += 1
    return replace(base, shots=(*base.shots, *added), moments=numbers), held


def _home_on(life: Life, day: date) -> Spot | None:
    for home in life.homes:
        if home.since + timedelta(days=4) <= day <= home.until - timedelta(days=4):
            near = next(
                (
                    s.place
                    for s in life.shots
                    if s.place is not None
                    and s.latitude is not None
                    and s.longitude is not None
                    and abs(s.latitude - home.latitude) + abs(s.longitude - home.longitude) < 0.02
                ),
                None,
            )
            return Spot(home.latitude, home.longitude, near) if near is not None else None
    return None


def _party(
    rng: np.random.Generator, seed: int, number: int, start: float, end: float, spot: Spot
) -> Iterator[Shot]:
    """Volleys of photos with pauses between them, all at one place."""
    local, count = start, 0
    while local < end:
        for _ in range(int(rng.integers(3, 9))):
            here = spot.near(rng, 0, 0.04)
            yield Shot(
                id=f"feast-{number + count:05d}",
                utc=local - spot.offset_s,
                local=local,
                trusted=True,
                kind=AssetKind.PHOTO,
                width=4000,
                height=3000,
                latitude=here.latitude,
                longitude=here.longitude,
                place=spot.place,
            )
            count += 1
            local += float(rng.exponential(15.0)) + 1.0
        local += float(rng.uniform(300.0, 1_800.0))


def _occasions(
    rng: np.random.Generator,
    outings: Mapping[int, list[Shot]],
    feast_of: Mapping[int, Feast],
    on_trip: Mapping[str, int],
    people: list[Person],
) -> Iterator[tuple[int, str]]:
    babies = [p for p in people if p.role == "child" and p.birthday.year == p.since.year]
    for number, shots in outings.items():
        feast = feast_of.get(number)
        if feast is not None:
            if feast.theme is not None:
                yield number, feast.theme
        elif shots[0].id in on_trip:
            if len(shots) >= 8 and rng.random() < 0.3:
                yield number, str(rng.choice(_ON_TRIPS))
        elif len(shots) >= 6 and rng.random() < 0.3:
            day = shots[0].day
            if any(0 <= (day - baby.since).days < 500 for baby in babies):
                yield number, "baby"


def _present(
    rng: np.random.Generator,
    outings: Mapping[int, list[Shot]],
    feast_of: Mapping[int, Feast],
    on_trip: Mapping[str, int],
    people: list[Person],
) -> dict[int, frozenset[str]]:
    travellers: dict[int, frozenset[str]] = {}
    there: dict[int, frozenset[str]] = {}
    for number, shots in outings.items():
        alive = [person for person in people if person.since <= shots[0].day]
        trip = on_trip.get(shots[0].id)
        if number in feast_of:
            known = {person.id for person in alive}
            there[number] = frozenset(feast_of[number].guests) & known
        elif trip is not None:
            chance = {"partner": 0.85, "child": 0.9, "parent": 0.1, "friend": 0.15}
            if trip not in travellers:
                travellers[trip] = _some(rng, alive, chance)
            there[number] = travellers[trip]
        else:
            chance = {"partner": 0.4, "child": 0.6, "parent": 0.08, "friend": 0.08}
            there[number] = _some(rng, alive, chance)
    return there


def _some(
    rng: np.random.Generator, people: list[Person], chance: Mapping[str, float]
) -> frozenset[str]:
    return frozenset(person.id for person in people if rng.random() < chance[person.role])


def _photographed(
    rng: np.random.Generator,
    outings: Mapping[int, list[Shot]],
    occasions: Mapping[int, str],
    present: Mapping[int, frozenset[str]],
    feast_of: Mapping[int, Feast],
) -> tuple[dict[str, Sight], dict[str, frozenset[str]]]:
    """What is recognised in every photo of every outing: things, and faces."""
    eye = Recogniser(rng)
    sights: dict[str, Sight] = {}
    seen: dict[str, frozenset[str]] = {}
    for number, shots in outings.items():
        rates, there = eye.rates(occasions.get(number)), sorted(present[number])
        share = 0.75 if number in feast_of else 0.45
        for shot in shots:
            count = 0
            if there and rng.random() < share:
                count = int(rng.integers(1, min(4, len(there)) + 1))
            who = rng.permutation(there)[:count].tolist() if count else []
            known = frozenset(str(person) for person in who if rng.random() < 0.85)
            if known:
                seen[shot.id] = known
            sights[shot.id] = eye.look(rates, count)
    return sights, seen


def _with_second_camera(
    rng: np.random.Generator, life: Life, on_trip: Mapping[str, int]
) -> tuple[Life, dict[str, float]]:
    """On some journeys a second camera was there, whose clock was wrong by hours, days or years."""
    wrong: dict[int, float] = {}
    for number in range(len(life.trips)):
        if rng.random() < 0.25:
            hours = float(rng.choice([-9, -6, 5, 8]))
            days = float(rng.choice([-800, -365, -40, -3, 4, 30]))
            wrong[number] = hours * 3600 if rng.random() < 0.4 else days * 86_400 + 1_234.0
    shots: list[Shot] = []
    errors: dict[str, float] = {}
    for shot in life.shots:
        number = on_trip.get(shot.id, -1)
        if number in wrong and rng.random() < 0.35:
            error = wrong[number]
            errors[shot.id] = error
            camera = CAMERA
            shots.append(
                replace(shot, utc=shot.utc + error, local=shot.local + error, camera=camera)
            )
        else:
            shots.append(replace(shot, camera=PHONE))
    return replace(life, shots=tuple(shots)), errors


def themes_planted() -> frozenset[str]:
    """Themes that outings of whole lives may have."""
    return frozenset(OCCASIONS)
