"""How fast a film of 15 s at 1080 x 1920 is made, against how long it plays.

Photos are noise over gradients at 12 megapixels, decoded beforehand as in an app that reads one
photo ahead; drawing and encoding are measured together, as they run. With `--clips N` so many of
the nine takes are videos of 1080 x 1920, encoded here, looked over and read in workers behind the
walls, all of which is measured too. Prints medians of three.
"""

from __future__ import annotations

import io
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from safelight.app.making.clipping import build_frames_request
from safelight.app.making.survey_wire import build_survey_request, parse_survey
from safelight.app.steps import STEP_CLIP_FRAMES, STEP_SURVEY_CLIP
from safelight.creations.film import (
    Encoder,
    FilmPlan,
    Moving,
    Take,
    compose,
    draw_frames,
    find_encoder,
    frames_of,
    plan_film,
)
from safelight.creations.film.ahead import made_ahead
from safelight.engine import WalledStreams
from safelight.model.creations import Ingredient, Pixels
from safelight.model.jobs import Job

SECONDS, SHAPE, PHOTOS = 15.0, (1080, 1920), 9


def picture(seed: int) -> Pixels:
    """A photo-like picture, 2560 x 1920: what a 12 megapixel photo is decoded to for this film."""
    rng = np.random.default_rng(seed)
    ramp = np.linspace(40, 200, 2560, dtype=np.float32)[None, :, None] * np.ones((1920, 1, 3))
    noisy = ramp + rng.normal(0, 12, ramp.shape)
    return Pixels(2560, 1920, np.clip(noisy, 0, 255).astype(np.uint8).tobytes())


def video(encoder: Encoder, seed: int) -> bytes:
    """Ten seconds at 1080 x 1920 as a phone would take them: slow pans over noisy pictures."""
    photos = [Ingredient(str(n), 4000, 3000) for n in range(3)]
    plan = plan_film(photos, SHAPE, 10.0, [n * 0.5 for n in range(20)], mood="bright")
    shown = draw_frames(plan, lambda take: picture(seed + int(take.asset)))
    return encoder.encode(shown, 300, SHAPE, compose("calm", 10.0).sound, lambda _: None)


class Clips:
    """Videos by asset, looked over and read behind the walls."""

    def __init__(self, videos: dict[str, bytes]) -> None:
        self._videos = videos
        self._streams = WalledStreams((STEP_CLIP_FRAMES, STEP_SURVEY_CLIP))

    def _parts(self, asset: str, step: str, request: bytes) -> Iterator[bytes]:
        job = Job(asset, step, request, 60)
        return self._streams.stream(job, io.BytesIO(self._videos[asset]))

    def looked_over(self) -> dict[str, Moving]:
        """What is in each of them; two at a time, as the program does it."""
        request = build_survey_request(10.0)

        def one(asset: str) -> Moving:
            return parse_survey(*self._parts(asset, STEP_SURVEY_CLIP, request), live=False)

        with ThreadPoolExecutor(2) as pool:
            return dict(zip(self._videos, pool.map(one, self._videos), strict=True))

    def frames(self, plan: FilmPlan, take: Take) -> Iterator[bytes]:
        """The frames of a take, some made ahead."""
        request = build_frames_request(take, frames_of(take), SHAPE)
        return made_ahead(self._parts(take.asset, STEP_CLIP_FRAMES, request))

    def close(self) -> None:
        """Stop the workers."""
        self._streams.close()


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
    clips = int(sys.argv[sys.argv.index("--clips") + 1]) if "--clips" in sys.argv else 0
    beats = [n * 60 / 76 for n in range(20)]
    photos = [Ingredient(str(n), *_size(n, clips)) for n in range(PHOTOS)]
    pictures = {str(n): picture(n) for n in range(PHOTOS) if not _is_clip(n, clips)}
    moving = Clips({str(n): video(encoder, n) for n in range(PHOTOS) if _is_clip(n, clips)})

    def planned() -> FilmPlan:
        return plan_film(
            photos,
            SHAPE,
            SECONDS,
            beats,
            mood="calm",
            words=("A title", "2024"),
            clips=moving.looked_over(),
        )

    def load(take: Take) -> Pixels | Iterator[bytes]:
        return moving.frames(plan, take) if take.begin is not None else pictures[take.asset]

    began = time.monotonic()
    sound = compose("calm", SECONDS).sound
    print(f"music        {time.monotonic() - began:6.2f} s")
    began = time.monotonic()
    plan = planned()
    print(f"looking over {time.monotonic() - began:6.2f} s, {clips} clips, workers started")
    began = time.monotonic()
    for _ in draw_frames(plan, load):
        pass
    print(f"frames alone {time.monotonic() - began:6.2f} s")
    times = []
    for _ in range(3):
        began, worked = time.monotonic(), _processor()
        plan = planned()
        film = encoder.encode(draw_frames(plan, load), 450, SHAPE, sound, lambda _: None)
        times.append(time.monotonic() - began)
    took = statistics.median(times)
    print(f"film         {took:6.2f} s, {SECONDS / took:.2f} times as fast as it plays "
          f"({min(times):.2f} to {max(times):.2f}), {len(film) / 1e6:.1f} MB")  # fmt: skip
    print(f"processor    {_processor() - worked:6.2f} core-seconds a film, of the "
          f"{2 * SECONDS:.0f} that two cores have while it plays; not the workers'")  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory       {peak:6.0f} MB at most, {len(pictures) * 14.7:.0f} of them the pictures")
    moving.close()


def _is_clip(number: int, clips: int) -> bool:
    """Whether a take is a clip: every second one, as far as they reach."""
    return number % 2 == 1 and number // 2 < clips


def _size(number: int, clips: int) -> tuple[int, int]:
    return SHAPE if _is_clip(number, clips) else (4000, 3000)


if __name__ == "__main__":
    main()
