"""Everything that is measured about what is recognised, one benchmark after the other.

    python benchmarks/accuracy [--pairs FOLDER [--csv master.csv]]
                               [--exact nanodet-32-bit.onnx] [--photos DIR]
                               [--labels INSTANCES_OR_FOLDER --labelled DIR]

Each is a program of its own, and says at its head what its figures mean. Folders and models that
are not in the repository are given by hand; without them their benchmarks say so.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
APPLE = HERE.parents[2] / "shared" / "data" / "apple-photos-faces.photoslibrary"


def main() -> int:
    """Run them all; the highest exit status is this one's."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", help="a folder with a folder a person")
    parser.add_argument("--csv", help="which photos of that folder show one person")
    parser.add_argument("--exact", help="the 32-bit original of the detector")
    parser.add_argument("--photos", action="append", default=[], help="more photos for --exact")
    parser.add_argument("--labels", help="boxes in COCO's or YOLO's format")
    parser.add_argument("--labelled", help="the folder of their photos")
    given = parser.parse_args()
    more = [each for folder in given.photos for each in ("--photos", folder)]
    runs: list[tuple[str, ...]] = [
        ("faces.py",),
        ("people.py", "--identities", "24", "--faces", "40"),
        ("duplicates.py",),
        ("best_shot.py",),
        ("kept_out.py",),
        ("themes.py",),
        ("albums.py",),
        ("rates.py",),
        ("search.py",),
        ("content.py",),
        ("text.py",),
        ("objects.py", *(("--exact", given.exact, *more) if given.exact else ())),
    ]
    if APPLE.is_dir():
        runs.insert(2, ("people.py", "--real", str(APPLE)))
    if given.labels and given.labelled:
        exact = ("--exact", given.exact) if given.exact else ()
        labelled = ("--labels", given.labels, "--photos", given.labelled)
        runs.append(("objects.py", *labelled, *exact))
    if given.pairs:
        runs.insert(1, ("pairs.py", given.pairs, *(("--csv", given.csv) if given.csv else ())))
    worst = 0
    for script, *arguments in runs:
        print(f"\n== {script} {' '.join(arguments)}".rstrip(), flush=True)
        done = subprocess.run([sys.executable, str(HERE / script), *arguments], check=False)
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    raise SystemExit(main())
