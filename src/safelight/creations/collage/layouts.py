"""From photos to collage plans: many layouts are sketched, placed and judged; the best remain."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from random import Random

from safelight.creations.collage.choosing import Placed, choose, look_of
from safelight.creations.collage.families import FAMILIES, Sketch
from safelight.creations.collage.framing import Frame, find_theme, frames, seat
from safelight.creations.collage.growing import Grower
from safelight.creations.collage.scoring import Judge
from safelight.creations.collage.sheets import filling
from safelight.creations.collage.trees import Measured, Shapes
from safelight.model.creations import Box, CollagePlan, Ingredient
from safelight.model.errors import UserError

_TRIES = 120
_LOOKED_AT = 24


def plans(
    ingredients: Sequence[Ingredient],
    width: int,
    height: int,
    *,
    title: str | None,
    subtitle: str | None,
    seed: int = 0,
    count: int = 6,
    theme: str = "light",
) -> list[CollagePlan]:
    """Collages of all the photos on one canvas, best first, visibly unlike one another.

    Args:
        ingredients: oldest first; about 30 at most look well.
        width, height: canvas, pixels.
        seed: another seed searches elsewhere; the same one gives the same plans.
        count: at most so many; fewer where no more good ones differ.
        theme: a name in `framing.THEMES`.

    Raises:
        UserError: no photo, a photo twice, too many for the canvas, or an unknown theme.
    """
    _check(ingredients)
    style = find_theme(theme)
    ways = frames(width, height, titled=bool(title), subtitled=bool(subtitle), theme=style)
    found = sorted(_candidates(ingredients, ways, seed), key=lambda c: c.cost)
    if not found:
        raise UserError("these photos do not fit on so small a canvas")
    chosen = choose(found, count)
    alone = len(ingredients) == 1
    names = _names(["single" if alone else c.sketch.family for c in chosen])
    return [
        _plan(c, name, ingredients, title, subtitle) for c, name in zip(chosen, names, strict=True)
    ]


def _check(ingredients: Sequence[Ingredient]) -> None:
    if not ingredients:
        raise UserError("a collage needs at least one photo")
    if len({item.asset for item in ingredients}) < len(ingredients):
        raise UserError("a photo can be in a collage only once")
    if any(item.width < 1 or item.height < 1 for item in ingredients):
        raise UserError("a photo without a size cannot be in a collage")


def _candidates(
    ingredients: Sequence[Ingredient], ways: Sequence[Frame], seed: int
) -> Iterator[Placed]:
    judge = Judge(ingredients)
    aspects = [item.width / item.height for item in ingredients]
    tries = _TRIES // len(ways)
    for at, frame in enumerate(ways):
        shapes = Shapes(aspects, frame.gutter)
        grower = Grower(shapes, judge.wanted(frame, None), Random(f"{seed}/{at}"))  # noqa: S311 - no secret depends on it
        for make in FAMILIES.values():
            for sketch, tree in _promising(list(make(grower, frame, tries)), shapes):
                yield from _placings(sketch, tree, shapes, judge)


def _promising(sketches: list[Sketch], shapes: Shapes) -> list[tuple[Sketch, Measured]]:
    """Those whose natural shape is nearest the room's, each tree once."""
    once = {(s.tree, s.hero): s for s in sketches}.values()
    measured = [(sketch, shapes.measure(sketch.tree)) for sketch in once]
    return sorted(measured, key=lambda pair: abs(math.log(_stretch(*pair))))[:_LOOKED_AT]


def _stretch(sketch: Sketch, tree: Measured) -> float:
    """How much wider the room is than the tree at the room's height, nothing cropped."""
    room = sketch.frame.room
    return room.width / max(1.0, tree.width_at(room.height))


def _placings(sketch: Sketch, tree: Measured, shapes: Shapes, judge: Judge) -> Iterator[Placed]:
    """The tree filling its room, and with less or no crop on a smaller block."""
    sizes = {_block(sketch.frame.room, tree, limit) for limit in (0.19, 0.08, 0.0)}
    for width, height in sorted(sizes):
        if width < 8 or height < 8:
            continue
        block = seat(sketch.frame, width, height)
        boxes = shapes.place(tree, block)
        if boxes is not None:
            cost = judge.cost(boxes, sketch.frame, sketch.hero)
            yield Placed(sketch, boxes, block, cost, look_of(boxes, block))


def _block(room: Box, tree: Measured, limit: float) -> tuple[int, int]:
    """Size of the block of photos when at most `limit` of each may be cropped."""
    natural = tree.width_at(room.height)
    widest = natural / (1 - limit)
    if room.width > widest:
        return round(widest), int(room.height)
    if room.width >= natural * (1 - limit):
        return int(room.width), int(room.height)
    return int(room.width), round(tree.height_at(room.width / (1 - limit)))


def _names(families: Sequence[str]) -> list[str]:
    """`rows`, `rows-2`, …: the family, numbered where it comes again."""
    names = []
    for index, family in enumerate(families):
        before = families[:index].count(family)
        names.append(family if not before else f"{family}-{before + 1}")
    return names


def _plan(
    chosen: Placed,
    name: str,
    ingredients: Sequence[Ingredient],
    title: str | None,
    subtitle: str | None,
) -> CollagePlan:
    frame = chosen.sketch.frame
    return CollagePlan(
        width=frame.width,
        height=frame.height,
        layout=name,
        cells=tuple(filling(ingredients[i], chosen.boxes[i]) for i in sorted(chosen.boxes)),
        background=frame.theme.background,
        ink=frame.theme.ink,
        title=title or None,
        subtitle=(subtitle or None) if title else None,
        title_box=frame.title_box(chosen.block),
    )
