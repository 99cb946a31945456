"""Capture times of real files, each expected to the second."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from safelight.library.reading.wire import ReadResult

Read = Callable[..., ReadResult]

TIMESTAMPS = [
    # with an offset of its own, though the XMP of the Sydney picture says +02:00
    ("big_ben.jpg", "2023-06-07T13:45:55+01:00", "written"),
    ("sydney_opera_house.jpg", "2020-09-19T20:55:57+10:00", "written"),
    # by the GPS clock; Sydney's EXIF has a GPS time without a day, which would give +14:00
    ("big_ben_no_tsoffset_but_gps_utc.jpg", "2023-06-07T13:45:55+01:00", "gps-time"),
    ("sydney_opera_house_no_tsoffset_but_gps_utc.jpg", "2020-09-19T20:55:57+10:00", "gps-time"),
    ("newyear_london.jpg", "2019-01-01T00:15:00+00:00", "gps-time"),
    ("newyear_sydney.jpg", "2019-01-01T00:15:00+11:00", "gps-time"),
    ("big_ben_only_time.jpg", "2023-06-07T13:45:55", None),
]


@pytest.mark.parametrize(("name", "expected", "source"), TIMESTAMPS)
def test_timestamps_with_and_without_offset(
    shared_data: Path, read_path: Read, name: str, expected: str, source: str | None
) -> None:
    taken = read_path(shared_data / "trip-usa-2015/timestamps" / name, places=False).metadata.taken
    assert taken is not None
    assert (taken.isoformat(), taken.offset_source) == (expected, source)
    assert taken.trusted


def test_photos_around_the_world_agree_with_the_utc_in_their_names(
    shared_data: Path, read_path: Read
) -> None:
    files = sorted((shared_data / "trip-usa-2015/4MinsAroundTheWorld").glob("UTC-*.jpg"))
    assert len(files) == 7
    for path in files:
        taken = read_path(path, places=False).metadata.taken
        named = datetime.strptime(path.name[4:19], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
        assert taken is not None
        assert taken.utc() == named, path.name
        assert taken.source == "exif"


def test_a_photo_without_offset_keeps_its_wall_clock(shared_data: Path, read_path: Read) -> None:
    path = shared_data / "trip-usa-2015/4MinsAroundTheWorld/20240413-203800-Unknown.jpg"
    taken = read_path(path).metadata.taken
    assert taken is not None
    assert taken.isoformat() == "2024-04-13T20:38:00"
    assert taken.offset_source is None


def test_a_fix_from_before_there_was_gps_is_none(shared_data: Path, read_path: Read) -> None:
    """Its GPS date is 30 December 1899, the zero of spreadsheets."""
    path = shared_data / "trip-usa-2015/Chars_exiftool.jpg"
    assert read_path(path).metadata.fix_utc is None


OTHERS = [
    # file, places, expected, time source, offset source, trusted
    ("metadata/dates/date-priority-test.jpg", False, "2023-02-02T02:00:00", "exif", None, True),
    (
        "metadata/dates/gps-datetime.jpg",
        False,
        "2023-11-15T12:30:00+00:00",
        "exif",
        "assumed",
        True,
    ),
    (
        "metadata/dates/gps-datetime.jpg",
        True,
        "2023-11-15T04:30:00-08:00",
        "exif",
        "gps-place",
        True,
    ),
    ("metadata/dates/datetimeoriginal-gps.jpg", False, "2025-12-01T11:30:00", "exif", None, True),
    (
        "metadata/dates/datetimeoriginal-gps.jpg",
        True,
        "2025-12-01T11:30:00-07:00",
        "exif",
        "gps-place",
        True,
    ),
    # a time without a day is no date: the file's own time is left
    (
        "metadata/dates/time-created.jpg",
        True,
        "2026-01-02T03:04:05+00:00",
        "file",
        "assumed",
        False,
    ),
    # IPTC says -04:00, the GPS clock says that the camera's clock ran at -06:00
    (
        "metadata/gps-position/thompson-springs.jpg",
        True,
        "2022-01-10T15:15:44.310000-06:00",
        "xmp",
        "gps-time",
        True,
    ),
    # digitized in 2015, saved in Europe in 2021: the offset of the saving is not borrowed
    ("trip-usa-2015/wild-1.jpg", True, "2015-07-03T10:04:43.500000", "xmp", None, True),
    # "taken" and "digitized" differ by 16 days
    ("trip-usa-2015/IMG_6455.jpg", False, "2015-06-29T19:09:58", "exif", None, True),
    ("trip-usa-2015/IMG_8808.jpg", False, "2015-06-29T20:08:46.610000", "xmp", None, True),
    # IPTC needs an offset: its +0000 means nothing
    ("walk-albums/nature/el_torcal_rocks.jpg", False, "2012-08-05T11:39:59", "exif", None, True),
    # edited at -07:00, taken in London
    (
        "takeout/Google Photos/Photos from 2018/St James Park_edited.jpg",
        True,
        "2018-10-13T09:18:12.501000+01:00",
        "exif",
        "gps-place",
        True,
    ),
    # the GPS date is the day on which a spreadsheet's calendar begins
    (
        "trip-usa-2015/Chars_exiftool.jpg",
        False,
        "2026-01-02T03:04:05+00:00",
        "file",
        "assumed",
        False,
    ),
    # no camera: when its file was made is all that is known
    ("exif/invalid/image00971.jpg", False, "2010-04-13T09:37:22+02:00", "xmp", "written", False),
    (
        "formats/heic/IMG_2682.heic",
        False,
        "2019-03-21T11:04:22.348000-05:00",
        "exif",
        "gps-time",
        True,
    ),
    (
        "takeout/Google Photos/Photos from 2020/Jellyfish.mov",
        False,
        "2020-01-05T14:13:13-08:00",
        "exif",
        "written",
        True,
    ),
]


@pytest.mark.parametrize(("name", "places", "expected", "source", "offset", "trusted"), OTHERS)
def test_which_date_wins(
    shared_data: Path,
    read_path: Read,
    name: str,
    places: bool,
    expected: str,
    source: str,
    offset: str | None,
    trusted: bool,
) -> None:
    taken = read_path(shared_data / name, places=places).metadata.taken
    assert taken is not None
    assert (taken.isoformat(), taken.source, taken.offset_source) == (expected, source, offset)
    assert taken.trusted is trusted


def test_sidecar_corrects_what_the_picture_says(shared_data: Path, read_path: Read) -> None:
    trip = shared_data / "trip-usa-2015"
    result = read_path(trip / "IMG_5910.jpg", trip / "IMG_5910.jpg.xmp", places=False)
    taken = result.metadata.taken
    assert taken is not None
    assert (taken.isoformat(), taken.source) == ("2015-06-12T10:29:26", "sidecar")


def test_sidecar_in_utf_16_dates_a_picture_without_dates(
    shared_data: Path, read_path: Read
) -> None:
    sidecar = shared_data / "metadata/xmp/dates/2010.xmp"
    taken = read_path(shared_data / "orientation/Landscape_1.jpg", sidecar).metadata.taken
    assert taken is not None
    assert (taken.isoformat(), taken.source) == ("2010-09-27T14:35:33+02:00", "sidecar")


def test_sidecar_that_only_says_digitized_leaves_the_camera_its_date(
    shared_data: Path, read_path: Read
) -> None:
    picture = shared_data / "walk-albums/nature/el_torcal_rocks.jpg"
    taken = read_path(picture, shared_data / "metadata/xmp/dates/2020.xmp").metadata.taken
    assert taken is not None
    assert (taken.isoformat(), taken.source) == ("2012-08-05T11:39:59", "exif")
