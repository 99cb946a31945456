"""Restyles: a picture painted after a work in the public domain, or given a darkroom look."""

from __future__ import annotations

from safelight.creations.restyle.looks import LOOKS, Look, develop
from safelight.creations.restyle.painting import paint, read_style
from safelight.creations.restyle.works import Work, works

__all__ = ["LOOKS", "Look", "Work", "develop", "paint", "read_style", "works"]
