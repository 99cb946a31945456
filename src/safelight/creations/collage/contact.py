"""A contact sheet: every photo whole and as high as the others, in rows, oldest first."""

from __future__ import annotations

from collections.abc import Sequence

from safelight.creations.collage.sheets import Sheet
from safelight.model.creations import Box, Cell, CollagePlan, Ingredient

_LEAST = 24


def contact_sheet(sheet: Sheet) -> CollagePlan:
    """All photos in their order, none of them cropped, as high as the room allows."""
    frame = sheet.frame("white")
    room, gap = frame.room, frame.gutter
    width, low, high = int(room.width), _LEAST, int(room.height)
    while high - low > 1:
        middle = (low + high) // 2
        rows = _rows(sheet.photos, middle, width, gap)
        fits = len(rows) * (middle + gap) - gap <= room.height
        low, high = (middle, high) if fits else (low, middle)
    rows = _rows(sheet.photos, low, width, gap)
    tall = len(rows) * (low + gap) - gap
    top = room.y + max(0, room.height - tall) // 2
    cells = [
        cell
        for number, row in enumerate(rows)
        for cell in _row(row, Box(room.x, top + number * (low + gap), room.width, low), gap)
    ]
    block = Box(room.x, top, room.width, tall)
    return sheet.plan(frame, f"contact-{len(rows)}", cells, block)


def _rows(
    photos: Sequence[Ingredient], height: int, width: int, gap: int
) -> list[list[Ingredient]]:
    """As many photos a row as fit beside one another; one that is wider stands alone."""
    rows: list[list[Ingredient]] = []
    used = width + 1
    for photo in photos:
        wide = _width(photo, height)
        if used + gap + wide > width:
            rows.append([])
            used = -gap
        rows[-1].append(photo)
        used += gap + wide
    return rows


def _row(photos: Sequence[Ingredient], room: Box, gap: int) -> list[Cell]:
    """One row in the middle of its room."""
    width, height = int(room.width), int(room.height)
    widths = [_width(photo, height) for photo in photos]
    left = room.x + max(0, width - sum(widths) - gap * (len(widths) - 1)) // 2
    cells = []
    for photo, wide in zip(photos, widths, strict=True):
        size = (photo.width, photo.height)
        high = height
        if wide > width:  # a panorama
            wide, high = width, max(1, round(width * photo.height / photo.width))
        box = Box(left, room.y + (height - high) // 2, wide, high)
        cells.append(Cell(photo.asset, Box(0, 0, *size), box, size))
        left += wide + gap
    return cells


def _width(photo: Ingredient, height: int) -> int:
    return max(1, round(height * photo.width / photo.height))
