"""Laid tables: a vase and fruit before a window, and a breakfast seen from above."""

from __future__ import annotations

import numpy as np

from safelight.testing.scenes.canvas import Canvas, rounded
from safelight.testing.scenes.colour import Colour, leaves, mix, rgb
from safelight.testing.scenes.indoors import arc, palette, table_top, wall


def still_life(c: Canvas) -> None:
    """A vase and fruit on a table before a bright window."""
    wall(c, *c.pick("efe4d2 e0cdb2 c6a988", "d9e0dc b9c7c4 93a6a6", "ecd8cf d4b1a4 b08a80").split())
    x0, x1, y0, y1 = 0.5 * c.w - 0.36 * c.u, 0.5 * c.w + 0.36 * c.u, 0.08 * c.h, 0.66 * c.h
    c.box(x0 - 9, y0 - 9, x1 + 9, y1 + 9, rgb("f6efe2"))
    view = (
        c.light.top,
        c.light.mid,
        c.light.low,
        c.light.on(leaves(c.season)[2], 0.4),
        c.light.on(leaves(c.season)[1], 0.2),
    )
    pane = c.shape([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    c.fill(pane, np.clip((c.ys - y0) / (y1 - y0) + c.noise(0.12, 4) * 0.14, 0, 1), view)
    for k in (1, 2):
        c.box(x0 + (x1 - x0) * k / 3 - 4, y0, x0 + (x1 - x0) * k / 3 + 4, y1, rgb("f6efe2"))
    c.box(x0, y0 + (y1 - y0) * 0.42 - 4, x1, y0 + (y1 - y0) * 0.42 + 4, rgb("f6efe2"))
    _curtains(c, x0, x1)
    table_top(c, 0.72, "6e4a33", "a87650", "d5a878")
    spill = c.shape(
        [(x0, 0.74 * c.h), (x1, 0.74 * c.h), (x1 + c.u * 0.16, c.h), (x0 + c.u * 0.1, c.h)], 6
    )
    c.fill(spill * 0.3, 0.5, (c.light.low, c.light.low))
    _vase(c, c.w * c.between(0.4, 0.6), 0.86 * c.h, c.u * 0.17)
    fruit = palette("d9582f", "e8a33a", "a8b545", "c23b3b", "f0c34e")
    for k in range(5):
        fx, fy = c.w * 0.5 + (k - 1) * c.u * 0.1 + c.u * 0.13, (0.885 + 0.03 * (k % 2)) * c.h
        _fruit(c, fx, fy, c.u * c.between(0.042, 0.052), fruit[int(c.rng.integers(0, 5))])


def _curtains(c: Canvas, x0: float, x1: float) -> None:
    cloth = rgb(c.pick("e8d9c0", "cfd8d4", "e3bfae", "b9c4ad"))
    folds = np.sin(c.xs / c.u * 70 + c.noise(0.5, 2, 0.3) * 1.8) * 0.3 + 0.6
    for a, b in ((x0 - c.u * 0.16, x0 + c.u * 0.06), (x1 - c.u * 0.06, x1 + c.u * 0.16)):
        mask = c.shape([(a, 0), (b, 0), (b + c.u * 0.01, 0.7 * c.h), (a - c.u * 0.01, 0.7 * c.h)])
        c.fill(
            mask * 0.92,
            folds,
            (mix(cloth, (90, 70, 70), 0.4), cloth, mix(cloth, (255, 255, 255), 0.5)),
        )


def _vase(c: Canvas, x: float, y: float, size: float) -> None:
    c.ellipse(x + size * 0.3, y, size * 0.75, size * 0.12, rgb("5a3c2a"))
    greens = [c.light.on(t) for t in leaves("summer")[:3]]
    blooms = [
        rgb(t)
        for t in c.pick(
            "f4a3a8 e8637a fbe3dc", "f7d46a f2a541 fff3cf", "b79ad6 8c6bb8 efe4f6"
        ).split()
    ]
    for _ in range(9):
        bx, by = x + c.between(-0.75, 0.75) * size, y - size * c.between(1.6, 2.6)
        c.stroke(
            [(x, y - size * 0.9), ((x + bx) / 2, by + size * 0.5), (bx, by)], size * 0.03, greens[0]
        )
        c.ellipse(
            (x + bx * 2) / 3,
            by + size * 0.4,
            size * 0.16,
            size * 0.06,
            greens[1],
            c.between(-60, 60),
        )
        around = c.rng.normal(0, 0.1, (16, 2)) * size
        c.dabs(bx + around[:, 0], by + around[:, 1], size * 0.085, blooms, 0.8, 40)
    tone = rgb(c.pick("4f7f95", "d8d2c4", "b4593f", "5f8f7a"))
    body = rounded(
        [
            (x - size * 0.16, y - size * 1.15),
            (x - size * 0.2, y - size * 0.95),
            (x - size * 0.42, y - size * 0.45),
            (x - size * 0.26, y),
            (x + size * 0.26, y),
            (x + size * 0.42, y - size * 0.45),
            (x + size * 0.2, y - size * 0.95),
            (x + size * 0.16, y - size * 1.15),
        ]
    )
    side = np.clip(0.5 - (c.xs - x) / size * 0.9, 0, 1) + c.ys * 0
    c.fill(
        c.shape(body), side, (mix(tone, (30, 25, 40), 0.5), tone, mix(tone, (255, 255, 255), 0.5))
    )


def _fruit(c: Canvas, x: float, y: float, r: float, tone: Colour) -> None:
    c.ellipse(x + r * 0.4, y + r * 0.85, r * 1.15, r * 0.25, rgb("5a3c2a"))
    c.ellipse(x, y, r, r * 0.95, mix(tone, (60, 20, 30), 0.35))
    c.ellipse(x - r * 0.12, y - r * 0.1, r * 0.85, r * 0.82, tone)
    c.ellipse(x - r * 0.35, y - r * 0.38, r * 0.25, r * 0.18, mix(tone, (255, 255, 255), 0.6), -35)
    c.stroke([(x, y - r * 0.85), (x + r * 0.12, y - r * 1.2)], 2, rgb("4f3a28"))


def breakfast(c: Canvas) -> None:
    """A table laid for breakfast, seen from above."""
    table_top(
        c,
        0.0,
        *c.pick("8a5d3f b98658 dcb48a", "5c6b6c 8c9c9a bccac4", "d6cab6 e8dfcf f6f0e4").split(),
    )
    spots = ((0.32, 0.42, 0.27), (0.72, 0.3, 0.15), (0.74, 0.72, 0.19), (0.14, 0.82, 0.12))
    for k, (px, py, size) in enumerate(spots):
        x, y, r = px * c.w + c.between(-9, 9), py * c.h + c.between(-9, 9), size * c.u
        shadow = c.shape(arc(x + r * 0.12, y + r * 0.14, r, r, 0, 360), r * 0.06)
        c.fill(shadow * 0.45, 0.5, (rgb("2a1c18"), rgb("2a1c18")))
        c.ellipse(x, y, r, r, rgb("d9d2c6"))
        c.ellipse(x - r * 0.015, y - r * 0.015, r * 0.96, r * 0.96, rgb("fbf7ee"))
        c.ellipse(x, y, r * 0.7, r * 0.7, rgb("efe8da"))
        (_pancakes, _coffee, _fruit_bowl, _coffee)[k](c, x, y, r)
    count = 40
    c.dabs(
        c.rng.uniform(0, c.w, count),
        c.rng.uniform(0, c.h, count),
        c.u * 0.003,
        palette("c98b4a", "7a4a2a"),
    )


def _pancakes(c: Canvas, x: float, y: float, r: float) -> None:
    for k in range(3):
        ox, oy = c.between(-0.05, 0.05) * r, -0.04 * k * r
        c.ellipse(x + ox, y + oy, r * 0.56, r * 0.55, rgb("9c5f2c"))
        c.ellipse(x + ox, y + oy - r * 0.02, r * 0.53, r * 0.52, rgb("e0a95c"))
    c.ellipse(x, y - r * 0.1, r * 0.42, r * 0.4, rgb("c98440"))
    c.box(x - r * 0.1, y - r * 0.2, x + r * 0.1, y - r * 0.02, rgb("fbe9a8"))
    for _ in range(16):
        a, far = c.between(0, 6.28), c.between(0.2, 0.6) * r
        bx, by, tone = (
            x + np.cos(a) * far,
            y + np.sin(a) * far,
            rgb(c.pick("3f4a8c", "c8313f", "5a3f7a")),
        )
        c.ellipse(bx, by, r * 0.06, r * 0.06, tone)
        c.ellipse(
            bx - r * 0.02, by - r * 0.02, r * 0.018, r * 0.018, mix(tone, (255, 255, 255), 0.6)
        )


def _coffee(c: Canvas, x: float, y: float, r: float) -> None:
    c.box(x + r * 0.4, y - r * 0.08, x + r * 0.85, y + r * 0.08, rgb("f4eee2"))
    c.ellipse(x, y, r * 0.56, r * 0.56, rgb("f8f3e8"))
    c.ellipse(x, y, r * 0.48, r * 0.48, rgb("5a3520"))
    c.ellipse(x, y, r * 0.42, r * 0.42, rgb("9a6238"))
    for k in range(4):
        c.ellipse(x, y - r * (0.16 - 0.11 * k), r * (0.26 - 0.055 * k), r * 0.07, rgb("f0dcb8"))


def _fruit_bowl(c: Canvas, x: float, y: float, r: float) -> None:
    c.ellipse(x, y, r * 0.8, r * 0.8, rgb("4f7f95"))
    c.ellipse(x, y, r * 0.72, r * 0.72, rgb("3d6679"))
    tones = palette("e8a33a", "c8313f", "8fb04a", "f0c34e", "d9582f")
    for k, a in enumerate(np.linspace(0, 6.28, 6)[:5]):
        fx, fy, tone = x + np.cos(a) * r * 0.36, y + np.sin(a) * r * 0.36, tones[k]
        c.ellipse(fx, fy, r * 0.27, r * 0.27, mix(tone, (50, 20, 30), 0.3))
        c.ellipse(fx - r * 0.03, fy - r * 0.03, r * 0.23, r * 0.23, tone)
        c.ellipse(fx - r * 0.09, fy - r * 0.1, r * 0.06, r * 0.05, mix(tone, (255, 255, 255), 0.6))
