"""Own themes, taught by a few photos: a linear probe on embeddings, learnt here, kept as numbers.

Fisher's discriminant with the covariance of this library, shrunk towards the identity (Friedman,
Regularized Discriminant Analysis, 1989): it needs no negatives, and three photos are enough. The
threshold lies between what nearly all photos of the library stay under and what the taught ones
reach, each left out in turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelight.model.errors import UserError

LEAST = 3
_SHRINK = 0.4
_EDGE = 3.0
_UP = 0.35
_STEEP = 8.0
_BACKGROUND = 4000
_BLOCK = 8192

Vectors = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Probe:
    """A taught theme.

    Attributes:
        name: as the person typed it.
        model: whose embeddings it reads.
        weights: float32, as long as an embedding.
        threshold, scale: a product of `threshold` scores one half, `scale` more nearly 1.
        taught: how many photos it learnt from.
    """

    name: str
    model: str
    weights: NDArray[np.float32]
    threshold: float
    scale: float
    taught: int

    def scores(self, vectors: Vectors) -> NDArray[np.float32]:
        """How much each photo (n, dimension) looks like the taught ones, 0 to 1."""
        products = np.zeros(len(vectors), np.float32)
        for start in range(0, len(vectors), _BLOCK):  # a whole library as float32 is half a GB
            part = slice(start, start + _BLOCK)
            products[part] = vectors[part].astype(np.float32) @ self.weights
        odds = np.clip(_STEEP * (products - self.threshold) / self.scale, -50, 50)
        return np.asarray(1 / (1 + np.exp(-odds)), np.float32)


def learn(name: str, model: str, liked: Vectors, library: Vectors, seed: int = 0) -> Probe:
    """Learn a theme from liked photos.

    Args:
        liked: embeddings of the photos that the person chose (k, dimension).
        library: embeddings of other photos, some of which may show the theme too.

    Raises:
        UserError: fewer than three photos to learn from, or none to tell them from.
    """
    if len(liked) < LEAST:
        raise UserError(f"Choose at least {LEAST} photos; these are {len(liked)}.")
    if len(library) < 2:
        raise UserError("There are no other photos to tell these from.")
    chosen = np.asarray(liked, np.float64)
    others = _sample(library, seed)
    middle = others.mean(axis=0)
    spread = np.cov(others - middle, rowvar=False)
    level = float(np.trace(spread)) / len(middle)
    shrunk = (1 - _SHRINK) * spread + _SHRINK * max(level, 1e-9) * np.eye(len(middle))
    towards = np.linalg.solve(shrunk, (chosen - middle).T).T
    weights = towards.mean(axis=0)
    left_out = _left_out(chosen, towards)
    usual = others @ weights
    low, high = _upper_edge(usual), float(np.median(left_out))
    threshold = low + _UP * max(0.0, high - low)
    scale = max(abs(high - low), float(usual.std()), 1e-6)
    return Probe(name, model, weights.astype(np.float32), threshold, scale, len(chosen))


def _left_out(chosen: NDArray[np.float64], towards: NDArray[np.float64]) -> NDArray[np.float64]:
    """Product of every taught photo with the weights that the others give."""
    total, count = towards.sum(axis=0), len(chosen)
    rest = (total[None] - towards) / (count - 1)
    return np.asarray(np.einsum("ij,ij->i", chosen, rest))


def _upper_edge(usual: NDArray[np.float64]) -> float:
    """What nearly all of a bell-shaped heap stays under, whatever small heap lies beyond it."""
    middle = float(np.median(usual))
    return middle + _EDGE * 1.4826 * float(np.median(np.abs(usual - middle)))


def _sample(library: Vectors, seed: int) -> NDArray[np.float64]:
    if len(library) <= _BACKGROUND:
        return np.asarray(library, np.float64)
    rows = np.random.default_rng(seed).choice(len(library), _BACKGROUND, replace=False)
    return np.asarray(library[np.sort(rows)], np.float64)
