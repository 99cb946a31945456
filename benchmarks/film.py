"""How fast a film of 15 s at 1080 x 1920 is made, against how long it plays.

Photos are noise over gradients at 12 megapixels, decoded beforehand as in an app that reads one
photo ahead; drawing and encoding are measured together, as they run. Prints medians of three.
"""

from __future__ import annotations

import resource
import statistics
import time

import numpy as np

from safelight.creations.film import Take, compose, draw_frames, find_encoder, plan_film
from safelight.model.creations import Ingredient, Pixels

SECONDS, SHAPE, PHOTOS = 15.0, (1080, 1920), 9


def picture(seed: int) -> Pixels:
    """A photo-like picture, 2560 x 1920: what a 12 megapixel photo is decoded to for this film."""
    rng = np.random.default_rng(seed)
    ramp = np.linspace(40, 200, 2560, dtype=np.float32)[None, :, None] * np.ones((1920, 1, 3))
    noisy = ramp + rng.normal(0, 12, ramp.shape)
    return Pixels(2560, 1920, np.clip(noisy, 0, 255).astype(np.uint8).tobytes())


def _processor() -> float:
    """Core-seconds of this process and of those that it called; a busy machine changes them less
    than it changes the time on the wall.
    """
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in spent)


def main() -> None:
    """Print the figures."""
    encoder = find_encoder()
    assert encoder is not None, "needs ffmpeg"
    beats = [n * 60 / 76 for n in range(20)]
    photos = [Ingredient(str(n), 4000, 3000) for n in range(PHOTOS)]
    plan = plan_film(photos, SHAPE, SECONDS, beats, mood="calm", words=("A title", "2024"))
    pictures = {str(n): picture(n) for n in range(PHOTOS)}

    def load(take: Take) -> Pixels:
        return pictures[take.asset]

    began = time.monotonic()
    sound = compose("calm", SECONDS).sound
    print(f"music        {time.monotonic() - began:6.2f} s")
    began = time.monotonic()
    for _ in draw_frames(plan, load):
        pass
    print(f"frames alone {time.monotonic() - began:6.2f} s")
    times = []
    for _ in range(3):
        began, worked = time.monotonic(), _processor()
        film = encoder.encode(draw_frames(plan, load), 450, SHAPE, sound, lambda _: None)
        times.append(time.monotonic() - began)
    took = statistics.median(times)
    print(f"film         {took:6.2f} s, {SECONDS / took:.2f} times as fast as it plays "
          f"({min(times):.2f} to {max(times):.2f}), {len(film) / 1e6:.1f} MB")  # fmt: skip
    print(f"processor    {_processor() - worked:6.2f} core-seconds a film, of the "
          f"{2 * SECONDS:.0f} that two cores have while it plays")  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory       {peak:6.0f} MB at most, {len(pictures) * 14.7:.0f} of them the pictures")


if __name__ == "__main__":
    main()
