"""Collage of nine 12-megapixel JPEGs at 2048 pixels, against decoding them scaled.

Run: python benchmarks/collage.py [ROUNDS]. Every round does everything in turn, so that a busy
machine slows all alike; medians of time on the processor (one core) and by the clock, the latter
with two processes as the program has workers. Also how near the fine scaling comes to Lanczos.
Targets: all together at most 1.3 times decoding; 30 photos planned within half a second.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from PIL import Image

from safelight.creations.collage import cuts_of, plans, render
from safelight.creations.interest import find_focus
from safelight.library.reading.resampling import resample
from safelight.library.reading.step import build_decode_request, decode_scaled
from safelight.library.reading.wire import parse_decode_response
from safelight.model.creations import Cut, Ingredient, Pixels

WIDTH, HEIGHT, COUNT, CANVAS = 4000, 3000, 9, 2048


def photograph(seed: int) -> bytes:
    """A synthetic JPEG with the detail of a photo: clouds of noise over several octaves."""
    rng = np.random.default_rng(seed)
    total = np.zeros((HEIGHT, WIDTH, 3), np.float32)
    for octave in range(2, 9):
        coarse = rng.integers(0, 255, (3 * 2**octave, 4 * 2**octave, 3), np.uint8)
        grown = Image.fromarray(coarse).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
        total += np.asarray(grown, np.float32) / 2 ** (octave - 1)
    total += rng.normal(0, 3, total.shape).astype(np.float32)
    out = io.BytesIO()
    Image.fromarray(np.clip(total, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=90)
    return out.getvalue()


def decode(jpeg: bytes, cut: Cut) -> int:
    """Only decode, at the least scale that is no smaller than the part needs."""
    return opened(jpeg, cut).width


def opened(jpeg: bytes, cut: Cut) -> Image.Image:
    """The whole picture, decoded at that scale."""
    image = Image.open(io.BytesIO(jpeg))
    wide, high = cut.width / cut.window.width, cut.height / cut.window.height
    image.draft("RGB", (int(wide), int(high)))
    image.load()
    return image


def tile(jpeg: bytes, cut: Cut) -> Pixels:
    """As a worker does it: decode, cut and scale."""
    return parse_decode_response(decode_scaled(build_decode_request(jpeg, cut, 100)))


class Clocks:
    """Times of several works, taken in turn."""

    def __init__(self) -> None:
        self.core: dict[str, list[float]] = {}
        self.wall: dict[str, list[float]] = {}

    def take(self, name: str, work: Callable[[], object]) -> None:
        """Run and time a work."""
        core, wall = time.process_time(), time.perf_counter()
        work()
        self.core.setdefault(name, []).append((time.process_time() - core) * 1e3)
        self.wall.setdefault(name, []).append((time.perf_counter() - wall) * 1e3)

    def ratio(self, kind: dict[str, list[float]], one: str, other: str) -> str:
        """Of one work to another, round by round: median, lowest and highest."""
        each = sorted(a / b for a, b in zip(kind[one], kind[other], strict=True))
        return f"{statistics.median(each):.2f} ({each[0]:.2f} to {each[-1]:.2f})"

    def line(self, name: str) -> str:
        """Medians."""
        core, wall = statistics.median(self.core[name]), statistics.median(self.wall[name])
        return f"{name:<34} {core:7.1f} ms of one core, {wall:7.1f} ms by the clock"


def nearness(jpeg: bytes, cut: Cut) -> tuple[float, float]:
    """Decibels between a full decode scaled with Lanczos and ours; the same of Pillow's Lanczos."""
    full = Image.open(io.BytesIO(jpeg)).convert("RGB")
    size = (round(full.width * cut.width / cut.window.width / WIDTH), 0)
    size = (size[0], round(size[0] * HEIGHT / WIDTH))
    best = np.asarray(full.resize(size, Image.Resampling.LANCZOS), np.float64)
    part = opened(jpeg, cut)
    found = resample(part, size), part.resize(size, Image.Resampling.LANCZOS)
    one, other = (10 * np.log10(255**2 / ((np.asarray(f) - best) ** 2).mean()) for f in found)
    return float(one), float(other)


def main() -> None:
    """Print every figure with its count."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    jpegs = {f"p{i}": photograph(i) for i in range(COUNT)}
    items = [Ingredient(name, WIDTH, HEIGHT) for name in jpegs]
    plan = plans(items, CANVAS, CANVAS, title="Nine photographs", subtitle="June 2015")[0]
    cuts = cuts_of(plan)
    works = list(zip(jpegs.values(), (cuts[name] for name in jpegs), strict=True))
    many = [Ingredient(f"p{i}", *((4000, 3000) if i % 3 else (3000, 4000))) for i in range(30)]
    tiles = {name: tile(jpeg, cuts[name]) for name, jpeg in jpegs.items()}
    clocks = Clocks()
    with ProcessPoolExecutor(2) as pool:
        both = [list(column) for column in zip(*works, strict=True)]
        list(pool.map(tile, *both))
        for _ in range(rounds):
            clocks.take("decoding", lambda: [decode(*each) for each in works])
            clocks.take("decoding, cutting, scaling", lambda: [tile(*each) for each in works])
            clocks.take("drawing and encoding", lambda: render(plan, tiles, cut=True))
            clocks.take(
                "all together",
                lambda: render(
                    plan, dict(zip(jpegs, (tile(*each) for each in works), strict=True)), cut=True
                ),
            )
            clocks.take("decoding, two processes", lambda: list(pool.map(decode, *both)))
            clocks.take(
                "all together, two processes",
                lambda: render(
                    plan, dict(zip(jpegs, pool.map(tile, *both), strict=True)), cut=True
                ),
            )
            clocks.take(
                "six plans for 30 photos",
                lambda: plans(many, CANVAS, CANVAS, title="T", subtitle="S"),
            )
            clocks.take(
                "focus of one preview, 10 times",
                lambda: [find_focus(tiles["p0"]) for _ in range(10)],
            )
    print(f"{COUNT} JPEGs of {WIDTH}x{HEIGHT}, canvas {CANVAS}, {rounds} rounds in turn, medians")
    for name in clocks.core:
        print(clocks.line(name))
    print(
        "all / decoding, one core:         ", clocks.ratio(clocks.core, "all together", "decoding")
    )
    print(
        "all / decoding, one core, clock:  ", clocks.ratio(clocks.wall, "all together", "decoding")
    )
    pair = ("all together, two processes", "decoding, two processes")
    print("all / decoding, two processes:    ", clocks.ratio(clocks.wall, *pair))
    near = [nearness(*each) for each in works]
    ours, lanczos = (statistics.mean(column) for column in zip(*near, strict=True))
    print(f"nearness to a full decode: {ours:.1f} dB, Pillow's Lanczos {lanczos:.1f} dB")


if __name__ == "__main__":
    main()
