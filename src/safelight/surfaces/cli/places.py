"""Places as fields."""

from __future__ import annotations

from safelight.model.places import Place


def place_fields(place: Place | None) -> dict[str, str | None] | None:
    """A place as the fields that programs rely on."""
    if place is None:
        return None
    return {
        "city": place.city,
        "region": place.region,
        "country": place.country,
        "country_code": place.country_code,
    }
