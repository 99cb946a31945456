"""Contact sheets: every photo whole, as high as the others, in its order, on the paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safelight.creations.collage import Sheet, contact_sheet, find_format
from safelight.model.creations import Box, Ingredient

SHAPES = ((4000, 3000), (3000, 4000), (4000, 2250), (3000, 3000), (9000, 900))


def _sheet(count: int, title: str | None = "Utah and Arizona") -> Sheet:
    paper = find_format("a4")
    photos = [Ingredient(f"p{n}", *SHAPES[n % len(SHAPES)]) for n in range(count)]
    return Sheet(photos, paper.width, paper.height, title, "June 2015" if title else None)


@pytest.mark.parametrize("count", [1, 2, 9, 30])
@pytest.mark.parametrize("title", ["Utah and Arizona", None])
def test_every_photo_is_whole_and_on_the_paper(count: int, title: str | None) -> None:
    sheet = _sheet(count, title)
    plan = contact_sheet(sheet)
    assert [cell.asset for cell in plan.cells] == [photo.asset for photo in sheet.photos]
    room = sheet.frame("white").room
    for cell, photo in zip(plan.cells, sheet.photos, strict=True):
        assert cell.source == Box(0, 0, photo.width, photo.height)
        placed = cell.placed
        assert placed.width / placed.height == pytest.approx(photo.width / photo.height, rel=0.05)
        assert room.x <= placed.x
        assert placed.x + placed.width <= room.x + room.width
        assert room.y <= placed.y
        assert placed.y + placed.height <= room.y + room.height


def test_photos_are_equally_high_and_fill_the_page() -> None:
    sheet = _sheet(24)
    usual = [photo for photo in sheet.photos if photo.width < 9000]
    plan = contact_sheet(replace(sheet, photos=usual))
    heights = {cell.placed.height for cell in plan.cells}
    rows = {cell.placed.y for cell in plan.cells}
    assert len(heights) == 1
    assert len(rows) * heights.pop() > 0.7 * sheet.frame("white").room.height
