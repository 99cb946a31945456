from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from safelight.analysis.places import Geocoder
from safelight.ideas.homes import find_homes
from safelight.ideas.moments import find_moments
from safelight.ideas.trips import find_trips
from safelight.model.assets import AssetKind, Shot

_XMP_TIME = re.compile(
    rb"(?:DateTimeOriginal|DateCreated)[^0-9]{1,3}([0-9]{4}-[0-9-]{5}T[0-9:]{8})"
)


def _seconds(text: str) -> float:
    return datetime.strptime(text[:19], "%Y:%m:%d %H:%M:%S").replace(tzinfo=UTC).timestamp()


def _degrees(value: tuple[float, float, float], reference: str) -> float:
    size = float(value[0]) + float(value[1]) / 60 + float(value[2]) / 3600
    return -size if reference in "SW" else size


def _read(path: Path, root: Path) -> Shot | None:
    """Time and place from EXIF (and the time from XMP, where these files keep it)."""
    try:
        with Image.open(path) as image:
            exif, size = image.getexif(), image.size
    except UnidentifiedImageError:
        return None
    detail, gps = exif.get_ifd(0x8769), exif.get_ifd(0x8825)
    xmp = _XMP_TIME.search(path.read_bytes())
    written = xmp.group(1).decode().replace("-", ":").replace("T", " ") if xmp else None
    text = detail.get(36867) or written
    if not text:
        return None
    local = utc = _seconds(text)
    if offset := detail.get(36881):
        minutes = int(offset[1:3]) * 60 + int(offset[4:6])
        utc = local - (-minutes if offset[0] == "-" else minutes) * 60
    located = 2 in gps and 4 in gps
    return Shot(
        id=str(path.relative_to(root)),
        utc=utc,
        local=local,
        trusted=True,
        kind=AssetKind.PHOTO,
        width=size[0],
        height=size[1],
        latitude=_degrees(gps[2], gps[1]) if located else None,
        longitude=_degrees(gps[4], gps[3]) if located else None,
    )


def _shots(root: Path) -> list[Shot]:
    geocoder = Geocoder()
    found = [_read(path, root) for path in sorted(root.rglob("*.jpg"))]
    return [
        replace(shot, place=geocoder.name(shot.latitude, shot.longitude))
        if shot.latitude is not None and shot.longitude is not None
        else shot
        for shot in found
        if shot is not None
    ]


def test_june_and_july_2015_are_one_trip_that_names_its_regions(shared_data: Path) -> None:
    shots = _shots(shared_data / "trip-usa-2015")
    summer = {s.id for s in shots if date(2015, 6, 12) <= s.day <= date(2015, 7, 11)}
    homes = find_homes(shots)
    trips = find_trips(shots, find_moments(shots, homes), homes)
    assert len(summer) >= 20
    assert [set(trip.assets) for trip in trips] == [summer]
    assert trips[0].title == "Road trip: California, Utah and Arizona"


def test_seven_cities_in_four_minutes_are_no_trip(shared_data: Path) -> None:
    shots = [
        shot
        for shot in _shots(shared_data / "trip-usa-2015")
        if shot.id.startswith("4MinsAroundTheWorld")
    ]
    assert len({shot.place for shot in shots}) >= 7
    assert find_trips(shots, find_moments(shots), []) == []
