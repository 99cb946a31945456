"""How well faces are grouped into people: generated templates, and real photos where there are.

Run: python benchmarks/accuracy/people.py [--seeds 100-104] [--identities 2000] [--faces 40]
     python benchmarks/accuracy/people.py --real LIBRARY.photoslibrary
Templates are drawn so that single pairs are as hard as the model's published and measured ones
(area under the curve .995; the figure for the draw is printed beside it). Sizes of identities
follow a power law; some come once (strangers), some are kin, some grow up, and unclear faces
drift towards one another, as small faces do. Seeds 0 to 9 were used for tuning.
"""

from __future__ import annotations

import argparse
import re
import resource
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from safelight.analysis.people import LIMITS, group
from safelight.model.creations import Box, Pixels
from safelight.model.observations import FaceTemplate

Array = NDArray[Any]


@dataclass(frozen=True)
class Crowd:
    """Faces with their truth; `who` is -1 for what is no face at all."""

    templates: Array
    photos: Array
    quality: Array
    who: Array
    growing: Array


@dataclass(frozen=True)
class Ways:
    """How a crowd is drawn; distances between templates."""

    between: float = 0.80
    within: float = 0.40
    uneven_people: float = 0.12
    uneven_faces: float = 0.27
    kin: float = 0.10
    kinship: float = 0.35
    grown: float = 0.05
    growth: float = 0.45
    strangers: float = 0.15
    junk: float = 0.05
    power: float = 1.7


def draw(seed: int, identities: int, faces: int | None = None, ways: Ways = Ways()) -> Crowd:
    """A crowd. `faces`: of each identity; None for a power law with a mean of about 14."""
    rng = np.random.default_rng(seed)
    axes = _axes(rng)
    sizes = np.full(identities, faces) if faces else _sizes(rng, identities, ways.power)
    many = int(sizes.sum() * ways.strangers) if not faces else 0
    sizes = np.concatenate([sizes, np.ones(many, np.int64)])
    within2 = ways.within**2 / 2
    middles = rng.normal(size=(len(sizes), 128)) * axes * np.sqrt(ways.between**2 / 2 - within2)
    kin = np.flatnonzero(rng.random(identities) < ways.kin)
    of = rng.integers(0, identities, len(kin))
    middles[kin] = ways.kinship * middles[of] + np.sqrt(1 - ways.kinship**2) * middles[kin]
    who = np.repeat(np.arange(len(sizes)), sizes)
    growing = rng.random(len(sizes)) < ways.grown
    age = rng.random(len(who)) - 0.5
    way = rng.normal(size=(len(sizes), 128)) * axes
    way *= ways.growth / np.linalg.norm(way, axis=1, keepdims=True)
    per_person = np.exp(rng.normal(size=len(sizes)) * ways.uneven_people)
    per_face = np.exp(rng.normal(size=len(who)) * ways.uneven_faces)
    scale = per_person[who] * per_face / np.exp(ways.uneven_people**2 + ways.uneven_faces**2)
    values = (
        middles[who] + rng.normal(size=(len(who), 128)) * axes * (np.sqrt(within2) * scale)[:, None]
    )
    values += np.where(growing[who], age, 0)[:, None] * way[who]
    quality = np.clip(0.75 - 0.45 * np.log(per_face) + rng.normal(size=len(who)) * 0.12, 0, 1)
    lost = np.clip((0.3 - quality) / 0.3, 0, 1)[:, None]
    values = values * (1 - 0.6 * lost)
    values, quality, who = _with_junk(rng, axes, values, quality, who, ways)
    values += rng.normal(size=128) * 0.1
    growing = np.append(growing, False)[who]
    kept = values.astype(np.float16).astype(np.float32)
    return Crowd(kept, _photos(rng, who), quality, who, growing)


def _axes(rng: np.random.Generator) -> Array:
    """Uneven axes with about 35 effective dimensions; their squares sum to 1."""
    size = np.exp(-np.arange(128) / 17.0)
    return np.asarray(np.sqrt(size / size.sum()))


def _sizes(rng: np.random.Generator, count: int, power: float) -> Array:
    raw = (1 - rng.random(count)) ** (-1 / (power - 1))
    return np.minimum(2 * raw, 1500).astype(np.int64)


