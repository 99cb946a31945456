"""What 100,000 assets cost: walking, scanning, scanning again, and listing what is in them.

Every figure is that of a whole process, as a person would run it, and is given as a ratio to
walking the same tree alone. Usage: python benchmarks/catalogue.py [COUNT] [RUNS]
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from safelight.testing.trees import write_metadata_tree

_WALK = """
import os, sys
def walk(folder):
    for entry in os.scandir(folder):
        if entry.is_dir(): walk(entry.path)
        else: entry.stat()
walk(sys.argv[1])
"""


def timed(arguments: list[str], home: Path) -> tuple[float, float]:
    """Wall seconds and peak memory in MiB (largest single process) of one command."""
    started = time.perf_counter()
    environment = {**os.environ, "SAFELIGHT_HOME": str(home), "SAFELIGHT_KEY_STORE": "file"}
    process = subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{arguments} failed with {status}")
    process.returncode = 0
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def main() -> None:
    """Build the tree, run everything, print one row a command and a JSON line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    safelight = [sys.executable, "-m", "safelight"]
    with tempfile.TemporaryDirectory() as place:
        tree, home = Path(place, "photos"), Path(place, "home")
        write_metadata_tree(tree, count, seed=1)
        for setup in (
            ["sources", "add", "folder", str(tree)],
            ["consent", "allow", "library", "places", "suggest"],
        ):
            timed([*safelight, *setup], home)
        first = timed([*safelight, "scan"], home)
        commands = {
            "walk": [sys.executable, "-c", _WALK, str(tree)],
            "rescan, nothing changed": [*safelight, "scan", "--json"],
            "moments list": [*safelight, "moments", "list", "--json"],
            "trips list": [*safelight, "trips", "list", "--json"],
            "ideas make": [*safelight, "ideas", "make", "--json"],
            "assets list": [*safelight, "assets", "list", "--json"],
        }
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, command in commands.items():
                found[name].append(timed(command, home))
    walk = statistics.median(seconds for seconds, _ in found["walk"])
    print(f"{count:,} assets, median of {runs} runs, interleaved")
    found["first scan"] = [first]
    rows = {}
    for name, results in found.items():
        seconds = statistics.median(s for s, _ in results)
        memory = max(m for _, m in results)
        rows[name] = {"seconds": round(seconds, 3), "mib": round(memory)}
        print(f"{name:<26}{seconds:8.2f} s {seconds / walk:7.1f} times the walk {memory:6.0f} MiB")
    print(json.dumps({"count": count, "runs": runs, "first_scan_s": first[0], **rows}))


if __name__ == "__main__":
    main()
