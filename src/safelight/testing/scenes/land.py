"""Open land: mountains, fields, desert, road."""

from __future__ import annotations

import numpy as np

from safelight.testing.scenes.canvas import Canvas
from safelight.testing.scenes.colour import Array, Colour, grass, leaves, mix, rgb
from safelight.testing.scenes.sky import reflect, sky

_ROCK = ("3b4a63", "5f6f86", "93a0ac", "cfd2cf")


def range_of_peaks(
    c: Canvas, base: float, rise: float, distance: float, snow: float, cell: float = 0.42
) -> Array:
    """Paint one rocky ridge with lit and shaded facets and snow; give back its profile.

    `base` and `rise` are fractions of the height; `snow` is the share of the ridge under snow,
    `cell` the usual distance between summits as a fraction of the shorter edge.
    """
    profile, depth, summit = _summits(c, base, rise, cell)
    jag = c.noise(0.16, 5, stretch=0.5, gain=0.58)
    wander = jag * c.u * (0.02 + 0.11 * np.clip(depth, 0, 1))
    side = (c.xs + wander - summit) / (c.u * 0.03)
    facet = np.tanh(side) * (-1 if c.light.rising else 1)
    rock = [c.light.on(rgb(code), distance) for code in _ROCK]
    field = np.clip(0.44 + facet * 0.26 + jag * 0.2, 0, 1)
    c.layer(profile, field, rock)
    white = [
        c.light.on(colour, distance * 0.7)
        for colour in ((112, 138, 186), (176, 194, 224), (255, 253, 249))
    ]
    cap = np.clip((snow - depth + jag * 0.45 + facet * 0.07) * 10, 0, 1) * c.below(profile)
    c.fill(cap, np.clip(0.5 + facet * 0.45 + jag * 0.12, 0, 1), white)
    haze = np.clip(c.depth(profile, rise * c.h) * 0.75 - 0.12, 0, 0.75)
    c.fill(c.below(profile) * haze, 0.5, (c.light.on(c.light.air, 0.4), c.light.air))
    return np.asarray(profile)


def _summits(c: Canvas, base: float, rise: float, cell: float) -> tuple[Array, Array, Array]:
    """Stand mountains before mountains, the lowest in front.

    Gives the profile (pixels, per column), and for each pixel the depth under its own
    mountain's crest (1 is `rise`) and the column of that mountain's summit.
    """
    count = max(3, round(c.w / (cell * c.u) * 2.6))
    places = (np.arange(count) + c.rng.uniform(-0.4, 0.4, count)) * c.w / (count - 1)
    tops = c.rng.uniform(0.3, 0.75, count)
    tops[int(c.rng.integers(1, max(2, count - 1)))] = 1.0
    seen = slice(0, min(c.h, int((base + 0.15) * c.h)))  # what stands lower gets painted over
    profile = np.full(c.w, base * c.h, np.float32)
    depth = np.zeros((c.h, c.w), np.float32)
    summit = np.zeros((c.h, c.w), np.float32)
    for i in np.argsort(-tops):
        steep = c.between(1.1, 1.7) / (cell * c.u)
        away = np.abs(c.xs - places[i]) * steep * (1 + 0.25 * c.line(0.3, 2))
        tent = (base - rise * (tops[i] - away + 0.045 * c.line(0.06, 4))) * c.h
        under = ((c.ys[seen] - tent) * (1 / (rise * c.h))).astype(np.float32)
        inside = under >= 0
        np.copyto(depth[seen], under, where=inside)
        np.copyto(summit[seen], np.float32(places[i]), where=inside)
        profile = np.minimum(profile, tent)
    return profile, depth, summit


def wooded_hill(c: Canvas, base: float, rise: float, distance: float, cell: float = 0.8) -> Array:
    """Paint one hill with a bristling edge of conifers; give back its profile."""
    smooth = (base - rise * c.line(cell, 3)) * c.h
    bristle = np.abs(c.line(0.018, 2)) * c.u * 0.028 * (1 - distance)
    profile = smooth - bristle
    tones = leaves("summer" if c.season == "winter" else c.season)
    dark = c.light.on(mix(tones[0], rgb("1f3a44"), 0.55), distance)
    light = c.light.on(mix(tones[1], rgb("3d5a50"), 0.4), min(1.0, distance + 0.12))
    field = c.depth(profile, 0.3 * c.h) + c.noise(0.05, 3, stretch=0.5) * 0.18
    c.layer(profile, np.clip(field, 0, 1), (dark, light, mix(light, c.light.air, 0.55)))
    return np.asarray(profile)


