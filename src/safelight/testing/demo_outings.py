"""The demo's times away from home: where, when and what was seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


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


def outings(today: date) -> Iterator[Outing]:
    """Every time away, planned so that each is over when the demo starts.

    Lisbon lies in the last calendar year always, so that that year has a recap on any day.
    """
    summer = latest(7, 4, today - timedelta(days=30))
    yield Outing("Alps to the Ligurian Sea", summer, 14, _ROAD_TRIP)
    winter = latest(2, 8, today - timedelta(days=20))
    yield Outing("Winter in Kitzbühel", winter, 5, _WINTER)
    friday = weekday_after(latest(5, 10, today - timedelta(days=20)), 4)
    yield Outing("Weekend in Prague", friday, 3, _PRAGUE)
    yield Outing("Bled", weekday_after(latest(9, 20, today - timedelta(days=12)), 5), 1, _BLED)
    june = weekday_after(latest(6, 8, today - timedelta(days=12)), 6)
    for weeks in (0, 52, 104):
        yield Outing("Piran", june - timedelta(weeks=weeks), 1, _PIRAN)
    yield Outing("Lisbon", date(today.year - 1, 10, 9), 4, _LISBON)
    yield Outing("Utah and Arizona", latest(9, 3, today - timedelta(days=760)), 8, _SOUTHWEST)


def latest(month: int, day: int, before: date) -> date:
    """The last time this calendar day came, up to and including `before`."""
    here = date(before.year, month, day)
    return here if here <= before else date(before.year - 1, month, day)


def weekday_after(day: date, weekday: int) -> date:
    """The first such weekday (Monday is 0) from `day` on."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


_ROAD_TRIP = (
    (0, 47.5622, 13.6493, None, "alpine_lake@10.2 old_town@12.1 harbour@19.3"),
    (1, 47.5565, 12.9750, None, "misty_forest@8.2 mountains@10.5 fields@15"),
    (2, 47.2692, 11.4041, None, "road@9.1 mountains@11.4 old_town@16.2"),
    (
        3,
        46.6943,
        12.0854,
        None,
        "alpine_lake@6.1 alpine_lake@7.1 misty_forest@8.2 mountains@9.4 road@11.1 mountains@13.6 "
        "flowers@15.3 fields@17.2 mountains@19.8 night_sky@22.9",
    ),
    (4, 46.5405, 12.1357, None, "mountains@6.1 misty_forest@10.1 night_sky@23.3"),
    (5, 46.4983, 11.3548, None, "fields@11.8 flowers@12.3 old_town@18.9"),
    (6, 45.8850, 10.8410, None, "harbour@10.2 alpine_lake@15.6 sunset_sea@20.4"),
    (7, 45.4384, 10.9916, None, "old_town@10.7 bridge@20.7"),
    (8, 44.4056, 8.9463, None, "road@9.4 harbour@12.8 lighthouse@20.4"),
    (9, 44.1350, 9.6840, None, "harbour@9.3 beach@11.5 sunset_sea@20.5"),
    (10, 44.1071, 9.7280, None, "beach@12.2 sunset_sea@20.5"),
    (11, 43.8430, 10.5027, None, "old_town@11.1 fields@19.6"),
    (12, 45.4340, 12.3390, None, "harbour@10.1 harbour@19.4 bridge@21"),
    (13, 45.4375, 12.3358, None, "breakfast@8.4 old_town@9.9"),
)
_WINTER = (
    (0, 47.4464, 12.3914, None, "snow@14.2 old_town@16.4"),
    (1, 47.4250, 12.4180, None, "mountains@9.1 snow@10.4 mountains@12.2"),
    (2, 47.4205, 12.3600, None, "misty_forest@8.9 alpine_lake@11.6 snow@15.1"),
    (3, 47.4464, 12.3914, None, "snow@8.2 mountains@13.4 night_sky@21.6"),
    (4, 47.4464, 12.3914, None, "road@11.8"),
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
    (4, 38.7331, -109.5925, -360, "desert@18.9 night_sky@23.1"),
    (5, 36.9980, -110.0985, -360, "road@11.5 desert@19.3"),
    (6, 36.0544, -112.1401, -420, "desert@6.2 desert@18.4"),
    (7, 34.8697, -111.7610, -420, "desert@10.1 road@14.6"),
)
