"""A birthday cake with burning candles, and a party with balloons."""

from __future__ import annotations

import numpy as np

from safelight.testing.scenes.canvas import Canvas, rounded
from safelight.testing.scenes.colour import Array, Colour, mix, rgb
from safelight.testing.scenes.indoors import arc, bokeh, palette, table_top, wall


def birthday_cake(c: Canvas) -> None:
    """A cake with burning candles on a table."""
    wall(c, "2a1d2b", "5a3440", "8a5240")
    bokeh(c, 34, 0.05, 0.6, palette("ffb35c", "ff7d6b", "ffd98f", "8fc7d9"))
    c.blur(c.u * 0.004)
    table_top(c, 0.72, "3a241c", "6f4630", "a06d44")
    x, y, r = c.w * c.between(0.44, 0.56), c.h * 0.8, c.u * 0.29
    c.ellipse(x, y + r * 0.12, r * 1.5, r * 0.36, rgb("2c1a16"))
    c.ellipse(x, y + r * 0.04, r * 1.38, r * 0.34, rgb("e9dcc9"))
    c.ellipse(x, y, r * 1.3, r * 0.3, rgb("fbf3e6"))
    icing, crumb, cream = (
        rgb(code)
        for code in c.pick(
            "f4a7b5 b9713f fff1dc",
            "fff3e0 8a4f35 f7d6a8",
            "a8d5c6 c98a4f fff6e2",
            "7a4a35 d9a066 fff0d6",
        ).split()
    )
    top = y - r * 0.72
    body = np.concatenate(
        [arc(x, y - r * 0.04, r, r * 0.24, 0, 180), arc(x, top, r, r * 0.24, 180, 0)]
    )
    side = np.clip(0.5 + (c.xs - x) / r * -0.4 + c.noise(0.03, 2) * 0.12, 0, 1) + c.ys * 0
    c.fill(c.shape(body), side, (mix(crumb, (40, 20, 20), 0.45), crumb, mix(crumb, cream, 0.4)))
    band = np.concatenate(
        [arc(x, y - r * 0.36, r, r * 0.24, 0, 180), arc(x, y - r * 0.46, r, r * 0.24, 180, 0)]
    )
    c.polygon(band, mix(cream, (120, 70, 60), 0.15))
    c.fill(
        c.shape(_drips(c, x, top, r)),
        side,
        (mix(icing, (90, 40, 50), 0.4), icing, mix(icing, (255, 255, 255), 0.35)),
    )
    c.ellipse(x, top, r, r * 0.24, mix(icing, (255, 250, 240), 0.25))
    berries = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    for a in berries[np.argsort(np.sin(berries))]:
        bx, by = x + np.cos(a) * r * 0.88, top + np.sin(a) * r * 0.2
        c.ellipse(bx, by - r * 0.03, r * 0.055, r * 0.052, rgb("b3283a"))
        c.ellipse(bx - r * 0.015, by - r * 0.05, r * 0.016, r * 0.014, rgb("f5b8b0"))
    _candles(c, x, top, r)
    c.glow(x, top - r * 0.3, r * 0.9, (255, 180, 90), 0.4)


def _drips(c: Canvas, x: float, top: float, r: float) -> Array:
    edge = arc(x, top, r, r * 0.24, 0, 180)
    wave = np.abs(np.sin(np.linspace(0, 9 * np.pi, 40))) ** 1.5
    edge[:, 1] += r * (0.06 + 0.16 * wave * c.rng.uniform(0.6, 1.1, 40))
    return np.concatenate([edge, arc(x, top, r, r * 0.24, 180, 0)])


