"""Are two photos of one person? A whole scan, end to end: found, laid, made a template, compared.

    python benchmarks/accuracy/pairs.py FOLDER [--pairs pairs.txt | --csv master.csv]

FOLDER holds a folder a person, named after them (as Labeled Faces in the Wild has it), and every
pair of photos is asked about, or those of a `pairs.txt`. With `--csv`, FOLDER holds the photos and
the table says which two show one person: `file_x,file_y,Decision`, as deepface has it.

The program scans them as it scans any folder, in its workers; then templates and groups are read
from its drawer. Of several faces in a photo the largest counts, weighed by how near the middle it
is. A photo without a face makes all its pairs wrong. The threshold is the published one of the
model (0.6) and was not chosen here. The people that the program made of the same photos are scored
by B-cubed; in a table, photos that are said to show one person hang together.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from intervals import line
from labelled import Pair, all_pairs, from_csv, from_pairs, identities, people_in
from people import score
from scanned import ScannedFace, scanned

SAME = 0.6


def verify(pairs: list[Pair], faces: dict[Path, ScannedFace]) -> None:
    """Print how often the answer is right, and every pair for which it is not (20 of each)."""
    right: dict[bool, list[bool]] = {True: [], False: []}
    gaps: dict[bool, list[tuple[float, Pair]]] = {True: [], False: []}
    for pair in pairs:
        if pair.one not in faces or pair.other not in faces:
            right[pair.same].append(False)
            continue
        gap = float(np.linalg.norm(faces[pair.one].values - faces[pair.other].values))
        gaps[pair.same].append((gap, pair))
        right[pair.same].append((gap < SAME) == pair.same)
    print(line(f"one person, said so (within {SAME})", sum(right[True]), len(right[True])))
    print(line(f"two people, said so (beyond {SAME})", sum(right[False]), len(right[False])))
    print(line("all pairs answered rightly", sum(map(sum, right.values())), len(pairs)))
    for same, found in gaps.items():
        wrong = [each for each in found if (each[0] < SAME) != same]
        for gap, pair in sorted(wrong, key=lambda each: each[0], reverse=same)[:20]:
            said = "one person, not said" if same else "two people, said to be one"
            print(f"    {said}: {gap:.3f} {_name(pair.one)} {_name(pair.other)}")
    if gaps[True] and gaps[False]:
        far, near = max(gap for gap, _ in gaps[True]), min(gap for gap, _ in gaps[False])
        print(f"    the farthest of one person {far:.3f}, the nearest of two {near:.3f}")


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--pairs", type=Path)
    how.add_argument("--csv", type=Path)
    given = parser.parse_args()
    if given.csv:
        pairs = list(from_csv(given.csv, given.folder))
        who = identities(pairs)
    else:
        people = people_in(given.folder)
        who = {path: at for at, paths in enumerate(people.values()) for path in paths}
        pairs = list(from_pairs(given.pairs.read_text(), people)) if given.pairs else []
        pairs = pairs or all_pairs(people)
    asked = sorted({path for pair in pairs for path in (pair.one, pair.other)})
    faces = scanned(asked)
    print(line("photos with a face found", len(faces), len(asked)))
    for path in asked:
        if path not in faces:
            print(f"    no face: {_name(path)}")
    verify(pairs, faces)
    if faces:
        labels = np.array([face.person for face in faces.values()])
        truth = np.array([who[path] for path in faces])
        print(f"people: {score(labels, truth)}")


if __name__ == "__main__":
    main()
