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
_SHAPES = (1.0, 0.8, 1.25)
"""Shapes of picture that such a print may have, the usual one first."""


def polaroids(sheet: Sheet, count: int) -> list[CollagePlan]:
    """Prints laid out in loose rows; each plan lies differently."""
    return [_laid(sheet, number) for number in range(count)]


def _laid(sheet: Sheet, number: int) -> CollagePlan:
    frame = sheet.frame("sand", "bottom" if number % 2 == 0 else "top")
    rng = Random(f"{sheet.seed}/{number}")  # noqa: S311 - no secret depends on it
    columns, rows = _columns(len(sheet.photos), frame.room, number)
    slot_width, slot_height = frame.room.width / columns, frame.room.height / rows
    cells: list[Cell] = []
    cards: list[Ornament] = []
    for index, photo in enumerate(sheet.photos):
        row, column = divmod(index, columns)
        last = min(columns, len(sheet.photos) - row * columns)
        indent = (columns - last) * slot_width / 2
        slot = Box(
            frame.room.x + indent + column * slot_width,
            frame.room.y + row * slot_height,
            slot_width,
            slot_height,
        )
        card, cell = _print(photo, slot, rng)
        cards.append(card)
        cells.append(cell)
    plan = sheet.plan(frame, f"prints-{number + 1}", cells, frame.room)
    return replace(plan, ornaments=tuple(cards))


def _columns(number: int, room: Box, turn: int) -> tuple[int, int]:
    """Columns and rows whose slots are about as wide as a card is high; later turns differ."""
    ideal = math.sqrt(number * room.width / room.height * 1.15)
    around = sorted(range(1, number + 1), key=lambda c: (abs(math.log(c / ideal)), c))
    near = [c for c in around[:2] if abs(math.log(c / ideal)) < 0.45] or around[:1]
    columns = near[turn // 2 % len(near)]
    return columns, math.ceil(number / columns)


def _print(photo: Ingredient, slot: Box, rng: Random) -> tuple[Ornament, Cell]:
    """A card as large as its slot allows, with the photo on it."""
    angle = rng.uniform(-_MOST, _MOST)
    shape = _shape(photo)
    wide = 1 + 2 * _EDGE
    high = 1 / shape + _EDGE + _FOOT
    turn = math.radians(abs(angle))
    across = wide * math.cos(turn) + high * math.sin(turn)
    down = high * math.cos(turn) + wide * math.sin(turn)
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
