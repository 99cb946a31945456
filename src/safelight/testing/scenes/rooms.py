"""Indoors: a birthday cake, a party, Christmas, a window, a cat, rain, breakfast."""

from __future__ import annotations

import numpy as np

from safelight.testing.scenes.canvas import Canvas, rounded
from safelight.testing.scenes.colour import Array, Colour, leaves, light_at, mix, rgb
from safelight.testing.scenes.land import wooded_hill
from safelight.testing.scenes.sky import sky

_WARM: Colour = (255, 206, 128)


def _tones(*codes: str) -> tuple[Colour, ...]:
    return tuple(rgb(code) for code in codes)


def _wall(c: Canvas, *codes: str) -> None:
    field = np.clip(c.ys / c.h + c.noise(0.6, 3) * 0.15, 0, 1)
    c.fill(np.ones((c.h, c.w), np.float32), field, _tones(*codes))


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


def _table(c: Canvas, top: float, *codes: str) -> None:
    grain = np.sin(c.ys * 120 / c.u + c.noise(0.4, 3, 10) * 5) * 0.14
    depth = c.depth(top * c.h, c.h * (1 - top))
    field = np.clip(0.72 + grain - depth * 0.35 + c.noise(0.04, 2, 14) * 0.12, 0, 1)
    c.fill(c.below(top * c.h), field, _tones(*codes))


def birthday_cake(c: Canvas) -> None:
    """A cake with burning candles on a table."""
    _wall(c, "2a1d2b", "5a3440", "8a5240")
    bokeh(c, 34, 0.05, 0.6, _tones("ffb35c", "ff7d6b", "ffd98f", "8fc7d9"))
    c.blur(c.u * 0.004)
    _table(c, 0.72, "3a241c", "6f4630", "a06d44")
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
        [_arc(x, y - r * 0.04, r, r * 0.24, 0, 180), _arc(x, top, r, r * 0.24, 180, 0)]
    )
    side = np.clip(0.5 + (c.xs - x) / r * -0.4 + c.noise(0.03, 2) * 0.12, 0, 1) + c.ys * 0
    c.fill(c.shape(body), side, (mix(crumb, (40, 20, 20), 0.45), crumb, mix(crumb, cream, 0.4)))
    band = np.concatenate(
        [_arc(x, y - r * 0.36, r, r * 0.24, 0, 180), _arc(x, y - r * 0.46, r, r * 0.24, 180, 0)]
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


def _arc(x: float, y: float, rx: float, ry: float, start: float, end: float) -> Array:
    t = np.radians(np.linspace(start, end, 40))
    return np.stack([x + rx * np.cos(t), y + ry * np.sin(t)], 1)


def _drips(c: Canvas, x: float, top: float, r: float) -> Array:
    edge = _arc(x, top, r, r * 0.24, 0, 180)
    wave = np.abs(np.sin(np.linspace(0, 9 * np.pi, 40))) ** 1.5
    edge[:, 1] += r * (0.06 + 0.16 * wave * c.rng.uniform(0.6, 1.1, 40))
    return np.concatenate([edge, _arc(x, top, r, r * 0.24, 180, 0)])


def _candles(c: Canvas, x: float, top: float, r: float) -> None:
    colours = _tones("f6d55c", "ed6a5a", "5fb0b7", "f4f1de", "b08bd0")
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
    _wall(c, *codes.split())
    tones = _tones("e4572e", "f2b134", "2e86ab", "f6a5b5", "6bb392", "8a6fb8", "f8f0e0")
    bokeh(c, 30, 0, 1, _tones("fff0c9", "ffd6a0", "fff8ec"))
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


def christmas(c: Canvas) -> None:
    """A lit tree by a window at night, presents under it."""
    _wall(c, "3a2430", "5e3a38", "7c4f3c")
    wx = c.w * float(c.pick("0.2", "0.8"))
    _night_window(c, wx, 0.38 * c.h, c.u * 0.17, c.u * 0.24)
    bokeh(c, 16, 0, 0.7, _tones("ffb35c", "ffd98f"))
    _table(c, 0.84, "3a231a", "6a4129", "8f5f3b")
    x = c.w * (0.6 if wx < c.w / 2 else 0.4)
    foot, tall = 0.88 * c.h, min(0.76 * c.h, c.u * 0.95)
    _decked_tree(c, x, foot, tall)
    gifts = _tones("b3283a", "2f6f62", "e0a23b", "f1e6d2", "34557c")
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
        _tones("ffffff", "c9d8ee"),
    )
    c.box(x - rx, y + ry * 0.72, x + rx, y + ry, rgb("dfe8f2"))
    c.box(x - rx * 0.04, y - ry, x + rx * 0.04, y + ry, rgb("efe3d0"))
    c.box(x - rx, y - ry * 0.04, x + rx, y + ry * 0.04, rgb("efe3d0"))


