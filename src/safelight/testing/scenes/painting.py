"""The one way in: `paint` picks a painter, sets the light and finishes the picture."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np

from safelight.testing.scenes import land, night, rooms, town, water, woods
from safelight.testing.scenes.canvas import Canvas
from safelight.testing.scenes.colour import Array, light_at
from safelight.testing.scenes.finish import finish

_WORKING_EDGE = 1000

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
    "birthday_cake": rooms.birthday_cake,
    "party": rooms.party,
    "christmas": rooms.christmas,
    "still_life": rooms.still_life,
    "cat": rooms.cat,
    "rain_on_window": rooms.rain_on_window,
    "breakfast": rooms.breakfast,
}
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
    small = (max(8, round(width * scale)), max(8, round(height * scale)))
    canvas = Canvas(*small, rng, light_at(hour, season), season)
    painter(canvas)
    return finish(canvas, width, height)
