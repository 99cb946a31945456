"""What 100,000 assets cost: walking, scanning, scanning again, and listing what is in them.

Every figure is that of a whole process, as a person would run it, and is given as a ratio to
walking the same tree alone. A cold run comes after the system has dropped the program's and the
library's files from its cache (Linux); all others are warm, and take turns.
Usage: python benchmarks/catalogue.py [COUNT] [RUNS] [FOLDER, which keeps tree and library]
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import safelight as safelight_package
from safelight.testing.trees import write_metadata_tree

_WALK = """
import os, sys
def walk(folder):
    for entry in os.scandir(folder):
        if entry.is_dir(): walk(entry.path)
        else: entry.stat()
walk(sys.argv[1])
"""


@dataclass(frozen=True)
class Run:
    """One process: wall seconds, seconds on a processor, peak memory in MiB."""

    wall: float
    cpu: float
    mib: float


def timed(arguments: list[str], home: Path) -> Run:
    """What one command took."""
    started = time.perf_counter()
    environment = {**os.environ, "SAFELIGHT_HOME": str(home), "SAFELIGHT_KEY_STORE": "file"}
    process = subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{arguments} failed with {status}")
    process.returncode = 0
    wall = time.perf_counter() - started
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def drop_from_cache(*folders: Path) -> None:
    """Ask the system to forget the content of all files below some folders."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                with path.open("rb") as file:
                    os.fsync(file.fileno())
                    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def prepared(place: Path, count: int) -> tuple[Path, Path, Run | None]:
    """Tree and library, and what the first scan took; None where both were there already."""
    tree, home = place / "photos", place / "home"
    if home.exists():
        return tree, home, None
    write_metadata_tree(tree, count, seed=1)
    safelight = [sys.executable, "-m", "safelight"]
    timed([*safelight, "sources", "add", "folder", str(tree)], home)
    timed([*safelight, "consent", "allow", "library", "places", "suggest"], home)
    return tree, home, timed([*safelight, "scan"], home)


def main() -> None:
    """Build the tree, run everything, print one row a command and a JSON line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    safelight = [sys.executable, "-m", "safelight"]
    program = [Path(sys.prefix), Path(safelight_package.__file__).parent]
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(sys.argv[3] if len(sys.argv) > 3 else temporary)
        tree, home, first = prepared(place, count)
        commands = {
            "walk": [sys.executable, "-c", _WALK, str(tree)],
            "rescan, nothing changed": [*safelight, "scan", "--json"],
            "moments list": [*safelight, "moments", "list", "--json"],
            "trips list": [*safelight, "trips", "list", "--json"],
            "ideas make": [*safelight, "ideas", "make", "--json"],
            "assets list": [*safelight, "assets", "list", "--json"],
        }
        cold: dict[str, Run] = {}
        for name in ("moments list", "trips list", "ideas make"):
            drop_from_cache(home, *program)
            cold[name] = timed(commands[name], home)
        found: dict[str, list[Run]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, command in commands.items():
                found[name].append(timed(command, home))
    walk = statistics.median(run.wall for run in found["walk"])
    print(f"{count:,} assets, {runs} runs in turn: least, middle, most")
    if first is not None:
        found["first scan"] = [first]
    for name, results in found.items():
        print(f"{name:<26}{_said(results, walk)}{_cold(cold.get(name))}")
    rows = {name: [vars(run) for run in results] for name, results in found.items()}
    print(json.dumps({"count": count, "runs": rows, "cold": {n: vars(r) for n, r in cold.items()}}))


def _said(runs: list[Run], walk: float) -> str:
    walls = [run.wall for run in runs]
    middle = statistics.median(walls)
    return (
        f"{min(walls):7.2f} {middle:7.2f} {max(walls):7.2f} s"
        f" {middle / walk:7.1f} times the walk"
        f" {statistics.median(run.cpu for run in runs):6.2f} s on a processor"
        f" {max(run.mib for run in runs):6.0f} MiB"
    )


def _cold(run: Run | None) -> str:
    return "" if run is None else f"  cold {run.wall:.2f} s"


if __name__ == "__main__":
    main()
