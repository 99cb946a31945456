"""Labels for whole pictures and an embedding, from one pass of EfficientNet-Lite2.

The classifier knows ImageNet's thousand names, many of them breeds; people say "dog". So names are
made plain, and finer words are added up to the group that people would search for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelight.analysis.framing import centre_square
from safelight.model.observations import Embedding, Label
from safelight.weights import registry, runtime

Array = NDArray[Any]

MODEL = "scenes"
NAMES = "scene-names"
EDGE = 260
SHARE = 0.875
MIN_SCORE = 0.05
MIN_GROUP = 0.15
MOST = 12


def look(pictures: Sequence[Array]) -> tuple[Array, Array]:
    """Class scores (n, 1000) and unit embeddings (n, 1280), in one batch."""
    batch = np.stack([centre_square(picture, EDGE, SHARE) for picture in pictures])
    scores, vectors = runtime.network(MODEL)(batch)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return scores, vectors / np.maximum(norms, 1e-6)


def labels_of(scores: Array) -> tuple[Label, ...]:
    """The words for one row of class scores, best first."""
    entries = vocabulary()
    totals: dict[tuple[str, str], float] = {}
    sums: dict[str, float] = {}
    for index in np.flatnonzero(scores >= 0.005).tolist():
        name, kind, groups = entries[index]
        totals[name, kind] = totals.get((name, kind), 0.0) + float(scores[index])
        for group in groups:
            sums[group] = sums.get(group, 0.0) + float(scores[index])
    found = [Label(name, score, kind) for (name, kind), score in totals.items()]
    kept = [label for label in found if label.score >= MIN_SCORE]
    known = {label.name for label in kept}
    kept += [
        Label(name, min(1.0, score), "group")
        for name, score in sums.items()
        if score >= MIN_GROUP and name not in known
    ]
    return tuple(sorted(kept, key=lambda label: (-label.score, label.name))[:MOST])


@cache
def vocabulary() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Name, kind and groups of each class; lines are `name<TAB>kind<TAB>group,group`."""
    entries = []
    for line in registry.words(NAMES):
        name, kind, groups = line.split("\t")
        entries.append((name, kind, tuple(filter(None, groups.split(",")))))
    return tuple(entries)


def embedding(vector: Array, model: str = MODEL) -> Embedding:
    """A unit vector as it is stored."""
    return Embedding(model, int(vector.size), vector.astype("<f2").tobytes())
