"""Water's edge: sea, beach, sunset, harbour, lighthouse, bridge."""

from __future__ import annotations

import numpy as np

from safelight.testing.scenes.canvas import Canvas
from safelight.testing.scenes.colour import Array, Colour, grass, mix, rgb
from safelight.testing.scenes.land import wooded_hill
from safelight.testing.scenes.sky import reflect, sky
from safelight.testing.scenes.town import row_of_houses


def sea(c: Canvas, horizon: float, stops: tuple[Colour, ...], rough: float = 1.0) -> None:
    """Paint open water from `horizon` (fraction) down, waves growing towards the viewer."""
    top = horizon * c.h
    near = np.clip((c.ys - top) / (c.h - top), 0.001, 1)
    swell = np.sin(np.log(near + 0.02) * 38 + c.noise(0.5, 3, 6) * 5.5)
    field = near**0.8 + swell * 0.075 * rough + c.noise(0.05, 3, 12) * 0.13 * rough
    c.layer(np.full(c.w, top, np.float32), np.clip(field, 0, 1), stops)


def beach(c: Canvas) -> None:
    """Waves that run out on sand, parasols, a far headland."""
    horizon = c.between(0.34, 0.44)
    sky(c, horizon, c.between(0.2, 0.7), 0.03 if c.light.evening else 0)
    _headland(c, horizon, 0.5)
    tones = ("2a6f97", "2f94a8", "55b7b5", "9bd6c6")
    sea(c, horizon, tuple(c.light.on(rgb(code), 0.12) for code in tones))
    slant = c.between(-0.1, 0.1)
    shore = (0.7 + slant * (c.xs / c.w - 0.5)) * c.h
    sand = [c.light.on(rgb(code)) for code in ("b48d62", "d9b681", "efd7a6", "f8e8c4")]
    for index in range(4):
        edge = shore - c.h * (0.1 - 0.035 * index) + c.line(0.3, 3) * c.u * 0.018
        if index == 3:
            wet = c.depth(edge, 0.07 * c.h)
            grains = c.noise(0.03, 2) * 0.06 + c.noise(0.3, 3, 4) * 0.14
            c.layer(edge, np.clip(0.08 + wet * 0.75, 0, 0.72) + grains, sand)
        thick = c.u * (0.006 + 0.004 * index) * (1 + 0.8 * c.line(0.06, 2))
        lace = np.clip(1 - np.abs(c.ys - edge) / np.maximum(1, thick), 0, 1)
        trail = np.clip(1 - (edge - c.ys) / (c.u * 0.05), 0, 1) * (c.ys < edge)
        spume = np.clip(c.noise(0.02, 3, 3) * 2.2, 0, 1) * trail * 0.7
        foam = np.clip(np.maximum(lace * 1.6, spume), 0, 1).astype(np.float32)
        c.fill(foam, 1.0, (c.light.low, c.light.on((252, 253, 248))))
    _parasols(c)


def _parasols(c: Canvas) -> None:
    pairs = (("e4572e", "fbf3e4"), ("2e7da8", "fbf3e4"), ("f0b83f", "fbf3e4"), ("3d9b82", "f8e2c0"))
    xs = c.w * (c.between(0.1, 0.3) + np.array([0.0, 0.27, 0.5]))
    for x, y in zip(xs, (c.between(0.79, 0.88) for _ in xs), strict=True):
        first, second = pairs[int(c.rng.integers(0, 4))]
        _parasol(c, float(x), y * c.h, c.u * (0.09 + 0.32 * (y - 0.78)), rgb(first), rgb(second))


def _parasol(c: Canvas, x: float, y: float, r: float, first: Colour, second: Colour) -> None:
    c.ellipse(x + r * 0.7, y + r * 0.95, r * 1.15, r * 0.16, c.light.on(rgb("a9845c")))
    c.stroke(
        [(x + r * 0.06, y - r * 0.4), (x - r * 0.1, y + r)], r * 0.06, c.light.on(rgb("6b5138"))
    )
    for k in range(6):
        c.polygon(_bulge(x, y, r, k), c.light.on(first if k % 2 else second))
    c.ellipse(x, y - r * 0.63, r * 0.05, r * 0.05, c.light.on(first))


