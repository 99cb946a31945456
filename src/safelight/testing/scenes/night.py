"""After dark: stars over a tent, fireworks over a river."""

from __future__ import annotations

import numpy as np

from safelight.testing.scenes.canvas import Canvas
from safelight.testing.scenes.colour import Colour, light_at, mix, rgb
from safelight.testing.scenes.land import range_of_peaks
from safelight.testing.scenes.sky import reflect, stars
from safelight.testing.scenes.woods import conifers

_WARM: Colour = (255, 196, 110)


def night_sky(c: Canvas) -> None:
    """The Milky Way above a ridge, a lit tent under it."""
    c.light = light_at(23.8, c.season)
    everywhere = np.ones((c.h, c.w), np.float32)
    stops = (rgb("080d24"), rgb("131d48"), rgb("2b3a72"), rgb("5a5f92"))
    c.fill(everywhere, np.clip(c.ys / c.h * 1.05 + c.noise(0.7, 2) * 0.06, 0, 1), stops)
    lean = c.between(-0.9, 0.9)
    away = (c.xs - c.w * c.between(0.35, 0.65) - lean * (c.ys - c.h * 0.4)) / c.u
    band = np.exp(-((away / 0.15) ** 2))
    dust = np.clip(0.55 + c.noise(0.25, 5, 1, 0.62) * 0.75, 0, 1)
    milk = (band * dust * 0.62 * np.clip(1.1 - c.ys / c.h, 0, 1)).astype(np.float32)
    c.fill(milk, dust, (rgb("4a4f9c"), rgb("a58fc8"), rgb("f3dcd8")))
    stars(c, c.h * 0.85, round(650 * c.w / c.u))
    range_of_peaks(c, 0.8, 0.16, 0.1, 0.3)
    ground = (0.84 - 0.03 * c.line(0.8, 2)) * c.h
    xs = np.sort(c.rng.uniform(0, c.w, round(16 * c.w / c.u)))
    feet = ground[xs.astype(int)] + c.u * 0.04
    dark = rgb("0a1020")
    mask = c.shape(conifers(xs, feet, c.u * c.rng.uniform(0.1, 0.28, len(xs)), c.rng))
    c.fill(np.maximum(mask, c.below(ground)), 0.0, (dark, dark))
    x = c.w * c.between(0.3, 0.7)
    _tent(c, x, ground[int(x)] + c.u * 0.075, c.u * 0.11)


def _tent(c: Canvas, x: float, y: float, size: float) -> None:
    c.glow(x, y - size * 0.3, size * 1.1, _WARM, 0.55)
    c.polygon(
        [(x - size, y), (x - size * 0.1, y - size * 0.8), (x + size * 0.55, y)], (250, 176, 84)
    )
    c.polygon(
        [
            (x - size * 0.1, y - size * 0.8),
            (x + size * 0.55, y),
            (x + size * 1.05, y - size * 0.1),
            (x + size * 0.35, y - size * 0.78),
        ],
        (205, 116, 52),
    )
    c.polygon(
        [(x - size * 0.1, y - size * 0.78), (x - size * 0.38, y), (x + size * 0.08, y)],
        (255, 232, 172),
    )


def fireworks(c: Canvas) -> None:
    """Bursts over a skyline, mirrored in the river."""
    c.light = light_at(0.0, c.season)
    shore = c.between(0.66, 0.74)
    everywhere = np.ones((c.h, c.w), np.float32)
    c.fill(
        everywhere,
        np.clip(c.ys / (c.h * shore), 0, 1),
        (rgb("070a1e"), rgb("131a42"), rgb("35306a")),
    )
    stars(c, c.h * 0.5, 60)
    tones = (
        "ffcf6b ff8f3f",
        "ff6f91 ffc0cb",
        "7fd6ff d8f4ff",
        "b8f28a f2ffd0",
        "d9a0ff ffe0ff",
        "ffe9b0 ffffff",
    )
    spots = [
        (c.between(0.15, 0.85), c.between(0.14, 0.46), c.between(0.11, 0.25)) for _ in range(6)
    ]
    for x, y, size in spots:
        pair = tones[int(c.rng.integers(0, 6))].split()
        _burst(c, x * c.w, y * c.h, size * c.u, rgb(pair[0]), rgb(pair[1]))
    _dark_town(c, shore * c.h)
    reflect(c, shore * c.h, 0.12, 1.3, 0.2, whole=True)


def _burst(c: Canvas, x: float, y: float, size: float, tone: Colour, tip: Colour) -> None:
    c.glow(x, y, size * 0.55, tone, 0.5)
    c.stroke([(x, y), (x + size * 0.05, y + size * 2.2)], 1, mix(tone, (30, 30, 60), 0.75))
    count = int(c.rng.integers(38, 60))
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False) + c.rng.normal(0, 0.04, count)
    reach = size * c.rng.uniform(0.55, 1.05, count)
    t = np.linspace(0.15, 1, 9)
    for a, far in zip(angle, reach, strict=True):
        px = x + np.cos(a) * far * t
        py = y + np.sin(a) * far * t + 0.16 * size * t**2
        for k in range(8):
            hue = mix(mix(tone, (20, 16, 50), 0.45), tip, float(t[k]))
            c.stroke([(px[k], py[k]), (px[k + 1], py[k + 1])], 1 if k < 5 else c.u / 400, hue)
        c.ellipse(px[-1], py[-1], c.u * 0.0035, c.u * 0.0035, tip)
    c.glow(x, y, size * 0.12, (255, 255, 240), 0.9)


def _dark_town(c: Canvas, foot: float) -> None:
    x = -5.0
    while x < c.w:
        wide, tall = c.u * c.between(0.04, 0.09), c.u * c.between(0.05, 0.17)
        c.box(x, foot - tall, x + wide, foot, rgb("0b0d20"))
        if c.rng.random() < 0.15:
            c.polygon(
                [
                    (x, foot - tall),
                    (x + wide / 2, foot - tall - c.u * 0.12),
                    (x + wide, foot - tall),
                ],
                rgb("0b0d20"),
            )
        spots = c.rng.uniform(0.1, 0.9, (7, 2))
        for sx, sy in spots:
            px, py = x + sx * wide, foot - sy * tall
            c.box(
                px,
                py,
                px + c.u * 0.004,
                py + c.u * 0.006,
                mix(_WARM, (60, 50, 60), c.between(0, 0.6)),
            )
        x += wide
