"""Words as numbers: all-MiniLM-L6-v2, so that "seaside" finds what is labelled "beach"."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from safelight.analysis.content.wordpiece import WordPiece
from safelight.analysis.framing import Array
from safelight.weights import registry, runtime

MODEL = "words"
PIECES = "word-pieces"
BATCH = 32


class WordEmbedder:
    """Unit vectors of 384 numbers; the product of two tells how close their meanings are."""

    def __init__(self) -> None:
        self._split = WordPiece(registry.words(PIECES))

    def embed(self, texts: Sequence[str]) -> Array:
        """One row a text (n, 384) float32, in order."""
        rows = [self._batch(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
        return np.concatenate(rows) if rows else np.zeros((0, 384), np.float32)

    def _batch(self, texts: Sequence[str]) -> Array:
        split = [self._split(text) for text in texts]
        shape = (len(split), max(len(ids) for ids in split))
        ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for row, pieces in enumerate(split):
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        (hidden,) = runtime.network(MODEL)(ids, mask, np.zeros_like(ids))
        weights = mask[..., None].astype(np.float32)
        means = (hidden * weights).sum(axis=1) / weights.sum(axis=1)
        unit = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-6)
        return np.asarray(unit, np.float32)
