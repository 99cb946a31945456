"""Coordinates as photo metadata writes them; only values that can be a place on Earth."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from safelight.model.assets import GeoPoint

_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:/\d+)?")
_ISO_6709 = re.compile(
    r"(?P<latitude>[-+]\d+(?:\.\d+)?)(?P<longitude>[-+]\d+(?:\.\d+)?)(?P<altitude>[-+]\d+(?:\.\d+)?)?"
)
_HIGHEST_M = 100_000.0


def point(
    latitude: float | None, longitude: float | None, altitude: float | None
) -> GeoPoint | None:
    """A point, or None where a coordinate is missing, no number, out of range or (0, 0).

    Nobody stands at 0° N 0° E; many writers mean "no fix" by it.
    """
    if latitude is None or longitude is None:
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # also False for NaN
        return None
    if abs(latitude) < 1e-6 and abs(longitude) < 1e-6:
        return None
    if altitude is not None and not abs(altitude) < _HIGHEST_M:
        altitude = None
    return GeoPoint(round(latitude, 7), round(longitude, 7), altitude)


def from_sexagesimal(parts: Sequence[float], reference: str) -> float | None:
    """Degrees from degrees, minutes and seconds (any may be missing from the end)."""
    if not parts or not all(math.isfinite(part) for part in parts):
        return None
    degrees = 0.0
    for part in reversed(parts[:3]):
        degrees = degrees / 60 + part
    return -degrees if reference.strip("\0 ").upper()[:1] in {"S", "W"} else degrees


def from_text(text: str) -> float | None:
    """Degrees from "51,30.5N", "51,30,30N", "39 deg 6' 54.00\\" N" or "-108.4"."""
    parts = [_ratio(found) for found in _NUMBER.findall(text)]
    stripped = text.strip()
    degrees = from_sexagesimal(parts, stripped[-1:] or " ")
    return -degrees if degrees is not None and stripped.startswith("-") else degrees


def _ratio(text: str) -> float:
    above, _, below = text.partition("/")
    return float(above) / (float(below) or math.nan) if below else float(above)


def from_iso_6709(text: str) -> GeoPoint | None:
    """A point from "+37.7749-122.4194+010.000/" as videos carry it (decimal degrees)."""
    found = _ISO_6709.match(text.strip())
    if found is None:
        return None
    altitude = found["altitude"]
    return point(
        float(found["latitude"]), float(found["longitude"]), float(altitude) if altitude else None
    )


def altitude_from_text(text: str | None, below: str | None) -> float | None:
    """Metres from an XMP rational such as "14839/10"; negative where the reference is 1."""
    if not text or not (found := _NUMBER.search(text)):
        return None
    metres = _ratio(found[0])
    return -metres if (below or "").strip() == "1" or text.strip().startswith("-") else metres
