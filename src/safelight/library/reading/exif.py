"""EXIF: what the camera wrote (Exif 2.32, CIPA DC-008)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from PIL import Image

from safelight.library.reading import gps
from safelight.library.reading.cameras import clean
from safelight.library.reading.dates import Stamp, parse_offset, parse_stamp
from safelight.model.assets import GeoPoint, TimePrecision

_DETAILS, _POSITION = 0x8769, 0x8825
_DESCRIPTION, _MAKE, _MODEL, _ORIENTATION, _SOFTWARE = 0x010E, 0x010F, 0x0110, 0x0112, 0x0131
_MODIFIED, _RATING, _RATING_PERCENT = 0x0132, 0x4746, 0x4749
_XP_TITLE, _XP_COMMENT, _XP_KEYWORDS, _XP_SUBJECT = 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F
_ORIGINAL, _DIGITIZED, _USER_COMMENT, _LENS = 0x9003, 0x9004, 0x9286, 0xA434
_SUBSECONDS = {_MODIFIED: 0x9290, _ORIGINAL: 0x9291, _DIGITIZED: 0x9292}
_OFFSETS = {_MODIFIED: 0x9010, _ORIGINAL: 0x9011, _DIGITIZED: 0x9012}
_TIFF_MAGIC = (b"II*\0", b"MM\0*")
_CAMERA_PLACEHOLDERS = frozenset(
    {"sony dsc", "olympus digital camera", "minolta digital camera", "dcim", "default", "photo"}
)


@dataclass(frozen=True, slots=True)
class ExifFacts:
    """What EXIF says; every field may be missing.

    Attributes:
        original, digitized, modified: dates with the offset that belongs to each.
        fix: aware UTC instant of the GPS fix; only where it carries a date.
        location: only when asked for.
    """

    make: str | None = None
    model: str | None = None
    software: str | None = None
    lens: str | None = None
    orientation: int = 1
    original: Stamp | None = None
    digitized: Stamp | None = None
    modified: Stamp | None = None
    fix: datetime | None = None
    location: GeoPoint | None = None
    title: str | None = None
    description: str | None = None
    keywords: tuple[str, ...] = ()
    rating: int | None = None


def parse_exif(data: bytes) -> Image.Exif:
    """EXIF from its bytes: with or without the "Exif" prefix, or a whole TIFF-based raw file."""
    exif = Image.Exif()
    if data[:2] in {b"II", b"MM"} and data[:4] not in _TIFF_MAGIC:
        # Olympus and Panasonic raw files are TIFF but for the number that says so.
        data = (_TIFF_MAGIC[0] if data[:2] == b"II" else _TIFF_MAGIC[1]) + data[4:]
    exif.load(data)
    return exif


def exif_facts(exif: Image.Exif, *, want_places: bool) -> ExifFacts:
    """Read what is used out of parsed EXIF; damaged parts are left out.

    Args:
        want_places: whether coordinates may be looked at. The time of the GPS fix is read in
            any case: it tells the clock, not the place.
    """
    root = _directory(exif, None)
    details = {**root, **_directory(exif, _DETAILS)}
    position = _directory(exif, _POSITION)
    return ExifFacts(
        make=_text(root.get(_MAKE)),
        model=_text(root.get(_MODEL)),
        software=_text(root.get(_SOFTWARE)),
        lens=_text(details.get(_LENS)),
        orientation=orientation(root.get(_ORIENTATION)),
        original=_stamp(details, _ORIGINAL),
        digitized=_stamp(details, _DIGITIZED),
        modified=_stamp(details, _MODIFIED),
        fix=_fix(position),
        location=_location(position) if want_places else None,
        title=_wide_text(root.get(_XP_TITLE)) or _wide_text(root.get(_XP_SUBJECT)),
        description=_description(root, details),
        keywords=_keywords(root.get(_XP_KEYWORDS)),
        rating=_rating(root),
    )


def orientation(value: object) -> int:
    """An orientation 1 to 8; anything else means upright."""
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _directory(exif: Image.Exif, tag: int | None) -> Mapping[int, Any]:
    try:
        return dict(exif) if tag is None else exif.get_ifd(tag)
    except Exception:  # noqa: BLE001  # a damaged directory may raise anything; the rest still counts
        return {}


def _text(value: object) -> str | None:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return clean(value) if isinstance(value, str) else None


def _wide_text(value: object) -> str | None:
    """Windows Explorer's fields: UTF-16 in bytes."""
    if isinstance(value, tuple) and all(isinstance(item, int) for item in value):
        value = bytes(item & 0xFF for item in value)
    if not isinstance(value, bytes):
        return _text(value)
    return clean(value.decode("utf-16-le", "ignore"))


