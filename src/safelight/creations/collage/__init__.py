"""Collages: plans that follow the photos' shapes, and the pixels that come of them."""

from __future__ import annotations

from safelight.creations.collage.arranging import arrange, borders, hold_pins, holds
from safelight.creations.collage.contact import contact_sheet
from safelight.creations.collage.formats import FORMATS, Format, find_format
from safelight.creations.collage.layouts import plans
from safelight.creations.collage.plan_codec import plan_from_json, plan_to_json
from safelight.creations.collage.render import cuts_of, render
from safelight.creations.collage.sheets import Sheet
from safelight.creations.collage.styles import STYLES, plans_in
from safelight.creations.collage.typography import missing_glyphs, printable

__all__ = [
    "FORMATS",
    "STYLES",
    "Format",
    "Sheet",
    "arrange",
    "borders",
    "contact_sheet",
    "cuts_of",
    "find_format",
    "hold_pins",
    "holds",
    "missing_glyphs",
    "plan_from_json",
    "plan_to_json",
    "plans",
    "plans_in",
    "printable",
    "render",
]
