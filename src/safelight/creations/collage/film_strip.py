"""Strips of film across the sheet: every photo whole, at one height a strip."""

from __future__ import annotations

from dataclasses import replace

from safelight.creations.collage.breaking import even_breaks
from safelight.creations.collage.sheets import Sheet
from safelight.model.creations import Box, Cell, CollagePlan, Ornament

_EDGE = 0.17
"""Film above and below a picture, as a share of the picture's height: the holes are there."""
_MOST_ROWS = 8


def film_strips(sheet: Sheet, count: int) -> list[CollagePlan]:
    """Strips in different numbers, the one that fills the sheet best first."""
    numbers = range(1, min(_MOST_ROWS, len(sheet.photos)) + 1)
    made = [_strips(sheet, rows) for rows in numbers]
    made.sort(key=_blank)
    return made[:count]


def _strips(sheet: Sheet, rows: int) -> CollagePlan:
    frame = sheet.frame("dark")
    room = Box(0, frame.room.y, sheet.width, frame.room.height)  # film runs off the sheet
    gap = max(2, 2 * frame.gutter)
    aspects = [photo.width / photo.height for photo in sheet.photos]
    lines = even_breaks(aspects, rows)
    heights = [
        (room.width - gap * (len(line) + 1)) / sum(aspects[i] for i in line) for line in lines
    ]
    between = 1.5 * frame.gutter
    total = sum(h * (1 + 2 * _EDGE) for h in heights) + between * (rows - 1)
    scale = min(1.0, room.height / total)
    top = room.y + (room.height - total * scale) / 2
    cells: list[Cell] = []
    strips: list[Ornament] = []
    start = top
    for line, natural in zip(lines, heights, strict=True):
        height = natural * scale
        strip = Box(0, round(start), sheet.width, round(height * (1 + 2 * _EDGE)))
        strips.append(Ornament("strip", strip))
        width = sum(aspects[i] for i in line) * height + gap * (len(line) - 1)
        x = (sheet.width - width) / 2
        for index in line:
            photo = sheet.photos[index]
            wide = aspects[index] * height
            box = Box(round(x), round(start + height * _EDGE), round(wide), round(height))
            size = (photo.width, photo.height)
            cells.append(Cell(photo.asset, Box(0, 0, *size), box, size))
            x += wide + gap
        start += height * (1 + 2 * _EDGE) + between * scale
    block = Box(0, round(top), sheet.width, round(total * scale))
    plan = sheet.plan(frame, f"strips-{rows}", cells, block)
    return replace(plan, ornaments=tuple(strips))


def _blank(plan: CollagePlan) -> float:
    """Share of the sheet that shows no photo."""
    area = sum(cell.placed.width * cell.placed.height for cell in plan.cells)
    return 1 - area / (plan.width * plan.height)
