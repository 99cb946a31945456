"""Plans as JSON: for recipes that are kept, and for the browser."""

from __future__ import annotations

import math
import re
from typing import Any

from safelight.creations.collage.ornaments import ORNAMENTS
from safelight.model.creations import Box, Cell, CollagePlan, Ornament, Waypoint
from safelight.model.errors import UserError

_VERSION = 1
_LONGEST = 50_000
_COLOUR = re.compile("#[0-9a-fA-F]{6}")


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
        plan = CollagePlan(
            width=_side(data["width"]),
            height=_side(data["height"]),
            layout=_text(data["layout"]),
            cells=tuple(_cell_in(cell) for cell in data["cells"]),
            background=_colour(data["background"]),
            ink=_colour(data["ink"]),
            title=_words(data["title"]),
            subtitle=_words(data["subtitle"]),
            title_box=_box_in(box) if box else None,
            style=_text(data.get("style", "mosaic")),
            ornaments=tuple(
                Ornament(_ornament(kind), _box_in(where), _number(angle))
                for kind, where, angle in data.get("ornaments", ())
            ),
            route=tuple(
                Waypoint(_number(latitude), _number(longitude), _text(label))
                for latitude, longitude, label in data.get("route", ())
            ),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise UserError(f"this is not a collage plan: {error}") from error
    if any(each.kind == "map" for each in plan.ornaments) and not plan.route:
        raise UserError("this is not a collage plan: its map shows no way")
    return plan


def _box_out(box: Box) -> list[float]:
    return [box.x, box.y, box.width, box.height]


def _box_in(values: list[float]) -> Box:
    x, y, width, height = map(_number, values)
    return Box(x, y, width, height)


def _cell_in(cell: dict[str, Any]) -> Cell:
    width, height = map(int, cell["size"])
    if min(width, height) < 1 and (width, height) != (0, 0):
        raise ValueError("a photo without a size")
    return Cell(
        _text(cell["asset"]),
        _box_in(cell["source"]),
        _box_in(cell["placed"]),
        (width, height),
        _number(cell.get("angle", 0.0)),
    )


def _side(value: Any) -> int:
    side = int(value)
    if not 1 <= side <= _LONGEST:
        raise ValueError(f"a canvas is 1 to {_LONGEST} pixels wide and high")
    return side


def _number(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{number} is nowhere")
    return number


def _text(value: Any) -> str:
    text = str(value)
    text.encode()  # half of a letter, which JSON can hold, cannot be kept
    return text


def _words(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError("words are text")
    return None if value is None else _text(value)


def _colour(value: Any) -> str:
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise ValueError("a colour is written as #12ab9f")
    return value


def _ornament(kind: Any) -> str:
    if kind not in ORNAMENTS:
        raise ValueError("no such ornament")
    return str(kind)
