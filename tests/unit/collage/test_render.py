"""Drawing: right pixels, right way up, sharp, alike each time, and nothing of the originals."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from safelight.creations.collage import cuts_of, plans, render
from safelight.model.creations import Box, Cell, CollagePlan, Ingredient, Pixels
from safelight.model.errors import RenderError

COLOURS = {"a": (200, 30, 30), "b": (30, 160, 40), "c": (40, 60, 200)}


def flat(colour: tuple[int, int, int], width: int = 400, height: int = 300) -> Pixels:
    return Pixels(width, height, bytes(colour) * (width * height))


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def array(image: Image.Image) -> NDArray[np.int16]:
    return np.asarray(image.convert("RGB"), np.int16)


def three(title: str | None = None) -> tuple[CollagePlan, dict[str, Pixels]]:
    items = [Ingredient(name, 4000, 3000) for name in COLOURS]
    plan = plans(items, 600, 600, title=title, subtitle="June 2015" if title else None)[0]
    return plan, {name: flat(colour) for name, colour in COLOURS.items()}


def test_each_photo_fills_its_cell_and_the_rest_is_paper() -> None:
    plan, pictures = three()
    drawn = array(opened(render(plan, pictures, media_type="image/png")))
    paper = np.ones(drawn.shape[:2], bool)
    for cell in plan.cells:
        b = cell.placed
        area = np.s_[int(b.y) : int(b.y + b.height), int(b.x) : int(b.x + b.width)]
        assert np.abs(drawn[area] - COLOURS[cell.asset]).max() <= 1
        paper[area] = False
    assert paper.any()
    assert (drawn[paper] == [0xF7, 0xF4, 0xEE]).all()


def test_pictures_stay_upright_and_unmirrored() -> None:
    corners = np.zeros((200, 300, 3), np.uint8)
    corners[:100, :150], corners[:100, 150:] = (255, 0, 0), (0, 255, 0)
    corners[100:, :150], corners[100:, 150:] = (0, 0, 255), (255, 255, 0)
    plan = plans([Ingredient("a", 3000, 2000)], 300, 200, title=None, subtitle=None, theme="bare")[
        0
    ]
    drawn = array(
        opened(render(plan, {"a": Pixels(300, 200, corners.tobytes())}, media_type="image/png"))
    )
    assert np.array_equal(drawn, corners)


def test_a_smaller_copy_shows_the_same_part() -> None:
    ramp = np.tile(np.linspace(0, 255, 1200).astype(np.uint8)[None, :, None], (600, 1, 3))
    cell = Cell("a", Box(300, 0, 600, 600), Box(0, 0, 300, 300), (1200, 600))
    plan = CollagePlan(300, 300, "single", (cell,))
    small = np.asarray(Image.fromarray(ramp).resize((600, 300), Image.Resampling.BOX))
    whole = render(plan, {"a": Pixels(1200, 600, ramp.tobytes())}, media_type="image/png")
    half = render(plan, {"a": Pixels(600, 300, small.tobytes())}, media_type="image/png")
    assert np.abs(array(opened(whole)) - array(opened(half))).max() <= 2


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "image/webp"])
def test_same_plan_same_bytes(media_type: str) -> None:
    plan, pictures = three("A Weekend in Prague")
    first = render(plan, pictures, media_type=media_type)
    assert first == render(plan, pictures, media_type=media_type)
    assert Image.MIME[opened(first).format or ""] == media_type


@pytest.mark.parametrize(("media_type", "dpi"), [("image/jpeg", 300), ("image/png", 300)])
def test_dots_per_inch_and_srgb_are_written_and_nothing_else(media_type: str, dpi: int) -> None:
    plan, pictures = three()
    image = opened(render(plan, pictures, media_type=media_type, dpi=dpi))
    assert [round(value) for value in image.info["dpi"]] == [dpi, dpi]
    assert "sRGB".encode("utf-16-be") in image.info["icc_profile"]
    assert not image.getexif()
    known = {"dpi", "icc_profile", "jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert set(image.info) <= known


@pytest.mark.parametrize("scale", [0.25, 1.0, 1.5])
def test_what_is_cut_is_what_the_cell_shows_at_its_size(scale: float) -> None:
    items = [Ingredient("a", 4000, 3000), Ingredient("b", 3000, 4000), Ingredient("c", 9000, 3000)]
    for plan in plans(items, 1000, 1000, title=None, subtitle=None):
        for cell in plan.cells:
            cut = cuts_of(plan, scale)[cell.asset]
            assert cut.window.x * cell.size[0] == pytest.approx(cell.source.x)
            assert cut.window.height * cell.size[1] == pytest.approx(cell.source.height)
            assert cut.width == pytest.approx(cell.placed.width * scale, abs=1)
            assert cut.height == pytest.approx(cell.placed.height * scale, abs=1)


def test_cut_pictures_are_put_where_they_belong() -> None:
    plan, _ = three()
    colours = {"a": (200, 10, 10), "b": (10, 200, 10), "c": (10, 10, 200)}
    tiles = {
        name: Pixels(cut.width, cut.height, bytes(colours[name]) * (cut.width * cut.height))
        for name, cut in cuts_of(plan).items()
    }
    image = opened(render(plan, tiles, media_type="image/png", cut=True))
    for cell in plan.cells:
        box = cell.placed
        corners = ((box.x, box.y), (box.x + box.width - 1, box.y + box.height - 1))
        assert all(image.getpixel((int(x), int(y))) == colours[cell.asset] for x, y in corners)
    with pytest.raises(RenderError, match="another place"):
        render(plan, tiles, scale=0.5, cut=True)


def test_scale_gives_the_scaled_canvas_with_cells_still_aligned() -> None:
    plan, pictures = three()
    image = opened(render(plan, pictures, scale=0.5, media_type="image/png"))
    assert image.size == (300, 300)


def test_a_title_is_drawn_inside_its_box_only() -> None:
    plan, pictures = three("Ångström and the jolly quay")
    assert plan.title_box is not None
    words = array(opened(render(plan, pictures, media_type="image/png")))
    blank = array(opened(render(replace(plan, title=None), pictures, media_type="image/png")))
    rows, columns = np.nonzero((words != blank).any(2))
    box = plan.title_box
    assert len(rows) > 100
    assert rows.min() >= box.y
    assert rows.max() < box.y + box.height
    assert columns.min() >= box.x
    assert columns.max() < box.x + box.width


def test_words_for_what_cannot_be_drawn() -> None:
    plan, pictures = three()
    with pytest.raises(RenderError, match="missing"):
        render(plan, {})
    with pytest.raises(RenderError, match="damaged"):
        render(plan, pictures | {"a": Pixels(400, 300, b"short")})
    with pytest.raises(RenderError, match="image/tiff"):
        render(plan, pictures, media_type="image/tiff")
    beyond = replace(plan.cells[0], source=Box(4000, 0, 10, 10))
    with pytest.raises(RenderError, match="outside"):
        render(replace(plan, cells=(beyond,)), pictures)


def test_real_photos_of_every_orientation_fill_one_collage(shared_data: object) -> None:
    from pathlib import Path

    assert isinstance(shared_data, Path)
    items, pictures = [], {}
    for path in sorted((shared_data / "orientation").glob("Landscape_*.jpg")):
        with Image.open(path) as stored:
            image = ImageOps.exif_transpose(stored).convert("RGB")
        items.append(Ingredient(path.name, *image.size))
        pictures[path.name] = Pixels(*image.size, image.tobytes())
    assert len(items) == 9
    plan = plans(items, 900, 900, title=None, subtitle=None)[0]
    drawn = opened(render(plan, pictures, media_type="image/png"))
    tiles = []
    for cell in plan.cells:
        b = cell.placed
        part = drawn.crop((int(b.x), int(b.y), int(b.x + b.width), int(b.y + b.height)))
        tiles.append(array(part.resize((30, 20), Image.Resampling.BOX)))
    for tile in tiles[1:]:
        assert np.abs(tile - tiles[0]).mean() < 25
