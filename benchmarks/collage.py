"""Collage of nine 12-megapixel JPEGs at 2048 pixels, against decoding them scaled.

Run: python benchmarks/collage.py [ROUNDS]. Prints medians. Targets: drawing and encoding take at
most 1.3 times as long as decoding scaled; 30 photos are planned within half a second; a focus
is found within 5 ms.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
from PIL import Image

from safelight.creations.collage import needed_edge, plans, render
from safelight.creations.interest import find_focus
from safelight.model.creations import Ingredient, Pixels

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


def decode(jpeg: bytes, edge: int) -> Pixels:
    """Decode at the least scale that is no smaller than `edge`."""
    image = Image.open(io.BytesIO(jpeg))
    image.draft("RGB", (edge, round(edge * HEIGHT / WIDTH)))
    return Pixels(image.width, image.height, image.tobytes())


def median(work: Callable[[], object], rounds: int) -> float:
    """Median wall time of `work`, seconds."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def main() -> None:
    """Print every figure with its count."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    jpegs = {f"p{i}": photograph(i) for i in range(COUNT)}
    items = [Ingredient(name, WIDTH, HEIGHT) for name in jpegs]
    plan = plans(items, CANVAS, CANVAS, title="Nine photographs", subtitle="June 2015")[0]
    edges = needed_edge(plan)

    def decode_all() -> dict[str, Pixels]:
        return {name: decode(jpeg, edges[name]) for name, jpeg in jpegs.items()}

    pictures = decode_all()
    decoding = median(decode_all, rounds)
    drawing = median(lambda: render(plan, pictures), rounds)
    together = median(lambda: render(plan, decode_all()), rounds)
    many = [Ingredient(f"p{i}", *((4000, 3000) if i % 3 else (3000, 4000))) for i in range(30)]
    planning = median(lambda: plans(many, CANVAS, CANVAS, title="T", subtitle="S"), rounds)
    preview = decode(jpegs["p0"], 720)
    focus = median(lambda: find_focus(preview), rounds * 10)
    print(f"{COUNT} JPEGs of {WIDTH}x{HEIGHT}, canvas {CANVAS}, median of {rounds} rounds")
    print(f"decoding scaled             {decoding * 1e3:7.0f} ms")
    print(f"drawing and encoding        {drawing * 1e3:7.0f} ms")
    print(f"decoding, drawing, encoding {together * 1e3:7.0f} ms")
    print(f"drawing / decoding          {drawing / decoding:7.2f}")
    print(f"all / decoding              {together / decoding:7.2f}")
    print(f"30 photos, 6 plans          {planning * 1e3:7.0f} ms")
    print(f"focus of one preview        {focus * 1e3:7.2f} ms (median of {rounds * 10})")


if __name__ == "__main__":
    main()
