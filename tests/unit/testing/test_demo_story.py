"""The demo's life holds what every idea needs, whatever the day it is started."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from safelight.testing.demo_outings import latest
from safelight.testing.demo_story import HOME, Frame, central_offset, days_of, tell_story

DAYS = [date(2026, 11, 23), date(2028, 2, 29), date(2027, 1, 1), date(2026, 7, 12),
        date(2027, 3, 1), date(2026, 8, 31), date(2026, 6, 15), date(2026, 12, 27)]  # fmt: skip


@pytest.fixture(params=DAYS, ids=str)
def told(request: pytest.FixtureRequest) -> tuple[date, tuple[Frame, ...]]:
    today: date = request.param
    return today, tell_story(2015, today).frames


def _within(frames: tuple[Frame, ...], first: date, last: date) -> list[Frame]:
    return [frame for frame in frames if first <= frame.taken.date() <= last]


def test_ends_a_few_days_before_today(told: tuple[date, tuple[Frame, ...]]) -> None:
    today, frames = told
    assert timedelta(days=2) <= today - frames[-1].taken.date() <= timedelta(days=9)
    assert [frame.taken for frame in frames] == sorted({frame.taken for frame in frames})


def test_size(told: tuple[date, tuple[Frame, ...]]) -> None:
    assert 220 <= sum(frame.burst for frame in told[1]) <= 290


def test_this_day_in_earlier_years(told: tuple[date, tuple[Frame, ...]]) -> None:
    today, frames = told
    leap = (today.month, today.day) == (2, 29)
    found = [f for f in frames if (f.taken.month, f.taken.day) == (today.month, today.day)]
    assert len({frame.taken.year for frame in found}) >= (2 if leap else 3)
    assert len(found) >= (6 if leap else 9)


def test_last_finished_week_month_and_year(told: tuple[date, tuple[Frame, ...]]) -> None:
    today, frames = told
    monday = today - timedelta(days=today.weekday() + 7)
    week = _within(frames, monday, monday + timedelta(days=6))
    assert len(week) >= 6
    last = today.replace(day=1) - timedelta(days=1)
    assert len(_within(frames, last.replace(day=1), last)) >= 5
    year = _within(frames, date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
    assert len(days_of(year)) >= 12


def test_last_finished_season(told: tuple[date, tuple[Frame, ...]]) -> None:
    today, frames = told
    month = today.month // 3 * 3 or 12
    begun = date(today.year if today.month >= 3 else today.year - 1, month, 1)
    before = (begun - timedelta(days=62)).replace(day=1)
    assert len(_within(frames, before, begun - timedelta(days=1))) >= 8


def test_nobody_is_in_two_places() -> None:
    for today in DAYS:
        story = tell_story(2015, today)
        for outing in story.outings:
            for frame in story.frames:
                if outing.covers(frame.taken.date()) and frame.spot is not None:
                    latitude, longitude = frame.spot
                    index = (frame.taken.date() - outing.start).days
                    (stop,) = [stop for stop in outing.stops if stop[0] == index]
                    assert abs(latitude - stop[1]) < 0.1
                    assert abs(longitude - stop[2]) < 0.1


def test_indoors_is_one_place() -> None:
    for frame in tell_story(2015, DAYS[0]).frames:
        if frame.kind in {"party", "birthday_cake", "christmas", "cat"} and frame.spot is not None:
            assert abs(frame.spot[0] - HOME[0]) < 0.002
            assert abs(frame.spot[1] - HOME[1]) < 0.003


def test_feasts_bursts_and_shapes() -> None:
    frames = tell_story(2015, DAYS[0]).frames
    kinds = {frame.kind for frame in frames}
    assert {"birthday_cake", "christmas", "fireworks", "beach", "desert", "snow"} <= kinds
    assert {(f.taken.month, f.taken.day) for f in frames if f.kind == "birthday_cake"} == {(4, 18)}
    assert sum(frame.burst > 1 for frame in frames) >= 3
    assert {frame.orientation for frame in frames} >= {1, 6}
    assert len({frame.size for frame in frames}) == 4
    assert 3 <= sum(frame.rating is not None for frame in frames) <= 50
    assert any(frame.spot is None for frame in frames)


def test_same_seed_same_story() -> None:
    assert tell_story(1, DAYS[0]) == tell_story(1, DAYS[0])
    assert tell_story(1, DAYS[0]).frames[0].seed != tell_story(2, DAYS[0]).frames[0].seed


def test_summer_time_in_central_europe() -> None:
    assert central_offset(datetime(2026, 3, 29, 1, 59)) == 60
    assert central_offset(datetime(2026, 3, 29, 3, 0)) == 120
    assert central_offset(datetime(2026, 10, 24, 12, 0)) == 120
    assert central_offset(datetime(2026, 10, 25, 12, 0)) == 60


def test_latest_is_never_later() -> None:
    assert latest(7, 4, date(2026, 7, 4)) == date(2026, 7, 4)
    assert latest(7, 4, date(2026, 7, 3)) == date(2025, 7, 4)
