"""The small readers that dates, places and names are made of."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelight.library.reading import gps
from safelight.library.reading.cameras import camera_name, clean, is_scanner
from safelight.library.reading.capture_time import offset_between
from safelight.library.reading.dates import Stamp, parse_offset, parse_stamp, plausible
from safelight.library.reading.filename_date import name_date
from safelight.model.assets import TimePrecision

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "local", "offset", "precision"),
    [
        ("2015:06:12 13:40:32", "2015-06-12T13:40:32", None, "second"),
        ("2015:06:12 13:40:32\0", "2015-06-12T13:40:32", None, "second"),
        ("2023-09-27T14:32:53+02:00", "2023-09-27T14:32:53", 120, "second"),
        ("2015-06-29T20:08:46.61", "2015-06-29T20:08:46.610000", None, "second"),
        ("2019-01-01T00:15Z", "2019-01-01T00:15:00", 0, "second"),
        ("2024-04-14 02:20:31+0545", "2024-04-14T02:20:31", 345, "second"),
        ("2015-06-12", "2015-06-12T00:00:00", None, "day"),
        ("1985-07", "1985-07-01T00:00:00", None, "month"),
        ("1985:00:00 00:00:00", "1985-01-01T00:00:00", None, "year"),
        ("1985", "1985-01-01T00:00:00", None, "year"),
    ],
)
def test_dates_as_written(text: str, local: str, offset: int | None, precision: str) -> None:
    stamp = parse_stamp(text)
    assert stamp is not None
    found = (stamp.local.isoformat(), stamp.offset, stamp.precision.value)
    assert found == (local, offset, precision)


@pytest.mark.parametrize(
    "text",
    ["", "    :  :     :  :  ", "0000:00:00 00:00:00", "2015:02:30 10:00:00", "yesterday",
     "2015:06:12 25:00:00", "15:06:12", "2015:13:01 00:00:00"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert parse_stamp(text) is None


@given(st.text())
def test_no_text_breaks_the_readers(text: str) -> None:
    parse_stamp(text)
    parse_offset(text)
    name_date(text)
    gps.from_text(text)
    gps.from_iso_6709(text)
    clean(text)


@pytest.mark.parametrize(
    ("stamp", "possible"),
    [
        (Stamp(datetime(1825, 12, 31)), False),
        (Stamp(datetime(1826, 6, 1), precision=TimePrecision.YEAR), True),
        (Stamp(datetime(1970, 1, 1)), False),
        (Stamp(datetime(1980, 1, 1, 0, 3)), False),
        (Stamp(datetime(1980, 1, 1), precision=TimePrecision.YEAR), True),
        (Stamp(datetime(1904, 1, 1)), False),
        (Stamp(datetime(2026, 11, 24, 11)), True),
        (Stamp(datetime(2026, 11, 24, 13)), False),
        (Stamp(datetime(2026, 11, 25, 1), offset=14 * 60), True),
    ],
)
def test_impossible_dates_are_refused(stamp: Stamp, possible: bool) -> None:
    assert plausible(stamp, NOW) is possible


@pytest.mark.parametrize(
    ("name", "local", "precision", "camera", "utc"),
    [
        ("IMG_20190521_134501.jpg", "2019-05-21T13:45:01", "second", True, False),
        ("VID_20190521_134501.mp4", "2019-05-21T13:45:01", "second", True, False),
        ("PXL_20210704_183012345.jpg", "2021-07-04T18:30:12", "second", True, True),
        ("20240413-203800-Unknown.jpg", "2024-04-13T20:38:00", "second", True, False),
        ("2015-06-12 13.45.01.jpg", "2015-06-12T13:45:01", "second", True, False),
        ("2015-06-12 13.45.01-2.jpg", "2015-06-12T13:45:01", "second", True, False),
        ("Screenshot_20200301-101112_Chrome.png", "2020-03-01T10:11:12", "second", True, False),
        ("Screenshot 2020-03-01 at 10.11.12.png", "2020-03-01T10:11:12", "second", True, False),
        ("VID-20200101-WA0003.mp4", "2020-01-01T00:00:00", "day", False, False),
        ("IMG-20200101-WA0003.jpg", "2020-01-01T00:00:00", "day", False, False),
        (
            "WhatsApp Image 2020-01-01 at 12.34.56.jpeg",
            "2020-01-01T12:34:56",
            "second",
            False,
            False,
        ),
        ("signal-2020-01-01-123456.jpg", "2020-01-01T12:34:56", "second", False, False),
        ("signal-2020-01-01-12-34-56-789.jpg", "2020-01-01T12:34:56", "second", False, False),
        ("FB_IMG_1577836800000.jpg", "2020-01-01T00:00:00", "second", False, True),
        ("Party 2012-05-06.jpg", "2012-05-06T00:00:00", "day", True, False),
    ],
)
def test_dates_in_names(name: str, local: str, precision: str, camera: bool, utc: bool) -> None:
    found = name_date(name)
    assert found is not None
    assert found.stamp.local.isoformat() == local
    assert (found.stamp.precision.value, found.camera, found.utc) == (precision, camera, utc)


@pytest.mark.parametrize(
    "name",
    ["scan0001.jpg", "IMG_1234.JPG", "DSC01234.ARW", "20150230_101112.jpg", "123456789012.jpg",
     "IMG_99999999_999999.jpg", "report-2.0.1.png", ""],
)  # fmt: skip
def test_names_without_a_date(name: str) -> None:
    assert name_date(name) is None


@pytest.mark.parametrize(
    ("local", "minutes"),
    [
        (datetime(2024, 4, 14, 2, 20, 31), 345),
        (datetime(2024, 4, 13, 20, 35, 31), 0),
        (datetime(2024, 4, 13, 20, 39, 0), 0),  # a fix three and a half minutes old
        (datetime(2024, 4, 13, 20, 43, 0), None),  # neither zero nor a quarter
        (datetime(2024, 4, 14, 11, 35, 31), None),  # fifteen hours
        (datetime(2024, 4, 13, 11, 5, 31), -570),
    ],
)
def test_offset_from_the_gps_clock(local: datetime, minutes: int | None) -> None:
    assert offset_between(local, datetime(2024, 4, 13, 20, 35, 31, tzinfo=UTC)) == minutes


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("51,30.5N", 51.508333),
        ("51,30,30N", 51.508333),
        ("0,7,28.5W", -0.12458333),
        ("39 deg 6' 54.00\" N", 39.115),
        ("108 deg 24' 3.49\" W", -108.40096944),
        ("-33.8568", -33.8568),
        ("33.8568S", -33.8568),
        ("", None),
        ("north", None),
    ],
)
def test_coordinates_as_text(text: str, degrees: float | None) -> None:
    assert gps.from_text(text) == (degrees if degrees is None else pytest.approx(degrees))


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(0.0, 0.0), (90.1, 0.0), (1.0, -180.5), (float("nan"), 5.0), (None, 5.0), (float("inf"), 1.0)],
)
def test_coordinates_that_are_no_place(latitude: float | None, longitude: float | None) -> None:
    assert gps.point(latitude, longitude, None) is None


def test_video_coordinates() -> None:
    point = gps.from_iso_6709("+37.7749-122.4194+010.000/")
    assert point is not None
    assert (point.latitude, point.longitude, point.altitude) == (37.7749, -122.4194, 10.0)


@pytest.mark.parametrize(
    ("make", "model", "name"),
    [
        ("Canon", "Canon EOS 70D", "Canon EOS 70D"),
        ("NIKON CORPORATION", "NIKON D750", "NIKON D750"),
        ("NIKON", "COOLPIX P6000", "Nikon COOLPIX P6000"),
        ("PENTAX Corporation \0", "PENTAX K10D        \0", "PENTAX K10D"),
        ("Apple", "iPhone 6s", "Apple iPhone 6s"),
        ("samsung", "SM-S906U", "Samsung SM-S906U"),
        ("SONY\0junk", "DSLR-A550\0", "Sony DSLR-A550"),
        (None, "Jolla", "Jolla"),
        ("\0\0", "", None),
    ],
)
def test_camera_names(make: str | None, model: str | None, name: str | None) -> None:
    assert camera_name(make, model) == name


@pytest.mark.parametrize(
    ("text", "scanner"),
    [("EPSON Perfection V600", True), ("CanoScan 9000F", True), ("VueScan 9 x64", True),
     ("SilverFast 8", True), ("HP Scanjet G4010", True), ("Canon EOS 70D", False),
     ("EPSON R-D1", False)],
)  # fmt: skip
def test_scanners(text: str, scanner: bool) -> None:
    assert is_scanner(None, text) is scanner