def meadow(c: Canvas, base: float, rise: float = 0.04, flowers: bool = True) -> None:
    """Paint the grassy foreground with strokes and flowers."""
    profile = (base - rise * c.line(0.9, 2)) * c.h
    tones = [c.light.on(colour, 0.04) for colour in grass(c.season)]
    depth = c.depth(profile, c.h * (1 - base) * 1.1)
    field = 0.75 - depth * 0.55 + c.noise(0.09, 4, stretch=5) * 0.32
    c.layer(profile, np.clip(field, 0, 1), tones)
    if c.season == "winter":
        return
    count = 260
    ys = base + (1.02 - base) * c.rng.uniform(0.12, 1, count) ** 0.8
    xs = c.rng.uniform(0, c.w, count)
    size = 1 + 6.5 * ((ys - base) / (1 - base)) ** 1.5 * c.u / 760
    blooms = c.pick("fbf6ea f3c94b e9785e", "d9a7d8 f7f1e6 b47cc4", "f6d25a fbf6ea f2a65a")
    colours = [c.light.on(rgb(code)) for code in blooms.split()]
    if flowers:
        c.dabs(xs, ys * c.h, size * 0.6, colours, 0.8)
    blade = c.light.on(mix(grass(c.season)[0], (20, 40, 30), 0.35))
    for x in c.rng.uniform(0, c.w, 150):
        height = c.u * c.between(0.03, 0.09)
        lean = c.between(-0.4, 0.4) * height
        c.polygon([(x - 1.5, c.h), (x + lean, c.h - height), (x + 2, c.h)], blade)


def mountains(c: Canvas) -> None:
    """Layered ridges with haze over a meadow."""
    sky(c, 0.62, c.between(0.3, 0.7), 0.03 if c.light.evening else 0)
    snow = {"winter": 1.1, "spring": 0.6, "summer": 0.3}.get(c.season, 0.4)
    range_of_peaks(c, 0.55, 0.16, 0.62, snow + 0.1)
    range_of_peaks(c, 0.66, 0.3, 0.26, snow, 0.6)
    wooded_hill(c, 0.68, 0.05, 0.42)
    wooded_hill(c, 0.76, 0.05, 0.2)
    meadow(c, 0.83)


def alpine_lake(c: Canvas) -> None:
    """A still lake under peaks."""
    shore = c.between(0.56, 0.62)
    sky(c, shore, c.between(0.2, 0.6))
    snow = {"winter": 1.1, "spring": 0.7}.get(c.season, 0.42)
    range_of_peaks(c, shore - 0.03, 0.13, 0.6, snow)
    range_of_peaks(c, shore + 0.02, 0.34, 0.2, snow, 0.62)
    wooded_hill(c, shore + 0.005, 0.05, 0.3, 0.5)
    wooded_hill(c, shore + 0.03, 0.06, 0.1, 1.1)
    teal = c.light.on(rgb("2f8f96"), 0.1)
    reflect(c, shore * c.h, 0.12, 0.55, 0.2)
    mask = np.zeros((c.h, c.w), np.float32)
    top = int(shore * c.h)
    mask[top:] = np.linspace(0.1, 0.55, c.h - top, dtype=np.float32)[:, None]
    c.fill(mask, 0.5, (teal, teal))
    c.fill(_strip(c, shore, 0.0035), 1.0, (c.light.low, c.light.on((250, 250, 240), 0.2)))
    _stones(c)


def _strip(c: Canvas, y: float, thick: float) -> Array:
    gap = np.abs(c.ys / c.h - y) / thick
    return np.asarray(np.clip(1 - gap, 0, 1) * 0.6 + np.zeros((1, c.w)), np.float32)


def _stones(c: Canvas) -> None:
    tones = [c.light.on(rgb(code)) for code in ("4b5560", "6d7580", "8f938f", "39424d")]
    for _ in range(16):
        y = c.between(0.93, 1.03)
        size = c.u * c.between(0.015, 0.05)
        x = c.between(0, 1) * c.w
        tone = tones[int(c.rng.integers(0, 4))]
        c.ellipse(x, y * c.h, size, size * 0.5, tone)
        c.ellipse(
            x - size * 0.2,
            y * c.h - size * 0.2,
            size * 0.6,
            size * 0.2,
            mix(tone, c.light.low, 0.45),
        )


