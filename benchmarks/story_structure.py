"""How well homes, moments and trips are found in generated lives, and how fast.

Run: python benchmarks/story_structure.py [--seeds 1000-1049] [--scale 100000]
A trip is found when the photos of a trip found and of a true one overlap by 0.6 (Jaccard). A
moment boundary is right when it lies between the same two photos of the timeline. A home is
found when one lies within 2 km of it and both its dates within 45 days; where no coordinates were
recorded around a move, anywhere in that time. Seeds 0 to 49 were
used for tuning, so figures are reported on 1000 to 1049.
"""

from __future__ import annotations

import argparse
import math
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from safelight.ideas.geo import haversine_km
from safelight.ideas.homes import find_homes
from safelight.ideas.moments import find_moments
from safelight.ideas.trips import find_trips
from safelight.model.ideas import Home, Moment, Trip
from safelight.testing.lives import Life, TrueHome, make_life, metadata_only_shots

NEAR_DAYS = 45


@dataclass
class Score:
    """Right ones, and how many were found and how many there are."""

    right: int = 0
    found: int = 0
    true: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count another life in."""
        self.right += other.right
        self.found += other.found
        self.true += other.true
        self.misses += other.misses

    def __str__(self) -> str:
        f1 = 2 * self.right / max(1, self.found + self.true)
        precision = _share(self.right, self.found)
        return f"F1 {f1:.3f}; precision {precision}; recall {_share(self.right, self.true)}"


def _share(count: int, of: int) -> str:
    low, high = wilson(count, of)
    return f"{count / max(1, of):.3f} ({count} of {of}, 95% {low:.3f} to {high:.3f})"


def wilson(count: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson score interval of a proportion (Wilson 1927)."""
    if not of:
        return 0.0, 1.0
    p = count / of
    middle = p + z * z / (2 * of)
    spread = z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)


def score_trips(life: Life, trips: Sequence[Trip]) -> Score:
    """Match each true trip with at most one found, best overlap first."""
    pairs = sorted(
        (
            (overlap, i, j)
            for i, true in enumerate(life.trips)
            for j, found in enumerate(trips)
            if (overlap := _jaccard(true.assets, frozenset(found.assets))) >= 0.6
        ),
        reverse=True,
    )
    matched_true: set[int] = set()
    matched_found: set[int] = set()
    for _, i, j in pairs:
        if i not in matched_true and j not in matched_found:
            matched_true.add(i)
            matched_found.add(j)
    missed = [
        f"seed {life.seed} missed {true.kind} {true.since} {true.days} d "
        f"{len(true.assets)} photos, {true.located} located"
        for i, true in enumerate(life.trips)
        if i not in matched_true
    ]
    wrong = [
        f"seed {life.seed} wrong {found.title} {found.start} to {found.end} "
        f"{len(found.assets)} photos, {found.distance_km} km"
        for j, found in enumerate(trips)
        if j not in matched_found
    ]
    return Score(len(matched_true), len(trips), len(life.trips), missed + wrong)


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    both = len(a & b)
    return both / (len(a) + len(b) - both) if both else 0.0


def score_moments(life: Life, moments: Sequence[Moment]) -> Score:
    """Compare boundaries between neighbouring photos that were taken on an outing."""
    found_in = {asset: moment.id for moment in moments for asset in moment.assets}
    line = sorted((s for s in life.shots if s.id in life.moments), key=lambda s: (s.utc, s.id))
    score = Score()
    for before, after in pairwise(line):
        true = life.moments[before.id] != life.moments[after.id]
        found = found_in.get(before.id) != found_in.get(after.id)
        score.right += true and found
        score.true += true
        score.found += found
    return score


def score_homes(life: Life, homes: Sequence[Home]) -> Score:
    """A home is right within 2 km, and within 45 days at both ends.

    A move while no coordinates were recorded is right anywhere within that time, and a home that
    was only lived in then is not counted: no photo tells of it.
    """
    known = [true for true in life.homes if _overlap(true, life.blind) < 0.8]
    right = sum(any(_same(true, home, life.blind) for home in homes) for true in known)
    missed = [
        f"seed {life.seed} missed home {true.since} to {true.until}, found "
        + ", ".join(f"{home.since} to {home.until} {_km(true, home):.0f} km" for home in homes)
        for true in known
        if not any(_same(true, home, life.blind) for home in homes)
    ]
    return Score(right, len(homes), len(known), missed)


def _overlap(true: TrueHome, blind: tuple[date, date] | None) -> float:
    """Share of the time in a home in which no coordinates were recorded."""
    if blind is None:
        return 0.0
    both = (min(true.until, blind[1]) - max(true.since, blind[0])).days
    return max(0, both) / max(1, (true.until - true.since).days)


def _km(true: TrueHome, home: Home) -> float:
    return haversine_km(true.latitude, true.longitude, home.latitude, home.longitude)


def _same(true: TrueHome, home: Home, blind: tuple[date, date] | None) -> bool:
    close = _close(true.since, home.since, blind) and _close(true.until, home.until, blind)
    return close and _km(true, home) <= 2


def _close(true: date, found: date, blind: tuple[date, date] | None) -> bool:
    if abs((true - found).days) <= NEAR_DAYS:
        return True
    if blind is None:
        return False
    around = timedelta(days=NEAR_DAYS)
    inside = blind[0] - around <= true <= blind[1] + around
    return inside and blind[0] - around <= found <= blind[1] + around


def measure(seeds: range, verbose: bool) -> dict[str, Score]:
    """Score every seed."""
    totals = {"homes": Score(), "moments": Score(), "trips": Score()}
    kinds: Counter[str] = Counter()
    for seed in seeds:
        life = make_life(seed)
        homes = find_homes(life.shots)
        moments = find_moments(life.shots, homes)
        trips = find_trips(life.shots, moments, homes)
        kinds.update(trip.kind for trip in life.trips)
        totals["homes"].add(score_homes(life, homes))
        totals["moments"].add(score_moments(life, moments))
        totals["trips"].add(score_trips(life, trips))
    print(
        f"{len(seeds)} lives, seeds {seeds.start} to {seeds.stop - 1}; trips by kind {dict(kinds)}"
    )
    for name, score in totals.items():
        print(f"{name}: {score}")
        if verbose:
            print("\n".join(f"  {miss}" for miss in score.misses))
    return totals


def measure_scale(count: int) -> None:
    """Time the finders on many shots, as a ratio to sorting them."""
    shots = metadata_only_shots(count, 1)
    start = time.perf_counter()
    sorted(shots, key=lambda shot: (shot.utc, shot.id))
    sorting = time.perf_counter() - start
    start = time.perf_counter()
    homes = find_homes(shots)
    homed = time.perf_counter()
    moments = find_moments(shots, homes)
    segmented = time.perf_counter()
    trips = find_trips(shots, moments, homes)
    end = time.perf_counter()
    print(
        f"{count} shots: sort {sorting:.3f} s; homes {homed - start:.2f} s ({len(homes)}), "
        f"moments {segmented - homed:.2f} s ({len(moments)}), "
        f"trips {end - segmented:.2f} s ({len(trips)}), "
        f"together {(end - start) / sorting:.1f} times the sort"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="1000-1049")
    parser.add_argument("--scale", type=int, default=100_000)
    parser.add_argument("--verbose", action="store_true", help="list every miss")
    options = parser.parse_args()
    first, last = options.seeds.split("-")
    measure(range(int(first), int(last) + 1), options.verbose)
    if options.scale:
        measure_scale(options.scale)


if __name__ == "__main__":
    main()
