"""What collages cut: faces at the edges of cells, and how much of what draws the eye is kept.

    PYTHONPATH=benchmarks/accuracy python benchmarks/collage_crops.py [--photos DIR …]
        [--sets 1000] [--sheet OUT.jpg] [--contrib PYTHON] [--network FILE.onnx]

Random sets of 2 to 12 cut-outs of real photos, most with faces, in random shapes and formats.
For each set: the program's best layout; Debian's PhotoCollage where it is installed (its own
layout, run as its window does); ImageMagick's montage, once filling its square tiles from the
middle (`-resize ^ -extent`) and once as it is by default, where nothing is cut and paper stays.
A face is cut when more than 2% of its box lies outside what its cell shows. Kept is the share of
a saliency map inside what is shown: the program's own map, which also places its crops, and maps by
others (`outside_saliency`), for which an interpreter with OpenCV's contributed modules and a
network's file are named. Used is the share of the canvas that shows photos.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np
from intervals import wilson
from numpy.typing import NDArray
from outside_saliency import Map, fine_grained, network
from photos import ENDINGS, ROOT, pixels, unlike
from PIL import Image

from safelight.analysis.faces import find_faces
from safelight.creations.collage import FORMATS, plans, render
from safelight.creations.interest import find_focus, find_subjects, saliency
from safelight.model.creations import Box, Cell, CollagePlan, Ingredient, Pixels

_FULL = 4000
"""Long side that every cut-out is said to have, as phones make them."""
_EMPTY = 0.004
"""A map emptier than this found nothing: a network that knows objects, before a landscape."""
_SHAPES = (1.5, 4 / 3, 4 / 3, 1.0, 3 / 4, 3 / 4, 9 / 16, 16 / 9)

_PHOTOCOLLAGE = """
import json, math, random, sys
from photocollage import collage
for line in sys.stdin:
    asked = json.loads(line)
    random.seed(asked["seed"])
    photos = [collage.Photo(str(i), w, h) for i, (w, h) in enumerate(asked["sizes"])]
    average = sum(p.h / p.w for p in photos) / len(photos)
    columns = int(round(math.sqrt(average / asked["ratio"] * 2 * len(photos))))
    page = collage.Page(1.0, asked["ratio"], columns)
    random.shuffle(photos)
    for photo in photos:
        page.add_cell(photo)
    page.adjust()
    page.scale_to_fit(1.0, asked["ratio"])
    cells = []
    for column in page.cols:
        for cell in column.cells:
            if cell.is_extension():
                continue
            x, y, w, h = cell.content_coords()
            shown = [(cell.x - x) / w, (cell.y - y) / h, cell.w / w, cell.h / h]
            where = [cell.x, cell.y, cell.w, cell.h]
            cells.append([int(cell.photo.filename), shown, cell.w * cell.h, where])
    print(json.dumps({"cells": cells, "ratio": page.h / page.w}), flush=True)
