"""Names for coordinates, offline."""

from safelight.analysis.places.geocoder import Geocoder

__all__ = ["Geocoder"]