def _with_junk(
    rng: np.random.Generator, axes: Array, values: Array, quality: Array, who: Array, ways: Ways
) -> tuple[Array, Array, Array]:
    count = int(len(who) * ways.junk)
    junk = rng.normal(size=(count, 128)) * axes * 0.25
    clear = np.clip(rng.beta(1.2, 8, count), 0, 1)
    return (
        np.concatenate([values, junk]),
        np.concatenate([quality, clear]),
        np.concatenate([who, np.full(count, -1)]),
    )


def _photos(rng: np.random.Generator, who: Array) -> Array:
    """One to four faces a photo; the same person twice in one in 400, as in mirrors."""
    photos = np.cumsum(rng.random(len(who)) < 0.6)[rng.permutation(len(who))]
    seen: set[tuple[int, int]] = set()
    fresh = int(photos.max()) + 1
    for face, pair in enumerate(zip(who.tolist(), photos.tolist(), strict=True)):
        if pair in seen and rng.random() > 0.01:
            photos[face] = fresh
            fresh += 1
        seen.add((pair[0], int(photos[face])))
    return np.asarray(photos)


def b_cubed(labels: Array, who: Array) -> tuple[Array, Array]:
    """Precision and recall of every face (Bagga and Baldwin 1998); a waiting face stands alone."""
    alone = labels < 0
    labels = np.where(alone, labels.max(initial=0) + 1 + np.arange(len(labels)), labels)
    _, found, size = np.unique(labels, return_inverse=True, return_counts=True)
    _, true, weight = np.unique(who, return_inverse=True, return_counts=True)
    pair = found.astype(np.int64) * len(weight) + true
    _, both, shared = np.unique(pair, return_inverse=True, return_counts=True)
    return shared[both] / size[found], shared[both] / weight[true]


