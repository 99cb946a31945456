"""Plans keep their promises for any photos: property-based."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelight.creations.collage import FORMATS, find_format, plans
from safelight.creations.collage.framing import THEMES, find_theme, frames
from safelight.model.creations import Box, Cell, CollagePlan, Ingredient
from safelight.model.errors import UserError

_EASY = settings(max_examples=25, deadline=None)


@st.composite
def photos(draw: st.DrawFn, most: int = 14, keep: bool = False) -> list[Ingredient]:
    made = []
    for index in range(draw(st.integers(1, most))):
        aspect = draw(st.sampled_from([0.46, 9 / 16, 2 / 3, 0.75, 1.0, 4 / 3, 1.5, 16 / 9, 3.0]))
        width = draw(st.sampled_from([1600, 3000, 6000]))
        height = round(width / aspect)
        boxes: tuple[Box, ...] = ()
        if keep and draw(st.booleans()):
            x, y = draw(st.floats(0, 0.5)), draw(st.floats(0, 0.5))
            w, h = draw(st.floats(0.1, 0.5)), draw(st.floats(0.1, 0.5))
            boxes = (Box(x * width, y * height, w * width, h * height),)
        focus = (draw(st.floats(0.1, 0.9)), draw(st.floats(0.1, 0.9)))
        weight = draw(st.sampled_from([1.0, 1.0, 1.45]))
        made.append(Ingredient(f"p{index}", width, height, focus, boxes, weight))
    return made


formats = st.sampled_from(FORMATS)
titles = st.sampled_from([(None, None), ("Prague", None), ("Prague", "June 2015")])


def made(items: list[Ingredient], shape: str = "square", **rest: object) -> list[CollagePlan]:
    chosen = find_format(shape)
    return plans(items, chosen.width, chosen.height, title=None, subtitle=None, **rest)  # type: ignore[arg-type]


def even(count: int, width: int = 4000, height: int = 3000) -> list[Ingredient]:
    return [Ingredient(f"p{i}", width, height) for i in range(count)]


def overlap(a: Box, b: Box, apart: float = 0) -> bool:
    return (
        a.x < b.x + b.width + apart
        and b.x < a.x + a.width + apart
        and a.y < b.y + b.height + apart
        and b.y < a.y + a.height + apart
    )


def block_of(plan: CollagePlan) -> Box:
    boxes = [cell.placed for cell in plan.cells]
    left, top = min(b.x for b in boxes), min(b.y for b in boxes)
    right = max(b.x + b.width for b in boxes)
    return Box(left, top, right - left, max(b.y + b.height for b in boxes) - top)


@_EASY
@given(photos(), formats, titles, st.sampled_from(sorted(THEMES)))
def test_cells_tile_their_block_with_even_gutters(
    items: list[Ingredient],
    shape: object,
    words: tuple[str | None, str | None],
    theme: str,
) -> None:
    assert isinstance(shape, type(FORMATS[0]))
    size = (shape.width, shape.height)
    title, subtitle = words
    found = plans(items, *size, title=title, subtitle=subtitle, theme=theme, count=3)
    gutter = frames(*size, titled=False, subtitled=False, theme=find_theme(theme))[0].gutter
    assert found
    for plan in found:
        boxes = [cell.placed for cell in plan.cells]
        assert all(v == int(v) for b in boxes for v in (b.x, b.y, b.width, b.height))
        assert not any(overlap(a, b, gutter) for a, b in combinations(boxes, 2))
        # With a gutter added to each cell the areas sum up exactly: no gap is any wider.
        block = block_of(plan)
        whole = (block.width + gutter) * (block.height + gutter)
        assert sum((b.width + gutter) * (b.height + gutter) for b in boxes) == whole
        assert block.x >= 0
        assert block.y >= 0
        assert block.x + block.width <= plan.width
        assert block.y + block.height <= plan.height
        assert (plan.title_box is not None) == (title is not None)
        if plan.title_box is not None:
            assert not any(overlap(plan.title_box, b) for b in boxes)
            assert not overlap(plan.title_box, Box(0, plan.height, plan.width, 1))


@_EASY
@given(photos(), formats)
def test_every_photo_is_placed_once_and_undistorted(items: list[Ingredient], shape: object) -> None:
    assert isinstance(shape, type(FORMATS[0]))
    for plan in plans(items, shape.width, shape.height, title="A title", subtitle=None):
        assert sorted(c.asset for c in plan.cells) == sorted(i.asset for i in items)
        for cell in plan.cells:
            aspect = cell.source.width / cell.source.height
            off = min(
                abs(aspect * cell.placed.height - cell.placed.width),
                abs(cell.placed.width / aspect - cell.placed.height),
            )
            assert off <= 1.5 + 1e-6
            inside(cell)


def inside(cell: Cell) -> None:
    width, height = cell.size
    assert cell.source.x >= 0
    assert cell.source.y >= 0
    assert cell.source.x + cell.source.width <= width + 1e-6
    assert cell.source.y + cell.source.height <= height + 1e-6


@_EASY
@given(photos(keep=True), formats)
def test_what_must_be_kept_is_never_cut(items: list[Ingredient], shape: object) -> None:
    assert isinstance(shape, type(FORMATS[0]))
    by_id = {item.asset: item for item in items}
    for plan in plans(items, shape.width, shape.height, title=None, subtitle=None):
        for cell in plan.cells:
            for box in by_id[cell.asset].keep:
                assert box.x >= cell.source.x - 1e-6
                assert box.y >= cell.source.y - 1e-6
                assert box.x + box.width <= cell.source.x + cell.source.width + 1e-6
                assert box.y + box.height <= cell.source.y + cell.source.height + 1e-6


@_EASY
@given(photos(), formats)
def test_no_photo_loses_more_than_a_fifth(items: list[Ingredient], shape: object) -> None:
    assert isinstance(shape, type(FORMATS[0]))
    for plan in plans(items, shape.width, shape.height, title=None, subtitle=None):
        for cell in plan.cells:
            whole = cell.size[0] * cell.size[1]
            assert cell.source.width * cell.source.height >= 0.78 * whole


@_EASY
@given(photos(most=6), st.integers(0, 5))
def test_same_input_gives_the_same_plans(items: list[Ingredient], seed: int) -> None:
    assert made(items, seed=seed) == made(items, seed=seed)


@_EASY
@given(photos(), formats)
def test_large_photos_are_never_enlarged(items: list[Ingredient], shape: object) -> None:
    assert isinstance(shape, type(FORMATS[0]))
    enough = [
        replace(item, width=item.width * 4, height=item.height * 4, keep=()) for item in items
    ]
    for plan in plans(enough, shape.width, shape.height, title=None, subtitle=None):
        for cell in plan.cells:
            assert cell.placed.width <= cell.source.width * 1.05
            assert cell.placed.height <= cell.source.height * 1.05


def test_a_small_photo_gets_a_smaller_cell() -> None:
    items = even(5)
    items[2] = Ingredient("p2", 400, 300)
    areas = {c.asset: c.placed.width * c.placed.height for c in made(items)[0].cells}
    assert areas["p2"] == min(areas.values())


@pytest.mark.parametrize("star", [0, 3, 6])
def test_the_weightiest_photo_is_the_largest(star: int) -> None:
    items = [replace(item, weight=3.0 if i == star else 1.0) for i, item in enumerate(even(7))]
    for plan in made(items, "landscape")[:2]:
        largest = max(plan.cells, key=lambda c: c.placed.width * c.placed.height)
        assert largest.asset == f"p{star}"


@pytest.mark.parametrize("count", [4, 6, 9, 12])
def test_photos_are_read_oldest_first(count: int) -> None:
    found = made(even(count), count=12)
    ordered = [plan for plan in found if plan.layout.startswith(("rows", "columns"))]
    assert ordered
    for plan in ordered:
        down = plan.layout.startswith("columns")
        at = [((c.placed.x, c.placed.y), c.asset) for c in plan.cells]
        read = sorted(at if down else [((y, x), asset) for (x, y), asset in at])
        assert [asset for _, asset in read] == [f"p{i}" for i in range(count)]


def test_a_panorama_stays_a_panorama() -> None:
    items = [*even(4), Ingredient("wide", 9000, 3000)]
    for plan in made(items):
        cell = next(c for c in plan.cells if c.asset == "wide")
        assert cell.placed.width / cell.placed.height > 2.4


@pytest.mark.parametrize("count", [5, 9, 16])
def test_alternatives_differ_visibly(count: int) -> None:
    found = made(even(count))
    assert len(found) >= 4
    assert len({plan.layout for plan in found}) == len(found)
    for one, other in combinations(found, 2):
        moved = [
            abs(a.placed.x - b.placed.x) + abs(a.placed.y - b.placed.y) > 40
            or abs(a.placed.width - b.placed.width) > 40
            for a, b in zip(one.cells, other.cells, strict=True)
        ]
        assert sum(moved) >= count / 3


def test_words_for_what_cannot_be_planned() -> None:
    with pytest.raises(UserError, match="at least one"):
        made([])
    with pytest.raises(UserError, match="only once"):
        made([*even(1), *even(1)])
    with pytest.raises(UserError, match="without a size"):
        made([Ingredient("p", 0, 0)])
    with pytest.raises(UserError, match="no theme"):
        made(even(1), theme="neon")
    with pytest.raises(UserError, match="no format"):
        find_format("oval")
    with pytest.raises(UserError, match="so small a canvas"):
        plans(even(30), 6, 6, title=None, subtitle=None)


def test_thirty_photos_are_planned_while_one_waits() -> None:
    shapes = [(4000, 3000), (3000, 4000), (4000, 2250), (3000, 3000), (6000, 2000)]
    items = [Ingredient(f"p{i}", *shapes[i % 5]) for i in range(30)]
    started = time.process_time()
    found = plans(items, 2048, 2048, title="Title", subtitle="Dates")
    assert len(found) == 6
    assert time.process_time() - started < 2.0  # far above the usual, for slow machines
