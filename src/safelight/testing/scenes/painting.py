"""The one way in: `paint` picks a painter, sets the light and finishes the picture."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np

from safelight.testing.scenes import (
    christmas,
    feasts,
    land,
    night,
    tables,
    town,
    water,
    windows,
    woods,
)
from safelight.testing.scenes.canvas import Canvas
from safelight.testing.scenes.colour import Array, light_at
from safelight.testing.scenes.finish import finish

_WORKING_EDGE = 920

PAINTERS: dict[str, Callable[[Canvas], None]] = {
    "mountains": land.mountains,
    "alpine_lake": land.alpine_lake,
    "fields": land.fields,
    "desert": land.desert,
    "road": land.road,
    "beach": water.beach,
    "sunset_sea": water.sunset_sea,
    "harbour": water.harbour,
    "lighthouse": water.lighthouse,
    "bridge": water.bridge,
    "old_town": town.old_town,
    "skyline": town.skyline,
    "misty_forest": woods.misty_forest,
    "autumn_trees": woods.autumn_trees,
    "snow": woods.snow,
    "flowers": woods.flowers,
    "night_sky": night.night_sky,
    "fireworks": night.fireworks,
    "birthday_cake": feasts.birthday_cake,
    "party": feasts.party,
    "christmas": christmas.christmas,
    "still_life": tables.still_life,
    "cat": windows.cat,
    "rain_on_window": windows.rain_on_window,
    "breakfast": tables.breakfast,
}
_CLOSEST = {
    "breakfast": 0.6,
    "birthday_cake": 0.8,
    "christmas": 0.8,
    "cat": 0.8,
    "still_life": 0.74,
    "party": 0.7,
    "old_town": 0.72,
    "harbour": 0.74,
    "flowers": 0.7,
    "bridge": 0.68,
    "skyline": 0.74,
    "rain_on_window": 0.6,
    "desert": 0.8,
    "fields": 0.8,
}
"""The least share of a scene that a picture may show, where that is less than nearly all."""

KINDS: tuple[str, ...] = tuple(PAINTERS)
"""Every kind of scene that `paint` knows."""


def paint(
    kind: str, seed: int, width: int, height: int, *, hour: float = 12.0, season: str = "summer"
) -> Array:
    """Paint one scene; the same arguments give the same picture.

    Args:
        kind: one of `KINDS`.
        seed: tells pictures of one kind apart.
        width, height: pixels; any shape from tall to panorama.
        hour: clock hour, 0 to 24, which sets the light.
        season: "spring", "summer", "autumn" or "winter".

    Returns:
        uint8 sRGB, shape (height, width, 3).

    Raises:
        KeyError: there is no such kind.
    """
    painter = PAINTERS[kind]
    scale = min(1.0, _WORKING_EDGE / max(width, height))
    rng = np.random.default_rng([zlib.crc32(kind.encode()), seed])
    near = rng.uniform(_CLOSEST.get(kind, 0.9), 1.0)
    small = (max(8, round(width * scale)), max(8, round(height * scale)))
    whole = (round(small[0] / near), round(small[1] / near))
    canvas = Canvas(*whole, rng, light_at(hour, season), season)
    painter(canvas)
    _frame(canvas, *small)
    return finish(canvas, width, height)


def _frame(canvas: Canvas, width: int, height: int) -> None:
    """Step closer and to one side, and mirror half of the pictures, as no two are framed alike."""
    x, y = (
        round((whole - part) * canvas.between(0.15, 0.85))
        for whole, part in ((canvas.w, width), (canvas.h, height))
    )
    img = canvas.img[y : y + height, x : x + width]
    mirrored = canvas.rng.random() < 0.5
    img = np.ascontiguousarray(img[:, ::-1] if mirrored else img)
    framed = Canvas(width, height, canvas.rng, canvas.light, canvas.season)
    canvas.img, canvas.w, canvas.h = img, width, height
    canvas.u, canvas.xs, canvas.ys = framed.u, framed.xs, framed.ys