def _decked_tree(c: Canvas, x: float, foot: float, tall: float) -> None:
    c.box(x - tall * 0.03, foot - tall * 0.1, x + tall * 0.03, foot, rgb("4a3024"))
    greens = _tones("16382f", "1f4d3b", "2f6b4c", "4a8458")
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
    baubles = _tones("c8313f", "e8b84b", "f3e7d3", "3f7fa6")
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


def still_life(c: Canvas) -> None:
    """A vase and fruit on a table before a bright window."""
    _wall(
        c, *c.pick("efe4d2 e0cdb2 c6a988", "d9e0dc b9c7c4 93a6a6", "ecd8cf d4b1a4 b08a80").split()
    )
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
    _table(c, 0.72, "6e4a33", "a87650", "d5a878")
    spill = c.shape(
        [(x0, 0.74 * c.h), (x1, 0.74 * c.h), (x1 + c.u * 0.16, c.h), (x0 + c.u * 0.1, c.h)], 6
    )
    c.fill(spill * 0.3, 0.5, (c.light.low, c.light.low))
    _vase(c, c.w * c.between(0.4, 0.6), 0.86 * c.h, c.u * 0.17)
    fruit = _tones("d9582f", "e8a33a", "a8b545", "c23b3b", "f0c34e")
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
    _wall(c, *(("141a30", "2a3354", "4a3f52") if dark else ("8797a6", "9fb0b6", "6f7f78")))
    tones = (
        _tones("ffb35c", "ff6f5b", "ffe0a0", "8fd0e0", "f6a5b5")
        if dark
        else _tones("dfe8ea", "f2d9b0", "c9d8c0")
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


def breakfast(c: Canvas) -> None:
    """A table laid for breakfast, seen from above."""
    _table(
        c,
        0.0,
        *c.pick("8a5d3f b98658 dcb48a", "5c6b6c 8c9c9a bccac4", "d6cab6 e8dfcf f6f0e4").split(),
    )
    spots = ((0.32, 0.42, 0.27), (0.72, 0.3, 0.15), (0.74, 0.72, 0.19), (0.14, 0.82, 0.12))
    for k, (px, py, size) in enumerate(spots):
        x, y, r = px * c.w + c.between(-9, 9), py * c.h + c.between(-9, 9), size * c.u
        shadow = c.shape(_arc(x + r * 0.12, y + r * 0.14, r, r, 0, 360), r * 0.06)
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
        _tones("c98b4a", "7a4a2a"),
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
    tones = _tones("e8a33a", "c8313f", "8fb04a", "f0c34e", "d9582f")
    for k, a in enumerate(np.linspace(0, 6.28, 6)[:5]):
        fx, fy, tone = x + np.cos(a) * r * 0.36, y + np.sin(a) * r * 0.36, tones[k]
        c.ellipse(fx, fy, r * 0.27, r * 0.27, mix(tone, (50, 20, 30), 0.3))
        c.ellipse(fx - r * 0.03, fy - r * 0.03, r * 0.23, r * 0.23, tone)
        c.ellipse(fx - r * 0.09, fy - r * 0.1, r * 0.06, r * 0.05, mix(tone, (255, 255, 255), 0.6))