def pair_counts(labels: Array, who: Array) -> tuple[int, int, int]:
    """Pairs of faces: together rightly, together as found, together in truth."""

    def pairs(values: Array) -> int:
        _, count = np.unique(values, return_counts=True)
        return int((count.astype(np.int64) * (count - 1) // 2).sum())

    kept = labels >= 0
    both = labels[kept].astype(np.int64) * (int(who.max()) + 2) + who[kept]
    return pairs(both), pairs(labels[kept]), pairs(who)


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / max(precision + recall, 1e-9)


def score(labels: Array, who: Array, seed: int = 0, resamples: int = 200) -> str:
    """B-cubed and pairwise figures, with bootstrap intervals over identities."""
    real = who >= 0
    precision, recall = b_cubed(labels, np.where(real, who, who.max() + 1 + np.arange(len(who))))
    precision, recall, people = precision[real], recall[real], who[real]
    value = f1(precision.mean(), recall.mean())
    low, high = _interval(precision, recall, people, seed, resamples)
    right, found, true = pair_counts(labels[real], people)
    p, r = right / max(1, found), right / max(1, true)
    return (
        f"B3 F1 {value:.4f} (95% {low:.4f}-{high:.4f}) P {precision.mean():.4f} "
        f"R {recall.mean():.4f} | pairs F1 {f1(p, r):.4f} P {p:.4f} ({right}/{found}) "
        f"R {r:.4f} ({right}/{true})"
    )


def _interval(
    precision: Array, recall: Array, people: Array, seed: int, resamples: int
) -> tuple[float, float]:
    """Identities are drawn anew, not faces: faces of one person stand or fall together."""
    rng = np.random.default_rng(seed)
    _, row = np.unique(people, return_inverse=True)
    sums = np.stack([np.bincount(row, x) for x in (precision, recall, np.ones(len(row)))])
    values = []
    for _ in range(resamples):
        p, r, n = sums[:, rng.integers(0, sums.shape[1], sums.shape[1])].sum(axis=1)
        values.append(f1(p / n, r / n))
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def hardness(crowd: Crowd, seed: int = 0, pairs: int = 200_000) -> str:
    """How hard single pairs of clear faces are, to hold against the model's figures."""
    rng = np.random.default_rng(seed)
    clear = np.flatnonzero((crowd.quality >= LIMITS.founding) & (crowd.who >= 0))
    clear = clear[np.argsort(crowd.who[clear], kind="stable")]
    step = rng.integers(1, 6, len(clear))
    other = np.minimum(np.arange(len(clear)) + step, len(clear) - 1)
    same = crowd.who[clear] == crowd.who[clear[other]]
    same &= other != np.arange(len(clear))
    near = _gaps(crowd, clear[same], clear[other][same])
    a, b = rng.choice(clear, pairs), rng.choice(clear, pairs)
    far = _gaps(crowd, a[crowd.who[a] != crowd.who[b]], b[crowd.who[a] != crowd.who[b]])
    ranks = np.searchsorted(np.sort(far), near)
    right = ((near < 0.6).mean() + (far >= 0.6).mean()) / 2
    return (
        f"same {near.mean():.3f}±{near.std():.3f} ({len(near)}), other {far.mean():.3f}"
        f"±{far.std():.3f}, AUC {1 - ranks.mean() / len(far):.4f}, right at 0.6 {right:.4f}"
    )


def _gaps(crowd: Crowd, a: Array, b: Array) -> Array:
    return np.asarray(np.linalg.norm(crowd.templates[a] - crowd.templates[b], axis=1))


def real_faces(library: Path) -> Crowd:
    """Faces of an Apple Photos library as the program finds them, with its people as truth.

    The sample has one person under many names ("left0" to "left8" is one picture turned eight
    ways), so digits in names do not count. Nearly all of its people are copies of three pictures:
    it shows that turning a picture changes nothing, and little more.
    """
    base = f"file:{library / 'database' / 'Photos.sqlite'}?mode=ro&immutable=1"
    with closing(sqlite3.connect(base, uri=True)) as database:
        rows = database.execute(
            "select a.ZDIRECTORY || '/' || a.ZFILENAME, f.ZCENTERX, 1 - f.ZCENTERY, p.ZFULLNAME"
            " from ZDETECTEDFACE f join ZGENERICASSET a on a.Z_PK = f.ZASSET"
            " join ZPERSON p on p.Z_PK = f.ZPERSON where p.ZFULLNAME > '' order by 1, 2"
        ).fetchall()
    names: dict[str, int] = {}
    found: list[tuple[FaceTemplate, int, int]] = []
    for photo, path in enumerate(sorted({row[0] for row in rows})):
        faces = _embedded(library / "originals" / path)
        for x, y, name in (row[1:] for row in rows if row[0] == path):
            face = next((f for f in faces if _holds(f.face.box, x, y)), None)
            if face is not None:
                who = re.sub(r"\d", "", name.lower())
                found.append((face, photo, names.setdefault(who, len(names))))
    print(f"real: {len(found)} of {len(rows)} named faces found, {len(names)} people")
    values = [np.frombuffer(face.template.values, "<f2") for face, _, _ in found]
    return Crowd(
        np.stack(values).astype(np.float32),
        np.array([photo for _, photo, _ in found]),
        np.array([face.quality.score for face, _, _ in found]),
        np.array([who for _, _, who in found]),
        np.zeros(len(found), bool),
    )


def _embedded(path: Path) -> list[FaceTemplate]:
    from safelight.analysis.faces import FaceEmbedder, find_faces  # the rest needs no models

    with Image.open(path) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGB")
    image.thumbnail((1024, 1024))
    pixels = np.asarray(image)
    values = Pixels(image.width, image.height, pixels.tobytes())
    return FaceEmbedder().embed(values, find_faces(pixels))


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seeds", default="100-104")
    arguments.add_argument("--identities", type=int, default=2000)
    arguments.add_argument("--faces", type=int)
    arguments.add_argument("--within", type=float, default=Ways.within)
    arguments.add_argument("--real", type=Path, help="an Apple Photos library with named people")
    chosen = arguments.parse_args()
    if chosen.real:
        crowd = real_faces(chosen.real)
        labels = group(crowd.templates, crowd.photos, crowd.quality).labels
        print(f"  {score(labels, crowd.who)}")
        return
    low, high = map(int, chosen.seeds.split("-"))
    for seed in range(low, high + 1):
        crowd = draw(seed, chosen.identities, chosen.faces, Ways(within=chosen.within))
        began = time.perf_counter()
        labels = group(crowd.templates, crowd.photos, crowd.quality).labels
        seconds = time.perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"seed {seed}: {len(crowd.who)} faces, {hardness(crowd)}")
        cost = f"{labels.max() + 1} groups, {seconds:.1f} s, {memory:.0f} MB at most"
        print(f"  {score(labels, crowd.who)} | {cost}")


if __name__ == "__main__":
    main()
