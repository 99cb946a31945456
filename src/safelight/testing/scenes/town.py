"""Towns: façades, skylines by day and by night."""

from __future__ import annotations

import numpy as np

from safelight.testing.scenes.canvas import Canvas
from safelight.testing.scenes.colour import Array, Colour, mix, rgb
from safelight.testing.scenes.sky import reflect, sky

_WALLS = (
    "e8b04b",
    "d9694a",
    "f2dfb8",
    "6f9fb0",
    "e9c1a0",
    "b4483b",
    "8fae8b",
    "f0e6d2",
    "4f7f95",
    "dd9a7a",
)
_ROOFS = ("9c4a35", "7c3f35", "b25b3d", "5f4a48")
_LIT: Colour = (255, 210, 128)


def row_of_houses(
    c: Canvas, foot: float, low: float, high: float, width: float, spires: bool = False
) -> None:
    """Paint a closed row of façades standing on `foot` (pixels), `low` to `high` pixels tall."""
    x, last = -width * c.between(0.1, 0.9), -1
    while x < c.w:
        wide, tall = width * c.between(0.75, 1.3), c.between(low, high)
        pick = int(c.rng.integers(0, len(_WALLS)))
        pick = (pick + 1) % len(_WALLS) if pick == last else pick
        _house(c, x, foot, wide, tall, rgb(_WALLS[pick]))
        if spires and c.rng.random() < 0.13:
            _spire(c, x + wide / 2, foot - tall * 0.8, width * 0.5, high * 1.35)
        x, last = x + wide, pick


def _house(c: Canvas, x: float, foot: float, wide: float, tall: float, wall: Colour) -> None:
    tone = c.light.on(wall, 0.06)
    top = foot - tall
    roof = c.light.on(rgb(_ROOFS[int(c.rng.integers(0, 4))]), 0.06)
    style = int(c.rng.integers(0, 3))
    peak = wide * c.between(0.35, 0.6)
    if style == 0:
        c.polygon([(x, top), (x + wide / 2, top - peak), (x + wide, top)], tone)
        c.stroke([(x, top), (x + wide / 2, top - peak), (x + wide, top)], max(2, wide * 0.05), roof)
    elif style == 1:
        c.polygon(
            [
                (x - 1, top),
                (x + wide * 0.14, top - peak * 0.62),
                (x + wide * 0.86, top - peak * 0.62),
                (x + wide + 1, top),
            ],
            roof,
        )
        for k in (0.32, 0.62):
            c.box(x + wide * k, top - peak * 0.42, x + wide * (k + 0.12), top - peak * 0.12, tone)
    else:
        steps = [
            (0, 0),
            (0.16, 0),
            (0.16, 0.35),
            (0.32, 0.35),
            (0.32, 0.7),
            (0.68, 0.7),
            (0.68, 0.35),
            (0.84, 0.35),
            (0.84, 0),
            (1, 0),
        ]
        c.polygon([(x + wide * a, top - peak * b) for a, b in steps], tone)
    c.box(x, top, x + wide, foot + 1, tone)
    shade = mix(tone, mix(c.light.top, (30, 25, 45), 0.5), 0.22)
    c.box(x + wide * 0.965, top, x + wide, foot, shade)
    c.box(x, top, x + wide, top + max(1, tall * 0.012), mix(tone, (255, 255, 250), 0.3))
    _windows(c, x, foot, wide, tall, tone)


def _windows(c: Canvas, x: float, foot: float, wide: float, tall: float, tone: Colour) -> None:
    cols = 2 if wide < c.u * 0.1 else 3
    rows = max(2, round(tall / (wide / cols) / 1.35))
    frame, dark = mix(tone, (255, 252, 244), 0.6), mix(c.light.on(rgb("34495a")), tone, 0.12)
    for row in range(rows):
        for col in range(cols):
            wx = x + wide * (col + 0.5) / cols
            wy = foot - tall * (rows - row - 0.45) / rows
            w, h = wide / cols * 0.24, tall / rows * 0.28
            if row == rows - 1 and col == cols // 2:
                _door(c, wx, foot, w * 1.2, h * 2.3)
                continue
            c.box(wx - w * 1.3, wy - h * 1.18, wx + w * 1.3, wy + h * 1.18, frame)
            lit = c.light.evening and c.rng.random() < (0.62 if c.light.night else 0.4)
            c.box(
                wx - w, wy - h, wx + w, wy + h, mix(_LIT, tone, c.between(0, 0.3)) if lit else dark
            )
            c.box(wx - 0.5, wy - h, wx + 0.5, wy + h, frame)
            if not lit:
                c.polygon(
                    [(wx - w, wy + h), (wx - w, wy), (wx + w, wy - h), (wx + w, wy - h * 0.4)],
                    mix(dark, c.light.mid, 0.35),
                )


def _door(c: Canvas, x: float, foot: float, w: float, h: float) -> None:
    colours = ("3f5a4a", "6b2f2a", "2d4460", "5a4030")
    tone = c.light.on(rgb(colours[int(c.rng.integers(0, 4))]))
    c.box(x - w, foot - h, x + w, foot, tone)
    c.ellipse(x, foot - h, w, w, tone)
    if c.light.evening:
        c.ellipse(x, foot - h, w * 0.6, w * 0.6, _LIT)


def _spire(c: Canvas, x: float, foot: float, wide: float, tall: float) -> None:
    wall = c.light.on(rgb("d8c6a4"), 0.15)
    top = foot - tall * 0.45
    c.box(x - wide / 2, top, x + wide / 2, foot, wall)
    c.box(x + wide * 0.2, top, x + wide / 2, foot, mix(wall, c.light.top, 0.3))
    roof = c.light.on(rgb("4f7a70"), 0.15)
    c.polygon([(x - wide * 0.6, top), (x, top - tall * 0.55), (x + wide * 0.6, top)], roof)


