"""Plans as JSON: for recipes that are kept, and for the browser."""

from __future__ import annotations

from typing import Any

from safelight.model.creations import Box, Cell, CollagePlan, Ornament, Waypoint
from safelight.model.errors import UserError

_VERSION = 1


def plan_to_json(plan: CollagePlan) -> dict[str, Any]:
    """A plan as a JSON object; boxes are [x, y, width, height]. Lossless."""
    return {
        "version": _VERSION,
        "width": plan.width,
        "height": plan.height,
        "layout": plan.layout,
        "background": plan.background,
        "ink": plan.ink,
        "title": plan.title,
        "subtitle": plan.subtitle,
        "title_box": _box_out(plan.title_box) if plan.title_box else None,
        "style": plan.style,
        "ornaments": [[o.kind, _box_out(o.box), o.angle] for o in plan.ornaments],
        "route": [[w.latitude, w.longitude, w.label] for w in plan.route],
        "cells": [
            {
                "asset": cell.asset,
                "source": _box_out(cell.source),
                "placed": _box_out(cell.placed),
                "size": list(cell.size),
                "angle": cell.angle,
            }
            for cell in plan.cells
        ],
    }


def plan_from_json(data: dict[str, Any]) -> CollagePlan:
    """The plan that `plan_to_json` wrote.

    Raises:
        UserError: something is missing, of the wrong type, or of a later version.
    """
    if data.get("version", _VERSION) != _VERSION:
        raise UserError("this collage was planned by a later version of the program")
    try:
        box = data["title_box"]
        return CollagePlan(
            width=int(data["width"]),
            height=int(data["height"]),
            layout=str(data["layout"]),
            cells=tuple(_cell_in(cell) for cell in data["cells"]),
            background=str(data["background"]),
            ink=str(data["ink"]),
            title=data["title"],
            subtitle=data["subtitle"],
            title_box=_box_in(box) if box else None,
            style=str(data.get("style", "mosaic")),
            ornaments=tuple(
                Ornament(str(kind), _box_in(where), float(angle))
                for kind, where, angle in data.get("ornaments", ())
            ),
            route=tuple(
                Waypoint(float(latitude), float(longitude), str(label))
                for latitude, longitude, label in data.get("route", ())
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(f"this is not a collage plan: {error}") from error


def _box_out(box: Box) -> list[float]:
    return [box.x, box.y, box.width, box.height]


def _box_in(values: list[float]) -> Box:
    x, y, width, height = (float(value) for value in values)
    return Box(x, y, width, height)


def _cell_in(cell: dict[str, Any]) -> Cell:
    width, height = cell["size"]
    return Cell(
        str(cell["asset"]),
        _box_in(cell["source"]),
        _box_in(cell["placed"]),
        (int(width), int(height)),
        float(cell.get("angle", 0.0)),
    )
