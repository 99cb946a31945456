"""One subject taken again: from which cosine two photos of a day show nearly the same.

    python benchmarks/accuracy/subjects.py --again FOLDER

FOLDER holds a folder for each subject, with two or more photos of it from other spots or moments;
its figures in `docs/reference/measured.md` are of OpenCV's sample pictures (Debian's `opencv-doc`:
aloe, basketball, graf, leuven, left and right, rubberwhale, aero, the chessboard of left01 to
left13, and six frames each of its handheld films of a cup and a box). Pairs of different subjects
are those between its folders, and all pairs of the real photos that were looked at one by one from
0.62 up. Retaken pictures are SYNTHETIC (`duplicates.py`).
"""

from __future__ import annotations

import argparse
from itertools import combinations
from pathlib import Path

import numpy as np
from duplicates import FOLDERS, retaken
from intervals import line
from photos import ROOT, decoded, unlike

from safelight.analysis.content import scene
from safelight.analysis.framing import Array

LIMITS = (0.72, 0.76, 0.78, 0.80, 0.82, 0.84, 0.86, 0.88, 0.90)
COPY = 0.94
"""From here on two files of the folder of real photos are one picture saved twice, as was seen."""


def seen_again(folder: Path) -> tuple[list[tuple[str, float]], list[float]]:
    """Cosines of pairs of one subject, with its name, and of pairs of two."""
    found = [(path.parent.name, decoded(path)) for path in sorted(folder.rglob("*.*"))]
    names = [name for name, picture in found if picture is not None]
    _, units = scene.look([picture for _, picture in found if picture is not None])
    cosines = units @ units.T
    pairs = [(a, b, float(cosines[a, b])) for a, b in combinations(range(len(names)), 2)]
    same = [(names[a], value) for a, b, value in pairs if names[a] == names[b]]
    return same, [value for a, b, value in pairs if names[a] != names[b]]


def different() -> tuple[list[Array], list[float]]:
    """The real photos, each once, and the cosines of all their pairs."""
    files = [p for folder in FOLDERS for p in sorted((ROOT / folder).rglob("*.jp*g"))]
    pictures = [picture for _, picture in unlike(files)]
    _, units = scene.look(pictures)
    kept: list[int] = []
    for at, unit in enumerate(units):
        if not kept or float((units[kept] @ unit).max()) < COPY:
            kept.append(at)
    cosines = units[kept] @ units[kept].T
    rows, columns = np.triu_indices(len(kept), 1)
    return [pictures[at] for at in kept], cosines[rows, columns].tolist()


def main() -> None:
    """Print, for each limit, how many pairs of one subject it finds, and how many of two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--again", type=Path, required=True)
    same, apart = seen_again(parser.parse_args().again)
    pictures, unlike_pairs = different()
    apart += unlike_pairs
    rng = np.random.default_rng(0)
    _, first = scene.look(pictures)
    _, second = scene.look([retaken(picture, rng) for picture in pictures])
    again = np.einsum("ij,ij->i", first, second)
    print(f"{len(pictures)} real photos; different subjects at most {max(apart):.3f}")
    for limit in LIMITS:
        of = {name: [v for n, v in same if n == name] for name, _ in same}
        each = np.mean([np.mean([v >= limit for v in values]) for values in of.values()])
        print(f"\nfrom {limit}: mean of {len(of)} subjects {each:.2f}")
        print(line("one subject", sum(v >= limit for _, v in same), len(same)))
        print(line("retaken (synthetic)", int((again >= limit).sum()), len(again)))
        print(line("two subjects", sum(v >= limit for v in apart), len(apart)))


if __name__ == "__main__":
    main()
