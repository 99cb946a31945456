"""Drawing what lies under the photos: cards, film, maps, and the signs of a season."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from random import Random
from types import MappingProxyType

from PIL import Image, ImageDraw, ImageFilter

from safelight.creations.collage.charts import draw_chart
from safelight.creations.collage.titles import title_extent
from safelight.model.creations import Box, CollagePlan, Ornament

_SMOOTH = 3
"""Shapes are drawn so many times too large and scaled down, so that their edges are smooth."""


def draw_ornaments(canvas: Image.Image, plan: CollagePlan, scale: float) -> None:
    """Draw a plan's ornaments, in order."""
    for ornament in plan.ornaments:
        _DRAWN[ornament.kind](canvas, plan, ornament, scale)


def paste_turned(
    canvas: Image.Image, picture: Image.Image, centre: tuple[float, float], angle: float
) -> None:
    """Paste a picture turned clockwise about its middle, with smooth edges."""
    # Clear paper around it: without any the outermost pixels are wholly there or not at all.
    framed = Image.new("RGBA", (picture.width + 4, picture.height + 4), (0, 0, 0, 0))
    framed.paste(picture.convert("RGBA"), (2, 2))
    turned = framed.rotate(-angle, Image.Resampling.BICUBIC, expand=True)
    at = (round(centre[0] - turned.width / 2), round(centre[1] - turned.height / 2))
    canvas.paste(turned, at, turned)


def _centre(box: Box, scale: float) -> tuple[float, float]:
    return (box.x + box.width / 2) * scale, (box.y + box.height / 2) * scale


def _size(box: Box, scale: float) -> tuple[int, int]:
    return max(1, round(box.width * scale)), max(1, round(box.height * scale))


def _card(canvas: Image.Image, plan: CollagePlan, ornament: Ornament, scale: float) -> None:
    """A white card with a soft shadow."""
    del plan
    width, height = _size(ornament.box, scale)
    soft = max(1, round(0.025 * width))
    shadow = Image.new("RGBA", (width + 6 * soft, height + 6 * soft), (40, 30, 20, 0))
    dark = Image.new("RGBA", (width, height), (40, 30, 20, 105))
    shadow.paste(dark, (3 * soft, 3 * soft))
    shadow = shadow.filter(ImageFilter.GaussianBlur(soft))
    x, y = _centre(ornament.box, scale)
    paste_turned(canvas, shadow, (x + 0.4 * soft, y + 0.9 * soft), ornament.angle)
    card = Image.new("RGBA", (width, height), "#fcfaf5")
    paste_turned(canvas, card, (x, y), ornament.angle)


def _strip(canvas: Image.Image, plan: CollagePlan, ornament: Ornament, scale: float) -> None:
    """A strip of film with its holes."""
    box = ornament.box
    width, height = _size(box, scale)
    film = Image.new("RGB", (width, height), "#0b0a0a")
    edge = height * 0.17 / 1.34
    hole_height, hole_width = edge * 0.46, edge * 0.36
    step = hole_width * 2.3
    large = Image.new("L", (width * _SMOOTH, max(1, round(edge * _SMOOTH))), 0)
    pen = ImageDraw.Draw(large)
    for number in range(int(width / step) + 2):
        x = (number * step + step * 0.3) * _SMOOTH
        top = (edge - hole_height) / 2 * _SMOOTH
        corners = (x, top, x + hole_width * _SMOOTH, top + hole_height * _SMOOTH)
        pen.rounded_rectangle(corners, hole_width * 0.25 * _SMOOTH, fill=255)
    holes = large.resize((width, max(1, round(edge))), Image.Resampling.LANCZOS)
    light = Image.new("RGB", holes.size, plan.ink)
    film.paste(light, (0, 0), holes)
    film.paste(light, (0, height - holes.height), holes)
    canvas.paste(film, (round(box.x * scale), round(box.y * scale)))


def _map(canvas: Image.Image, plan: CollagePlan, ornament: Ornament, scale: float) -> None:
    chart = draw_chart(plan.route, _size(ornament.box, scale))
    canvas.paste(chart, (round(ornament.box.x * scale), round(ornament.box.y * scale)))


def _season(canvas: Image.Image, plan: CollagePlan, ornament: Ornament, scale: float) -> None:
    """Small signs strewn along the edges of the paper, where no photo lies."""
    rng = Random(f"{ornament.kind}/{plan.layout}")  # noqa: S311 - no secret depends on it
    sign, colours = _SIGNS[ornament.kind]
    edge = math.sqrt(plan.width * plan.height)
    taken = [cell.placed for cell in plan.cells]
    words = title_extent(plan)
    if words:
        air = edge * _AIR
        taken.append(
            Box(words.x - air, words.y - air, words.width + 2 * air, words.height + 2 * air)
        )
    for _ in range(420):
        size = edge * rng.uniform(0.010, 0.024)
        x, y = rng.uniform(0, plan.width), rng.uniform(0, plan.height)
        if any(_near(box, x, y, size * 0.75) for box in taken):
            continue
        taken.append(Box(x - size, y - size, 2 * size, 2 * size))
        drawn = _drawn_large(sign, size * scale, rng.choice(colours))
        paste_turned(canvas, drawn, (x * scale, y * scale), rng.uniform(-40, 40))