def _keywords(value: object) -> tuple[str, ...]:
    words = (clean(word) for word in (_wide_text(value) or "").split(";"))
    return tuple(word for word in words if word)


def _description(root: Mapping[int, Any], details: Mapping[int, Any]) -> str | None:
    text = _text(root.get(_DESCRIPTION))
    if text and text.lower() not in _CAMERA_PLACEHOLDERS:
        return text
    return _wide_text(root.get(_XP_COMMENT)) or _comment(details.get(_USER_COMMENT))


def _comment(value: object) -> str | None:
    if not isinstance(value, bytes):
        return _text(value)
    code, body = value[:8].rstrip(b"\0 "), value[8:]
    if code == b"ASCII":
        return clean(body.decode("ascii", "ignore"))
    if code == b"UNICODE":
        best = body.decode("utf-16-le" if body[1:2] == b"\0" else "utf-16-be", "ignore")
        return clean(best)
    return None


def _rating(root: Mapping[int, Any]) -> int | None:
    stars = root.get(_RATING)
    if isinstance(stars, int) and 1 <= stars <= 5:
        return stars
    return stars_from_percent(root.get(_RATING_PERCENT))


def stars_from_percent(percent: object) -> int | None:
    """Windows' percentages 1, 25, 50, 75, 99 as one to five stars; None for unrated."""
    if not isinstance(percent, int | float) or not 0 < percent <= 100:
        return None
    return min(5, 1 + round(percent / 25))


def _stamp(details: Mapping[int, Any], tag: int) -> Stamp | None:
    stamp = parse_stamp(_text(details.get(tag)) or "")
    if stamp is None:
        return None
    fraction = _fraction(_text(details.get(_SUBSECONDS[tag])))
    local = stamp.local.replace(microsecond=fraction or stamp.local.microsecond)
    offset = stamp.offset
    if offset is None:
        offset = parse_offset(_text(details.get(_OFFSETS[tag])) or "")
    return Stamp(local, offset, stamp.precision)


def _fraction(digits: str | None) -> int:
    """Microseconds; 0 where there are none."""
    if not digits or not digits.isascii() or not digits.isdigit():
        return 0
    return int(digits[:6].ljust(6, "0"))


def _numbers(value: object) -> list[float]:
    items: Iterable[object] = value if isinstance(value, tuple | list) else (value,)
    found = []
    for item in items:
        try:
            found.append(float(item))  # type: ignore[arg-type]  # what is no number is caught
        except (TypeError, ValueError, ZeroDivisionError, OverflowError):
            return []
    return found


def _fix(position: Mapping[int, Any]) -> datetime | None:
    day = parse_stamp(_text(position.get(29)) or "")
    clock = _numbers(position.get(7))
    if day is None or day.precision is not TimePrecision.DAY or len(clock) != 3:
        return None
    if not all(math.isfinite(part) and 0 <= part <= 60 for part in clock) or clock[0] >= 24:
        return None
    hours, minutes, seconds = clock
    try:
        since_midnight = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        return day.local.replace(tzinfo=UTC) + since_midnight
    except OverflowError:  # the last second of the year 9999, and one more
        return None


def _location(position: Mapping[int, Any]) -> GeoPoint | None:
    latitude = gps.from_sexagesimal(_numbers(position.get(2)), _text(position.get(1)) or "")
    longitude = gps.from_sexagesimal(_numbers(position.get(4)), _text(position.get(3)) or "")
    metres = _numbers(position.get(6))
    altitude = metres[0] if metres and math.isfinite(metres[0]) else None
    if altitude is not None and position.get(5) in (b"\x01", 1):
        altitude = -altitude
    return gps.point(latitude, longitude, altitude)
