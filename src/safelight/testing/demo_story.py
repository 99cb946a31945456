"""The story that the demo library tells: who was where, when, and what was in front of the lens.

Pure planning, no pixels: the same seed and day give the same frames.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import numpy as np

HOME = (46.0569, 14.5058)
"""Ljubljana, where the person of the story lives."""

_LANDSCAPE, _PORTRAIT, _PANORAMA, _SQUARE = (1600, 1200), (1200, 1600), (2400, 900), (1400, 1400)
_CENTRAL = "central"


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
        return ("winter", "spring", "summer", "autumn")[self.taken.month % 12 // 3]

    @property
    def hour(self) -> float:
        """Clock hour with its fraction."""
        return self.taken.hour + self.taken.minute / 60


@dataclass(frozen=True, slots=True)
class Outing:
    """Time away from home: what a trip should be found as.

    Attributes:
        name: as a person would call it; nothing in the pictures or files says it.
        start, days: first day and how many.
        stops: (day index from 0, latitude, longitude, UTC offset or None for central Europe,
            scenes with their hours, "kind@hour").
    """

    name: str
    start: date
    days: int
    stops: tuple[tuple[int, float, float, int | None, str], ...]

    def covers(self, day: date) -> bool:
        """Whether the person is away on that day."""
        return self.start <= day < self.start + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that was photographed, oldest first, and the outings it came from."""

    frames: tuple[Frame, ...]
    outings: tuple[Outing, ...]


def tell_story(seed: int, today: date) -> Story:
    """Plan the demo's life so that it ends two days before `today`."""
    outings = tuple(_outings(today))
    rng = np.random.default_rng([seed, 1])
    frames = [frame for outing in outings for frame in _frames_of(outing, rng)]
    last = today - timedelta(days=2)
    home = [
        frame
        for frame in _at_home(today, rng)
        if frame.taken.date() <= last and not any(o.covers(frame.taken.date()) for o in outings)
    ]
    ordered = sorted([*frames, *home], key=lambda frame: frame.taken)
    return Story(tuple(_vary(_one_a_minute(ordered), rng)), outings)


def latest(month: int, day: int, before: date) -> date:
    """The last time this calendar day came, up to and including `before`."""
    here = date(before.year, month, day)
    return here if here <= before else date(before.year - 1, month, day)


def central_offset(local: datetime) -> int:
    """Minutes east of UTC in central Europe: summer time between the last Sundays of March and
    October (EU directive 2000/84/EC).
    """

    def last_sunday(month: int) -> datetime:
        end = date(local.year, month, 31)
        return datetime.combine(end - timedelta(days=(end.weekday() + 1) % 7), time(2))

    return 120 if last_sunday(3) <= local < last_sunday(10) else 60


def _outings(today: date) -> Iterator[Outing]:
    summer = latest(7, 4, today - timedelta(days=30))
    yield Outing("Alps to the Ligurian Sea", summer, 14, _ROAD_TRIP)
    winter = latest(2, 8, today - timedelta(days=20))
    yield Outing("Winter in Kitzbühel", winter, 5, _WINTER)
    friday = _weekday_after(latest(5, 10, today - timedelta(days=20)), 4)
    yield Outing("Weekend in Prague", friday, 3, _PRAGUE)
    yield Outing("Bled", _weekday_after(latest(9, 20, today - timedelta(days=12)), 5), 1, _BLED)
    yield Outing("Piran", _weekday_after(latest(6, 8, today - timedelta(days=12)), 6), 1, _PIRAN)
    yield Outing("Lisbon", latest(10, 9, today - timedelta(days=420)), 4, _LISBON)
    yield Outing("Utah and Arizona", latest(9, 3, today - timedelta(days=760)), 8, _SOUTHWEST)


def _weekday_after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


