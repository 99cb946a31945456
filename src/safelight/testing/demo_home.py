"""The demo's days at home: feasts, a full weekend, a full month, walks and single pictures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from safelight.testing.demo_outings import latest, weekday_after

Scenes = tuple[date, str]
"""A day and what was photographed on it, "kind@hour" with spaces between."""

_BIRTHDAY = (
    "breakfast@8.6 flowers@9.4 still_life@10.2 fields@11.5 flowers@13.1 birthday_cake@15.6"
    " party@16.1 party@16.5 birthday_cake@16.9 party@17.4 cat@18.6 skyline@20.8"
)
_GARDEN_WEEKEND = (
    "flowers@8.4 breakfast@9.2 flowers@10.3 cat@11.6 fields@14.2 autumn_trees@16.1 flowers@17.3"
    " skyline@20.9",
    "misty_forest@7.2 breakfast@9.4 still_life@11.1 fields@12.5 flowers@14.4 old_town@16.8"
    " bridge@18.3 skyline@20.8",
)
_EARLY_AUGUST = (
    (15, "skyline@20.6"),
    (12, "breakfast@8.2 cat@17.9"),
    (9, "bridge@19.4"),
    (7, "fields@10.1 flowers@11.2"),
)
"""Days before that weekend."""

_OUTDOORS = {
    "winter": ("snow", "misty_forest"),
    "spring": ("flowers", "fields"),
    "summer": ("fields", "flowers"),
    "autumn": ("autumn_trees", "misty_forest"),
}
"""What a walk shows in each season."""

_WEEK = (
    "breakfast@8.3 old_town@17.2",
    "rain_on_window@18.4 cat@19.1",
    "cat@16.7 still_life@12.2",
    "skyline@19.8",
    "bridge@17.6 old_town@18.3",
    "{1}@9.1 {0}@11.2",
)
_MONTH = (
    (0, "{0}@10.7 {1}@11.9"),
    (1, "breakfast@9.9 old_town@16.2"),
    (3, "rain_on_window@18.1 skyline@19.9"),
    (5, "still_life@11.2 cat@16.4"),
    (7, "{0}@10.2 {1}@11.3 mountains@14.8"),
    (8, "breakfast@9.6 old_town@12.4 bridge@15.8"),
    (15, "{0}@11.3 bridge@17.2"),
    (20, "old_town@18.8 skyline@20.3"),
)
"""Days after a month's first Saturday."""

_ORDINARY = (
    "cat@16.8",
    "breakfast@8.1",
    "skyline@20.4",
    "still_life@11.4",
    "rain_on_window@19.7",
    "old_town@18.2",
    "breakfast@7.8",
    "bridge@17.9",
)
_SAME_DAY = (
    "breakfast@9.2 {0}@10.6 old_town@16.4",
    "cat@8.9 {1}@11.4 bridge@17.2",
    "still_life@10.1 mountains@13.1 skyline@20.2",
    "rain_on_window@9.3 {0}@12.5 old_town@19.3",
)
"""This day in earlier years: each year another, as they are told together."""

_TRIP_MONTH = 7
_YEARS_BACK, _LEAP_YEARS_BACK = (1, 2, 3, 5), (4, 8)


def season_of(day: date) -> str:
    """Season of the northern hemisphere, by calendar month."""
    return ("winter", "spring", "summer", "autumn")[day.month % 12 // 3]


def days_at_home(today: date) -> Iterator[Scenes]:
    """Everything photographed at home; some of it may lie too late, or while away."""
    for day, scenes in (
        *_feasts(today),
        *_august(today),
        *_years_ago(today),
        *_last_week(today),
        *_full_month(today),
        *_walks(today),
        *_ordinary_days(today),
    ):
        yield day, scenes.format(*_OUTDOORS[season_of(day)])


def _feasts(today: date) -> Iterator[Scenes]:
    for back in range(3):
        before = today - timedelta(days=2 + 365 * back)
        yield (
            latest(4, 18, before),
            "birthday_cake@16.1 party@16.6 party@17.4" if back else _BIRTHDAY,
        )
        yield latest(12, 24, before), "christmas@18.2"
        yield latest(12, 25, before), "christmas@9.3" if back else "christmas@9.3 snow@13.2"
        eve = latest(12, 31, before - timedelta(days=1))
        yield eve, "fireworks@23.9"
        yield eve + timedelta(days=1), "fireworks@0.1"


def _august(today: date) -> Iterator[Scenes]:
    """A weekend at home with far more pictures than usual, and a few in the weeks before it."""
    saturday = weekday_after(latest(8, 16, today - timedelta(days=12)), 5)
    for index, scenes in enumerate(_GARDEN_WEEKEND):
        yield saturday + timedelta(days=index), scenes
    for before, scenes in _EARLY_AUGUST:
        yield saturday - timedelta(days=before), scenes


def _years_ago(today: date) -> Iterator[Scenes]:
    """This calendar day in earlier years; on 29 February in earlier leap years."""
    leap = (today.month, today.day) == (2, 29)
    years = _LEAP_YEARS_BACK if leap else _YEARS_BACK
    for back, scenes in zip(years, _SAME_DAY, strict=False):
        yield today.replace(year=today.year - back), scenes


def _last_week(today: date) -> Iterator[Scenes]:
    monday = today - timedelta(days=today.weekday() + 7)
    for index, scenes in enumerate(_WEEK):
        yield monday + timedelta(days=index), scenes


def _full_month(today: date) -> Iterator[Scenes]:
    """Many pictures in the last finished month; before it where the long trip was in that one."""
    first = _month_before(today)
    if first.month == _TRIP_MONTH:
        first = _month_before(first)
    saturday = weekday_after(first, 5)
    for after, scenes in _MONTH:
        yield saturday + timedelta(days=after), scenes


def _walks(today: date) -> Iterator[Scenes]:
    """A walk on the second Sunday of every month of this year and the last, which has a recap."""
    first = _month_before(today)
    while first.year >= today.year - 1:
        scenes = "{0}@10.4" if first.year == today.year else "{0}@10.4 {1}@11.6"
        yield weekday_after(first + timedelta(days=7), 6), scenes
        first = _month_before(first)


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _ordinary_days(today: date) -> Iterator[Scenes]:
    """Single pictures: about one a month in the last year, three a year before."""
    backs = (*range(17, 380, 30), *range(480, 1100, 200))
    for index, back in enumerate(backs):
        yield today - timedelta(days=back), _ORDINARY[index % len(_ORDINARY)]
