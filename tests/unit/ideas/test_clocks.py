"""Cameras whose clock was wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from safelight.ideas import build_timeline
from safelight.ideas.clocks import right_clocks
from safelight.ideas.geo import track_of
from safelight.model.assets import AssetKind, Shot

_EPOCH = datetime(1970, 1, 1)
HOME, ROME = (46.05, 14.50), (41.90, 12.49)
DAY = 86_400.0


def _roll(
    camera: str, start: str, days: int, spot: tuple[float, float], a_day: int = 5
) -> list[Shot]:
    first = (datetime.fromisoformat(start) - _EPOCH) / timedelta(seconds=1)
    return [
        Shot(
            f"{camera}-{start}-{day}-{n}",
            at,
            at,
            True,
            AssetKind.PHOTO,
            40,
            30,
            latitude=spot[0] + 0.001 * n,
            longitude=spot[1],
            camera=camera,
        )
        for day in range(days)
        for n in range(a_day)
        if (at := first + day * DAY + n * 2 * 3600)
    ]


def _life() -> tuple[list[Shot], list[Shot]]:
    """Half a year of a phone with four days in Rome, where a second camera was too."""
    phone = [
        *_roll("phone", "2019-01-01T09:00", 90, HOME),
        *_roll("phone", "2019-04-01T09:00", 4, ROME),
        *_roll("phone", "2019-04-06T09:00", 80, HOME),
    ]
    return phone, _roll("camera", "2019-04-01T10:00", 4, ROME)


def _righted(shots: list[Shot]) -> dict[str, Shot]:
    return {shot.id: shot for shot in right_clocks(track_of(shots)).shots}


def _unchanged(shots: list[Shot]) -> bool:
    return _righted(shots) == {shot.id: shot for shot in shots}


def _late(shots: list[Shot], days: float) -> list[Shot]:
    return [replace(s, utc=s.utc + days * DAY, local=s.local + days * DAY) for s in shots]


def test_a_camera_that_was_a_month_late_is_moved_back_and_makes_no_second_trip() -> None:
    phone, camera = _life()
    wrong = _late(camera, 40)
    righted = _righted([*phone, *wrong])
    for shot in camera:
        assert abs(righted[shot.id].utc - shot.utc) < 12 * 3600
        assert not righted[shot.id].trusted
    assert all(righted[shot.id] == shot for shot in phone)
    (trip,) = build_timeline([*phone, *wrong]).trips
    assert {shot.id for shot in camera} <= set(trip.assets)


def test_a_camera_that_was_right_stays_as_it_is() -> None:
    phone, camera = _life()
    assert _unchanged([*phone, *camera])


def test_where_no_time_explains_it_nothing_is_touched() -> None:
    phone, _ = _life()
    elsewhere = _roll("camera", "2019-05-10T10:00", 4, (48.85, 2.35))
    assert _unchanged([*phone, *elsewhere])


def test_a_camera_without_places_and_one_alone_cannot_be_known() -> None:
    phone, camera = _life()
    blind = [replace(shot, latitude=None, longitude=None) for shot in _late(camera, 40)]
    assert _unchanged([*phone, *blind])
    assert _unchanged(camera)


def test_a_place_of_many_weeks_explains_nothing_by_itself() -> None:
    """The camera was really there alone; the phone was there for weeks at another time."""
    phone = [
        *_roll("phone", "2019-01-01T09:00", 60, HOME),
        *_roll("phone", "2019-07-01T09:00", 30, ROME),
    ]
    alone = _roll("camera", "2019-04-10T10:00", 3, ROME)
    assert _unchanged([*phone, *alone])
