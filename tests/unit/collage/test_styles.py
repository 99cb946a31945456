"""Styles of collages: every photo once, faces whole, inside the sheet, the same twice."""

from __future__ import annotations

import io
import math

import numpy as np
import pytest
from PIL import Image

from safelight.creations.collage import (
    FORMATS,
    STYLES,
    Sheet,
    plan_from_json,
    plan_to_json,
    plans_in,
    render,
)
from safelight.creations.collage.charts import draw_chart
from safelight.creations.collage.ornaments import paste_turned
from safelight.model.creations import Box, Cell, CollagePlan, Ingredient, Pixels, Waypoint
from safelight.model.errors import UserError

ROUTE = (
    Waypoint(37.77, -122.42, "San Francisco"),
    Waypoint(36.17, -115.14, "Las Vegas"),
    Waypoint(38.68, -109.5, "Moab"),
)
SHAPES = ((4000, 3000), (3000, 4000), (4000, 2250), (3000, 3000), (1500, 4000))


def sheet(count: int = 7, form: int = 1, **more: object) -> Sheet:
    photos = []
    for number in range(count):
        width, height = SHAPES[number % len(SHAPES)]
        # A face at one end, where a crop from the middle would cut it.
        face = Box(width * 0.02, height * 0.03, width * 0.3, height * 0.25)
        photos.append(Ingredient(f"p{number}", width, height, keep=(face,) if number % 2 else ()))
    chosen = FORMATS[form]
    words: dict[str, object] = {"title": "Utah and Arizona", "subtitle": "June 2015"}
    return Sheet(
        photos,
        chosen.width,
        chosen.height,
        **{"season": "autumn", "route": ROUTE, **words, **more},  # type: ignore[arg-type]
    )


def corners(cell: Cell) -> list[tuple[float, float]]:
    box, turn = cell.placed, math.radians(cell.angle)
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return [
        (
            x + dx * box.width / 2 * math.cos(turn) - dy * box.height / 2 * math.sin(turn),
            y + dx * box.width / 2 * math.sin(turn) + dy * box.height / 2 * math.cos(turn),
        )
        for dx in (-1, 1)
        for dy in (-1, 1)
    ]


def check(plan: CollagePlan, asked: Sheet) -> None:
    assert sorted(cell.asset for cell in plan.cells) == sorted(p.asset for p in asked.photos)
    known = {photo.asset: photo for photo in asked.photos}
    for cell in plan.cells:
        for x, y in corners(cell):
            assert -2 <= x <= plan.width + 2
            assert -2 <= y <= plan.height + 2
        seen, photo = cell.source, known[cell.asset]
        assert seen.x >= -0.5
        assert seen.y >= -0.5
        assert seen.x + seen.width <= photo.width + 0.5
        assert seen.y + seen.height <= photo.height + 0.5
        for face in photo.keep:
            assert seen.x <= face.x + 1
            assert seen.y <= face.y + 1
            assert face.x + face.width <= seen.x + seen.width + 1
            assert face.y + face.height <= seen.y + seen.height + 1
        stretch = cell.placed.width / cell.placed.height / (seen.width / seen.height)
        assert stretch == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("count", [1, 2, 5, 12, 30])
@pytest.mark.parametrize("form", [0, 3, 4])
def test_every_photo_once_with_its_face_whole(style: str, count: int, form: int) -> None:
    asked = sheet(count, form)
    found = plans_in(style, asked, 3)
    assert found
    for plan in found:
        check(plan, asked)
        assert plan.style == style


@pytest.mark.parametrize("style", STYLES)
def test_plans_differ_among_themselves_and_are_the_same_twice(style: str) -> None:
    found = plans_in(style, sheet(), 4)
    assert found == plans_in(style, sheet(), 4)
    assert len({tuple(cell.placed for cell in plan.cells) for plan in found}) == len(found)


