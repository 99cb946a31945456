"""Among trees: forest in mist, autumn wood, snow, garden."""

from __future__ import annotations

import numpy as np

from safelight.testing.scenes.canvas import Canvas
from safelight.testing.scenes.colour import Array, Colour, grass, leaves, mix, rgb
from safelight.testing.scenes.sky import sky


def conifers(xs: Array, feet: Array, sizes: Array, rng: np.random.Generator) -> Array:
    """Outlines of firs, one each; shape (n, k, 2)."""
    t = np.arange(1, 9) / 8
    reach = 0.2 * t**0.85
    wide = np.stack([reach, t * 0.97 - 1], 1)
    inner = np.stack([reach * 0.5, t * 0.97 - 1.02], 1)
    right = np.stack([wide, inner], 1).reshape(-1, 2)
    trunk = np.array([[0.02, 0.0], [0.02, 0.06], [-0.02, 0.06], [-0.02, 0.0]])
    outline = np.concatenate([[[0, -1.06]], right, trunk, (right * [-1, 1])[::-1]])
    jitter = rng.normal(0, 0.008, (len(xs), *outline.shape))
    spots = (outline + jitter) * np.asarray(sizes)[:, None, None]
    return np.asarray(spots + np.stack([xs, feet], 1)[:, None, :])


def misty_forest(c: Canvas) -> None:
    """Firs behind firs, each row paler, with light falling through."""
    light = c.light
    x = sky(c, 0.9, 0.1)[0]
    haze = mix(light.air, light.low, 0.5)
    c.fill(np.full((c.h, c.w), 0.6, np.float32), c.ys / c.h, (light.mid, haze, haze))
    c.glow(x, c.h * 0.3, c.u * 0.3, light.sun, 0.6)
    deep = light.on(rgb("16302e"))
    banks = np.clip(c.noise(0.5, 3, 5) * 0.7 + 0.25, 0, 1) * 0.5
    for level in range(6):
        near = level / 5
        tone = mix(haze, deep, 0.14 + 0.82 * near**1.25)
        count = round((34 - 5.6 * level) * c.w / c.u)
        ground = (0.52 + 0.44 * near**1.1) * c.h + c.line(0.7, 2) * c.u * 0.05
        xs = np.sort(c.rng.uniform(-0.05, 1.05, count)) * c.w
        feet = ground[np.clip(xs, 0, c.w - 1).astype(int)] + c.u * 0.02
        sizes = c.u * (0.15 + 0.36 * near**1.3) * c.rng.uniform(0.65, 1.2, count)
        mask = np.maximum(c.shape(conifers(xs, feet, sizes, c.rng)), c.below(ground))
        field = np.clip((c.ys - ground) / (c.h * 0.28) + 0.62, 0, 1)
        c.fill(mask, field, (tone, tone, mix(tone, haze, 0.6 - 0.35 * near)))
        drift = np.roll(banks, 97 * level, 1) * (1 - near)
        c.fill((drift * c.below(ground - c.u * 0.16)).astype(np.float32), 0.5, (haze, haze))
    _rays(c, x)


def _rays(c: Canvas, x: float) -> None:
    start = (x, -0.25 * c.h)
    for _ in range(5):
        at = x + c.between(-0.7, 0.7) * c.w
        wide = c.u * c.between(0.03, 0.1)
        ray = c.shape([start, (at - wide, c.h), (at + wide, c.h)], 5)
        c.fill(ray * np.clip(0.22 - 0.26 * c.ys / c.h, 0, 1), 0.5, (c.light.sun, c.light.sun))


def autumn_trees(c: Canvas) -> None:
    """A path under broad crowns in the colours of the season."""
    sky(c, 0.62, c.between(0.1, 0.5))
    tones = leaves(c.season if c.season != "winter" else "autumn")
    far = [c.light.on(tone, 0.5) for tone in tones]
    for _ in range(3):
        count = 330
        xs = c.rng.uniform(0, c.w, count)
        lift = np.abs(c.rng.normal(0, 0.09, count))
        c.dabs(xs, (0.62 - lift) * c.h, c.u * 0.03, far, 0.8, 40)
        far = [mix(tone, c.light.on(t, 0.25), 0.4) for tone, t in zip(far, tones, strict=True)]
    ground = np.full(c.w, 0.63 * c.h, np.float32) + c.line(0.5, 2) * 4
    depth = c.depth(ground, c.h * 0.37)
    soil = [c.light.on(t, 0.1) for t in (mix(tones[0], (60, 40, 30), 0.5), tones[1], tones[2])]
    c.layer(ground, np.clip(0.7 + c.noise(0.05, 4, 4) * 0.5 - depth * 0.4, 0, 1), soil)
    _path(c, 0.63)
    for k, x in enumerate((0.93, 0.06, 0.79, 0.22)):
        _tall_tree(
            c,
            (x + c.between(-0.05, 0.05)) * c.w,
            (0.72 + 0.07 * (3 - k)) * c.h,
            c.u * (0.62 + 0.13 * (3 - k)),
            tones,
        )
    count = 420
    near = c.rng.uniform(0, 1, count) ** 0.7
    fallen = [c.light.on(tone) for tone in tones[1:]]
    c.dabs(
        c.rng.uniform(0, c.w, count),
        (0.66 + 0.35 * near) * c.h,
        c.u * (0.002 + 0.008 * near),
        fallen,
        0.5,
        40,
    )


