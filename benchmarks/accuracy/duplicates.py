"""Near-duplicates: precision and recall of pairs.

    python benchmarks/accuracy/duplicates.py

Pairs that are one picture taken twice are SYNTHETIC: a real photo and a copy of it with another
framing, exposure, slight turn or noise, as two frames of a burst differ. Pairs that are not are
real: two different photos, all pairs of the folder, which counts series of one subject among them
(people and pumpkins, flowers) as different although some look much alike. Each pair is tried at
three distances in time. Limits were chosen by the quantiles of the tuning half (by file digest);
the test half was printed beside it, so it is no blind test.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from intervals import line
from photos import ROOT, for_tuning, unlike

from safelight.analysis.content import scene
from safelight.analysis.framing import Array
from safelight.analysis.quality import alike

GAPS = {"5 seconds": 5.0, "1 minute": 60.0, "20 minutes": 1200.0}
FOLDERS = ("walk-albums", "trip-usa-2015", "metadata", "apple-photos-faces.photoslibrary/originals")
MOST = 40


def photos(tuning: bool) -> list[Array]:
    """Different real photos of one half."""
    files = [p for folder in FOLDERS for p in sorted((ROOT / folder).rglob("*.jp*g"))]
    found = (a for p, a in unlike([p for p in files if for_tuning(p) == tuning]))
    return [array for _, array in zip(range(MOST), found, strict=False)]


def retaken(picture: Array, rng: np.random.Generator) -> Array:
    """The next frame of a burst: framing off by up to 6%, turned up to 2 degrees, other light."""
    height, width = picture.shape[:2]
    middle, zoom = (width / 2, height / 2), rng.uniform(1, 1.08)
    turn = np.array(cv2.getRotationMatrix2D(middle, rng.uniform(-2, 2), zoom), np.float64)
    turn[:, 2] += rng.uniform(-0.06, 0.06, 2) * (width, height)
    moved = cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REFLECT)
    light = moved.astype(np.float32) * rng.uniform(0.75, 1.25) + rng.normal(0, 3, moved.shape)
    return np.asarray(np.clip(light, 0, 255), np.uint8)


def print_of(picture: Array) -> int:
    """The fingerprint that scans keep (64-bit difference hash)."""
    grey = cv2.resize(
        cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (9, 8), interpolation=cv2.INTER_AREA
    )
    bits = (grey[:, :-1].astype(int) > grey[:, 1:]).ravel()
    return int("".join("1" if bit else "0" for bit in bits), 2)


def judged(pictures: list[Array], seed: int) -> Iterator[tuple[bool, float, int]]:
    """Pairs: whether they are the same, cosine, and bits of fingerprints apart."""
    rng = np.random.default_rng(seed)
    again = [retaken(picture, rng) for picture in pictures for _ in range(3)]
    _, first = scene.look(pictures)
    _, second = scene.look(again)
    own, other = [print_of(p) for p in pictures], [print_of(p) for p in again]
    for at, unit in enumerate(first):
        for copy in range(3 * at, 3 * at + 3):
            yield True, float(unit @ second[copy]), (own[at] ^ other[copy]).bit_count()
        for later in range(at + 1, len(first)):
            yield False, float(unit @ first[later]), (own[at] ^ own[later]).bit_count()


def report(title: str, tuning: bool) -> None:
    """Print precision and recall at every gap."""
    pictures = photos(tuning)
    pairs = list(judged(pictures, seed=int(tuning)))
    print(f"\n{title}: {len(pictures)} photos")
    same = np.array([p[1] for p in pairs if p[0]])
    apart = np.array([p[1] for p in pairs if not p[0]])
    print("cosine, same:", np.quantile(same, [0.01, 0.05, 0.25, 0.5]).round(3))
    print("cosine, different:", np.quantile(apart, [0.5, 0.95, 0.99, 1]).round(3))
    for name, gap in GAPS.items():
        said = [pair for pair in pairs if alike(pair[1], gap, pair[2])]
        right = sum(pair[0] for pair in said)
        print(line(f"precision, {name} apart", right, len(said)))
        print(line(f"recall, {name} apart", right, len(same)))


if __name__ == "__main__":
    report("tuning half", True)
    report("test half", False)
