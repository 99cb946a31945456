"""Average precision of the shipped detector, by COCO's protocol.

    python benchmarks/accuracy/objects.py --labels instances.json --photos DIR
    python benchmarks/accuracy/objects.py --exact nanodet-32-bit.onnx

With labels in COCO's format it prints what the detector is judged by. No registry package carries
such labels, so without them the 8-bit detector is compared with its own 32-bit original (made by
`models/recipes/tfjs.py`): what the original says with 0.3 and more counts as true. That tells what
8 bits lose, and nothing of what the original misses. Photos that calibrated the 8-bit values are
left out. The last line is the same for what the program goes by (from 0.35).
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from unittest import mock

import numpy as np
from photos import ENDINGS, ROOT, decoded, unlike

from safelight.analysis.content.objects import GLIMPSED, MIN_SCORE, find_objects
from safelight.analysis.framing import Array
from safelight.app.looking import EDGE
from safelight.model.creations import Box
from safelight.model.observations import DetectedObject
from safelight.weights import runtime

TRUE_FROM = 0.3
OVERLAPS = np.arange(0.5, 1.0, 0.05)
PLAIN = {"tv": "television", "couch": "sofa", "cell phone": "mobile phone"}
"""COCO's names that the program says otherwise."""

Found = list[tuple[DetectedObject, ...]]
True_ = list[list[tuple[str, Box]]]


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


def labelled(labels: Path, folder: Path) -> Iterator[tuple[Array, list[tuple[str, Box]]]]:
    """Photos with COCO's boxes as fractions; crowds are left out."""
    told = json.loads(labels.read_text())
    kinds = {each["id"]: each["name"] for each in told["categories"]}
    by_photo = defaultdict(list)
    for each in told["annotations"]:
        if not each.get("iscrowd"):
            by_photo[each["image_id"]].append(each)
    for each in told["images"]:
        picture = decoded(folder / each["file_name"], EDGE)
        if picture is None:
            continue
        wide, high = each["width"], each["height"]
        goals = []
        for goal in by_photo[each["id"]]:
            x, y, w, h = goal["bbox"]
            name = kinds[goal["category_id"]]
            goals.append((PLAIN.get(name, name), Box(x / wide, y / high, w / wide, h / high)))
        yield picture, goals


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
        pairs = list(labelled(given.labels, given.photos[0]))
        found = [find_objects(picture, GLIMPSED) for picture, _ in pairs]
        true = [goals for _, goals in pairs]
    elif given.exact:
        found, true = against_the_original(given.exact, [ROOT, *given.photos])
    else:
        print("objects: neither labels (--labels) nor the original (--exact) were given")
        return
    report("all that the detector says", found, true)
    clear = [tuple(t for t in each if t.score >= MIN_SCORE) for each in found]
    report(f"from {MIN_SCORE} on", clear, true)


if __name__ == "__main__":
    main()