def fields(c: Canvas) -> None:
    """Rolling farmland with furrows and a lone tree."""
    sky(c, 0.52, c.between(0.3, 0.8), 0.028 if c.light.evening else 0)
    wooded_hill(c, 0.5, 0.03, 0.72)
    wooded_hill(c, 0.53, 0.03, 0.52)
    crops = [rgb(code) for code in ("c9b458", "8aa653", "d8c27a", "6f9150", "b8743f", "e0cf8c")]
    if c.season == "winter":
        crops = [rgb(code) for code in ("e8eef3", "cfdbe6", "f6f8fa", "b9c9d8")]
    for index, base in enumerate((0.56, 0.63, 0.72, 0.84)):
        tone = crops[int(c.rng.integers(0, len(crops)))]
        profile = _furrowed(c, base, tone, 0.38 - 0.12 * index, 8 + 5 * index)
        if index == 1:
            x = c.between(0.15, 0.85) * c.w
            lone_tree(c, x, profile[int(x)] + 3, c.u * 0.13, 0.2)
    if c.season != "winter":
        _verge(c)


def _furrowed(c: Canvas, base: float, tone: Colour, distance: float, rows: float) -> Array:
    profile = (base - 0.045 * c.line(1.3, 2)) * c.h
    vanish = c.between(-0.5, 1.5) * c.w
    depth = c.depth(profile, 0.35 * c.h)
    fan = (c.xs - vanish) / (np.maximum(depth, 0) * 1.4 + 0.35) / c.u
    lines = np.sin(fan * rows * 3 + c.noise(0.3, 2) * 1.2)
    field = np.clip(0.55 + lines * 0.2 - depth * 0.2 + c.noise(0.06, 2, 4) * 0.2, 0, 1)
    dark, pale = mix(tone, rgb("3f4a2f"), 0.42), mix(tone, (255, 246, 214), 0.3)
    c.layer(profile, field, [c.light.on(t, distance) for t in (dark, tone, pale)])
    return np.asarray(profile)


def _verge(c: Canvas) -> None:
    count = 200
    xs, ys = c.rng.uniform(0, c.w, count), c.h * c.rng.uniform(0.93, 1.02, count)
    greens = [c.light.on(mix(t, (30, 50, 30), 0.25)) for t in grass(c.season)]
    for x in xs:
        tall = c.u * c.between(0.03, 0.1)
        c.polygon([(x - 2, c.h), (x + c.between(-9, 9), c.h - tall), (x + 2, c.h)], greens[0])
    c.dabs(xs, ys, c.u * 0.007, [c.light.on(rgb("d8412f")), c.light.on(rgb("ee6a4d"))], 0.85)


def lone_tree(c: Canvas, x: float, y: float, size: float, distance: float) -> None:
    """Paint a round tree standing at (x, y), `size` pixels tall."""
    tones = [c.light.on(t, distance) for t in leaves(c.season)]
    trunk = c.light.on(rgb("4a382c"), distance)
    wide = size * 0.035
    c.polygon(
        [
            (x - wide, y),
            (x - wide * 0.5, y - size * 0.5),
            (x + wide * 0.5, y - size * 0.5),
            (x + wide, y),
        ],
        trunk,
    )
    for step, tone in enumerate(tones[:3]):
        count = 46 - step * 10
        angle, far = c.rng.uniform(0, 6.283, count), c.rng.uniform(0, 1, count) ** 0.6
        side = -0.09 * step if c.light.rising else 0.09 * step
        xs = x + size * (np.cos(angle) * far * 0.36 + side)
        ys = y - size * (0.64 + 0.07 * step) + np.sin(angle) * far * size * (0.3 - 0.04 * step)
        c.dabs(xs, ys, size * (0.085 - 0.018 * step), [tone], 0.85, 30)