def _near(box: Box, x: float, y: float, room: float) -> bool:
    inside_x = box.x - room < x < box.x + box.width + room
    return inside_x and box.y - room < y < box.y + box.height + room


_AIR = 0.012
"""Around the words, where no sign comes, as a share of the canvas's size."""

Sign = Callable[[ImageDraw.ImageDraw, float, str], None]


def _drawn_large(sign: Sign, size: float, colour: str) -> Image.Image:
    side = max(4, round(2 * size))
    large = Image.new("RGBA", (side * _SMOOTH, side * _SMOOTH), colour + "00")
    sign(ImageDraw.Draw(large), side * _SMOOTH, colour)
    return large.resize((side, side), Image.Resampling.LANCZOS)


def _flake(pen: ImageDraw.ImageDraw, side: float, colour: str) -> None:
    """A snow crystal of six arms."""
    middle, thick = side / 2, max(1, round(side * 0.05))
    for arm in range(6):
        angle = math.radians(60 * arm)
        tip = (middle + 0.46 * side * math.cos(angle), middle + 0.46 * side * math.sin(angle))
        pen.line((middle, middle, *tip), fill=colour, width=thick)
        for share, turn in ((0.28, 60), (0.28, -60), (0.17, 60), (0.17, -60)):
            start = (
                middle + share * side * math.cos(angle),
                middle + share * side * math.sin(angle),
            )
            branch = angle + math.radians(turn)
            end = (
                start[0] + 0.13 * side * math.cos(branch),
                start[1] + 0.13 * side * math.sin(branch),
            )
            pen.line((*start, *end), fill=colour, width=thick)


def _blossom(pen: ImageDraw.ImageDraw, side: float, colour: str) -> None:
    """Five petals around a yellow middle."""
    middle, petal = side / 2, side * 0.19
    for number in range(5):
        angle = math.radians(72 * number - 90)
        x, y = middle + 0.24 * side * math.cos(angle), middle + 0.24 * side * math.sin(angle)
        pen.ellipse((x - petal, y - petal, x + petal, y + petal), fill=colour)
    heart = side * 0.1
    pen.ellipse((middle - heart, middle - heart, middle + heart, middle + heart), fill="#e9b949")


def _sun(pen: ImageDraw.ImageDraw, side: float, colour: str) -> None:
    """A disc with rays."""
    middle, disc = side / 2, side * 0.2
    for number in range(12):
        angle = math.radians(30 * number)
        near, far = 0.29 * side, 0.45 * side
        ends = (
            middle + near * math.cos(angle),
            middle + near * math.sin(angle),
            middle + far * math.cos(angle),
            middle + far * math.sin(angle),
        )
        pen.line(ends, fill=colour, width=max(1, round(side * 0.05)))
    pen.ellipse((middle - disc, middle - disc, middle + disc, middle + disc), fill=colour)


def _leaf(pen: ImageDraw.ImageDraw, side: float, colour: str) -> None:
    """A pointed leaf with its rib."""
    points = []
    for step in range(21):
        along = step / 20
        points.append((0.08 + 0.84 * along, 0.5 - 0.27 * math.sin(math.pi * along**0.8)))
    points += [(x, 1 - y) for x, y in reversed(points)]
    pen.polygon([(x * side, y * side) for x, y in points], fill=colour)
    pen.line(
        (0.02 * side, 0.5 * side, 0.8 * side, 0.5 * side),
        fill="#f1e2cf",
        width=max(1, round(side * 0.03)),
    )


_SIGNS: Mapping[str, tuple[Sign, tuple[str, ...]]] = MappingProxyType(
    {
        "winter": (_flake, ("#a9c3d6", "#8fb0c8", "#c3d6e4")),
        "spring": (_blossom, ("#e7b7c5", "#efccd6", "#d9a3b5")),
        "summer": (_sun, ("#f0b840", "#eaa22e", "#f4cc6e")),
        "autumn": (_leaf, ("#b5562b", "#c98a2f", "#8f3d24", "#a97b35")),
    }
)
_Drawer = Callable[[Image.Image, CollagePlan, Ornament, float], None]
_DRAWN: Mapping[str, _Drawer] = MappingProxyType(
    {"print": _card, "strip": _strip, "map": _map, **dict.fromkeys(_SIGNS, _season)}
)
ORNAMENTS = frozenset(_DRAWN)
"""Kinds that can be drawn."""
