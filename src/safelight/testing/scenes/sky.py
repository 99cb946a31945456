"""Skies: gradient, sun or moon, clouds, stars."""

from __future__ import annotations

import cv2
import numpy as np

from safelight.testing.scenes.canvas import Canvas
from safelight.testing.scenes.colour import mix, ramp


def sky(c: Canvas, horizon: float, clouds: float = 0.5, disc: float = 0.0) -> tuple[float, float]:
    """Paint the sky over the whole canvas; give back where the sun stands, in pixels.

    `horizon` is a fraction of the height, `clouds` 0 to 1, `disc` the sun's radius as a fraction
    of the shorter edge (0 leaves it out of sight, its glow remains).
    """
    light, base = c.light, horizon * c.h
    up = np.clip(c.ys / base, 0, 1)
    c.img[:] = ramp((light.top, mix(light.top, light.mid, 0.6), light.mid, light.low))[
        np.clip(up * 255, 0, 255).astype(np.uint8)
    ]
    x = c.w * c.between(0.2, 0.8)
    y = base * (1 - 0.9 * max(0.1, min(0.85, abs(light.height))))
    if light.night:
        stars(c, base, 90)
        c.glow(x, y, c.u * 0.1, light.sun, 0.25)
    else:
        wide, power = (0.28, 0.6) if light.evening else (0.16, 0.34)
        c.glow(x, y, c.u * wide, light.sun, power)
    if clouds:
        _clouds(c, base, clouds)
    if disc:
        c.ellipse(x, y, disc * c.u, disc * c.u, light.sun)
        c.glow(x, y, disc * c.u * 1.5, light.sun, 0.5)
    return x, y


def _clouds(c: Canvas, base: float, amount: float) -> None:
    light = c.light
    body = c.noise(0.55, 5, stretch=6, gain=0.55)
    lift = np.roll(body, max(1, int(c.u * 0.012)), 0)
    fade = np.clip(1.15 - np.abs(c.ys / base - 0.5) * 1.3, 0, 1)
    cover = np.clip((body - 0.42 + amount * 0.5) * 2.6, 0, 1) * fade * 0.85
    lit = np.clip(0.55 + (body - lift) * 2.5, 0, 1)
    shade = mix(light.mid, light.air, 0.5)
    bright = mix(light.low, light.sun, 0.55)
    stops = (mix(shade, light.top, 0.3), shade, bright, mix(bright, (255, 255, 255), 0.3))
    if light.night:
        stops = (light.top, light.mid, light.low, mix(light.low, light.sun, 0.2))
    c.fill(cover * (c.ys < base * 1.05), lit, stops)


def stars(c: Canvas, base: float, count: int) -> None:
    """Scatter stars above `base` pixels, few bright ones among many faint."""
    xs, ys = c.rng.uniform(0, c.w, count), base * c.rng.uniform(0, 1, count) ** 1.2
    power = c.rng.pareto(2.2, count)
    for x, y, p in zip(xs, ys, power, strict=True):
        tone = mix(c.light.top, (255, 250, 235), min(1.0, 0.35 + 0.3 * p))
        size = min(2.4, 0.6 + 0.35 * p) * c.u / 760
        c.ellipse(x, y, size, size, tone)


def reflect(
    c: Canvas,
    shore: float,
    water: float = 0.35,
    ripple: float = 1.0,
    deepen: float = 0.0,
    whole: bool = False,
) -> None:
    """Mirror what is above `shore` (pixels) into the water below it.

    `water` is how much of the water's own colour covers the mirror, `ripple` how rough it is,
    `deepen` how much darker the water gets towards the viewer; `whole` squeezes all that is
    above into the mirror, instead of what lies close to the shore.
    """
    top = int(shore)
    rows = c.h - top
    if rows <= 1:
        return
    near = (np.arange(rows, dtype=np.float32) / rows)[:, None]
    waves = c.noise(0.09, 3, stretch=9)[top:]
    x = c.xs + waves * (2 + 26 * near) * ripple * c.u / 760
    stretch = top * 0.98 / rows if whole else min(1.0, top * 0.98 / rows)
    y = np.clip(top - 1 - near * rows * stretch + waves * (1 + 16 * near) * ripple, 0, top - 1)
    mirrored = cv2.remap(
        c.img,
        x.astype(np.float32),
        y.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT,
    )
    c.img[top:] = mirrored
    mask = np.zeros((c.h, c.w), np.float32)
    mask[top:] = np.clip(water + near * deepen + waves * 0.18 * ripple, 0, 1)
    deep = mix(c.light.top, (20, 60, 80), 0.45)
    c.fill(mask, 0.5 + 0.5 * np.pad(waves, ((top, 0), (0, 0))), (deep, mix(deep, c.light.mid, 0.7)))
