"""The best frame of a burst: how often the one that was left alone is chosen.

    python benchmarks/accuracy/best_shot.py [--photos FOLDER …]

SYNTHETIC bursts of three from real photos. One frame is the photo; of the others one is blurred
and one badly exposed, or in both, one of them framed anew, the eyes are painted shut: the skin
above each eye is pulled down over it, with a line of lashes, on every face that can be read.
Photos where somebody's eyes are shut already were left out by eye, before the run. The folder of
real photos has few faces; `--photos` adds folders of others. Weights were set on photos of the
tuning half (by digest), figures are of both halves.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
from duplicates import FOLDERS, photos, retaken
from intervals import line
from photos import ENDINGS, ROOT, for_tuning, pixels, unlike

from safelight.analysis.faces import find_faces, find_meshes, mesh
from safelight.analysis.framing import Array
from safelight.analysis.quality import Candidate, best_of
from safelight.analysis.quality.measure import measure
from safelight.app.looking import face_figures
from safelight.model.observations import FaceBox
from safelight.model.quality import Quality
from safelight.weights.runtime import network

SHUT_ALREADY = ("52E95CFC", "C36C837E", "8C5431B3", "sample1", "samples")
UPPER = (
    (33, 246, 161, 160, 159, 158, 157, 173, 133),
    (263, 466, 388, 387, 386, 385, 384, 398, 362),
)
LOWER = (
    (33, 7, 163, 144, 145, 153, 154, 155, 133),
    (263, 249, 390, 373, 374, 380, 381, 382, 362),
)

Spoil = Callable[[Array, np.random.Generator], Array]


def lids_shut(crop: Array) -> Array:
    """A face of 192 pixels with both eyes painted shut."""
    values, _ = network(mesh.MODEL)(crop[None])
    points = values.reshape(-1, 3)[:, :2]
    out = crop.astype(np.float32)
    for upper, lower in zip(UPPER, LOWER, strict=True):
        above, below = (points[list(line)] for line in (upper, lower))
        above, below = (line[np.argsort(line[:, 0])] for line in (above, below))
        for x in range(int(above[0, 0]), int(above[-1, 0]) + 1):
            top, bottom = (float(np.interp(x, *line.T)) for line in (above, below))
            if bottom - top >= 0.5:
                _pull_down(crop, out, x, top, bottom)
    return np.asarray(np.clip(cv2.GaussianBlur(out, (0, 0), 0.6), 0, 255), np.uint8)


def _pull_down(crop: Array, out: Array, x: int, top: float, bottom: float) -> None:
    """Stretch the skin above an eye down to its lower lid, in one column."""
    start = top - (bottom - top) - 3
    rows = np.arange(max(0, int(np.ceil(start))), min(int(bottom) + 1, len(crop)))
    source = start + (rows - start) * (top - 1.5 - start) / (bottom - start)
    source = np.clip(source, 0, len(crop) - 1.001)
    low, share = source.astype(int), (source % 1)[:, None]
    out[rows, x] = (1 - share) * crop[low, x] + share * crop[low + 1, x]
    lashes = min(round(bottom), len(crop) - 1)
    out[lashes, x] *= 0.55
    out[lashes - 1, x] *= 0.8


def eyes_shut(picture: Array, rng: np.random.Generator) -> Array:
    """The picture with the eyes of everybody painted shut who can be read."""
    shut, size = picture.copy(), (picture.shape[1], picture.shape[0])
    for face in readable(picture):
        crop, matrix = mesh.upright(picture, face)
        lids = lids_shut(crop)
        changed = (np.abs(lids.astype(int) - crop).max(axis=2) > 6).astype(np.uint8) * 255
        back = cv2.warpAffine(lids, matrix, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
        mask = cv2.warpAffine(changed, matrix, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
        share = cv2.GaussianBlur(mask, (0, 0), 1.0)[..., None].astype(np.float32) / 255
        shut = np.asarray(shut * (1 - share) + back * share, np.uint8)
    return shut


def readable(picture: Array) -> list[FaceBox]:
    """Faces whose eyes the program reads."""
    faces = find_faces(picture)
    meshes = find_meshes(picture, faces)
    return [face for face, each in zip(faces, meshes, strict=True) if each is not None]


def blurred(picture: Array, rng: np.random.Generator) -> Array:
    """A shaken frame."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), rng.uniform(2, 5)))


def badly_lit(picture: Array, rng: np.random.Generator) -> Array:
    """Far too light, or too dark where it was dark before: the other way might mend it."""
    factor = rng.uniform(0.25, 0.4) if np.median(picture) < 100 else rng.uniform(1.9, 2.5)
    return np.asarray(np.clip(picture.astype(np.float32) * factor, 0, 255), np.uint8)


def agreement(pictures: list[Array], spoil: tuple[Spoil, Spoil], seed: int) -> tuple[int, int]:
    """How often the frame that was left alone is chosen, of how many."""
    rng, right = np.random.default_rng(seed), 0
    for picture in pictures:
        frames = [spoil[0](retaken(picture, rng), rng), picture, spoil[1](picture, rng)]
        best = best_of([Candidate(str(i), quality_of(f)) for i, f in enumerate(frames)])
        right += best.id == "1"
    return right, len(pictures)


def quality_of(picture: Array) -> Quality:
    """As a scan measures it."""
    faces = find_faces(picture)
    return measure(pixels(picture), face_figures(faces, find_meshes(picture, faces)))


def faces_in(folders: list[Path]) -> Iterator[tuple[Path, Array]]:
    """Photos with a face that can be read and eyes that are open."""
    for folder in folders:
        files = [p for p in sorted(folder.rglob("*")) if p.suffix.lower() in ENDINGS]
        for path, picture in unlike(files):
            if not path.name.startswith(SHUT_ALREADY) and readable(picture):
                yield path, picture


def main() -> None:
    """Print the figures of both halves."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--photos", type=Path, action="append", default=[])
    folders = [ROOT / folder for folder in FOLDERS] + arguments.parse_args().photos
    people = list(faces_in(folders))
    for title, tuning in (("tuning half", True), ("test half", False)):
        right, count = agreement(photos(tuning), (blurred, badly_lit), 7)
        print(line(f"{title}: not the blurred, nor the badly lit", right, count))
        open_eyed = [picture for path, picture in people if for_tuning(path) == tuning]
        right, count = agreement(open_eyed, (eyes_shut, eyes_shut), 8)
        print(line(f"{title}: not those with shut eyes", right, count))


if __name__ == "__main__":
    main()
