"""Folders of photos that lost their dates."""

from __future__ import annotations

from dataclasses import replace

from safelight.ideas import build_timeline
from safelight.model.assets import AssetKind, KeptOut, Shot


def photos(count: int, folder: str, *, trusted: bool = False) -> list[Shot]:
    return [
        Shot(
            f"{folder}{trusted}{n}", 1e9 + n, 1e9 + n, trusted, AssetKind.PHOTO, 40, 30,
            folder=folder,
        )
        for n in range(count)
    ]  # fmt: skip


def test_a_folder_is_a_moment_and_carries_its_name() -> None:
    timeline = build_timeline(photos(12, "Emma turns six"))
    (moment,) = timeline.moments
    assert (moment.title, moment.dated, len(moment.assets)) == ("Emma turns six", False, 12)


def test_stores_of_all_sorts_and_handfuls_are_not() -> None:
    assert build_timeline(photos(40, "Downloads")).moments == []
    assert build_timeline(photos(5, "Emma")).moments == []
    assert build_timeline(photos(900, "Everything")).moments == []


def test_photos_that_are_in_a_moment_or_kept_out_are_not_told_twice() -> None:
    dated, undated = photos(20, "Trip", trusted=True), photos(10, "Trip")
    (moment,) = build_timeline([*dated, *undated]).moments  # they fall inside
    assert moment.dated
    out = [replace(shot, kept_out=KeptOut.SCREENSHOT) for shot in photos(12, "Shots")]
    assert build_timeline(out).moments == []
