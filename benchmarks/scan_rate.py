"""How fast 12-megapixel JPEGs become a catalogue with previews, against decoding them alone.

Both sides use the same files and as many processes as there are cores, one after the other in
turn. Usage: python benchmarks/scan_rate.py [COUNT] [RUNS]
"""

from __future__ import annotations

import json
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from PIL import Image

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.settings import load_settings
from safelight.testing.trees import write_camera_jpegs


def decode(path: str, edge: int) -> tuple[int, int]:
    """Read and decode one JPEG scaled to `edge`, as cheaply as Pillow can, and throw it away."""
    with Image.open(path) as image:
        image.draft("RGB", (edge, edge))
        image.thumbnail((edge, edge), Image.Resampling.BICUBIC)
        return image.size


def floor(paths: list[str], edge: int, workers: int) -> float:
    """Photos a second when nothing is done but decoding with scaling."""
    with multiprocessing.get_context("forkserver").Pool(workers) as pool:
        pool.map(partial(decode, edge=edge), paths[:workers])  # started and warm
        started = time.perf_counter()
        pool.map(partial(decode, edge=edge), paths, chunksize=4)
        return len(paths) / (time.perf_counter() - started)


def scan(photos: Path, home: Path, edge: int) -> float:
    """Photos a second of a whole first scan, workers' start included."""
    settings = replace(load_settings(home), key_store="file", preview_edge=edge)
    with Safelight(settings) as library:
        library.add_folder(str(photos))
        library.allow([Purpose.LIBRARY, Purpose.PLACES])
        report = library.scan()
        if report.failed or not report.new:
            raise SystemExit(f"the scan went wrong: {report}")
        return report.new / report.seconds


def main() -> None:
    """Print photos a second of both, and their ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    workers = len(os.sched_getaffinity(0))
    edge = load_settings().preview_edge
    ratios, scans, floors = [], [], []
    with tempfile.TemporaryDirectory() as place:
        photos = Path(place, "photos")
        write_camera_jpegs(photos, count, seed=1)
        paths = sorted(str(path) for path in photos.rglob("*.jpg"))
        for run in range(runs):
            floors.append(floor(paths, edge, workers))
            scans.append(scan(photos, Path(place, f"home{run}"), edge))
            ratios.append(scans[-1] / floors[-1])
    print(f"{count} JPEGs of 12 megapixels, {workers} processes, {runs} runs in turn")
    print(f"decoding with scaling alone {statistics.median(floors):6.1f} photos/s")
    print(f"scan to catalogue           {statistics.median(scans):6.1f} photos/s")
    print(f"ratio                       {statistics.median(ratios):6.2f}  (target: 0.60)")
    print(json.dumps({"count": count, "floor": floors, "scan": scans, "ratio": ratios}))


if __name__ == "__main__":
    main()
