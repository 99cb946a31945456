"""At the window: a cat on the sill, and rain on the glass."""

from __future__ import annotations

import numpy as np

from safelight.testing.scenes.canvas import Canvas, rounded
from safelight.testing.scenes.colour import Colour, light_at, mix, rgb
from safelight.testing.scenes.indoors import bokeh, palette, wall
from safelight.testing.scenes.land import wooded_hill
from safelight.testing.scenes.sky import sky


def cat(c: Canvas) -> None:
    """A cat on a sill, dark against the evening or the morning."""
    sky(c, 0.74, c.between(0.4, 0.8), 0.06 if c.light.evening else 0)
    wooded_hill(c, 0.66, 0.05, 0.6)
    wooded_hill(c, 0.74, 0.04, 0.4)
    c.blur(c.u * 0.005)
    frame = mix(c.light.on(rgb("7a5a48")), (40, 28, 34), 0.5)
    edge = c.u * 0.035
    for x in (0.04, 0.5, 0.96):
        c.box(x * c.w - edge / 2, 0, x * c.w + edge / 2, c.h, frame)
    c.box(0, 0.12 * c.h - edge / 3, c.w, 0.12 * c.h + edge / 3, frame)
    c.box(0, 0.8 * c.h, c.w, c.h, mix(frame, (20, 16, 24), 0.3))
    c.box(0, 0.8 * c.h, c.w, 0.815 * c.h, mix(frame, c.light.low, 0.5))
    coat = rgb(c.pick("1d1a24", "2a2026", "3a2620"))
    flip = -1 if c.rng.random() < 0.5 else 1
    _sitting_cat(c, c.w * (0.5 - 0.22 * flip), 0.81 * c.h, c.u * 0.42, flip, coat)
    _pot(c, c.w * (0.5 + 0.27 * flip), 0.81 * c.h, c.u * 0.13)


def _sitting_cat(c: Canvas, x: float, y: float, s: float, flip: int, coat: Colour) -> None:
    body = [
        (-0.02, 0),
        (-0.3, -0.02),
        (-0.36, -0.22),
        (-0.28, -0.46),
        (-0.12, -0.66),
        (-0.05, -0.78),
        (0.12, -0.78),
        (0.17, -0.62),
        (0.17, -0.3),
        (0.2, 0.0),
    ]
    head = [
        (-0.1, -0.83),
        (-0.09, -0.95),
        (0.02, -1.0),
        (0.14, -0.99),
        (0.24, -0.92),
        (0.28, -0.83),
        (0.2, -0.73),
        (0.05, -0.71),
    ]
    tail = [
        (-0.24, -0.05),
        (-0.45, -0.01),
        (-0.62, 0.06),
        (-0.66, 0.2),
        (-0.6, 0.22),
        (-0.56, 0.1),
        (-0.42, 0.06),
        (-0.2, 0.02),
    ]
    rim = mix(c.light.sun, c.light.low, 0.4)
    for grow, tone in ((0.012, mix(coat, rim, 0.6)), (0.0, coat)):
        for part in (body, head, tail):
            c.polygon(
                rounded([(x + flip * px * s, y + (py - grow * 0.8) * s) for px, py in part]), tone
            )
        for ear in (
            ((-0.08, -0.93), (-0.06, -1.13), (0.06, -0.98)),
            ((0.12, -0.98), (0.2, -1.14), (0.24, -0.92)),
        ):
            c.polygon([(x + flip * px * s, y + (py - grow) * s) for px, py in ear], tone)
    for k in (-1, 0, 1):
        c.stroke(
            [(x + flip * 0.25 * s, y - 0.81 * s), (x + flip * 0.42 * s, y - (0.8 - 0.035 * k) * s)],
            1,
            mix(coat, rim, 0.45),
        )


def _pot(c: Canvas, x: float, y: float, size: float) -> None:
    dark = rgb("2a3a34")
    for angle in np.linspace(-1.2, 1.2, 9):
        tip = (x + np.sin(angle) * size * 1.1, y - size * (0.8 + 1.2 * np.cos(angle)))
        c.stroke([(x, y - size * 0.8), tip], 2, dark)
        c.ellipse(
            *tip,
            size * 0.3,
            size * 0.1,
            mix(dark, c.light.low, c.between(0, 0.3)),
            float(np.degrees(angle)) - 70,
        )
    clay = mix(c.light.on(rgb("b0603f")), (40, 24, 30), 0.35)
    c.polygon(
        [
            (x - size * 0.5, y - size * 0.9),
            (x + size * 0.5, y - size * 0.9),
            (x + size * 0.36, y),
            (x - size * 0.36, y),
        ],
        clay,
    )
    c.box(x - size * 0.56, y - size, x + size * 0.56, y - size * 0.8, mix(clay, c.light.low, 0.2))


def rain_on_window(c: Canvas) -> None:
    """Drops on glass, the lights of a street behind out of focus."""
    c.light = light_at(20.6 if c.light.evening else 17.5, "winter" if c.light.evening else "autumn")
    dark = c.light.evening
    wall(c, *(("141a30", "2a3354", "4a3f52") if dark else ("8797a6", "9fb0b6", "6f7f78")))
    tones = (
        palette("ffb35c", "ff6f5b", "ffe0a0", "8fd0e0", "f6a5b5")
        if dark
        else palette("dfe8ea", "f2d9b0", "c9d8c0")
    )
    bokeh(c, 46, 0.25, 0.95, tones)
    c.blur(c.u * 0.006)
    count = 300
    sizes = c.u * 0.004 * (1 + c.rng.pareto(2.4, count)).clip(0, 5)
    for x, y, r in zip(
        c.rng.uniform(0, c.w, count), c.rng.uniform(0, c.h, count), sizes, strict=True
    ):
        if r > c.u * 0.011 and c.rng.random() < 0.5:
            c.stroke(
                [(x, y), (x + c.between(-2, 2), y - r * c.between(5, 14))],
                r * 0.5,
                _at(c, x, y - r * 5, 0.14),
            )
        c.ellipse(x, y, r, r * 1.15, _at(c, x, y, -0.35))
        c.ellipse(x, y + r * 0.3, r * 0.8, r * 0.7, _at(c, x, y + r * 9, 0.22))
        c.ellipse(x - r * 0.3, y - r * 0.45, r * 0.22, r * 0.2, (248, 250, 252))


def _at(c: Canvas, x: float, y: float, lift: float) -> Colour:
    spot = c.img[min(c.h - 1, max(0, int(y))), min(c.w - 1, max(0, int(x)))]
    here: Colour = (float(spot[0]), float(spot[1]), float(spot[2]))
    return mix(here, (255, 255, 255) if lift > 0 else (10, 14, 26), abs(lift))