def desert(c: Canvas) -> None:
    """Red mesas and canyon walls in strata."""
    sky(c, 0.58, c.between(0.1, 0.45), 0.03 if c.light.evening else 0)
    strata = ("6e2f2b", "a8452f", "c9653c", "e09a5f", "eec48d")
    for base, rise, distance, cell in (
        (0.56, 0.1, 0.55, 0.3),
        (0.62, 0.22, 0.3, 0.5),
        (0.7, 0.3, 0.08, 0.75),
    ):
        raw = c.line(cell, 3)
        steps = np.clip((raw - 0.05) * 7, 0, 1) * 0.68 + np.clip((raw - 0.42) * 9, 0, 1) * 0.32
        talus = np.clip((raw + 0.35) * 1.4, 0, 1) * 0.3
        rough = c.line(0.03, 3) * 0.012
        profile = (base - rise * (steps * 0.75 + talus) + rough) * c.h
        bands = c.noise(0.07, 3, stretch=60, gain=0.7)
        depth = c.depth(profile, rise * c.h)
        wall = np.gradient(c.noise(0.05, 2, stretch=0.12), axis=1) * 9
        field = np.clip(0.62 + bands * 0.42 + wall * 0.15 - depth * 0.16, 0, 1)
        c.layer(profile, field, [c.light.on(rgb(code), distance) for code in strata])
    _dunes(c)


def _dunes(c: Canvas) -> None:
    sand = [c.light.on(rgb(code)) for code in ("9c4f33", "cf7f4d", "e8ac72", "f4cf9c")]
    for base in (0.71, 0.8):
        profile = (base - 0.03 * c.line(0.8, 2)) * c.h
        ripple = np.sin(c.ys * 700 / c.u + c.noise(0.25, 2) * 6) * 0.06
        field = 0.72 - c.depth(profile, 0.35 * c.h) * 0.45 + c.noise(0.12, 4, 4) * 0.3 + ripple
        c.layer(profile, np.clip(field, 0, 1), sand)
    count = 46
    ys = c.rng.uniform(0.76, 1.0, count)
    size = c.u * (0.006 + 0.05 * (ys - 0.74))
    sage = [c.light.on(rgb(code)) for code in ("59633f", "7d8352", "424c36")]
    xs = c.rng.uniform(0, c.w, count)
    for x, y, s in zip(xs, ys * c.h, size, strict=True):
        c.ellipse(x + s * 0.8, y + s * 0.35, s * 1.7, s * 0.3, c.light.on(rgb("8a4630")))
        around = c.rng.normal(0, 0.5, (7, 2)) * s
        c.dabs(x + around[:, 0], y - s * 0.3 + around[:, 1] * 0.5, s * 0.5, sage, 0.8)


def road(c: Canvas) -> None:
    """A straight road to the horizon."""
    line = 0.54
    sky(c, line, c.between(0.3, 0.8), 0.03 if c.light.evening else 0)
    range_of_peaks(c, line, c.between(0.08, 0.16), 0.5, 0.2 if c.season != "winter" else 1)
    wooded_hill(c, line + 0.015, 0.02, 0.5)
    profile = np.full(c.w, line * c.h, np.float32) + c.line(0.5, 2) * 2
    depth = np.clip(c.depth(profile, c.h * (1 - line)), 0, 1)
    tones = [c.light.on(t, 0.1) for t in grass("autumn" if c.season == "summer" else c.season)]
    field = 0.6 + c.noise(0.14, 4, 7) * 0.4 - depth * 0.25
    c.layer(profile, np.clip(field, 0, 1), tones)
    middle = c.between(0.44, 0.56) * c.w
    near, far = c.u * 0.52, c.u * 0.006
    reach = c.h * 1.01
    tarmac = [c.light.on(rgb(code)) for code in ("3c4148", "575c63", "7c7f82")]
    mask = c.shape(
        [
            (middle - far, line * c.h),
            (middle + far, line * c.h),
            (middle + near, reach),
            (middle - near, reach),
        ]
    )
    c.fill(mask, np.clip(0.75 - depth * 0.5 + c.noise(0.03, 2) * 0.12, 0, 1), tarmac)
    for side in (-0.86, 0.86):
        c.polygon(
            [
                (middle + far * side, line * c.h),
                (middle + near * side * 0.985, reach),
                (middle + near * side * 1.015, reach),
            ],
            c.light.on((240, 236, 226)),
        )
    for k in range(9):
        start, end = 0.02 * 1.62**k, 0.02 * 1.62 ** (k + 0.5)
        ya, yb = (line + (1 - line) * t for t in (start, end))
        wa, wb = far + near * start * 0.02, far * 0.6 + near * end * 0.02
        c.polygon(
            [
                (middle - wa, ya * c.h),
                (middle + wa, ya * c.h),
                (middle + wb, yb * c.h),
                (middle - wb, yb * c.h),
            ],
            c.light.on(rgb("f0c04e")),
        )
