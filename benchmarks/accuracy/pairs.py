"""Are two photos of one person? Detection, alignment, template and threshold, end to end.

    python benchmarks/accuracy/pairs.py FOLDER [--pairs pairs.txt]

FOLDER holds a folder a person, named after them, with photos of them. Every pair of photos is
asked about, or those of a `pairs.txt` as Labeled Faces in the Wild has it. Of several faces in a
photo the largest counts, weighed by how near the middle it is. A photo without a face makes all its
pairs wrong. The threshold is the published one of the model (0.6) and was not chosen here. The
same photos are also grouped, as a library would group them, and scored by B-cubed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
from intervals import line
from people import score
from photos import ENDINGS, decoded, pixels

from safelight.analysis.content import ContentAnalyser
from safelight.analysis.faces import FaceEmbedder
from safelight.analysis.framing import Array
from safelight.analysis.people import group
from safelight.app.looking import EDGE
from safelight.model.observations import FaceBox, FaceTemplate

SAME = 0.6

Pair = tuple[Path, Path]


def photos_of(folder: Path) -> dict[str, list[Path]]:
    """The photos of each person, by name."""
    people = (each for each in sorted(folder.iterdir()) if each.is_dir())
    found = {
        each.name: [p for p in sorted(each.iterdir()) if p.suffix.lower() in ENDINGS]
        for each in people
    }
    return {name: paths for name, paths in found.items() if paths}


def listed(text: str, people: dict[str, list[Path]]) -> Iterator[Pair]:
    """The pairs of a `pairs.txt`: name and two numbers, or name, number, name, number."""
    for row in (each.split() for each in text.splitlines()):
        if len(row) == 3:
            row = [row[0], row[1], row[0], row[2]]
        if len(row) == 4:
            yield people[row[0]][int(row[1]) - 1], people[row[2]][int(row[3]) - 1]


def faces_in(paths: Iterable[Path]) -> dict[Path, FaceTemplate]:
    """The face of each photo; photos without one are missing."""
    analyser, embedder = ContentAnalyser(), FaceEmbedder()
    found: dict[Path, FaceTemplate] = {}
    for path in paths:
        picture = decoded(path, EDGE)
        if picture is None:
            continue
        seen = analyser.analyse([pixels(picture)])[0].faces
        made = embedder.embed(pixels(picture), [max(seen, key=_weight)]) if seen else []
        if made:
            found[path] = made[0]
    return found


def _weight(face: FaceBox) -> float:
    x, y = face.box.x + face.box.width / 2 - 0.5, face.box.y + face.box.height / 2 - 0.5
    return face.box.width * face.box.height * (1 - (x * x + y * y))


def numbers(face: FaceTemplate) -> Array:
    """The template as numbers."""
    return np.frombuffer(face.template.values, "<f2").astype(np.float32)


def verify(pairs: list[Pair], faces: dict[Path, FaceTemplate]) -> None:
    """Print how often the answer is right."""
    right: dict[bool, list[bool]] = {True: [], False: []}
    gaps: dict[bool, list[float]] = {True: [], False: []}
    for one, other in pairs:
        same = one.parent == other.parent
        if one not in faces or other not in faces:
            right[same].append(False)
            continue
        gap = float(np.linalg.norm(numbers(faces[one]) - numbers(faces[other])))
        gaps[same].append(gap)
        right[same].append((gap < SAME) == same)
    print(line(f"one person, said so (within {SAME})", sum(right[True]), len(right[True])))
    print(line(f"two people, said so (beyond {SAME})", sum(right[False]), len(right[False])))
    print(line("all pairs answered rightly", sum(map(sum, right.values())), len(pairs)))
    if gaps[True] and gaps[False]:
        far, near = max(gaps[True]), min(gaps[False])
        print(f"    the farthest of one person {far:.3f}, the nearest of two {near:.3f}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=Path)
    given = parser.parse_args()
    people = photos_of(given.folder)
    everything = [path for paths in people.values() for path in paths]
    pairs = list(combinations(everything, 2))
    if given.pairs:
        pairs = list(listed(given.pairs.read_text(), people))
        everything = sorted({path for pair in pairs for path in pair})
    faces = faces_in(everything)
    print(line("photos with a face found", len(faces), len(everything)))
    verify(pairs, faces)
    who = {name: number for number, name in enumerate(people)}
    labels = group(
        np.stack([numbers(face) for face in faces.values()]),
        np.arange(len(faces)),
        np.array([face.quality.score for face in faces.values()]),
    ).labels
    print(f"grouped: {score(labels, np.array([who[path.parent.name] for path in faces]))}")


if __name__ == "__main__":
    main()