"""


@dataclass(frozen=True)
class CutOut:
    """Part of a photo, as if it were one.

    Attributes:
        faces: boxes of faces as fractions.
        salient: saliency maps by name, each adding up to 1; one that says nothing is left out.
    """

    picture: NDArray[np.uint8]
    faces: tuple[Box, ...]
    salient: dict[str, NDArray[np.float64]]
    ingredient: Ingredient


@dataclass
class Tally:
    """Figures of one way to make collages."""

    faces: int = 0
    cut: int = 0
    kept: dict[str, list[float]] = field(default_factory=dict)
    used: list[float] | None = None

    def add(self, cut_out: CutOut, shown: Sequence[float]) -> None:
        """Count one cell; `shown` is left, top, width, height as fractions of the picture."""
        x, y, w, h = shown
        for face in cut_out.faces:
            across = min(x + w, face.x + face.width) - max(x, face.x)
            down = min(y + h, face.y + face.height) - max(y, face.y)
            inside = max(0.0, across) * max(0.0, down) / (face.width * face.height)
            self.faces += 1
            self.cut += inside < 0.98
        for name, salient in cut_out.salient.items():
            height, width = salient.shape
            rows = slice(round(y * height), round((y + h) * height))
            columns = slice(round(x * width), round((x + w) * width))
            self.kept.setdefault(name, []).append(float(salient[rows, columns].sum()))

    def line(self, name: str) -> str:
        """Figures in words."""
        low, high = wilson(self.cut, self.faces)
        kept = "".join(f"  {key} {_mean(values)}" for key, values in self.kept.items())
        return (
            f"{name:<24} {self.cut:>5}/{self.faces} ({100 * low:.2f} to {100 * high:.2f}%)"
            f"{kept}   {np.mean(self.used or [0]):.2f}"
        )


def _mean(values: Sequence[float]) -> str:
    """Mean with its 95% interval, and how many there are."""
    found = np.array(values)
    room = 1.96 * found.std(ddof=1) / math.sqrt(len(found))
    mean = found.mean()
    return f"{mean:.3f} ({mean - room:.3f} to {mean + room:.3f}; n={len(found)})"


@dataclass(frozen=True)
class Source:
    """A photo with the faces that the shipped detector finds in it, and maps by others."""

    picture: NDArray[np.uint8]
    faces: tuple[Box, ...]
    maps: dict[str, Map]


def gather(
    folders: Sequence[Path], others: Mapping[str, Callable[[NDArray[np.uint8]], Map]]
) -> list[Source]:
    """Photos that look different from one another."""
    paths = sorted(p for f in folders for p in f.rglob("*") if p.suffix.lower() in ENDINGS)
    return [
        Source(
            picture,
            tuple(face.box for face in find_faces(picture) if face.score > 0.6),
            {name: find(picture) for name, find in others.items()},
        )
        for _, picture in unlike(paths)
    ]


def cut_out(photo: Source, rng: np.random.Generator, name: str) -> CutOut:
    """A random part of a photo that holds all of its faces."""
    picture, faces = photo.picture, photo.faces
    height, width = picture.shape[:2]
    aspect = float(rng.choice(_SHAPES))
    w, h = min(width, height * aspect), min(height, width / aspect)
    grown = rng.uniform(0.7, 1.0)
    w, h = w * grown, h * grown
    if faces:
        left, right = min(f.x for f in faces) * width, max(f.x + f.width for f in faces) * width
        top, bottom = min(f.y for f in faces) * height, max(f.y + f.height for f in faces) * height
        w, h = min(width, max(w, right - left)), min(height, max(h, bottom - top))
        x = rng.uniform(max(0, right - w), min(left, width - w) + 1e-6)
        y = rng.uniform(max(0, bottom - h), min(top, height - h) + 1e-6)
    else:
        x, y = rng.uniform(0, width - w + 1e-6), rng.uniform(0, height - h + 1e-6)
    part = np.ascontiguousarray(picture[int(y) : int(y + h), int(x) : int(x + w)])
    high, wide = part.shape[:2]
    boxes = tuple(
        Box(
            (f.x * width - int(x)) / wide,
            (f.y * height - int(y)) / high,
            f.width * width / wide,
            f.height * height / high,
        )
        for f in faces
    )
    small = pixels(part)
    scale = _FULL / max(high, wide)
    size = (round(wide * scale), round(high * scale))
    keep = tuple(with_room(box, *size) for box in boxes)
    quarter = pixels(cv2.resize(part, None, fx=0.25, fy=0.25).astype(np.uint8))
    drawing = (Box(b.x * size[0], b.y * size[1], b.width * size[0], b.height * size[1])
               for b in find_subjects(quarter))  # fmt: skip
    weight = 1.0 + 0.15 * float(rng.integers(0, 3))
    window = (int(x) / width, int(y) / height, wide / width, high / height)
    maps = {"own": saliency(small).astype(np.float64)}
    maps |= {key: _part_of(plane, window) for key, plane in photo.maps.items()}
    salient = {key: plane / plane.sum() for key, plane in maps.items() if plane.mean() > _EMPTY}
    return CutOut(
        part,
        boxes,
        salient,
        Ingredient(name, *size, find_focus(quarter), keep, weight, tuple(drawing)),
    )


def _part_of(plane: Map, window: tuple[float, float, float, float]) -> Map:
    height, width = plane.shape
    x, y, w, h = window
    rows = slice(round(y * height), max(round(y * height) + 1, round((y + h) * height)))
    return plane[rows, round(x * width) : max(round(x * width) + 1, round((x + w) * width))]


def with_room(face: Box, width: int, height: int) -> Box:
    """A face with hair, chin and ears, in pixels, as the program keeps it."""
    left, right = max(0.0, face.x - 0.25 * face.width), min(1.0, face.x + 1.25 * face.width)
    top, bottom = max(0.0, face.y - 0.35 * face.height), min(1.0, face.y + 1.2 * face.height)
    return Box(left * width, top * height, (right - left) * width, (bottom - top) * height)


def fractions(cell: Cell) -> tuple[float, float, float, float]:
    """What a cell shows, as fractions of its picture."""
    width, height = cell.size
    source = cell.source
    return (source.x / width, source.y / height, source.width / width, source.height / height)


def tiles(parts: Sequence[CutOut], ratio: float) -> tuple[int, int]:
    """Columns and rows of a montage on a canvas of that height to width."""
    columns = max(1, round(math.sqrt(len(parts) / ratio)))
    return columns, math.ceil(len(parts) / columns)


def montage(parts: Sequence[CutOut], ratio: float, filled: Tally, fitted: Tally) -> None:
    """ImageMagick's montage with square tiles: filled from the middle, and fitted."""
    columns, rows = tiles(parts, ratio)
    share = 0.0
    for part in parts:
        aspect = part.ingredient.width / part.ingredient.height
        w, h = min(1.0, 1 / aspect), min(1.0, aspect)
        filled.add(part, ((1 - w) / 2, (1 - h) / 2, w, h))
        fitted.add(part, (0, 0, 1, 1))
        share += min(aspect, 1 / aspect)
    filled.used = [*(filled.used or []), len(parts) / (columns * rows)]
    fitted.used = [*(fitted.used or []), share / (columns * rows)]


