"""Places as people say them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place in words, from the smallest that people would say to the country.

    Attributes:
        city: city, town or village; None where the nearest one is too far to be said.
        region: state, province or county.
        country: short English name, as people say it ("United States", not "…of America").
        country_code: ISO 3166-1 alpha-2.
    """

    city: str | None
    region: str | None
    country: str
    country_code: str

    def label(self) -> str:
        """The shortest name that tells it apart: the city, else the region, else the country."""
        return self.city or self.region or self.country