def _candles(c: Canvas, x: float, top: float, r: float) -> None:
    colours = palette("f6d55c", "ed6a5a", "5fb0b7", "f4f1de", "b08bd0")
    count = int(c.rng.integers(5, 9))
    for k, a in enumerate(np.linspace(-2.6, -0.5, count)):
        cx, cy = x + np.cos(a) * r * 0.62, top + r * 0.05 + np.sin(a * 2.2) * r * 0.07
        tall = r * 0.36
        tone = colours[k % 5]
        c.box(cx - r * 0.022, cy - tall, cx + r * 0.022, cy, tone)
        c.box(cx + r * 0.006, cy - tall, cx + r * 0.022, cy, mix(tone, (80, 30, 30), 0.35))
        fy = cy - tall - r * 0.09
        c.glow(cx, fy, r * 0.11, (255, 190, 90), 1.0)
        c.polygon(
            rounded(
                [
                    (cx, fy - r * 0.11),
                    (cx + r * 0.036, fy + r * 0.02),
                    (cx, fy + r * 0.07),
                    (cx - r * 0.036, fy + r * 0.02),
                ]
            ),
            (255, 222, 120),
        )
        c.ellipse(cx, fy + r * 0.02, r * 0.016, r * 0.035, (255, 250, 226))


def party(c: Canvas) -> None:
    """Balloons, strings of lights and confetti."""
    codes = c.pick(
        "f7e8d6 f4c9b0 e2a38c",
        "dfeae6 b7d3cf 86a9ae",
        "efe2f0 cdb7da 9c86b4",
        "2c2545 4b3560 8a4f6a",
    )
    wall(c, *codes.split())
    tones = palette("e4572e", "f2b134", "2e86ab", "f6a5b5", "6bb392", "8a6fb8", "f8f0e0")
    bokeh(c, 30, 0, 1, palette("fff0c9", "ffd6a0", "fff8ec"))
    for level in range(3):
        for _ in range(6 - level):
            size = c.u * (0.07 + 0.045 * level) * c.between(0.85, 1.15)
            _balloon(
                c,
                c.between(0.02, 0.98) * c.w,
                c.between(0.12, 0.66) * c.h,
                size,
                tones[int(c.rng.integers(0, 7))],
            )
        if level < 2:
            c.blur(c.u * (0.006 - 0.004 * level))
    for start in (0.02, 0.08):
        _bunting(c, start, tones)
    count = 130
    c.dabs(c.rng.uniform(0, c.w, count), c.rng.uniform(0, c.h, count), c.u * 0.006, tones, 0.55, 90)


def _balloon(c: Canvas, x: float, y: float, size: float, tone: Colour) -> None:
    t = np.linspace(0, 1, 14)
    string = np.stack([x + np.sin(t * 5 + size) * size * 0.12, y + size * 1.25 + t * (c.h - y)], 1)
    c.stroke(string, 1, mix(tone, (90, 80, 80), 0.5))
    skin = rounded(
        [
            (x, y - size * 1.12),
            (x + size * 0.9, y - size * 0.4),
            (x + size * 0.72, y + size * 0.55),
            (x, y + size * 1.18),
            (x - size * 0.72, y + size * 0.55),
            (x - size * 0.9, y - size * 0.4),
        ]
    )
    far = np.sqrt(
        ((c.xs - x + size * 0.35) / size) ** 2 + ((c.ys - y + size * 0.5) / size / 1.15) ** 2
    )
    c.polygon(
        [(x - size * 0.1, y + size * 1.27), (x, y + size * 1.1), (x + size * 0.1, y + size * 1.27)],
        mix(tone, (60, 20, 40), 0.3),
    )
    c.fill(
        c.shape(skin),
        np.clip(far * 0.55, 0, 1),
        (mix(tone, (255, 255, 255), 0.42), tone, mix(tone, (60, 20, 50), 0.38)),
    )
    c.ellipse(
        x - size * 0.36,
        y - size * 0.55,
        size * 0.1,
        size * 0.19,
        mix(tone, (255, 255, 255), 0.8),
        28,
    )


def _bunting(c: Canvas, start: float, tones: tuple[Colour, ...]) -> None:
    t = np.linspace(0, 1, 19)
    sag = c.between(0.1, 0.18)
    y = (start + sag * np.sin(t * np.pi)) * c.h
    c.stroke(np.stack([t * c.w, y], 1), 2, rgb("6a5a55"))
    wide = c.w / 18 * 0.42
    for k in range(18):
        x, top = (k + 0.5) / 18 * c.w, (y[k] + y[k + 1]) / 2
        c.polygon([(x - wide, top), (x + wide, top), (x, top + wide * 2)], tones[k % len(tones)])
