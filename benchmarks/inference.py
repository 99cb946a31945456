"""Core-milliseconds of every model and of the default pass, one thread, one photo at a time.

    python benchmarks/inference.py [--photos FOLDER]

Processor time, not the clock: medians over repeats. Without a folder a painted scene stands in for
a photo, in which no person is far away, so the finest face pass does not run.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from safelight.analysis.content import ContentAnalyser, WordEmbedder, objects, scene, sensitive
from safelight.analysis.faces import FaceEmbedder, find_faces
from safelight.analysis.faces.detect import FAR_PASSES, PASSES
from safelight.analysis.framing import Array, scaled
from safelight.model.creations import Box, Pixels
from safelight.model.observations import FaceBox
from safelight.weights.runtime import network

WIDTH, HEIGHT = 1024, 768
FACE = FaceBox(
    Box(0.4, 0.4, 0.2, 0.3), 0.9,
    (0.45, 0.5), (0.55, 0.5), (0.5, 0.56), (0.5, 0.62), (0.4, 0.52), (0.6, 0.52),
)  # fmt: skip


def painted() -> Array:
    """A smooth scene with texture: neither flat, which would be fast, nor noise."""
    random = np.random.default_rng(3)
    small = random.integers(0, 256, (24, 32, 3), np.uint8)
    return np.asarray(cv2.resize(small, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC))


def milliseconds(work: Callable[[], object], repeats: int = 15) -> float:
    """Median processor time of one call, after one to load and warm."""
    work()
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def each_model(picture: Array) -> None:
    """Print every stage on its own."""
    pixels = Pixels(picture.shape[1], picture.shape[0], picture.tobytes())
    embedder, words = FaceEmbedder(), WordEmbedder()
    blue = np.full((HEIGHT, WIDTH, 3), (40, 90, 200), np.uint8)
    skin = np.full((224, 224, 3), (224, 172, 105), np.uint8)
    faces = np.zeros((1, 192, 192, 3), np.uint8)
    selfie = np.zeros((1, 256, 256, 3), np.uint8)
    stages: dict[str, Callable[[], object]] = {
        "labels and embedding": lambda: scene.look([picture]),
        "objects": lambda: objects.find_objects(picture),
        f"faces, passes {PASSES}": lambda: find_faces(picture),
        f"faces, passes {FAR_PASSES}": lambda: find_faces(picture, FAR_PASSES),
        "sensitive, no skin": lambda: sensitive.sensitivity(blue),
        "sensitive, skin": lambda: sensitive.sensitivity(skin),
        "a face template": lambda: embedder.embed(pixels, [FACE]),
        "a face mesh": lambda: network("face-mesh")(faces),
        "a person mask": lambda: network("person-mask")(selfie),
        "a phrase": lambda: words.embed(["children at the seaside"]),
    }
    for title, work in stages.items():
        print(f"{title:42} {milliseconds(work):7.1f} ms")


def whole_pass(pictures: list[Array]) -> None:
    """Print the default pass over all pictures, as scans run it."""
    analyser = ContentAnalyser()
    batch = [Pixels(p.shape[1], p.shape[0], p.tobytes()) for p in pictures]
    analyser.analyse(batch[:1])
    start = time.process_time()
    for item in batch:
        analyser.analyse([item])
    spent = (time.process_time() - start) * 1000 / len(batch)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{f'default pass, mean of {len(batch)}':42} {spent:7.1f} ms   peak memory {peak:.0f} MB")


def read(folder: Path) -> list[Array]:
    """Every JPEG of a folder at the size of scans."""
    pictures = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in (".jpg", ".jpeg"):
            picture = cv2.imread(str(path), cv2.IMREAD_REDUCED_COLOR_2)
            if picture is None or min(picture.shape[:2]) < 200:
                continue
            factor = WIDTH / max(picture.shape[:2])
            rows, columns = (round(size * factor) for size in picture.shape[:2])
            pictures.append(np.ascontiguousarray(scaled(picture, rows, columns)[..., ::-1]))
    return pictures


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path)
    given = parser.parse_args()
    each_model(painted())
    whole_pass(read(given.photos) if given.photos else [painted()] * 10)


if __name__ == "__main__":
    main()
