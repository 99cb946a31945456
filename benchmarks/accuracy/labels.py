"""Boxes that people drew, from files in COCO's format or in YOLO's.

COCO's is one JSON file; a box marked as a crowd is kept apart. YOLO's is a folder with a text file
a photo: class, middle and size as fractions, a line a box; names stand in `classes.txt`,
`obj.names` or `data.yaml` in that folder or in one of the two above, else classes are numbered as
COCO's eighty.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from photos import ENDINGS

from safelight.analysis.content.objects import NAMES
from safelight.model.creations import Box
from safelight.weights import registry

PLAIN = {
    "tv": "television",
    "tvmonitor": "television",
    "couch": "sofa",
    "cell phone": "mobile phone",
    "aeroplane": "airplane",
    "motorbike": "motorcycle",
    "diningtable": "dining table",
    "pottedplant": "potted plant",
    "hair dryer": "hair drier",
}
"""Names of COCO and Pascal VOC that the program says otherwise."""


@dataclass(frozen=True)
class Labelled:
    """A photo and what is in it; boxes are fractions of the upright picture.

    Attributes:
        things: name and box of each.
        crowds: boxes over many of a kind: finding one of them is neither right nor wrong.
    """

    photo: Path
    things: list[tuple[str, Box]] = field(default_factory=list)
    crowds: list[tuple[str, Box]] = field(default_factory=list)


def read(labels: Path, photos: Path) -> list[Labelled]:
    """All photos that are there, with their boxes; a photo without a box counts too."""
    told = list(_coco(labels, photos) if labels.is_file() else _yolo(labels, photos))
    return [each for each in told if each.photo.is_file()]


def plain(name: str) -> str:
    """A label's name as the program says it: case, hyphens and underscores do not matter."""
    name = re.sub(r"[\s_-]+", " ", name.lower()).strip()
    return PLAIN.get(name, name)


def _coco(labels: Path, photos: Path) -> Iterator[Labelled]:
    told = json.loads(labels.read_text())
    kinds = {each["id"]: plain(each["name"]) for each in told["categories"]}
    by_photo: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for each in told["annotations"]:
        by_photo[each["image_id"]].append(each)
    for each in told["images"]:
        found = Labelled(_photo(photos, each["file_name"]))
        for goal in by_photo[each["id"]]:
            x, y, w, h = goal["bbox"]
            wide, high = each["width"], each["height"]
            box = Box(x / wide, y / high, w / wide, h / high)
            kept = found.crowds if goal.get("iscrowd") else found.things
            kept.append((kinds[goal["category_id"]], box))
        yield found


def _photo(photos: Path, name: str) -> Path:
    """Some files name folders that others have not."""
    whole = photos / name
    return whole if whole.is_file() else photos / Path(name).name


def _yolo(labels: Path, photos: Path) -> Iterator[Labelled]:
    names = _names(labels)
    for photo in sorted(p for p in photos.rglob("*") if p.suffix.lower() in ENDINGS):
        beside = labels / photo.relative_to(photos).with_suffix(".txt")
        if not beside.is_file():
            beside = labels / f"{photo.stem}.txt"
        found = Labelled(photo)
        for line in beside.read_text().splitlines() if beside.is_file() else ():
            if line.strip():
                kind, *numbers = line.split()
                found.things.append((names[int(kind)], _middle([float(n) for n in numbers])))
        yield found


def _middle(numbers: list[float]) -> Box:
    """Middle and size, or the corners of an outline."""
    if len(numbers) < 6:
        x, y, w, h = numbers[:4]
        return Box(x - w / 2, y - h / 2, w, h)
    across, down = numbers[0::2], numbers[1::2]
    left, top = min(across), min(down)
    return Box(left, top, max(across) - left, max(down) - top)


def _names(labels: Path) -> list[str]:
    for folder in (labels, *labels.resolve().parents[:2]):
        for name in ("classes.txt", "obj.names"):
            if (folder / name).is_file():
                return [plain(each) for each in (folder / name).read_text().split("\n") if each]
        for name in ("data.yaml", "dataset.yaml"):
            if (folder / name).is_file():
                return [plain(each) for each in _of_yaml((folder / name).read_text())]
    return list(registry.words(NAMES))


def _of_yaml(text: str) -> list[str]:
    """The three ways in which `names` is written: `[a, b]`, `- a` and `0: a`."""
    after = re.split(r"^names:", text, maxsplit=1, flags=re.MULTILINE)[-1]
    if after.lstrip(" ").startswith("["):
        inside = after[after.index("[") + 1 : after.index("]")]
        return [each.strip(" '\"\n") for each in inside.split(",") if each.strip()]
    lines = re.match(r"\s*\n((?:\s*(?:-|\d+:).*\n?)+)", after)
    found = re.findall(r"(?:-|\d+:)\s*(.+)", lines[1]) if lines else []
    return [re.sub(r"\s+#.*", "", each).strip(" '\"") for each in found]
