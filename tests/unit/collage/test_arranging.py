"""What a person changes in a plan does just that, and is made again exactly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelight.creations.collage import (
    Sheet,
    arrange,
    borders,
    find_format,
    holds,
    plan_from_json,
    plan_to_json,
    plans_in,
    render,
)
from safelight.model.arrangement import AS_LAID_OUT, Arrangement, Border, Crop
from safelight.model.creations import Box, CollagePlan, Ingredient, Pixels, Waypoint

_EASY = settings(max_examples=20, deadline=None)
ROUTE = (Waypoint(50.1, 14.4, "Prague"), Waypoint(48.2, 16.4, "Vienna"))
FACE = Box(1600, 900, 700, 900)


def _items(count: int) -> dict[str, Ingredient]:
    sizes = [(4000, 3000), (3000, 4000), (4000, 2250), (3000, 3000)]
    return {
        f"p{i}": Ingredient(f"p{i}", *sizes[i % 4], keep=(FACE,) if i % 3 == 0 else ())
        for i in range(count)
    }


def _plans(count: int, style: str = "mosaic", shape: str = "square") -> list[CollagePlan]:
    size = find_format(shape)
    sheet = Sheet(
        tuple(_items(count).values()), size.width, size.height, "Two days", "May 2024", route=ROUTE
    )
    return plans_in(style, sheet, 6)


def _tiles(plan: CollagePlan) -> list[Box]:
    return [c.placed for c in plan.cells] + [o.box for o in plan.ornaments if o.kind == "map"]


def _disjoint(boxes: list[Box]) -> bool:
    return all(
        a.x + a.width <= b.x
        or b.x + b.width <= a.x
        or a.y + a.height <= b.y
        or b.y + b.height <= a.y
        for i, a in enumerate(boxes)
        for b in boxes[:i]
    )


def _around(boxes: list[Box]) -> tuple[float, float, float, float]:
    right, bottom = max(b.x + b.width for b in boxes), max(b.y + b.height for b in boxes)
    return min(b.x for b in boxes), min(b.y for b in boxes), right, bottom


@pytest.mark.parametrize("style", ["mosaic", "grid", "polaroid", "film-strip", "postcard"])
def test_nothing_changed_is_the_plan_as_it_was(style: str) -> None:
    for plan in _plans(7, style):
        assert arrange(plan, _items(7), AS_LAID_OUT) == plan


@pytest.mark.parametrize("style", ["mosaic", "postcard", "poster", "seasonal"])
@pytest.mark.parametrize("count", [1, 2, 5, 9, 14])
def test_every_border_of_a_layout_is_found(style: str, count: int) -> None:
    for plan in _plans(count, style):
        found = borders(plan, AS_LAID_OUT)
        assert len(found) <= len(_tiles(plan)) - 1
        assert count == 1 or found
        assert len({b.name for b in found}) == len(found)
        for border in found:
            assert border.low <= border.at <= border.high
            middle = border.box.x + border.box.width / 2, border.box.y + border.box.height / 2
            assert not any(
                b.x < middle[0] < b.x + b.width and b.y < middle[1] < b.y + b.height
                for b in _tiles(plan)
            )


@_EASY
@given(st.integers(2, 12), st.integers(0, 5), st.data())
def test_a_moved_border_resizes_both_sides_and_nothing_overlaps(
    count: int, number: int, data: st.DataObject
) -> None:
    found = _plans(count, data.draw(st.sampled_from(["mosaic", "postcard"])))
    plan = found[number % len(found)]
    items = _items(count)
    wanted = AS_LAID_OUT
    for _ in range(data.draw(st.integers(1, 4))):
        border = data.draw(st.sampled_from(borders(plan, wanted)))
        share = data.draw(st.floats(0, 1))
        wanted = wanted.with_border(border.name, share)
    after = arrange(plan, items, wanted)
    assert _disjoint(_tiles(after))
    assert _around(_tiles(after)) == _around(_tiles(plan))
    for cell in after.cells:
        assert cell.placed.width >= 1
        assert cell.placed.height >= 1
        assert _inside(cell.source, cell.size)
    for border in borders(plan, wanted):
        assert border.low - 1e-9 <= border.at <= border.high + 1e-9


def test_a_border_goes_where_it_is_put() -> None:
    plan = _plans(4)[0]
    border: Border = borders(plan, AS_LAID_OUT)[0]
    for share in (border.low, border.at, border.high):
        moved = borders(plan, AS_LAID_OUT.with_border(border.name, share))
        assert next(b for b in moved if b.name == border.name).at == pytest.approx(share, abs=1e-6)
    far = next(b for b in borders(plan, AS_LAID_OUT.with_border(border.name, 0.0)))
    assert far.at == pytest.approx(border.low)


@_EASY
@given(
    st.floats(0.01, 50),
    st.floats(-3, 4),
    st.floats(-3, 4),
    st.sampled_from(["mosaic", "polaroid", "grid"]),
)
def test_a_crop_stays_in_its_photo_and_keeps_the_cells_shape(
    zoom: float, x: float, y: float, style: str
) -> None:
    plan, items = _plans(5, style)[0], _items(5)
    wanted = AS_LAID_OUT.with_crop("p1", Crop(zoom, x, y))
    cell = next(c for c in arrange(plan, items, wanted).cells if c.asset == "p1")
    assert _inside(cell.source, cell.size)
    shape = cell.source.width / cell.source.height
    assert shape == pytest.approx(cell.placed.width / cell.placed.height, rel=1e-6)
    assert cell.source.width >= cell.placed.width / 2 - 1
    hold = next(h for h in holds(arrange(plan, items, wanted), items, wanted) if h.asset == "p1")
    again = arrange(plan, items, AS_LAID_OUT.with_crop("p1", hold.crop))
    shown = next(c for c in again.cells if c.asset == "p1").source
    assert shown.x == pytest.approx(cell.source.x, abs=0.01)
    assert shown.width == pytest.approx(cell.source.width, abs=0.01)


def test_a_cut_face_is_told_and_allowed() -> None:
    plan, items = _plans(3)[0], _items(3)
    assert not any(hold.cuts for hold in holds(plan, items, AS_LAID_OUT))
    wanted = AS_LAID_OUT.with_crop("p0", Crop(4, 0.1, 0.1))
    after = arrange(plan, items, wanted)
    assert [hold.asset for hold in holds(after, items, wanted) if hold.cuts] == ["p0"]
    assert next(c for c in after.cells if c.asset == "p0").source.x == 0


def test_seats_change_photos_and_leave_cells_and_angles() -> None:
    items = _items(4)
    for style in ("mosaic", "polaroid"):
        plan = _plans(4, style)[0]
        after = arrange(plan, items, Arrangement(("p2", "p1", "p0", "p3")))
        assert [c.asset for c in after.cells] == ["p2", "p1", "p0", "p3"]
        assert [(c.placed, c.angle) for c in after.cells] == [
            (c.placed, c.angle) for c in plan.cells
        ]
        assert after.cells[1] == plan.cells[1]


def test_a_photo_that_was_not_laid_out_takes_a_seat() -> None:
    items = {**_items(3), "new": Ingredient("new", 2000, 5000)}
    wanted = Arrangement(("p0", "new", "p2"))
    after = arrange(_plans(3)[0], items, wanted)
    assert [c.asset for c in after.cells] == ["p0", "new", "p2"]
    assert after.cells[1].size == (2000, 5000)
    assert wanted.photos(("p0", "p1", "p2")) == ("p0", "new", "p2")


def test_pins_stay_as_near_as_a_layout_allows() -> None:
    found, items = _plans(6), _items(6)
    first = found[0]
    cell = first.cells[4]
    box = Box(
        cell.placed.x / first.width,
        cell.placed.y / first.height,
        cell.placed.width / first.width,
        cell.placed.height / first.height,
    )
    wanted = AS_LAID_OUT.with_pin("p4", box)
    assert arrange(first, items, wanted) == first
    for plan in found[1:]:
        places = [c.placed for c in plan.cells]
        after = arrange(plan, items, wanted)
        assert sorted(c.asset for c in after.cells) == sorted(items)
        assert [c.placed for c in after.cells] == places
        mine = next(c.placed for c in after.cells if c.asset == "p4")
        assert _shared(mine, cell.placed) == max(_shared(b, cell.placed) for b in places)


def test_the_recipe_of_a_changed_collage_draws_the_same_bytes() -> None:
    plan, items = _plans(4)[0], _items(4)
    name = borders(plan, AS_LAID_OUT)[0].name
    wanted = Arrangement(("p1", "p0", "p2", "p3"), (("p2", Crop(1.7, 0.3, 0.6)),), ((name, 0.41),))
    one, other = arrange(plan, items, wanted), arrange(_plans(4)[0], items, wanted)
    assert one == other
    pictures = {name: _pixels(number, item) for number, (name, item) in enumerate(items.items())}
    kept = plan_from_json(plan_to_json(one))
    assert render(kept, pictures, scale=0.2) == render(one, pictures, scale=0.2)
    assert render(replace(plan), pictures, scale=0.2) != render(one, pictures, scale=0.2)


def _pixels(number: int, item: Ingredient) -> Pixels:
    width, height = item.width // 20, item.height // 20
    row = bytes((x * 3 + number * 40) % 256 for x in range(width * 3))
    return Pixels(width, height, row * height)


def _inside(source: Box, size: tuple[int, int]) -> bool:
    return (
        source.x >= -1e-6
        and source.y >= -1e-6
        and source.x + source.width <= size[0] + 1e-6
        and source.y + source.height <= size[1] + 1e-6
    )


def _shared(one: Box, other: Box) -> float:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    both = max(0.0, across) * max(0.0, down)
    return both / (one.width * one.height + other.width * other.height - both)