def _bulge(x: float, y: float, r: float, k: int) -> Array:
    """Outline of one of six gores of a parasol, from its rim back to the top."""
    edges = np.cos(np.linspace(np.pi, 0, 7))
    t = np.linspace(0, 1, 8)
    arch = np.sin(t * np.pi / 2)
    left = np.stack(
        [x + r * edges[k] * arch, y - r * 0.62 * np.cos(t * np.pi / 2) + r * 0.1 * t], 1
    )
    right = np.stack(
        [x + r * edges[k + 1] * arch, y - r * 0.62 * np.cos(t * np.pi / 2) + r * 0.1 * t], 1
    )
    return np.concatenate([left, right[::-1]])


def _headland(c: Canvas, horizon: float, distance: float) -> None:
    side = c.xs / c.w if c.rng.random() < 0.5 else 1 - c.xs / c.w
    shape = np.clip(side * 1.7 - 0.85, 0, 1) ** 0.7
    profile = (horizon - 0.1 * shape * (1 + 0.3 * c.line(0.2, 4))) * c.h + (shape <= 0) * 2
    dark = c.light.on(rgb("3f5b4c"), distance)
    c.layer(profile, c.depth(profile, 0.1 * c.h), (dark, c.light.on(rgb("7a8a6a"), distance)))


def sunset_sea(c: Canvas) -> None:
    """The sun's disc over the sea with its path of light."""
    horizon = c.between(0.5, 0.62)
    x, _ = sky(c, horizon, c.between(0.4, 0.9))
    y = (horizon - c.between(0.02, 0.1)) * c.h
    c.glow(x, y, c.u * 0.2, c.light.sun, 0.7)
    c.ellipse(x, y, c.u * 0.07, c.u * 0.07, mix(c.light.sun, (255, 250, 225), 0.4))
    _headland(c, horizon, 0.28)
    deep = mix(c.light.top, (18, 38, 74), 0.4)
    sea(c, horizon, (mix(c.light.low, c.light.mid, 0.4), mix(c.light.mid, deep, 0.55), deep))
    count = 520
    near = c.rng.uniform(0.005, 1, count) ** 1.4
    spread = c.u * (0.03 + 0.14 * near)
    xs = x + c.rng.normal(0, 1, count) * spread
    size = c.u * (0.003 + 0.016 * near)
    warm = [mix(c.light.sun, c.light.low, 0.2), c.light.low, mix(c.light.low, c.light.mid, 0.4)]
    c.dabs(xs, (horizon + (1 - horizon) * near) * c.h, size, warm, 0.16)
    if c.rng.random() < 0.7:
        at = c.w * c.between(0.15, 0.85)
        _sailboat(c, at, (horizon + 0.05) * c.h, c.u * 0.11, mix(deep, (10, 12, 30), 0.5), deep)


def _sailboat(c: Canvas, x: float, y: float, size: float, hull: Colour, sail: Colour) -> None:
    c.polygon(
        [
            (x - size * 0.4, y - size * 0.1),
            (x + size * 0.45, y - size * 0.1),
            (x + size * 0.3, y + size * 0.05),
            (x - size * 0.3, y + size * 0.05),
        ],
        hull,
    )
    c.stroke([(x, y - size * 0.1), (x, y - size * 1.1)], size * 0.03, hull)
    c.polygon(
        [
            (x + size * 0.03, y - size * 1.05),
            (x + size * 0.42, y - size * 0.2),
            (x + size * 0.03, y - size * 0.16),
        ],
        sail,
    )
    c.polygon(
        [
            (x - size * 0.04, y - size * 0.95),
            (x - size * 0.34, y - size * 0.2),
            (x - size * 0.04, y - size * 0.16),
        ],
        mix(sail, (255, 255, 255), 0.12),
    )


