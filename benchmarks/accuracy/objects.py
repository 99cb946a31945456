"""Average precision of the shipped detector, by COCO's protocol.

    python benchmarks/accuracy/objects.py --labels instances.json --photos DIR
    python benchmarks/accuracy/objects.py --labels LABELS_DIR --photos DIR
    python benchmarks/accuracy/objects.py --exact nanodet-32-bit.onnx [--photos DIR]

With labels in COCO's or YOLO's format it prints what the detector is judged by: average precision
(0.5 to 0.95 overlap, and at 0.5), and recall and precision of what the program goes by (from 0.35,
overlap 0.5). With `--exact` too, the same of its 32-bit original (`models/recipes/tfjs.py`).
Boxes round crowds are neither right nor wrong; kinds that the detector has no name for are left
out, and said.

No registry package carries such labels, so without them the 8-bit detector is compared with its
original: what that says with 0.3 and more counts as true. That tells what 8 bits lose, and nothing
of what the original misses. Photos that calibrated the 8-bit values are left out.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from unittest import mock

import labels
import numpy as np
from intervals import line
from photos import ENDINGS, ROOT, decoded, unlike

from safelight.analysis.content.objects import GLIMPSED, MIN_SCORE, NAMES, find_objects
from safelight.app.looking import EDGE
from safelight.model.creations import Box
from safelight.model.observations import DetectedObject
from safelight.weights import registry, runtime

TRUE_FROM = 0.3
OVERLAPS = np.arange(0.5, 1.0, 0.05)

NO = nullcontext()

Things = tuple[DetectedObject, ...]
Goals = list[tuple[str, Box]]
Found = list[Things]
True_ = list[Goals]


def shared(one: Box, other: Box) -> float:
    """Intersection over union."""
    right = min(one.x + one.width, other.x + other.width)
    bottom = min(one.y + one.height, other.y + other.height)
    both = max(0.0, right - max(one.x, other.x)) * max(0.0, bottom - max(one.y, other.y))
    whole = one.width * one.height + other.width * other.height - both
    return both / whole if whole > 0 else 0.0


def average_precision(name: str, found: Found, true: True_, overlap: float) -> float:
    """Of one kind of thing: precision at 101 levels of recall, as COCO counts."""
    boxes = [[box for kind, box in each if kind == name] for each in true]
    left = [list(each) for each in boxes]
    said = [(t.score, at, t.box) for at, each in enumerate(found) for t in each if t.name == name]
    hits = []
    for _, at, box in sorted(said, key=lambda each: -each[0]):
        best = max(left[at], key=lambda goal: shared(box, goal), default=None)
        hit = best is not None and shared(box, best) >= overlap
        hits.append(hit)
        if hit and best is not None:
            left[at].remove(best)
    if not hits:
        return 0.0
    right = np.cumsum(hits)
    recall = right / sum(map(len, boxes))
    precision = np.maximum.accumulate((right / np.arange(1, len(hits) + 1))[::-1])[::-1]
    at_least = np.searchsorted(recall, np.linspace(0, 1, 101))
    return float(np.append(precision, 0.0)[at_least].mean())


def report(title: str, found: Found, true: True_) -> None:
    """Print the mean over kinds, and over things."""
    names = sorted({name for each in true for name, _ in each})
    counts = np.array([sum(k == name for each in true for k, _ in each) for name in names])
    table = np.array(
        [[average_precision(n, found, true, o) for o in OVERLAPS.tolist()] for n in names]
    )
    half, mean = table[:, 0], table.mean(axis=1)
    total = f"{counts.sum()} things of {len(names)} kinds in {len(true)} photos"
    print(f"{title:34} AP {mean.mean():.3f}, AP50 {half.mean():.3f} ({total})")
    by_thing = (mean @ counts / counts.sum(), half @ counts / counts.sum())
    print(f"{'    kinds weighed by their things':34} AP {by_thing[0]:.3f}, AP50 {by_thing[1]:.3f}")


def labelled(told: Path, folder: Path, exact: Path | None) -> None:
    """Print the figures against boxes that people drew."""
    goals = labels.read(told, folder)
    known = set(registry.words(NAMES))
    unknown = Counter(name for each in goals for name, _ in each.things if name not in known)
    if unknown:
        print(f"left out, for the detector has no name for them: {dict(unknown)}")
    networks = {"": None, "32 bits: ": runtime.Network(exact, str(exact)) if exact else None}
    for title, network in networks.items():
        if title and network is None:
            continue
        found: Found = []
        true: True_ = []
        for each in goals:
            picture = decoded(each.photo, EDGE)
            if picture is None:
                print(f"cannot be read: {each.photo}")
                continue
            with mock.patch.object(runtime, "network", return_value=network) if network else NO:
                said = find_objects(picture, GLIMPSED)
            wanted = [(name, box) for name, box in each.things if name in known]
            found.append(_beside_crowds(said, wanted, each.crowds))
            true.append(wanted)
        _both(title, found, true)


def _beside_crowds(said: Things, wanted: Goals, crowds: Goals) -> Things:
    """Without what lies in a crowd and is no single thing that was labelled."""
    return tuple(
        t
        for t in said
        if not any(name == t.name and _within(t.box, box) >= 0.5 for name, box in crowds)
        or any(name == t.name and shared(t.box, box) >= 0.5 for name, box in wanted)
    )


def _within(one: Box, other: Box) -> float:
    """The share of `one` that lies in `other`."""
    wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    whole = one.width * one.height
    return max(0.0, wide) * max(0.0, high) / whole if whole > 0 else 0.0


def counts(found: Found, true: True_) -> tuple[int, int, int]:
    """Things found, things said, and things there are, at an overlap of one half."""
    hits = 0
    for said, goals in zip(found, true, strict=True):
        left = list(goals)
        for thing in said:
            same = [goal for goal in left if goal[0] == thing.name]
            best = max(same, key=lambda goal: shared(thing.box, goal[1]), default=None)
            if best is not None and shared(thing.box, best[1]) >= 0.5:
                hits += 1
                left.remove(best)
    return hits, sum(map(len, found)), sum(map(len, true))


def _both(title: str, found: Found, true: True_) -> None:
    report(f"{title}all that the detector says", found, true)
    clear = [tuple(t for t in each if t.score >= MIN_SCORE) for each in found]
    report(f"{title}from {MIN_SCORE} on", clear, true)
    hits, said, there = counts(clear, true)
    print(line(f"{title}recall from {MIN_SCORE} on", hits, there))
    print(line(f"{title}precision from {MIN_SCORE} on", hits, said))


def against_the_original(path: Path, folders: Iterable[Path]) -> tuple[Found, True_]:
    """What both say of photos that did not calibrate."""
    original = runtime.Network(path, "the 32-bit original")
    calibrated = sorted(p for p in ROOT.rglob("*") if p.suffix.lower() in {".jpg", ".jpeg"})[::2]
    files = [p for f in folders for p in sorted(f.rglob("*")) if p.suffix.lower() in ENDINGS]
    found: Found = []
    true: True_ = []
    for _, picture in unlike([p for p in files if p not in set(calibrated)]):
        found.append(find_objects(picture, GLIMPSED))
        with mock.patch.object(runtime, "network", return_value=original):
            true.append([(t.name, t.box) for t in find_objects(picture, TRUE_FROM)])
    return found, true


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--exact", type=Path)
    parser.add_argument("--photos", type=Path, action="append", default=[])
    given = parser.parse_args()
    if given.labels:
        labelled(given.labels, given.photos[0], given.exact)
    elif given.exact:
        _both("", *against_the_original(given.exact, [ROOT, *given.photos]))
    else:
        print("objects: neither labels (--labels) nor the original (--exact) were given")


if __name__ == "__main__":
    main()
