"""Clocks that GPS times contradict are put right, and no others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelight.library.camera_clocks import ClockReading, ClockShift, find_shifts
from safelight.model.assets import ClockEvidence

DAY_S, HOUR_S = 86_400.0, 3_600.0
NOON = 1_600_000_000.0
"""An instant in UTC, in seconds since 1970."""


def reading(
    instant: float,
    ahead_s: float = 0.0,
    *,
    zone_h: float | None = 2.0,
    age_s: float | None = 5.0,
    camera: str = "Two",
    written: bool = True,
) -> ClockReading:
    """One photo taken at `instant` by a clock that is `ahead_s` fast; its fix is `age_s` old."""
    offset = 3_600.0 * (zone_h or 0.0)
    return ClockReading(
        camera,
        instant + offset + ahead_s,
        offset if written else None,
        False,
        None if age_s is None else instant - age_s,
    )


def outing(
    ahead_s: float, count: int = 5, start: float = NOON, **more: object
) -> list[ClockReading]:
    """Photos ten minutes apart."""
    return [reading(start + 600.0 * n, ahead_s, **more) for n in range(count)]  # type: ignore[arg-type]


def righted(readings: list[ClockReading]) -> Iterator[float | None]:
    """The instants in UTC after correction, None for clocks that were left alone."""
    for each, shift in zip(readings, find_shifts(readings), strict=True):
        yield None if shift is None else each.wall + shift.seconds - shift.offset_s


@pytest.mark.parametrize("ahead_s", [8 * HOUR_S, -6 * HOUR_S, 30 * DAY_S, -800 * DAY_S, 420.0])
def test_a_clock_that_several_fixes_contradict_is_put_right(ahead_s: float) -> None:
    photos = outing(ahead_s)
    for n, instant in enumerate(righted(photos)):
        assert instant == pytest.approx(NOON + 600.0 * n, abs=60)


def test_photos_without_a_fix_follow_those_of_the_same_camera_around_them() -> None:
    photos = outing(-3 * DAY_S + 1_234.0)
    photos.insert(2, reading(NOON + 900.0, -3 * DAY_S + 1_234.0, age_s=None))
    shift = find_shifts(photos)[2]
    assert isinstance(shift, ClockShift)
    assert shift.evidence is ClockEvidence.SAME_CAMERA
    assert shift.seconds == pytest.approx(3 * DAY_S - 1_234.0, abs=60)


def test_another_camera_is_left_alone() -> None:
    photos = [*outing(8 * HOUR_S), *outing(0.0, camera="One"), *outing(0.0, 3, camera="Three")]
    shifts = find_shifts(photos)
    assert all(shifts[:5])
    assert not any(shifts[5:])


def test_between_a_right_and_a_wrong_clock_nothing_is_guessed() -> None:
    right = outing(0.0, start=NOON)
    wrong = outing(8 * HOUR_S, start=NOON + 4 * HOUR_S)
    lost = reading(NOON + 6 * HOUR_S, age_s=None)
    assert find_shifts([*right, lost, *wrong])[5] is None


def test_photos_long_before_the_first_fix_are_left_alone() -> None:
    early = reading(NOON - 10 * DAY_S, 8 * HOUR_S, age_s=None)
    assert find_shifts([early, *outing(8 * HOUR_S)])[0] is None


def test_two_fixes_are_too_few() -> None:
    assert not any(find_shifts(outing(8 * HOUR_S, 2)))


def test_one_old_fix_in_many_photos_is_no_evidence() -> None:
    stuck = [
        ClockReading("Two", NOON + 7_200.0 + n, 7_200.0, False, NOON - 5 * HOUR_S)
        for n in range(20)
    ]
    assert not any(find_shifts(stuck))


def test_fixes_of_different_age_do_not_agree() -> None:
    photos = [reading(NOON + 600.0 * n, age_s=3_000.0 + 700.0 * n * n) for n in range(6)]
    assert not any(find_shifts(photos))


@pytest.mark.parametrize("fault_s", [1024 * 7 * DAY_S, -1024 * 7 * DAY_S, DAY_S, -DAY_S])
def test_known_faults_of_receivers_move_nothing(fault_s: float) -> None:
    photos = [reading(NOON + 600.0 * n, age_s=5.0 + fault_s) for n in range(6)]
    assert not any(find_shifts(photos))


def test_a_local_time_written_as_utc_moves_nothing() -> None:
    photos = [reading(NOON + 600.0 * n, age_s=-2 * HOUR_S) for n in range(6)]
    assert not any(find_shifts(photos))


def test_without_offsets_whole_hours_are_a_time_zone() -> None:
    """Which a camera set to home's time is as well: the instant is right either way."""
    assert not any(find_shifts(outing(-6 * HOUR_S, written=False)))


def test_without_offsets_the_zone_is_that_of_others_then() -> None:
    phone = outing(0.0, camera="One", zone_h=-4.0)
    camera = outing(-400 * DAY_S + 5_000.0, written=False, zone_h=2.0)
    found = find_shifts([*phone, *camera])
    assert not any(found[:5])
    for n, shift in enumerate(found[5:]):
        assert shift is not None
        assert shift.offset_s == -4 * HOUR_S
        local = camera[n].wall + shift.seconds
        assert local == pytest.approx(NOON + 600.0 * n - 4 * HOUR_S, abs=60)


def test_without_any_offset_the_time_of_day_stays() -> None:
    camera = outing(-400 * DAY_S, written=False, zone_h=2.0)
    for each, shift in zip(camera, find_shifts(camera), strict=True):
        assert shift is not None
        assert shift.seconds == pytest.approx(400 * DAY_S, abs=900)
        assert each.wall + shift.seconds - shift.offset_s == pytest.approx(
            NOON + 600.0 * camera.index(each), abs=60
        )


def test_a_photo_without_a_camera_says_nothing() -> None:
    nameless = [
        ClockReading(None, each.wall, each.offset_s, False, each.fix) for each in outing(8 * HOUR_S)
    ]
    assert not any(find_shifts(nameless))


@given(
    st.lists(
        st.tuples(st.floats(0, 30 * DAY_S), st.one_of(st.none(), st.floats(0, 250.0))), max_size=30
    )
)
def test_a_clock_that_is_right_is_never_moved(taken: list[tuple[float, float | None]]) -> None:
    assert not any(find_shifts([reading(NOON + at, age_s=age) for at, age in taken]))
