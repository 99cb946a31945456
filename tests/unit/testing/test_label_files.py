"""Boxes that people drew are read from COCO's and from YOLO's files alike."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

BENCHMARKS = Path(__file__).resolve().parents[3] / "benchmarks" / "accuracy"
WIDE, HIGH = 640, 480
BOXES = (("dog", (64, 48, 128, 96)), ("tv", (320, 240, 160, 120)))


@pytest.fixture
def labels(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("labels")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "images"
    folder.mkdir()
    for name in ("one", "empty"):
        Image.new("RGB", (WIDE, HIGH)).save(folder / f"{name}.jpg")
    return folder


def coco(folder: Path) -> Path:
    """COCO's file of the boxes, with a crowd, a photo that is not here and folders in names."""
    boxes = [
        {"image_id": 1, "category_id": 7 + at, "bbox": box, "iscrowd": 0}
        for at, (_, box) in enumerate(BOXES)
    ]
    boxes.append({"image_id": 1, "category_id": 7, "bbox": [0, 0, 640, 480], "iscrowd": 1})
    told = {
        "images": [
            {"id": number, "file_name": f"val2017/{name}.jpg", "width": WIDE, "height": HIGH}
            for number, name in ((1, "one"), (2, "empty"), (3, "missing"))
        ],
        "categories": [{"id": 7 + at, "name": name} for at, (name, _) in enumerate(BOXES)],
        "annotations": boxes,
    }
    path = folder / "instances.json"
    path.write_text(json.dumps(told))
    return path


def yolo(folder: Path, numbers: tuple[int, int]) -> Path:
    """YOLO's folder of the boxes, in which the two kinds have these numbers."""
    target = folder / "labels"
    target.mkdir()
    lines = [
        f"{kind} {(x + w / 2) / WIDE} {(y + h / 2) / HIGH} {w / WIDE} {h / HIGH}"
        for kind, (_, (x, y, w, h)) in zip(numbers, BOXES, strict=True)
    ]
    (target / "one.txt").write_text("\n".join(lines) + "\n\n")
    return target


def told(labels: ModuleType, path: Path, photos: Path) -> dict[str, list[tuple[str, list[float]]]]:
    return {
        each.photo.stem: [
            (name, [round(v, 6) for v in (box.x, box.y, box.width, box.height)])
            for name, box in each.things
        ]
        for each in labels.read(path, photos)
    }


EXPECTED = {
    "one": [("dog", [0.1, 0.1, 0.2, 0.2]), ("television", [0.5, 0.5, 0.25, 0.25])],
    "empty": [],
}


def test_coco(labels: ModuleType, photos: Path, tmp_path: Path) -> None:
    path = coco(tmp_path)
    assert told(labels, path, photos) == EXPECTED
    crowds = {
        each.photo.stem: [name for name, _ in each.crowds] for each in labels.read(path, photos)
    }
    assert crowds == {"one": ["dog"], "empty": []}


def test_yolo_with_numbers_as_cocos(labels: ModuleType, photos: Path, tmp_path: Path) -> None:
    assert told(labels, yolo(tmp_path, (16, 62)), photos) == EXPECTED


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("labels/classes.txt", "dog\nTV\n"),
        ("data.yaml", "path: .\nnames: ['dog', tv]\nnc: 2\n"),
        ("data.yaml", "names:\n  0: dog  # a pet\n  1: tvmonitor\nnc: 2\n"),
        ("data.yaml", "nc: 2\nnames:\n- dog\n- tv\n"),
    ],
)
def test_yolo_with_names_of_its_own(
    labels: ModuleType, photos: Path, tmp_path: Path, name: str, text: str
) -> None:
    path = yolo(tmp_path, (0, 1))
    (tmp_path / name).write_text(text)
    assert told(labels, path, photos) == EXPECTED


def test_an_outline_is_read_as_its_box(labels: ModuleType, photos: Path, tmp_path: Path) -> None:
    path = yolo(tmp_path, (16, 62))
    (path / "one.txt").write_text("16 0.1 0.1 0.3 0.2 0.2 0.3\n")
    assert told(labels, path, photos)["one"] == [("dog", [0.1, 0.1, 0.2, 0.2])]
