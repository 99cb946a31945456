"""Changes to a collage as an address has them: what was changed, and the next change."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from starlette.datastructures import FormData, QueryParams

from safelight.app import Safelight
from safelight.app.views import ArrangedCollage, CollageOrder
from safelight.model.arrangement import Arrangement, Border, Crop
from safelight.model.creations import Box
from safelight.model.errors import UserError

_NUMBER = re.compile(r"-?\d{1,6}(\.\d{1,6})?")
_MOST = 64
"""Photos and borders are fewer; an address that names more is not one of ours."""


def arrangement_pairs(wanted: Arrangement) -> dict[str, str]:
    """Changes as fields of an address; empty where there are none."""
    crops = (_joined(name, c.zoom, c.x, c.y) for name, c in wanted.crops)
    pins = (_joined(name, b.x, b.y, b.width, b.height) for name, b in wanted.pins)
    return {
        "seats": ",".join(wanted.seats),
        "crops": ",".join(crops),
        "borders": ",".join(_joined(name, share) for name, share in wanted.borders),
        "pins": ",".join(pins),
    }


def read_arrangement(values: QueryParams | FormData) -> Arrangement:
    """The changes that an address or a form names; what cannot be read is left out."""
    crops = {name: Crop(*numbers) for name, numbers in _tuples(values, "crops", 3)}
    pins = {name: Box(*numbers) for name, numbers in _tuples(values, "pins", 4)}
    borders = {name: numbers[0] for name, numbers in _tuples(values, "borders", 1)}
    seats = tuple(name for name in _text(values, "seats").split(",") if name)[:_MOST]
    return Arrangement(
        seats if len(set(seats)) == len(seats) else (),
        tuple(crops.items()),
        tuple(borders.items()),
        tuple(pins.items()),
    )


def changed(safelight: Safelight, found: ArrangedCollage, step: str) -> CollageOrder:
    """The order after one change, as `swap:A:B` says it.

    Raises:
        UserError: there is no such change, or it cannot be made.
    """
    name, *words = step.split(":")
    if name not in _CHANGES:
        raise UserError("There is no such change.")
    try:
        return _CHANGES[name](safelight, found, words)
    except (ValueError, TypeError, IndexError) as error:
        raise UserError("This change cannot be read.") from error


def plan_fields(found: ArrangedCollage) -> dict[str, object]:
    """What a page needs to show an arranged collage while a border is moved."""
    chart = next((each.box for each in found.plan.ornaments if each.kind == "map"), None)
    return {
        "cells": [
            {"asset": cell.asset, "placed": _sides(cell.placed), "source": _sides(cell.source)}
            for cell in found.plan.cells
        ],
        "map": _sides(chart) if chart else None,
        "borders": [{"name": each.name, "box": _sides(each.box)} for each in found.borders],
        "cut": list(found.cut),
    }


def grip_of(border: Border, width: float, height: float) -> Box:
    """Where a border can be taken hold of: a finger is broader than a gutter."""
    room, box = 0.022 * min(width, height), border.box
    # Shorter than the border, so that where two meet each can still be told from the other.
    if border.upright:
        return Box(box.x + box.width / 2 - room, box.y + room, 2 * room, box.height - 2 * room)
    return Box(box.x + room, box.y + box.height / 2 - room, box.width - 2 * room, 2 * room)


Change = Callable[[Safelight, ArrangedCollage, list[str]], CollageOrder]


def _crop(safelight: Safelight, found: ArrangedCollage, words: list[str]) -> CollageOrder:
    asset, *numbers = words
    crop = Crop(*map(_number, numbers)) if numbers else None
    return safelight.making.changing.crop(found, asset, crop)


def _nudge(safelight: Safelight, found: ArrangedCollage, words: list[str]) -> CollageOrder:
    asset, zoom, right, down = words
    steps = _number(zoom), _number(right), _number(down)
    return safelight.making.changing.nudge(found, asset, *steps)


def _border(safelight: Safelight, found: ArrangedCollage, words: list[str]) -> CollageOrder:
    name, share = words
    return safelight.making.changing.move_border(found, name, _number(share))


_CHANGES: Mapping[str, Change] = MappingProxyType(
    {
        "swap": lambda s, found, words: s.making.changing.swap(found, *_two(words)),
        "put": lambda s, found, words: s.making.changing.put(found, *_two(words)),
        "drop": lambda s, found, words: s.making.changing.drop(found, words[0]),
        "pin": lambda s, found, words: s.making.changing.pin(found, words[0]),
        "unpin": lambda s, found, words: s.making.changing.unpin(found, words[0]),
        "crop": _crop,
        "nudge": _nudge,
        "border": _border,
    }
)


def _two(words: list[str]) -> tuple[str, str]:
    one, other = words
    return one, other


def _joined(name: str, *numbers: float) -> str:
    told = (f"{number:.4f}".rstrip("0").rstrip(".") for number in numbers)
    return ":".join((name, *told))


def _tuples(
    values: QueryParams | FormData, field: str, count: int
) -> list[tuple[str, list[float]]]:
    found = []
    for each in _text(values, field).split(",")[:_MOST]:
        name, *numbers = each.split(":")
        if name and len(numbers) == count and all(map(_NUMBER.fullmatch, numbers)):
            found.append((name, [float(number) for number in numbers]))
    return found


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text)


def _text(values: QueryParams | FormData, name: str) -> str:
    value = values.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _sides(box: Box) -> list[float]:
    return [box.x, box.y, box.width, box.height]