def harbour(c: Canvas) -> None:
    """Coloured houses on a quay, boats, and all of it again in the water."""
    quay = c.between(0.54, 0.62)
    sky(c, quay, c.between(0.3, 0.7))
    if c.rng.random() < 0.6:
        wooded_hill(c, quay - 0.13, 0.06, 0.55)
    row_of_houses(c, quay * c.h, 0.2 * c.h, 0.3 * c.h, c.u * 0.12)
    stone = c.light.on(rgb("77706a"))
    c.box(0, quay * c.h - 2, c.w, (quay + 0.018) * c.h, stone)
    hulls = ("d9d2c3", "b8402f", "27496b", "f4efe4", "2f6f62", "e0a23b")
    spots = np.sort(c.rng.uniform(0.05, 0.95, 5))
    low = quay + 0.035
    for x in spots:
        hull = c.light.on(rgb(hulls[int(c.rng.integers(0, 6))]))
        size = c.u * c.between(0.17, 0.3)
        _moored(c, x * c.w, low * c.h, size, hull)
    reflect(c, (low + 0.006) * c.h, 0.16, 1.0, 0.35)
    for x in c.rng.uniform(0.15, 0.85, 2):
        tone = c.light.on(rgb(hulls[int(c.rng.integers(0, 6))]))
        _rowboat(c, x * c.w, c.between(0.8, 0.92) * c.h, c.u * 0.14, tone)


def _moored(c: Canvas, x: float, y: float, size: float, hull: Colour) -> None:
    c.stroke([(x, y), (x, y - size * 1.25)], size * 0.022, c.light.on(rgb("efe6d6")))
    c.stroke([(x, y - size * 1.2), (x + size * 0.5, y - size * 0.12)], 1, c.light.on(rgb("8d8a86")))
    c.stroke(
        [(x, y - size * 0.28), (x + size * 0.4, y - size * 0.25)],
        size * 0.05,
        c.light.on(rgb("f3efe6")),
    )
    c.polygon(
        [
            (x - size * 0.5, y - size * 0.17),
            (x + size * 0.52, y - size * 0.2),
            (x + size * 0.38, y + size * 0.03),
            (x - size * 0.4, y + size * 0.03),
        ],
        hull,
    )
    c.box(
        x - size * 0.22,
        y - size * 0.27,
        x + size * 0.12,
        y - size * 0.17,
        c.light.on(rgb("f6f1e6")),
    )


def _rowboat(c: Canvas, x: float, y: float, size: float, tone: Colour) -> None:
    c.ellipse(x, y + size * 0.2, size * 1.0, size * 0.12, mix(c.light.top, (16, 34, 48), 0.6))
    c.polygon(
        [
            (x - size, y - size * 0.12),
            (x + size, y - size * 0.12),
            (x + size * 0.7, y + size * 0.2),
            (x - size * 0.7, y + size * 0.2),
        ],
        tone,
    )
    c.ellipse(x, y - size * 0.12, size, size * 0.1, mix(tone, (30, 24, 20), 0.6))
    c.stroke(
        [(x - size * 0.3, y - size * 0.12), (x + size * 0.3, y - size * 0.1)],
        size * 0.08,
        mix(tone, (240, 220, 180), 0.4),
    )


def lighthouse(c: Canvas) -> None:
    """A banded tower on a cliff above the sea."""
    horizon = 0.6
    sky(c, horizon, c.between(0.3, 0.8))
    stops = tuple(c.light.on(rgb(code), 0.15) for code in ("3b7a9c", "2d6787", "1f4a6b"))
    sea(c, horizon, stops, 1.2)
    flip = c.rng.random() < 0.5
    across = (1 - c.xs / c.w) if flip else c.xs / c.w
    land = 0.62 + np.clip(across - 0.38, 0, 1) * 0.95 + c.line(0.12, 4) * 0.02
    profile = np.where(across < 0.72, land * c.h, c.h * 1.1).astype(np.float32)
    crag = c.noise(0.12, 5, 0.5)
    depth = c.depth(profile, 0.4 * c.h)
    rock = [c.light.on(rgb(code)) for code in ("322f36", "5d534e", "94826f")]
    c.layer(profile, np.clip(0.65 + crag * 0.45 - depth * 0.4, 0, 1), rock)
    turf = np.clip((0.1 - depth + crag * 0.12) * 12, 0, 1) * c.below(profile)
    c.fill(turf, np.clip(0.4 + crag * 0.4, 0, 1), [c.light.on(t) for t in grass(c.season)])
    foot = np.clip(1 - np.abs(c.ys - (c.h * (0.96 + 0.02 * c.line(0.1, 3)))) / (c.u * 0.012), 0, 1)
    c.fill((foot * 0.8).astype(np.float32), 1.0, (c.light.low, c.light.on((245, 248, 246))))
    x = c.w * (0.78 if flip else 0.22)
    _tower(c, x, profile[int(x)] + c.u * 0.02, c.u * 0.42)


