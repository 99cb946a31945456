"""What a generated person photographs: outings, parties, days away, and the noise of a library."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from safelight.model.assets import AssetKind, KeptOut, Shot
from safelight.testing.lives_world import Spot

DAY_S = 86_400.0
HOUR_S = 3_600.0


@dataclass(frozen=True, slots=True)
class Habits:
    """How a person photographs.

    Attributes:
        eagerness: multiplies the number of photos of everything.
        gps: share of photos that carry coordinates while the phone records them.
        blind: (from, to) in seconds since 1970: the phone recorded no coordinates then.
    """

    eagerness: float
    gps: float
    blind: tuple[float, float]


@dataclass(slots=True)
class Diary:
    """Shots as they are taken, and what is true of each."""

    rng: np.random.Generator
    habits: Habits
    shots: list[Shot] = field(default_factory=list)
    outing_of: dict[str, int] = field(default_factory=dict)
    trip_of: dict[str, int] = field(default_factory=dict)
    outings: int = 0

    def outing(
        self, local: float, spot: Spot, count: int, pace_s: float,
        *, roam_km: float = 0.05, trip: int | None = None, gps: float | None = None,
        end: Spot | None = None,
    ) -> float:  # fmt: skip
        """Photograph one outing: `count` photos with log-normal gaps around `pace_s` seconds.

        Starts at the wall-clock second `local`, roams around `spot` (or moves on to `end`) and
        returns the wall-clock second after it.
        """
        self.outings += 1
        rng = self.rng
        gaps = np.minimum(rng.lognormal(np.log(pace_s), 1.0, count), 4_500.0)
        gaps[0] = 0.0
        times = local + np.cumsum(gaps)
        for index, at in enumerate(times.tolist()):
            here = spot
            if end is not None:
                here = _between(spot, end, index / max(1, count - 1))
            self._take(at, here.near(rng, 0, roam_km), trip, gps)
        return float(times[-1])

    def _take(self, local: float, spot: Spot, trip: int | None, gps: float | None) -> None:
        rng = self.rng
        shot_id = f"{len(self.shots):07d}"
        utc = local - spot.offset_s
        blind = self.habits.blind[0] <= utc <= self.habits.blind[1]
        share = self.habits.gps if gps is None else gps
        located = not blind and rng.random() < share
        self.shots.append(_shot(shot_id, utc, local, spot if located else None))
        self.outing_of[shot_id] = self.outings
        if trip is not None:
            self.trip_of[shot_id] = trip

    def burst(self, local: float, spot: Spot, hours: float, *, trip: int | None = None) -> float:
        """Photograph a party: volleys of photos, with speeches and dinner between them."""
        self.outings += 1
        rng = self.rng
        end = local + hours * HOUR_S
        while local < end:
            for _ in range(int(rng.integers(3, 3 + int(12 * self.habits.eagerness) + 1))):
                self._take(local, spot.near(rng, 0, 0.05), trip, None)
                local += float(rng.exponential(12.0)) + 1.0
            local += float(rng.uniform(240.0, 2_400.0))
        return local

    def noise(self, utc: float, spot: Spot | None, offset_s: float, kind: str) -> None:
        """A file that no outing made: a screenshot, scan, download or a camera's wrong clock."""
        shot_id = f"{len(self.shots):07d}"
        kept_out = KeptOut.SCREENSHOT if kind == "screenshot" else None
        trusted = kind not in ("scan", "download")
        self.shots.append(
            replace(
                _shot(shot_id, utc, utc + offset_s, spot, trusted=trusted, kept_out=kept_out),
                folder="Grandpa's slides" if kind == "scan" else "",
            )
        )


def _between(a: Spot, b: Spot, share: float) -> Spot:
    lat = a.latitude + (b.latitude - a.latitude) * share
    lon = a.longitude + (b.longitude - a.longitude) * share
    return Spot(lat, lon, a.place if share < 0.5 else b.place)


def _shot(
    shot_id: str, utc: float, local: float, spot: Spot | None,
    *, trusted: bool = True, kept_out: KeptOut | None = None,
) -> Shot:  # fmt: skip
    return Shot(
        id=shot_id,
        utc=utc,
        local=local,
        trusted=trusted,
        kind=AssetKind.PHOTO,
        width=4000,
        height=3000,
        latitude=spot.latitude if spot else None,
        longitude=spot.longitude if spot else None,
        place=spot.place if spot else None,
        kept_out=kept_out,
    )