_ROAD_TRIP = (
    (0, 47.5622, 13.6493, None, "alpine_lake@10.2 old_town@12.1 alpine_lake@17.4 harbour@19.3"),
    (1, 47.5565, 12.9750, None, "misty_forest@8.2 mountains@10.5 alpine_lake@11.3 fields@15"),
    (2, 47.2692, 11.4041, None, "road@9.1 mountains@11.4 old_town@16.2 breakfast@8.1"),
    (
        3,
        46.6943,
        12.0854,
        None,
        "alpine_lake@6.1 alpine_lake@7.1 misty_forest@8.2 mountains@9.4 road@11.1 mountains@13.6 "
        "flowers@15.3 fields@17.2 mountains@19.8 night_sky@22.9",
    ),
    (4, 46.5405, 12.1357, None, "mountains@6.1 misty_forest@10.1 road@14.7 night_sky@23.3"),
    (5, 46.4983, 11.3548, None, "fields@11.8 flowers@12.3 old_town@18.9"),
    (6, 45.8850, 10.8410, None, "harbour@10.2 alpine_lake@15.6 sunset_sea@20.4"),
    (7, 45.4384, 10.9916, None, "old_town@10.7 bridge@17.8 bridge@20.7"),
    (8, 44.4056, 8.9463, None, "road@9.4 harbour@12.8 lighthouse@19.8 lighthouse@21.1"),
    (9, 44.1350, 9.6840, None, "harbour@9.3 beach@11.5 beach@15.2 sunset_sea@20.5"),
    (10, 44.1071, 9.7280, None, "breakfast@8.8 beach@12.2 sunset_sea@20.3 sunset_sea@20.6"),
    (11, 43.8430, 10.5027, None, "old_town@11.1 fields@16.3 fields@19.6"),
    (12, 45.4340, 12.3390, None, "harbour@10.1 bridge@12.6 harbour@19.4 bridge@21"),
    (13, 45.4375, 12.3358, None, "breakfast@8.4 old_town@9.9 road@14.2"),
)
_WINTER = (
    (0, 47.4464, 12.3914, None, "snow@14.2 old_town@16.4"),
    (1, 47.4250, 12.4180, None, "mountains@9.1 snow@10.4 mountains@12.2 snow@16.3"),
    (2, 47.4205, 12.3600, None, "misty_forest@8.9 alpine_lake@11.6 snow@15.1"),
    (3, 47.4464, 12.3914, None, "snow@8.2 mountains@13.4 night_sky@21.6"),
    (4, 47.4464, 12.3914, None, "breakfast@8.5 road@11.8"),
)
_PRAGUE = (
    (0, 50.0755, 14.4378, None, "old_town@17.8 bridge@20.9"),
    (
        1,
        50.0865,
        14.4114,
        None,
        "bridge@6.2 breakfast@9.1 old_town@11.4 autumn_trees@14.1 bridge@19.6 old_town@21.9",
    ),
    (2, 50.0909, 14.4005, None, "old_town@9.7 flowers@11.6 bridge@13.3"),
)
_BLED = (
    (
        0,
        46.3636,
        14.0938,
        None,
        "alpine_lake@9.2 misty_forest@9.9 alpine_lake@11.1 "
        "breakfast@12.4 mountains@14.6 alpine_lake@17.3",
    ),
)
_PIRAN = (
    (
        0,
        45.5283,
        13.5683,
        None,
        "harbour@10.1 old_town@11.2 beach@12.9 beach@15.4 lighthouse@17.9 sunset_sea@20.5",
    ),
)
_LISBON = (
    (0, 38.7139, -9.1334, 60, "old_town@16.2 harbour@18.4"),
    (1, 38.6970, -9.2062, 60, "bridge@10.3 lighthouse@12.8 sunset_sea@18.7"),
    (2, 38.7804, -9.4989, 60, "beach@11.4 sunset_sea@18.8"),
    (3, 38.7139, -9.1334, 60, "old_town@9.6 breakfast@10.2"),
)
_SOUTHWEST = (
    (0, 36.1699, -115.1398, -420, "skyline@19.6 skyline@21.8"),
    (1, 37.2982, -113.0263, -360, "desert@9.3 road@15.1"),
    (2, 37.5930, -112.1871, -360, "desert@6.6 desert@11.2 night_sky@22.4"),
    (3, 38.2872, -111.2471, -360, "road@10.2 desert@17.9"),
    (4, 38.7331, -109.5925, -360, "desert@6.9 desert@18.9 night_sky@23.1"),
    (5, 36.9980, -110.0985, -360, "road@11.5 desert@17.1 desert@19.3"),
    (6, 36.0544, -112.1401, -420, "desert@6.2 desert@12.3 desert@18.4"),
    (7, 34.8697, -111.7610, -420, "desert@10.1 road@14.6"),
)


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
    for day, scenes in (
        *_feasts(today),
        *_weekend_at_home(today),
        *_years_ago(today),
        *_last_week(today),
        *_last_months(today),
        *_everyday(today),
    ):
        for scene in scenes.split():
            kind, hour = scene.split("@")
            spot = (HOME[0] + rng.normal(0, 0.008), HOME[1] + rng.normal(0, 0.011))
            yield _frame(kind, day, float(hour), spot, rng)


