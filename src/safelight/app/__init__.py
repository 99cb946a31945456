"""Safelight as one object: what every surface calls."""

from safelight.app.facade import Safelight

__all__ = ["Safelight"]
