"""The story that the demo library tells: who was where, when, and what was in front of the lens.

Pure planning, no pixels: the same seed and day give the same frames.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import numpy as np

from safelight.testing.demo_home import days_at_home, season_of
from safelight.testing.demo_outings import Outing, outings

HOME = (46.0569, 14.5058)
"""Ljubljana, where the person of the story lives."""

_LANDSCAPE, _PORTRAIT, _PANORAMA, _SQUARE = (1600, 1200), (1200, 1600), (2400, 900), (1400, 1400)


@dataclass(frozen=True, slots=True)
class Frame:
    """One press of the shutter, or a burst of them.

    Attributes:
        kind, seed: what `scenes.paint` paints.
        taken: naive wall-clock time; `offset` minutes east of UTC, None when not written.
        size: upright width and height.
        spot: latitude and longitude, None when the camera had no fix.
        orientation: EXIF orientation that the file is stored with (1, 3, 6 or 8).
        rating: 1 to 5, written as XMP.
        burst: how many near-identical pictures were taken, one second apart.
    """

    kind: str
    seed: int
    taken: datetime
    offset: int | None
    size: tuple[int, int]
    spot: tuple[float, float] | None
    orientation: int = 1
    rating: int | None = None
    burst: int = 1

    @property
    def season(self) -> str:
        """Season of the northern hemisphere, by calendar month."""
        return season_of(self.taken)

    @property
    def hour(self) -> float:
        """Clock hour with its fraction."""
        return self.taken.hour + self.taken.minute / 60


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that was photographed, oldest first, and the outings it came from."""

    frames: tuple[Frame, ...]
    outings: tuple[Outing, ...]


def tell_story(seed: int, today: date) -> Story:
    """Plan the demo's life so that it ends two days before `today`."""
    away = tuple(outings(today))
    rng = np.random.default_rng([seed, 1])
    frames = [frame for outing in away for frame in _frames_of(outing, rng)]
    last = today - timedelta(days=2)
    home = [
        frame
        for frame in _at_home(today, rng)
        if frame.taken.date() <= last and not any(o.covers(frame.taken.date()) for o in away)
    ]
    ordered = sorted([*frames, *home], key=lambda frame: frame.taken)
    return Story(tuple(_vary(_one_a_minute(ordered), rng)), away)


def central_offset(local: datetime) -> int:
    """Minutes east of UTC in central Europe: summer time between the last Sundays of March and
    October (EU directive 2000/84/EC).
    """

    def last_sunday(month: int) -> datetime:
        end = date(local.year, month, 31)
        return datetime.combine(end - timedelta(days=(end.weekday() + 1) % 7), time(2))

    return 120 if last_sunday(3) <= local < last_sunday(10) else 60


def _frames_of(outing: Outing, rng: np.random.Generator) -> Iterator[Frame]:
    for index, latitude, longitude, offset, scenes in outing.stops:
        day = outing.start + timedelta(days=index)
        for scene in scenes.split():
            kind, hour = scene.split("@")
            spot = (latitude + rng.normal(0, 0.004), longitude + rng.normal(0, 0.005))
            yield _frame(kind, day, float(hour), spot, rng, offset)


def _frame(
    kind: str,
    day: date,
    hour: float,
    spot: tuple[float, float] | None,
    rng: np.random.Generator,
    offset: int | None = None,
) -> Frame:
    seconds = int(hour * 3600) + int(rng.integers(0, 240))
    taken = datetime.combine(day, time()) + timedelta(seconds=seconds)
    minutes = central_offset(taken) if offset is None else offset
    return Frame(kind, int(rng.integers(1, 1_000_000)), taken, minutes, _LANDSCAPE, spot)


def _at_home(today: date, rng: np.random.Generator) -> Iterator[Frame]:
    for day, scenes in days_at_home(today):
        for scene in scenes.split():
            kind, hour = scene.split("@")
            reach = _INSIDE if kind in _AT_HOME else _AROUND
            spot = (HOME[0] + rng.normal(0, reach[0]), HOME[1] + rng.normal(0, reach[1]))
            yield _frame(kind, day, float(hour), spot, rng)


def _one_a_minute(frames: Iterable[Frame]) -> Iterator[Frame]:
    """Keep two pictures from claiming the same minute."""
    last = datetime.min
    for frame in frames:
        taken = max(frame.taken, last + timedelta(minutes=1))
        last = taken
        yield frame if taken == frame.taken else replace(frame, taken=taken)


_TALL = frozenset(
    {
        "old_town",
        "misty_forest",
        "lighthouse",
        "christmas",
        "flowers",
        "still_life",
        "autumn_trees",
        "skyline",
        "mountains",
        "birthday_cake",
        "party",
    }
)
_WIDE = frozenset({"mountains", "desert", "beach", "alpine_lake", "skyline", "fields"})
_AT_HOME = frozenset({"breakfast", "still_life", "cat", "christmas", "party", "birthday_cake"})
_INSIDE, _AROUND = (0.0002, 0.0003), (0.008, 0.011)
"""How far from home pictures are, in degrees of latitude and longitude."""

_INDOORS = frozenset({"breakfast", "still_life", "rain_on_window", "cat", "christmas", "party"})


def _vary(frames: Iterable[Frame], rng: np.random.Generator) -> Iterator[Frame]:
    """Give frames shapes, orientation flags, ratings, bursts, and take some fixes away."""
    bursts = 0
    for index, frame in enumerate(frames):
        size = _shape(frame.kind, rng)
        turned = 6 if size == _PORTRAIT else (3, 8)[int(rng.integers(0, 2))]
        orientation = turned if rng.random() < (0.5 if size == _PORTRAIT else 0.06) else 1
        rating = int(rng.choice([3, 4, 5])) if rng.random() < 0.12 else None
        lost = frame.kind in _INDOORS and rng.random() < 0.3
        burst = 1
        if index % 18 == 11 and bursts < 9:
            bursts, burst = bursts + 1, 3 + bursts % 2
        yield replace(
            frame,
            size=size,
            orientation=orientation,
            rating=rating,
            spot=None if lost else frame.spot,
            burst=burst,
        )


def _shape(kind: str, rng: np.random.Generator) -> tuple[int, int]:
    chance = rng.random()
    if kind in _TALL and chance < 0.38:
        return _PORTRAIT
    if kind in _WIDE and chance > 0.9:
        return _PANORAMA
    return _SQUARE if kind in ("flowers", "breakfast") and chance > 0.75 else _LANDSCAPE


def days_of(frames: Sequence[Frame]) -> tuple[date, ...]:
    """The calendar days that frames were taken on, in order."""
    return tuple(sorted({frame.taken.date() for frame in frames}))