@pytest.mark.parametrize("style", STYLES)
def test_a_plan_survives_json_and_is_drawn_the_same(style: str) -> None:
    asked = sheet(3)
    plan = plans_in(style, asked, 1)[0]
    again = plan_from_json(plan_to_json(plan))
    assert again == plan
    rng = np.random.default_rng(1)
    pictures = {
        photo.asset: Pixels(
            photo.width // 50,
            photo.height // 50,
            rng.integers(0, 255, photo.width // 50 * (photo.height // 50) * 3, np.uint8).tobytes(),
        )
        for photo in asked.photos
    }
    drawn = render(plan, pictures, scale=0.12)
    assert drawn == render(again, pictures, scale=0.12)
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.size == (round(plan.width * 0.12), round(plan.height * 0.12))


def test_prints_lie_on_cards_and_film_in_strips() -> None:
    prints = plans_in("polaroid", sheet(6), 1)[0]
    assert [o.kind for o in prints.ornaments] == ["print"] * 6
    assert len({o.angle for o in prints.ornaments}) == 6
    assert [c.angle for c in prints.cells] == [o.angle for o in prints.ornaments]
    film = plans_in("film-strip", sheet(6), 1)[0]
    assert {o.kind for o in film.ornaments} == {"strip"}
    for cell in film.cells:
        inside = [
            o.box.y < cell.placed.y and cell.placed.y + cell.placed.height < o.box.y + o.box.height
            for o in film.ornaments
        ]
        assert any(inside)


def test_a_postcard_needs_a_journey_and_a_poster_a_title() -> None:
    with pytest.raises(UserError, match="Places and trips"):
        plans_in("postcard", sheet(route=ROUTE[:1]), 1)
    with pytest.raises(UserError, match="title"):
        plans_in("poster", sheet(title=None), 1)
    with pytest.raises(UserError, match="no collage style 'kitsch'"):
        plans_in("kitsch", sheet(), 1)
    plan = plans_in("postcard", sheet(), 1)[0]
    assert plan.route == ROUTE
    assert [o.kind for o in plan.ornaments] == ["map"]


@pytest.mark.parametrize("season", ["winter", "spring", "summer", "autumn"])
def test_signs_of_a_season_stay_off_the_photos(season: str) -> None:
    asked = sheet(4, season=season)
    plan = plans_in("seasonal", asked, 1)[0]
    white = {p.asset: Pixels(8, 8, b"\xff" * 192) for p in asked.photos}
    picture = np.asarray(Image.open(io.BytesIO(render(plan, white, scale=0.25, quality=98))))
    for cell in plan.cells:
        box = cell.placed
        rows = slice(int(box.y * 0.25) + 4, int((box.y + box.height) * 0.25) - 4)
        columns = slice(int(box.x * 0.25) + 4, int((box.x + box.width) * 0.25) - 4)
        assert picture[rows, columns].min() > 245
    assert picture.std() > 3


@pytest.mark.parametrize(
    "route",
    [
        ROUTE,
        (Waypoint(50.08, 14.42, "Prague"), Waypoint(50.1, 14.5, "")),
        (Waypoint(-17.7, 178.0, "Fiji"), Waypoint(-13.8, -171.8, "Samoa")),
        (Waypoint(89.9, 0, "Pole"), Waypoint(70, 20, "Tromsø")),
        (Waypoint(0, 0, "Here"), Waypoint(0, 0, "There")),
    ],
)
def test_any_journey_has_a_map_with_its_way(route: tuple[Waypoint, ...]) -> None:
    chart = np.asarray(draw_chart(route, (400, 320)), np.int16)
    red = (chart[..., 0] > 150) & (chart[..., 1] < 90) & (chart[..., 2] < 80)
    assert red.sum() > 20


def test_a_turned_print_has_smooth_edges() -> None:
    canvas = Image.new("RGB", (300, 300), "#000000")
    paste_turned(canvas, Image.new("RGB", (200, 150), "#ffffff"), (150.0, 150.0), 4.0)
    light = np.asarray(canvas)[:, :, 0]
    between = int(((light > 20) & (light < 235)).sum())
    assert between > 400  # of some 700 along its sides
