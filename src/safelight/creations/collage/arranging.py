"""A plan as a person changed it: other seats, other crops, borders elsewhere.

Everything here is arithmetic on boxes: the same plan, photos and changes give the same plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from safelight.creations.collage.borders import Borders
from safelight.creations.collage.sheets import filling
from safelight.model.arrangement import Arrangement, Border, Crop, Hold
from safelight.model.creations import Box, Cell, CollagePlan, Ingredient

_MOST_ZOOM, _LEAST_ZOOM = 6.0, 2.0
"""A photo can always be zoomed twice, and never more than six times."""
_ENLARGED = 2.0
"""Between these, until each of its pixels covers two of the canvas's each way."""
_FOREHEAD = 0.1
"""Share of a rectangle to be kept that may go on each side: it has air around the face."""

_LOOSE = frozenset({"grid", "film-strip", "polaroid"})
"""Styles whose cells are not there to be resized: each photo has the same room, or stands whole."""

Photos = Mapping[str, Ingredient]


def arrange(plan: CollagePlan, photos: Photos, wanted: Arrangement) -> CollagePlan:
    """The plan with a person's changes; those that do not fit it are left out.

    Args:
        photos: by asset; every photo that is laid out or seated.
    """
    seats = wanted.seats or hold_pins(plan, wanted)
    places = _moved(plan, wanted)
    crops = dict(wanted.crops)
    cells = []
    for index, cell in enumerate(plan.cells):
        asset = seats[index] if len(seats) == len(plan.cells) else cell.asset
        placed = places.get(index, cell.placed)
        cells.append(_seated(cell, photos[asset], placed, crops.get(asset)))
    chart = places.get(len(plan.cells))
    ornaments = tuple(
        replace(each, box=chart) if each.kind == "map" and chart else each
        for each in plan.ornaments
    )
    return replace(plan, cells=tuple(cells), ornaments=ornaments)


def borders(plan: CollagePlan, wanted: Arrangement) -> list[Border]:
    """The borders that can be moved in a plan as it was laid out, where they lie now."""
    if not _movable(plan):
        return []
    return _borders(plan).all(dict(wanted.borders))


def holds(plan: CollagePlan, photos: Photos, wanted: Arrangement) -> list[Hold]:
    """What can be done with each cell of an arranged plan."""
    return [
        Hold(
            cell.asset,
            crop_of(cell),
            most_zoom(cell),
            photos[cell.asset].keep,
            cuts_kept(cell, photos[cell.asset]),
            cell.asset in wanted.pinned,
        )
        for cell in plan.cells
    ]


def hold_pins(plan: CollagePlan, wanted: Arrangement) -> tuple[str, ...]:
    """Seats in which each pinned photo has the cell most like where it was pinned."""
    seats = [cell.asset for cell in plan.cells]
    free = set(range(len(seats)))
    for asset, box in wanted.pins:
        if asset not in seats:
            continue
        target = Box(
            box.x * plan.width,
            box.y * plan.height,
            box.width * plan.width,
            box.height * plan.height,
        )
        best = max(sorted(free), key=lambda i: _alike(plan.cells[i].placed, target))
        here = seats.index(asset)
        seats[here], seats[best] = seats[best], seats[here]
        free.discard(best)
    return tuple(seats)


def crop_of(cell: Cell) -> Crop:
    """What a cell shows, as a change would say it."""
    width, height = cell.size
    cover, _ = _cover(width, height, cell.placed)
    source = cell.source
    return Crop(
        max(1.0, cover / source.width),
        (source.x + source.width / 2) / width,
        (source.y + source.height / 2) / height,
    )


def most_zoom(cell: Cell) -> float:
    """How far the photo of a cell can be zoomed."""
    cover, _ = _cover(*cell.size, cell.placed)
    sharp = cover * _ENLARGED / cell.placed.width
    return min(_MOST_ZOOM, max(_LEAST_ZOOM, sharp))


def cuts_kept(cell: Cell, photo: Ingredient) -> bool:
    """Whether a cell cuts a rectangle that should be kept."""
    s = cell.source
    for box in photo.keep:
        air_x, air_y = _FOREHEAD * box.width, _FOREHEAD * box.height
        inside_x = s.x <= box.x + air_x and box.x + box.width - air_x <= s.x + s.width
        if not (inside_x and s.y <= box.y + air_y and box.y + box.height - air_y <= s.y + s.height):
            return True
    return False


def _seated(cell: Cell, photo: Ingredient, placed: Box, crop: Crop | None) -> Cell:
    if crop is not None:
        whole = Cell(photo.asset, Box(0, 0, *_size(photo)), placed, _size(photo), cell.angle)
        return replace(whole, source=_window(whole, crop))
    if photo.asset == cell.asset and placed == cell.placed:
        return cell
    return replace(filling(photo, placed), angle=cell.angle)


def _window(cell: Cell, crop: Crop) -> Box:
    """What a crop shows in a cell: inside the photo, and not so little that it blurs."""
    full_width, full_height = cell.size
    zoom = min(max(1.0, crop.zoom), most_zoom(cell))
    width, height = (side / zoom for side in _cover(full_width, full_height, cell.placed))
    x, y = crop.x * full_width - width / 2, crop.y * full_height - height / 2
    return Box(
        min(max(0.0, x), full_width - width), min(max(0.0, y), full_height - height), width, height
    )


def _cover(width: float, height: float, placed: Box) -> tuple[float, float]:
    """The largest window of a cell's shape in a photo."""
    aspect = placed.width / placed.height
    return min(width, height * aspect), min(height, width / aspect)


def _size(photo: Ingredient) -> tuple[int, int]:
    return photo.width, photo.height


def _movable(plan: CollagePlan) -> bool:
    """Whether its cells are cut from one block: not where prints lie on a table, say."""
    return plan.style not in _LOOSE and not any(cell.angle for cell in plan.cells)


def _borders(plan: CollagePlan) -> Borders:
    charts = [each.box for each in plan.ornaments if each.kind == "map"]
    return Borders([*(c.placed for c in plan.cells), *charts], (plan.width, plan.height))


def _moved(plan: CollagePlan, wanted: Arrangement) -> dict[int, Box]:
    if not wanted.borders or not _movable(plan):
        return {}
    return _borders(plan).moved(dict(wanted.borders))


def _alike(one: Box, other: Box) -> float:
    """Shared area of two boxes by the area of both (1 is the same); apart, how near."""
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    if across <= 0 or down <= 0:
        return min(across, 0.0) + min(down, 0.0)
    both = one.width * one.height + other.width * other.height - across * down
    return across * down / both
