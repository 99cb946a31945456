"""A grid: every photo gets the same room, in rows and columns that line up."""

from __future__ import annotations

import math

from safelight.creations.collage.scoring import cuts, shown
from safelight.creations.collage.sheets import Sheet, framed
from safelight.model.creations import Box, CollagePlan

_SHAPES = (1.0, 4 / 3, 3 / 4, 3 / 2, 2 / 3, 16 / 9, 9 / 16)
_CUT = 0.6
"""What a photo costs that must stand whole inside its cell, and more with the paper beside it."""


def grids(sheet: Sheet, count: int) -> list[CollagePlan]:
    """Grids of different shapes of cell, best first."""
    frame = sheet.frame("white")
    room, gap = frame.room, frame.gutter
    number = len(sheet.photos)
    found = []
    for shape in _SHAPES:
        for columns in range(1, number + 1):
            rows = math.ceil(number / columns)
            wide = min(
                (room.width - gap * (columns - 1)) / columns,
                (room.height - gap * (rows - 1)) / rows * shape,
            )
            if wide < 24:
                continue
            size = (int(wide), int(wide / shape))
            found.append((_cost(sheet, size, columns, rows, room), size, columns, rows))
    found.sort()
    made = [_grid(sheet, *each[1:]) for each in found[: 3 * count]]
    return _unlike(made)[:count]


def _cost(sheet: Sheet, size: tuple[int, int], columns: int, rows: int, room: Box) -> float:
    cell = Box(0, 0, *size)
    losses = sum(
        _CUT + 1.5 * (1 - shown(photo, cell))
        if cuts(photo, cell)
        else (1 - shown(photo, cell)) ** 1.3
        for photo in sheet.photos
    )
    number = len(sheet.photos)
    empty = 1 - number * size[0] * size[1] / (room.width * room.height)
    ragged = (columns * rows - number) / columns
    return losses / number + 1.2 * empty + 0.25 * ragged


def _grid(sheet: Sheet, size: tuple[int, int], columns: int, rows: int) -> CollagePlan:
    frame = sheet.frame("white")
    gap, (wide, high) = frame.gutter, size
    width, height = columns * wide + (columns - 1) * gap, rows * high + (rows - 1) * gap
    left = frame.room.x + (frame.room.width - width) // 2
    top = frame.room.y + (frame.room.height - height) // 2
    cells = []
    for index, photo in enumerate(sheet.photos):
        row, column = divmod(index, columns)
        last = len(sheet.photos) - row * columns
        indent = (columns - last) * (wide + gap) // 2 if last < columns else 0
        box = Box(left + indent + column * (wide + gap), top + row * (high + gap), wide, high)
        cells.append(framed(photo, box))
    return sheet.plan(frame, f"grid-{columns}x{rows}", cells, Box(left, top, width, height))


def _unlike(plans: list[CollagePlan]) -> list[CollagePlan]:
    """Each number of columns once, the best shape of cell first."""
    return list({plan.layout: plan for plan in reversed(plans)}.values())[::-1]
