"""How many 12-megapixel JPEGs a second decoding with scaling alone reaches on this machine.

    python benchmarks/decode_floor.py [--photos 12] [--processes 2] [--rounds 3]

Every way ends with a 720-pixel RGB picture in memory; nothing is written. The scan's rate is to
be read as a ratio to these figures, measured beside it. Pictures are generated: see
`safelight.testing.trees.write_camera_jpegs`.
"""

from __future__ import annotations

import argparse
import importlib
import io
import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from safelight.testing.scenes.colour import Array
from safelight.testing.trees import write_camera_jpegs

EDGE = 720


def pillow_draft(path: str) -> int:
    """Scale inside the JPEG decoder to at least EDGE, then resize."""
    with Image.open(io.BytesIO(Path(path).read_bytes())) as picture:
        scale = EDGE / max(picture.size)
        size = (round(picture.width * scale), round(picture.height * scale))
        picture.draft("RGB", size)
        return picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0).width


def opencv_reduced(path: str) -> int:
    """OpenCV's reduced decode to a quarter, then area resize."""
    cv2.setNumThreads(1)
    data = np.frombuffer(Path(path).read_bytes(), np.uint8)
    quarter = cv2.imdecode(data, cv2.IMREAD_REDUCED_COLOR_4)
    if quarter is None:
        raise SystemExit(f"{path} cannot be decoded")
    return _fit(quarter)


def simplejpeg_scaled(path: str) -> int:
    """simplejpeg's scaled decode, where that package is installed."""
    simplejpeg = importlib.import_module("simplejpeg")
    cv2.setNumThreads(1)
    picture = simplejpeg.decode_jpeg(Path(path).read_bytes(), min_width=EDGE, min_height=1)
    return _fit(np.asarray(picture))


def pillow_full(path: str) -> int:
    """The naive way: everything decoded, then reduced."""
    with Image.open(path) as picture:
        scale = EDGE / max(picture.size)
        size = (round(picture.width * scale), round(picture.height * scale))
        return picture.convert("RGB").resize(size, Image.Resampling.LANCZOS).width


def _fit(picture: Array) -> int:
    scale = EDGE / max(picture.shape[:2])
    size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
    return int(cv2.resize(picture, size, interpolation=cv2.INTER_AREA).shape[1])


def _ways() -> dict[str, Callable[[str], int]]:
    ways: dict[str, Callable[[str], int]] = {
        "Pillow draft + bicubic": pillow_draft,
        "OpenCV reduced 1/4 + area": opencv_reduced,
        "Pillow full + Lanczos": pillow_full,
    }
    try:
        importlib.import_module("simplejpeg")
    except ImportError:
        return ways
    return {**ways, "simplejpeg scaled + area": simplejpeg_scaled}


def _rate(run: Callable[[Callable[[str], int]], object], way: Callable[[str], int],
          count: int, rounds: int) -> float:  # fmt: skip
    run(way)
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run(way)
        times.append(time.perf_counter() - start)
    return count / statistics.median(times)


def _in_pool(pool: ProcessPoolExecutor, paths: list[str], way: Callable[[str], int]) -> list[int]:
    return list(pool.map(way, paths))


def _here(paths: list[str], way: Callable[[str], int]) -> list[int]:
    return [way(path) for path in paths]


def main() -> None:
    """Generate, measure, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--photos", type=int, default=12)
    options.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options.add_argument("--rounds", type=int, default=3)
    told = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = [str(p) for p in write_camera_jpegs(Path(folder), told.photos, seed=1)]
        megabytes = statistics.median(Path(p).stat().st_size for p in paths) / 1e6
        print(f"{told.photos} JPEGs of 4000x3000, median {megabytes:.1f} MB, "
              f"median of {told.rounds} rounds after one to warm up")  # fmt: skip
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(told.processes, mp_context=context) as pool:
            best = 0.0
            for name, way in _ways().items():
                one = _rate(partial(_here, paths), way, told.photos, told.rounds)
                many = _rate(partial(_in_pool, pool, paths), way, told.photos, told.rounds)
                best = best or many
                print(f"{name:28} {one:6.1f}/s alone {many:6.1f}/s in {told.processes} processes"
                      f"  {many / one:4.2f}x  {many / best:4.2f} of Pillow draft")  # fmt: skip


if __name__ == "__main__":
    main()
