"""What rooms share: colours, walls, tables, lights out of focus and arcs."""

from __future__ import annotations

import numpy as np

from safelight.testing.scenes.canvas import Canvas
from safelight.testing.scenes.colour import Array, Colour, rgb


def palette(*codes: str) -> tuple[Colour, ...]:
    """Colours from their "rrggbb" codes."""
    return tuple(rgb(code) for code in codes)


def wall(c: Canvas, *codes: str) -> None:
    """Fill the canvas from the first colour at the top to the last at the bottom."""
    field = np.clip(c.ys / c.h + c.noise(0.6, 3) * 0.15, 0, 1)
    c.fill(np.ones((c.h, c.w), np.float32), field, palette(*codes))


def bokeh(c: Canvas, count: int, low: float, high: float, tones: tuple[Colour, ...]) -> None:
    """Discs of light out of focus between two heights (fractions)."""
    for _ in range(count):
        x, y = c.between(0, 1) * c.w, c.between(low, high) * c.h
        r, tone = c.u * c.between(0.014, 0.045), tones[int(c.rng.integers(0, len(tones)))]
        x0, x1 = max(0, int(x - r - 2)), min(c.w, int(x + r + 3))
        y0, y1 = max(0, int(y - r - 2)), min(c.h, int(y + r + 3))
        if x0 >= x1 or y0 >= y1:
            continue
        far = np.sqrt((c.xs[x0:x1] - x) ** 2 + (c.ys[y0:y1] - y) ** 2)
        disc = np.clip(r - far, 0, 1) * (0.75 + 0.25 * (far / r) ** 4) * c.between(0.25, 0.7)
        part = c.img[y0:y1, x0:x1].astype(np.float32)
        part += (255 - part) * disc[..., None] * (np.asarray(tone, np.float32) / 255)
        c.img[y0:y1, x0:x1] = part.astype(np.uint8)


def table_top(c: Canvas, top: float, *codes: str) -> None:
    """A wooden table from `top` (fraction of the height) down, dark to bright."""
    grain = np.sin(c.ys * 120 / c.u + c.noise(0.4, 3, 10) * 5) * 0.14
    depth = c.depth(top * c.h, c.h * (1 - top))
    field = np.clip(0.72 + grain - depth * 0.35 + c.noise(0.04, 2, 14) * 0.12, 0, 1)
    c.fill(c.below(top * c.h), field, palette(*codes))


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float) -> Array:
    """Points along an ellipse from one angle to another (degrees); shape (40, 2)."""
    t = np.radians(np.linspace(start, end, 40))
    return np.stack([x + rx * np.cos(t), y + ry * np.sin(t)], 1)
