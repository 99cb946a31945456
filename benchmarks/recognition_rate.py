"""How fast 12-megapixel JPEGs go through a whole first scan with everything recognised.

    python benchmarks/recognition_rate.py [COUNT] [--photos FOLDER] [--against FOLDER] [--runs N]

Catalogue, previews, places, labels, objects, faces, templates, eyes, quality, words, people and
near-duplicates, all in one scan; the start of workers and the loading of models are counted too.
Without a folder, camera-like pictures are made, in which nobody is seen; `twelve_megapixels.py`
makes a folder of real ones. Processor time and memory are those of all processes together; the
clock depends on what else the machine does, and so, when caches are shared, does processor time:
compare ratios. `--against` runs the source tree of another version after each run of this one.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

from safelight.model.consent import Purpose

EVERYTHING = (Purpose.LIBRARY, Purpose.PLACES, Purpose.CONTENT, Purpose.FACES)
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def tree() -> tuple[float, int]:
    """Processor seconds and resident bytes of this process and all below it."""
    parent: dict[int, int] = {}
    spent: dict[int, tuple[float, int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        number = int(path.parent.name)
        parent[number] = int(fields[1])
        seconds = (int(fields[11]) + int(fields[12])) / TICKS
        spent[number] = seconds, int(fields[21]) * PAGE
    mine = [number for number in spent if os.getpid() in _line(number, parent)]
    return sum(spent[n][0] for n in mine), sum(spent[n][1] for n in mine)


def _line(number: int, parent: dict[int, int]) -> Iterator[int]:
    while number:
        yield number
        number = parent.get(number, 0)


@contextmanager
def peak() -> Iterator[list[int]]:
    """The most resident bytes of the tree, looked at twice a second."""
    most, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.5):
            most[0] = max(most[0], tree()[1])

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    yield most
    done.set()
    watcher.join()


def scan(photos: Path, home: Path) -> str:
    """One whole scan, in words."""
    from safelight.app import Safelight  # not above: workers import this file, as no command does
    from safelight.settings import load_settings

    settings = replace(load_settings(home), key_store="file")
    with Safelight(settings) as library, peak() as most:
        library.add_folder(str(photos))
        library.allow(EVERYTHING)
        before, began = tree()[0], time.perf_counter()
        report = library.scan()
        seconds, spent = time.perf_counter() - began, tree()[0] - before
        people = len(library.people.people())
    if report.failed or not report.new:
        raise SystemExit(f"the scan went wrong: {report}")
    return (
        f"{report.new} photos, {report.new / seconds:5.1f} photos/s by the clock,"
        f" {1000 * spent / report.new:5.1f} core-ms a photo"
        f" ({2000 * report.new / (1000 * spent):.1f} photos/s on two free cores),"
        f" {most[0] >> 20} MB at most, {people} people"
    )


def place_in(target: Path, path: Path) -> None:
    """A second name of a file where that can be, else a copy: links are not followed by scans."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)


def main() -> None:
    """Print one line a run."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("count", type=int, nargs="?", default=200)
    arguments.add_argument("--photos", type=Path)
    arguments.add_argument("--against", type=Path)
    arguments.add_argument("--runs", type=int, default=1)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as place:
        photos = Path(place, "photos")
        photos.mkdir()
        if chosen.photos:
            for path in islice(sorted(chosen.photos.glob("*.jpg")), chosen.count):
                place_in(photos / path.name, path)
        else:
            from safelight.testing.trees import write_camera_jpegs

            write_camera_jpegs(photos, chosen.count, seed=1)
        for run in range(chosen.runs):
            print(scan(photos, Path(place, f"home{run}")), flush=True)
            if chosen.against:
                again = [sys.executable, __file__, str(chosen.count), "--photos", str(photos)]
                paths = {**os.environ, "PYTHONPATH": str(chosen.against / "src")}
                subprocess.run(again, env=paths, check=True)


if __name__ == "__main__":
    main()