def _tower(c: Canvas, x: float, y: float, tall: float) -> None:
    red, white = c.light.on(rgb("c8402f")), c.light.on(rgb("f6f1e7"))
    for k in range(5):
        a, b = k / 5, (k + 1) / 5
        wa, wb = tall * (0.1 - 0.035 * a), tall * (0.1 - 0.035 * b)
        ya, yb = y - tall * 0.8 * a, y - tall * 0.8 * b
        tone = white if k % 2 else red
        c.polygon([(x - wa, ya), (x + wa, ya), (x + wb, yb), (x - wb, yb)], tone)
        shade = mix(tone, mix(c.light.top, (20, 20, 40), 0.4), 0.35)
        c.polygon([(x + wa * 0.3, ya), (x + wa, ya), (x + wb, yb), (x + wb * 0.3, yb)], shade)
    top = y - tall * 0.8
    c.box(x - tall * 0.09, top - tall * 0.02, x + tall * 0.09, top, c.light.on(rgb("2f2a2e")))
    lamp = (255, 232, 160) if c.light.evening else c.light.on(rgb("bcd7dc"))
    c.box(x - tall * 0.045, top - tall * 0.12, x + tall * 0.045, top - tall * 0.02, lamp)
    c.polygon(
        [
            (x - tall * 0.06, top - tall * 0.12),
            (x, top - tall * 0.2),
            (x + tall * 0.06, top - tall * 0.12),
        ],
        red,
    )
    if c.light.evening:
        for way in (-1, 1):
            ray = c.shape(
                [
                    (x, top - tall * 0.07),
                    (x + way * c.w, top - tall * 0.35),
                    (x + way * c.w, top + tall * 0.1),
                ],
                6,
            )
            fade = np.clip(1 - np.abs(c.xs - x) / (c.w * 0.7), 0, 1)
            c.fill(ray * fade * 0.4, 0.5, ((255, 236, 180), (255, 236, 180)))
        c.glow(x, top - tall * 0.07, tall * 0.12, (255, 232, 170), 0.9)


def bridge(c: Canvas) -> None:
    """Stone arches over a river, an old town behind."""
    water = c.between(0.6, 0.66)
    sky(c, water, c.between(0.3, 0.7))
    wooded_hill(c, water - 0.16, 0.07, 0.5)
    row_of_houses(c, (water - 0.04) * c.h, 0.08 * c.h, 0.17 * c.h, c.u * 0.075, spires=True)
    deck, y = (water - 0.13) * c.h, water * c.h
    stone = [c.light.on(rgb(code)) for code in ("6b5b4d", "a8927a", "d2bd9d")]
    mask = c.shape([(0, deck), (c.w, deck), (c.w, y + 4), (0, y + 4)])
    count = max(3, round(c.w / c.u * 3.4))
    span = c.w / count
    holes: Array = np.zeros((c.h, c.w), np.float32)
    for k in range(count):
        t = np.linspace(np.pi, 2 * np.pi, 24)
        mid = (k + 0.5) * span
        arch = np.stack([mid + span * 0.37 * np.cos(t), y + 6 + (y - deck) * 0.86 * np.sin(t)], 1)
        holes = np.maximum(holes, c.shape(arch))
    blocks = np.sin(c.ys * 1.1 * 760 / c.u) * 0.06 + c.noise(0.03, 3, 2) * 0.28
    c.fill(mask * (1 - holes), np.clip(0.55 + blocks, 0, 1), stone)
    c.box(0, deck - c.u * 0.018, c.w, deck, mix(stone[1], stone[2], 0.4))
    c.box(0, deck, c.w, deck + c.u * 0.006, stone[0])
    for k in range(count + 1):
        _lamp(c, k * span, deck - c.u * 0.018)
    reflect(c, y, 0.15, 1.0, 0.3)


def _lamp(c: Canvas, x: float, y: float) -> None:
    tall = c.u * 0.055
    c.stroke([(x, y), (x, y - tall)], 2, c.light.on(rgb("2c2a30")))
    if c.light.evening:
        c.glow(x, y - tall, c.u * 0.022, (255, 214, 140), 1.0)
    c.ellipse(
        x,
        y - tall,
        c.u * 0.008,
        c.u * 0.01,
        (255, 238, 196) if c.light.evening else c.light.on(rgb("e8e2d0")),
    )