def _path(c: Canvas, top: float) -> None:
    t = np.linspace(0, 1, 20)
    bend = c.between(-0.14, 0.14)
    mid = 0.5 + bend * np.sin(t * 4) * (1 - t) * 1.6
    half = 0.012 + 0.27 * t**1.5
    y = (top + (1.02 - top) * t) * c.h
    left, right = np.stack([(mid - half) * c.w, y], 1), np.stack([(mid + half) * c.w, y], 1)
    tones = [c.light.on(rgb(code)) for code in ("7d6650", "b39a78", "d9c6a2")]
    field = np.clip(0.55 + c.noise(0.06, 3, 4) * 0.4, 0, 1)
    c.fill(c.shape(np.concatenate([left, right[::-1]]), 2), field, tones)


def _tall_tree(c: Canvas, x: float, y: float, size: float, tones: tuple[Colour, ...]) -> None:
    bark = c.light.on(rgb("3d2f28"))
    w = size * 0.03
    c.polygon(
        [
            (x - w * 1.5, y),
            (x - w * 0.6, y - size * 0.7),
            (x + w * 0.6, y - size * 0.7),
            (x + w * 1.6, y),
        ],
        bark,
    )
    for way in (-1, 1, -0.6, 0.7):
        up = c.between(0.35, 0.5)
        c.stroke(
            [(x, y - size * up), (x + way * size * 0.25, y - size * (up + 0.3))], w * 0.8, bark
        )
    heap = c.rng.normal(0, 1, (7, 2)) * [0.17, 0.12]
    for k, (ox, oy) in enumerate(heap[np.argsort(heap[:, 1])][::-1]):
        for step, share in enumerate((1.0, 0.8, 0.5)):
            count = 60 - 16 * step
            spot = c.rng.normal((ox, oy - 0.02 * step), 0.085 * share, (count, 2))
            tone = c.light.on(tones[min(3, step + k % 2)], 0.03)
            c.dabs(
                x + spot[:, 0] * size,
                y - size * 0.78 + spot[:, 1] * size,
                size * (0.026 - 0.005 * step),
                [tone, mix(tone, tones[2], 0.3)],
                0.7,
                40,
            )


def snow(c: Canvas) -> None:
    """A hut among snowy firs; flakes in the air."""
    sky(c, 0.6, 0.5)
    blue = [c.light.on(rgb(code)) for code in ("93abc9", "cfdcec", "fdfcf8")]
    hut_x = c.w * c.between(0.25, 0.75)
    for level, base in enumerate((0.52, 0.62, 0.76)):
        far = 0.6 - 0.28 * level
        profile = ((base - 0.05 * c.line(0.9, 2)) * c.h).astype(np.float32)
        _snowy_firs(
            c, profile, round((26, 13, 5)[level] * c.w / c.u), c.u * (0.1, 0.19, 0.36)[level], far
        )
        field = 0.85 - c.depth(profile, c.h * 0.4) * 0.6 + c.noise(0.3, 4, 4) * 0.3
        c.layer(profile, np.clip(field, 0, 1), [mix(t, c.light.air, far * 0.6) for t in blue])
        if level == 1:
            _hut(c, hut_x, profile[int(hut_x)] + c.u * 0.05, c.u * 0.13)
    count = 240
    flake = [mix(c.light.low, (255, 255, 255), 0.75)]
    c.dabs(
        c.rng.uniform(0, c.w, count),
        c.rng.uniform(0, c.h, count),
        c.u * 0.0016 * (1 + c.rng.pareto(3, count)),
        flake,
    )


def _snowy_firs(c: Canvas, profile: Array, count: int, size: float, far: float) -> None:
    xs = c.rng.uniform(0, c.w, count)
    feet = profile[np.clip(xs, 0, c.w - 1).astype(int)] + size * 0.12
    sizes = size * c.rng.uniform(0.6, 1.2, count)
    outline = conifers(xs, feet, sizes, c.rng)
    dark = c.light.on(rgb("27473f"), far)
    mask = c.shape(outline)
    c.fill(mask, 0.5, (dark, mix(dark, c.light.air, 0.1)))
    white = c.light.on(rgb("f4f7fb"), far * 0.6)
    frost = np.clip((c.noise(0.03, 3, 3) - 0.12) * 5, 0, 1) * mask * 0.9
    c.fill(frost.astype(np.float32), 0.5, (white, white))