_BIRTHDAY = (
    "breakfast@8.6 flowers@9.4 still_life@10.2 fields@11.5 flowers@13.1 birthday_cake@15.6"
    " party@16.1 party@16.5 birthday_cake@16.9 party@17.4 cat@18.6 skyline@20.8"
)
_GARDEN_WEEKEND = (
    "flowers@8.4 breakfast@9.2 flowers@10.3 cat@11.6 fields@14.2 autumn_trees@16.1 flowers@17.3"
    " bridge@19.1",
    "misty_forest@7.2 breakfast@9.4 alpine_lake@11.1 fields@12.5 flowers@14.4 old_town@16.8"
    " bridge@18.3 skyline@20.9",
)


def _weekend_at_home(today: date) -> Iterator[tuple[date, str]]:
    saturday = _weekday_after(latest(8, 16, today - timedelta(days=12)), 5)
    for index, scenes in enumerate(_GARDEN_WEEKEND):
        yield saturday + timedelta(days=index), scenes


def _feasts(today: date) -> Iterator[tuple[date, str]]:
    for back in range(3):
        before = today - timedelta(days=2 + 365 * back)
        yield (
            latest(4, 18, before),
            "birthday_cake@16.1 party@16.6 party@17.4" if back else _BIRTHDAY,
        )
        yield latest(12, 24, before), "christmas@18.2"
        yield latest(12, 25, before), "christmas@9.3 snow@13.2"
        eve = latest(12, 31, before - timedelta(days=1))
        yield eve, "fireworks@23.9"
        yield eve + timedelta(days=1), "fireworks@0.1"


def _years_ago(today: date) -> Iterator[tuple[date, str]]:
    walks = {
        12: "snow@10.4 breakfast@9.2 old_town@16.9",
        3: "flowers@10.8 autumn_trees@12.1 bridge@18.2",
        6: "flowers@9.4 fields@11.7 bridge@16.8",
        9: "autumn_trees@10.3 misty_forest@8.6 cat@16.2",
    }
    scenes = walks[(today.month % 12 // 3) * 3 or 12]
    for back in (1, 2, 3, 5):
        yield _same_day(today, today.year - back), scenes


def _same_day(day: date, year: int) -> date:
    leap = day.month == 2 and day.day == 29
    return date(year, 2, 28) if leap else day.replace(year=year)


def _last_week(today: date) -> Iterator[tuple[date, str]]:
    monday = today - timedelta(days=today.weekday() + 7)
    week = (
        "breakfast@8.3 old_town@17.2",
        "rain_on_window@18.4",
        "cat@16.7 still_life@12.2",
        "skyline@19.8",
        "bridge@17.6 old_town@18.3",
        "autumn_trees@11.2 misty_forest@9.1",
    )
    for index, scenes in enumerate(week):
        yield monday + timedelta(days=index), scenes


def _last_months(today: date) -> Iterator[tuple[date, str]]:
    """A few pictures on weekends of the last three finished months, most in the latest."""
    first = today.replace(day=1)
    for back in range(3):
        first = (first - timedelta(days=1)).replace(day=1)
        saturday = _weekday_after(first, 5)
        yield saturday, "fields@10.7 flowers@11.9"
        yield saturday + timedelta(days=8), "old_town@10.2 bridge@15.8"
        yield saturday + timedelta(days=15), "autumn_trees@11.3"
        if back == 0:
            yield saturday + timedelta(days=1), "misty_forest@8.4 breakfast@9.9 old_town@16.2"
            yield saturday + timedelta(days=5), "skyline@19.9 rain_on_window@18.1"
            yield saturday + timedelta(days=10), "cat@16.4 still_life@11.2"
            yield saturday + timedelta(days=16), "alpine_lake@10.1 fields@12.4 mountains@14.8"
            yield saturday + timedelta(days=20), "bridge@18.8 skyline@20.3"


def _everyday(today: date) -> Iterator[tuple[date, str]]:
    """Single pictures on ordinary days over three years."""
    kinds = (
        "cat@16.8",
        "breakfast@9.1",
        "still_life@11.4",
        "rain_on_window@19.7",
        "old_town@18.2",
        "flowers@10.6",
        "skyline@20.4",
        "misty_forest@8.3",
        "autumn_trees@15.1",
        "bridge@17.9",
        "fields@19.1",
    )
    for index in range(24):
        yield today - timedelta(days=17 + 44 * index), kinds[index % len(kinds)]


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
        if index % 34 == 11 and bursts < 5:
            bursts, burst = bursts + 1, 3 + bursts % 3
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