class PhotoCollage:
    """Debian's program, asked for its layouts in a process of its own."""

    def __init__(self) -> None:
        self.running = subprocess.Popen(
            ["/usr/bin/python3", "-c", _PHOTOCOLLAGE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def lay_out(
        self, sizes: Sequence[tuple[int, int]], ratio: float, seed: int
    ) -> dict[str, object] | None:
        """Cells with what they show; None where the program is not there."""
        assert self.running.stdin is not None
        assert self.running.stdout is not None
        try:
            print(
                json.dumps({"sizes": sizes, "ratio": ratio, "seed": seed}),
                file=self.running.stdin,
                flush=True,
            )
        except BrokenPipeError:
            return None
        answer = self.running.stdout.readline()
        found: dict[str, object] | None = json.loads(answer) if answer else None
        return found


def covered(plan: CollagePlan) -> float:
    """Share of a canvas that shows photos."""
    area = sum(cell.placed.width * cell.placed.height for cell in plan.cells)
    return area / (plan.width * plan.height)


def drawn(plan: CollagePlan, parts: Sequence[CutOut]) -> Image.Image:
    """A plan as a picture 640 pixels wide."""
    scale = 640 / plan.width
    copies: dict[str, Pixels] = {p.ingredient.asset: pixels(p.picture) for p in parts}
    return Image.open(io.BytesIO(render(plan, copies, scale=scale))).convert("RGB")


def sheet(examples: Sequence[tuple[CollagePlan, Sequence[CutOut]]], out: Path) -> None:
    """A few collages beside one another."""
    pictures = [drawn(plan, parts) for plan, parts in examples]
    for picture in pictures:
        picture.thumbnail((480, 480))
    canvas = Image.new("RGB", (4 * 500, -(-len(pictures) // 4) * 500), "#dddddd")
    for number, picture in enumerate(pictures):
        canvas.paste(picture, (number % 4 * 500 + 10, number // 4 * 500 + 10))
    canvas.save(out, quality=88)


def main() -> None:
    """Print the figures of every way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, action="append")
    parser.add_argument("--sets", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sheet", type=Path)
    parser.add_argument("--contrib", type=Path, help="python with OpenCV's contributed modules")
    parser.add_argument("--network", type=Path, help="ONNX file of a background remover")
    given = parser.parse_args()
    others: dict[str, Callable[[NDArray[np.uint8]], Map]] = {}
    if given.contrib:
        others["fine-grained"] = fine_grained(given.contrib)
    if given.network:
        others["network"] = network(given.network)
    pool = gather(given.photos or [ROOT], others)
    with_faces = [photo for photo in pool if photo.faces]
    without = [photo for photo in pool if not photo.faces]
    print(
        f"{len(with_faces)} photos with {sum(len(p.faces) for p in with_faces)} faces, "
        f"{len(without)} without; {given.sets} sets"
    )
    rng = np.random.default_rng(given.seed)
    ours, filled, fitted, other = Tally(), Tally(), Tally(), Tally()
    program, examples = PhotoCollage(), []
    for number in range(given.sets):
        count = int(rng.integers(2, 13))
        parts = []
        for each in range(count):
            source = with_faces if rng.random() < 0.75 else without
            parts.append(cut_out(source[int(rng.integers(len(source)))], rng, str(each)))
        chosen = FORMATS[int(rng.integers(len(FORMATS)))]
        (plan,) = plans(
            [p.ingredient for p in parts],
            chosen.width,
            chosen.height,
            title=None,
            subtitle=None,
            count=1,
        )
        for cell in plan.cells:
            ours.add(parts[int(cell.asset)], fractions(cell))
        ours.used = [*(ours.used or []), covered(plan)]
        ratio = chosen.height / chosen.width
        montage(parts, ratio, filled, fitted)
        sizes = [(part.ingredient.width, part.ingredient.height) for part in parts]
        laid = program.lay_out(sizes, ratio, number)
        if laid is not None:
            cells = laid["cells"]
            assert isinstance(cells, list)
            for index, shown, *_ in cells:
                other.add(parts[index], shown)
            total = float(str(laid["ratio"]))
            fit = min(1.0, ratio / total) ** 2 * total / ratio if total else 0
            other.used = [*(other.used or []), sum(c[2] for c in cells) / total * min(1.0, fit)]
        if number < 12:
            examples.append((replace(plan), parts))
    print("faces cut (95%), saliency kept by each map (95%), canvas used")
    print(ours.line("Safelight"))
    print(other.line("PhotoCollage") if other.faces else "PhotoCollage is not installed")
    print(filled.line("montage, tiles filled"))
    print(fitted.line("montage, nothing cut"))
    if given.sheet:
        sheet(examples, given.sheet)


if __name__ == "__main__":
    main()