def old_town(c: Canvas) -> None:
    """A street front of coloured houses above cobbles."""
    foot = c.between(0.76, 0.82) * c.h
    sky(c, 0.7, c.between(0.3, 0.8))
    if c.rng.random() < 0.7:
        _spire(c, c.w * c.between(0.2, 0.8), foot - 0.3 * c.h, c.u * 0.13, c.h * 0.5)
    row_of_houses(c, foot, 0.36 * c.h, 0.52 * c.h, c.u * 0.27)
    tones = [c.light.on(rgb(code)) for code in ("57504c", "857a70", "b5a893")]
    depth = np.clip((c.ys - foot) / (c.h - foot), 0, 1)
    arcs = np.sin(depth**0.6 * 90 + c.noise(0.02, 1) * 1.2) * 0.13
    cells = c.noise(0.022, 2, 3) * 0.3
    c.layer(np.full(c.w, foot, np.float32), np.clip(0.6 + arcs + cells - depth * 0.2, 0, 1), tones)
    c.box(0, foot - 1, c.w, foot + c.u * 0.012, tones[2])
    for x in np.arange(c.between(0.05, 0.3), 1, 0.42):
        _planter(c, float(x) * c.w, foot + c.u * 0.03, c.u * 0.05)
    if c.light.evening:
        for x in c.rng.uniform(0, 1, 5):
            c.glow(x * c.w, foot - c.u * 0.16, c.u * 0.06, _LIT, 0.7)


def _planter(c: Canvas, x: float, y: float, size: float) -> None:
    c.box(x - size * 0.5, y - size * 0.6, x + size * 0.5, y, c.light.on(rgb("9a5a3c")))
    around = c.rng.normal(0, 0.35, (26, 2)) * size
    green = [c.light.on(rgb(code)) for code in ("3f6b45", "5f8f55")]
    c.dabs(x + around[:, 0], y - size + around[:, 1], size * 0.2, green, 0.8)
    bloom = [c.light.on(rgb(code)) for code in ("d94f5c", "f4a3a8", "f6e9dc")]
    c.dabs(x + around[:14, 1] * 1.1, y - size + around[:14, 0] * 0.9, size * 0.09, bloom)


def skyline(c: Canvas) -> None:
    """Towers behind towers along a waterfront; windows light up as it gets dark."""
    shore = c.between(0.7, 0.76)
    sky(c, shore, c.between(0.2, 0.6))
    glass = ("5b7b94", "7c8fa0", "a7a49f", "c4a98c", "4c6378")
    for level, (rise, width) in enumerate(((0.26, 0.05), (0.4, 0.07), (0.34, 0.095))):
        distance = 0.66 - 0.27 * level
        x = -c.between(0, width) * c.u
        crowd = 0.6 + 0.4 * c.line(0.6, 3)
        while x < c.w:
            wide = c.u * width * c.between(0.6, 1.3)
            column = crowd[min(c.w - 1, max(0, int(x)))]
            tall = c.h * rise * max(0.25, column * c.between(0.55, 1.25))
            tone = c.light.on(rgb(glass[int(c.rng.integers(0, 5))]), distance)
            _tower_block(c, x, shore * c.h, wide, tall, tone, 1 - distance)
            x += wide * c.between(0.95, 1.35)
    if c.light.evening:
        for lamp in np.arange(0.1, 1, 0.2) * c.w:
            c.glow(float(lamp), shore * c.h, c.u * 0.13, _LIT, 0.3)
    c.box(0, shore * c.h - 3, c.w, shore * c.h + 2, c.light.on(rgb("3a4048"), 0.2))
    reflect(c, shore * c.h, 0.2, 1.1, 0.3)


def _tower_block(
    c: Canvas, x: float, foot: float, wide: float, tall: float, tone: Colour, near: float
) -> None:
    if c.light.night:
        tone = mix(tone, c.light.top, 0.45)
    top = foot - tall
    c.box(x, top, x + wide, foot, tone)
    shade = mix(tone, mix(c.light.top, (24, 28, 48), 0.4), 0.4)
    left = not c.light.rising
    c.box(x + (0 if left else wide * 0.62), top, x + (wide * 0.38 if left else wide), foot, shade)
    if c.rng.random() < 0.3:
        c.box(x + wide * 0.3, top - tall * 0.07, x + wide * 0.7, top, tone)
    if c.rng.random() < 0.25:
        c.stroke([(x + wide / 2, top), (x + wide / 2, top - tall * 0.2)], 1.5, shade)
    step = max(5.0, c.u * 0.0105)
    xs, ys = (
        np.arange(x + step * 0.7, x + wide - step * 0.6, step),
        np.arange(top + step, foot, step * 1.35),
    )
    _panes(c, xs, ys, step, tone, near)


def _panes(c: Canvas, xs: Array, ys: Array, step: float, tone: Colour, near: float) -> None:
    share = 0.62 if c.light.night else 0.3 if c.light.evening else 0.0
    dark, warm = mix(tone, c.light.low, 0.22), (_LIT, (255, 232, 184), (250, 178, 96))
    chance, kinds = c.rng.random((len(ys), len(xs))), c.rng.integers(0, 3, (len(ys), len(xs)))
    w, h = max(1, round(step * 0.5)), max(1, round(step * 0.62))
    for i, y in enumerate(ys.astype(int)):
        for j, x in enumerate(xs.astype(int)):
            if x < 0 or y < 0 or chance[i, j] > 0.82:
                continue
            lit = chance[i, j] < share * 0.82
            colour = mix(tone, warm[kinds[i, j]], 0.62 + 0.38 * near) if lit else dark
            c.img[y : y + h, x : x + w] = np.array(colour, np.uint8)
