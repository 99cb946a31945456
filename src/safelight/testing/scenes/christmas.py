"""Christmas: a lit tree by a window at night, presents under it."""

from __future__ import annotations

import numpy as np

from safelight.testing.scenes.canvas import Canvas
from safelight.testing.scenes.colour import Colour, mix, rgb
from safelight.testing.scenes.indoors import bokeh, palette, table_top, wall

_WARM: Colour = (255, 206, 128)


def christmas(c: Canvas) -> None:
    """A lit tree by a window at night, presents under it."""
    wall(c, "3a2430", "5e3a38", "7c4f3c")
    wx = c.w * float(c.pick("0.2", "0.8"))
    _night_window(c, wx, 0.38 * c.h, c.u * 0.17, c.u * 0.24)
    bokeh(c, 16, 0, 0.7, palette("ffb35c", "ffd98f"))
    table_top(c, 0.84, "3a231a", "6a4129", "8f5f3b")
    x = c.w * (0.6 if wx < c.w / 2 else 0.4)
    foot, tall = 0.88 * c.h, min(0.76 * c.h, c.u * 0.95)
    _decked_tree(c, x, foot, tall)
    gifts = palette("b3283a", "2f6f62", "e0a23b", "f1e6d2", "34557c")
    for k in range(6):
        size = c.u * c.between(0.055, 0.1)
        gx = x + (k - 2.5) * c.u * 0.115 + c.between(-0.02, 0.02) * c.u
        _gift(c, gx, foot + c.u * c.between(0.015, 0.075), size, gifts[k % 5], gifts[(k + 2) % 5])
    c.glow(x, foot - tall * 0.45, tall * 0.4, (255, 190, 110), 0.28)


def _night_window(c: Canvas, x: float, y: float, rx: float, ry: float) -> None:
    c.box(x - rx * 1.12, y - ry * 1.1, x + rx * 1.12, y + ry * 1.1, rgb("efe3d0"))
    c.box(x - rx, y - ry, x + rx, y + ry, rgb("23345f"))
    count = 60
    c.dabs(
        x + c.rng.uniform(-rx, rx, count),
        y + c.rng.uniform(-ry, ry, count),
        c.u * 0.004,
        palette("ffffff", "c9d8ee"),
    )
    c.box(x - rx, y + ry * 0.72, x + rx, y + ry, rgb("dfe8f2"))
    c.box(x - rx * 0.04, y - ry, x + rx * 0.04, y + ry, rgb("efe3d0"))
    c.box(x - rx, y - ry * 0.04, x + rx, y + ry * 0.04, rgb("efe3d0"))


def _decked_tree(c: Canvas, x: float, foot: float, tall: float) -> None:
    c.box(x - tall * 0.03, foot - tall * 0.1, x + tall * 0.03, foot, rgb("4a3024"))
    greens = palette("16382f", "1f4d3b", "2f6b4c", "4a8458")
    for step, tone in enumerate(greens):
        count = 420 - 70 * step
        down = c.rng.uniform(0, 1, count) ** 0.6
        half = 0.33 * down * (0.72 + 0.28 * ((down * 5) % 1))
        across = c.rng.uniform(-1, 1, count)
        c.dabs(
            x + across * half * tall - step * tall * 0.008,
            foot - tall * (0.98 - 0.9 * down),
            tall * (0.022 - 0.003 * step),
            [tone],
            0.45,
            25,
        )
    baubles = palette("c8313f", "e8b84b", "f3e7d3", "3f7fa6")
    for _ in range(26):
        t, side = c.between(0.15, 0.98) ** 0.7, c.between(-0.9, 0.9)
        bx, by = x + side * 0.28 * t * tall, foot - tall * 0.05 - tall * (0.92 - 0.9 * t)
        tone = baubles[int(c.rng.integers(0, 4))]
        c.ellipse(bx, by, tall * 0.019, tall * 0.019, tone)
        c.ellipse(
            bx - tall * 0.006,
            by - tall * 0.007,
            tall * 0.005,
            tall * 0.005,
            mix(tone, (255, 255, 255), 0.7),
        )
    for _ in range(44):
        t, side = c.between(0.05, 1) ** 0.7, c.between(-1, 1)
        lx, ly = x + side * 0.29 * t * tall, foot - tall * 0.05 - tall * (0.92 - 0.9 * t)
        c.glow(lx, ly, tall * 0.015, _WARM, 0.9)
        c.ellipse(lx, ly, tall * 0.005, tall * 0.005, (255, 248, 222))
    top = foot - tall * 0.98
    c.glow(x, top, tall * 0.06, (255, 214, 120), 0.9)
    a = np.arange(10) * np.pi / 5 - np.pi / 2
    r = np.where(np.arange(10) % 2, 0.018, 0.045) * tall
    c.polygon(np.stack([x + r * np.cos(a), top + r * np.sin(a)], 1), (255, 224, 130))


def _gift(c: Canvas, x: float, y: float, size: float, tone: Colour, ribbon: Colour) -> None:
    tall = size * c.between(0.6, 1.2)
    c.box(x - size * 0.5, y - tall, x + size * 0.5, y, tone)
    c.box(x + size * 0.2, y - tall, x + size * 0.5, y, mix(tone, (40, 20, 20), 0.3))
    c.box(x - size * 0.07, y - tall, x + size * 0.07, y, ribbon)
    c.box(
        x - size * 0.55,
        y - tall * 1.08,
        x + size * 0.55,
        y - tall * 0.85,
        mix(tone, (255, 240, 220), 0.15),
    )
    for way in (-1, 1):
        c.ellipse(
            x + way * size * 0.16, y - tall * 1.16, size * 0.17, size * 0.09, ribbon, way * -25
        )
