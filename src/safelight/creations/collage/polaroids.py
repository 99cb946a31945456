"""Instant prints on a table: white cards, a broad lower edge, each lying a little askew."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

from safelight.creations.collage.scoring import cuts
from safelight.creations.collage.sheets import Sheet
from safelight.creations.interest import crop_window
from safelight.model.creations import Box, Cell, CollagePlan, Ingredient, Ornament

_EDGE, _FOOT = 0.055, 0.19
"""White around the picture, and under it, as shares of the picture's width."""
_MOST = 6.0
"""Degrees by which a print lies askew at most."""
_LOOSE = 1.12
"""Room for a print, in sizes of it."""
_SHAPES = (1.0, 0.8, 1.25)
"""Shapes of picture that such a print may have, the usual one first."""


def polaroids(sheet: Sheet, count: int) -> list[CollagePlan]:
    """Prints laid out in loose rows; each plan lies differently."""
    return [_laid(sheet, number) for number in range(count)]


def _laid(sheet: Sheet, number: int) -> CollagePlan:
    frame = sheet.frame("sand", "bottom" if number % 2 == 0 else "top")
    rng = Random(f"{sheet.seed}/{number}")  # noqa: S311 - no secret depends on it
    slots = _slots(len(sheet.photos), frame.room, number // 2)
    laid = [_print(photo, slot, rng) for photo, slot in zip(sheet.photos, slots, strict=True)]
    bottom = slots[-1].y + slots[-1].height
    block = Box(frame.room.x, slots[0].y, frame.room.width, bottom - slots[0].y)
    plan = sheet.plan(frame, f"prints-{number + 1}", [cell for _, cell in laid], block)
    return replace(plan, ornaments=tuple(card for card, _ in laid))


def _slots(number: int, room: Box, turn: int) -> list[Box]:
    """Room for each print, in rows as even as can be; later turns take other rows."""
    ways = sorted(range(1, number + 1), key=lambda rows: -_card_width(number, rows, room))
    largest = _card_width(number, ways[0], room)
    good = [rows for rows in ways if _card_width(number, rows, room) > 0.85 * largest]
    rows = good[turn % len(good)]
    columns = math.ceil(number / rows)
    across, down = _extent(1.0, _MOST)
    card = _card_width(number, rows, room)
    # Prints lie near one another: what is left of the table is around them, not between.
    wide = min(room.width / columns, _LOOSE * card * across)
    high = min(room.height / rows, _LOOSE * card * down)
    top = room.y + (room.height - high * rows) / 2
    slots = []
    for row in range(rows):
        count = number // rows + (row < number % rows)
        left = room.x + (room.width - wide * count) / 2
        slots += [Box(left + i * wide, top + row * high, wide, high) for i in range(count)]
    return slots


def _card_width(number: int, rows: int, room: Box) -> float:
    """Width of the picture on each print; a little less where the rows are uneven."""
    columns = math.ceil(number / rows)
    across, down = _extent(1.0, _MOST)
    width = min(room.width / columns / across, room.height / rows / down)
    return width * (1.0 if number % rows == 0 else 0.96)


def _extent(shape: float, angle: float) -> tuple[float, float]:
    """Width and height that a turned card takes up, in widths of its picture."""
    wide, high = 1 + 2 * _EDGE, 1 / shape + _EDGE + _FOOT
    turn = math.radians(abs(angle))
    return (
        wide * math.cos(turn) + high * math.sin(turn),
        high * math.cos(turn) + wide * math.sin(turn),
    )


def _print(photo: Ingredient, slot: Box, rng: Random) -> tuple[Ornament, Cell]:
    """A card as large as its slot allows, with the photo on it."""
    angle = rng.uniform(-_MOST, _MOST)
    shape = _shape(photo)
    wide, high = 1 + 2 * _EDGE, 1 / shape + _EDGE + _FOOT
    across, down = _extent(shape, angle)
    width = 0.97 * min(slot.width / across, slot.height / down)
    spare_x, spare_y = slot.width - width * across, slot.height - width * down
    x = slot.x + slot.width / 2 + rng.uniform(-0.3, 0.3) * spare_x
    y = slot.y + slot.height / 2 + rng.uniform(-0.3, 0.3) * spare_y
    card = Box(
        round(x - width * wide / 2),
        round(y - width * high / 2),
        round(width * wide),
        round(width * high),
    )
    # The picture lies above the middle of its card, and turns about the card's middle.
    offset = (_EDGE - _FOOT) / 2 * width
    middle_x, middle_y = (
        x - offset * math.sin(math.radians(angle)),
        y + offset * math.cos(math.radians(angle)),
    )
    placed = Box(
        middle_x - width / 2, middle_y - width / shape / 2, round(width), round(width / shape)
    )
    size = (photo.width, photo.height)
    cell = Cell(photo.asset, crop_window(photo, placed.width / placed.height), placed, size, angle)
    return Ornament("print", card, angle), cell


def _shape(photo: Ingredient) -> float:
    """The first shape that cuts nothing that must be kept; its own where every one would."""
    for shape in _SHAPES:
        if not cuts(photo, Box(0, 0, 1000 * shape, 1000)):
            return shape
    return photo.width / photo.height
