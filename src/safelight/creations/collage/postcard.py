"""A postcard of a journey: a few photos and a map of the way."""

from __future__ import annotations

from dataclasses import replace

from safelight.creations.collage.layouts import plans
from safelight.creations.collage.sheets import Sheet
from safelight.model.creations import Box, CollagePlan, Ingredient, Ornament
from safelight.model.errors import UserError

_MAP = " map"
"""Stands for the map among the photos; no asset has such a name."""


def postcards(sheet: Sheet, count: int) -> list[CollagePlan]:
    """Layouts of the photos with a map among them, as one of their number.

    Raises:
        UserError: there is no journey to show.
    """
    if len(sheet.route) < 2:
        raise UserError(
            "A postcard shows a map of a journey: it needs photos from two places or more, and "
            "the switch “Places and trips”."
        )
    side = min(sheet.width, sheet.height)
    chart = Ingredient(_MAP, side, round(side * _shape(sheet)), weight=2.4, keep=(_whole(side),))
    found = plans(
        [*sheet.photos, chart],
        sheet.width,
        sheet.height,
        title=sheet.title,
        subtitle=sheet.subtitle,
        seed=sheet.seed,
        count=count,
        theme="white",
    )
    return [_with_map(plan, sheet) for plan in found]


def _shape(sheet: Sheet) -> float:
    """Height to width of the map: as the journey lies, within reason."""
    across = max(w.longitude for w in sheet.route) - min(w.longitude for w in sheet.route)
    down = max(w.latitude for w in sheet.route) - min(w.latitude for w in sheet.route)
    return min(1.25, max(0.8, (down + 1e-3) / (across * 0.75 + 1e-3)))


def _whole(side: int) -> Box:
    return Box(side * 0.08, side * 0.08, side * 0.84, side * 0.6)


def _with_map(plan: CollagePlan, sheet: Sheet) -> CollagePlan:
    """The cell that stood for the map becomes the map."""
    place = next(cell.placed for cell in plan.cells if cell.asset == _MAP)
    return replace(
        plan,
        cells=tuple(cell for cell in plan.cells if cell.asset != _MAP),
        ornaments=(Ornament("map", place),),
        route=sheet.route,
    )