def _hut(c: Canvas, x: float, y: float, size: float) -> None:
    wood, dark = c.light.on(rgb("6a4532")), c.light.on(rgb("4a3026"))
    c.box(x - size * 0.7, y - size * 0.62, x + size * 0.7, y, wood)
    c.polygon(
        [(x - size * 0.7, y - size * 0.6), (x, y - size * 1.15), (x + size * 0.7, y - size * 0.6)],
        wood,
    )
    for k in range(1, 6):
        c.stroke(
            [(x - size * 0.7, y - size * 0.11 * k), (x + size * 0.7, y - size * 0.11 * k)], 1, dark
        )
    roof = [
        (x - size * 0.92, y - size * 0.5),
        (x, y - size * 1.22),
        (x + size * 0.92, y - size * 0.5),
    ]
    c.stroke(roof, size * 0.16, c.light.on(rgb("f5f8fc")))
    c.box(x + size * 0.32, y - size * 1.25, x + size * 0.5, y - size * 0.88, dark)
    for wx in (-0.4, 0.12):
        c.box(
            x + size * wx, y - size * 0.45, x + size * (wx + 0.3), y - size * 0.18, (255, 214, 134)
        )
        c.stroke(
            [(x + size * (wx + 0.15), y - size * 0.45), (x + size * (wx + 0.15), y - size * 0.18)],
            1,
            dark,
        )
    if c.light.evening:
        c.glow(x, y - size * 0.3, size * 0.6, (255, 200, 120), 0.6)


def flowers(c: Canvas) -> None:
    """A few blossoms close up, the garden behind out of focus."""
    green = [c.light.on(tone, 0.1) for tone in (*grass("summer"), *leaves("spring"))]
    back = np.clip(0.5 + c.noise(0.5, 3) * 0.7, 0, 1)
    c.fill(
        np.ones((c.h, c.w), np.float32),
        back,
        (c.light.on(rgb("24482f")), c.light.on(rgb("5d8a48")), c.light.on(rgb("c8cf86"), 0.2)),
    )
    palettes = (
        "e85d75 f49fb0 fde1d6",
        "f2b134 f8d568 fdf0c0",
        "9a6fc0 c3a0dc eadcf2",
        "f6f1e8 fffdf8 fffdf8",
        "e4572e f28b5b fbd0a6",
    )
    chosen = [rgb(code) for code in palettes[int(c.rng.integers(0, 5))].split()]
    count = 60
    c.dabs(
        c.rng.uniform(0, c.w, count),
        c.rng.uniform(0.1, 1, count) * c.h,
        c.u * c.rng.uniform(0.02, 0.06, count),
        [*green, *[c.light.on(t) for t in chosen]],
    )
    c.blur(c.u * 0.022)
    spots = [(c.between(0.1, 0.9), c.between(0.3, 0.7), c.between(0.09, 0.13)) for _ in range(4)]
    for x, y, size in spots:
        _blossom(c, x * c.w, y * c.h, size * c.u, chosen, green)
    c.blur(c.u * 0.008)
    for x, y, size in (
        (c.between(0.28, 0.42), c.between(0.4, 0.5), 0.23),
        (c.between(0.62, 0.76), c.between(0.55, 0.7), 0.18),
    ):
        _blossom(c, x * c.w, y * c.h, size * c.u, chosen, green)


def _blossom(
    c: Canvas, x: float, y: float, size: float, tones: list[Colour], green: list[Colour]
) -> None:
    stem = mix(green[0], (20, 50, 30), 0.3)
    c.stroke([(x, y), (x + size * 0.1, y + size), (x - size * 0.05, c.h + 5)], size * 0.07, stem)
    c.ellipse(x + size * 0.35, y + size * 1.5, size * 0.4, size * 0.12, green[1], -35)
    turn, count = c.between(0, 60), int(c.rng.integers(9, 14))
    for ring, (reach, thick) in enumerate(((0.62, 0.21), (0.52, 0.17), (0.4, 0.12))):
        for k in range(count):
            angle = turn + 360 / count * (k + ring / 2)
            a = np.radians(angle)
            tone = c.light.on(mix(tones[ring], tones[0], c.between(0, 0.35)))
            px, py = x + np.cos(a) * size * reach * 0.95, y + np.sin(a) * size * reach * 0.8
            c.ellipse(
                px, py, size * reach * 0.72, size * thick, mix(tone, (60, 20, 40), 0.18), angle
            )
            c.ellipse(
                px - size * 0.012,
                py - size * 0.015,
                size * reach * 0.68,
                size * thick * 0.84,
                tone,
                angle,
            )
    heart = c.light.on(rgb("8a5a22"))
    c.ellipse(x, y, size * 0.2, size * 0.17, heart)
    spots = c.rng.normal(0, 0.075, (60, 2)) * size
    c.dabs(
        x + spots[:, 0],
        y + spots[:, 1] * 0.85,
        size * 0.018,
        [c.light.on(rgb("f0c24a")), c.light.on(rgb("c98b2e"))],
    )
