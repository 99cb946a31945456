"""A person's own image-text pair (CLIP, SigLIP and their like) from a local folder.

The folder holds `pair.toml`, an image encoder, a text encoder and a tokenizer; see
`docs/reference/models.md`. Nothing is fetched, and nothing outside the folder is read.
"""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from safelight.analysis.content.bytepairs import BytePairs
from safelight.analysis.content.wordpiece import WordPiece
from safelight.analysis.framing import Array, as_array, centre_square, scaled
from safelight.model.creations import Pixels
from safelight.model.errors import AnalysisError
from safelight.model.observations import Embedding
from safelight.weights import runtime


@dataclass(frozen=True, slots=True)
class PairSpec:
    """What `pair.toml` says; every field but `name` has the value CLIP ViT-B/32 uses.

    Attributes:
        image, text, tokenizer: file names inside the folder; a tokenizer that ends with `.txt` is
            a WordPiece vocabulary, any other a byte-pair `tokenizer.json`.
        size: edge in pixels of the square the image encoder takes.
        crop: whether to take the middle square; the whole picture is squashed otherwise.
        mean, deviation: of RGB in 0 to 1, subtracted and divided by.
        length, padding: number of ids the text encoder takes, and the id that fills up.
    """

    name: str
    image: str = "image.onnx"
    text: str = "text.onnx"
    tokenizer: str = "tokenizer.json"
    size: int = 224
    crop: bool = True
    mean: tuple[float, ...] = (0.48145466, 0.4578275, 0.40821073)
    deviation: tuple[float, ...] = (0.26862954, 0.26130258, 0.27577711)
    length: int = 77
    padding: int = 0


class ModelPair:
    """Pictures and words as unit vectors of one space.

    Attributes:
        name: of its embeddings; other files under the same name have another.
    """

    def __init__(self, folder: Path, spec: PairSpec) -> None:
        self.spec = spec
        self.digests = tuple((n, _digest(folder / n)) for n in (spec.image, spec.text))
        both = hashlib.sha256("".join(digest for _, digest in self.digests).encode())
        self.name = f"{spec.name}:{both.hexdigest()[:16]}"
        self._image = runtime.network_at(folder / spec.image)
        self._text = runtime.network_at(folder / spec.text)
        self._split = _tokenizer(folder / spec.tokenizer)

    def embed_pictures(self, pixels: Sequence[Pixels]) -> list[Embedding]:
        """One unit vector a picture, under the pair's name."""
        if not pixels:
            return []
        batch = np.stack([self._prepared(as_array(item)) for item in pixels])
        return [
            Embedding(self.name, int(row.size), row.astype("<f2").tobytes())
            for row in _unit(self._image(batch)[0])
        ]

    def embed_words(self, texts: Sequence[str]) -> Array:
        """One row a text (n, dimension) float32, unit length."""
        ids = np.full((len(texts), self.spec.length), self.spec.padding, np.int64)
        mask = np.zeros_like(ids)
        for row, text in enumerate(texts):
            pieces = self._split(text, self.spec.length)
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        values = (ids, mask)[: len(self._text.inputs)]
        return _unit(self._text(*values)[0])

    def _prepared(self, picture: Array) -> Array:
        size = self.spec.size
        square = (
            centre_square(picture, size, 1.0) if self.spec.crop else scaled(picture, size, size)
        )
        mean, deviation = np.array(self.spec.mean), np.array(self.spec.deviation)
        values = (square.astype(np.float32) / 255 - mean) / deviation
        return np.asarray(values.transpose(2, 0, 1), np.float32)


def open_pair(folder: Path) -> ModelPair:
    """Load the pair in `folder`.

    Raises:
        AnalysisError: a file is missing, `pair.toml` says something unknown, or a model cannot be
            loaded; the message names it.
    """
    try:
        values = tomllib.loads((folder / "pair.toml").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise AnalysisError(f"{folder / 'pair.toml'} cannot be read: {error}") from error
    return ModelPair(folder, _spec(values))


def _spec(values: dict[str, Any]) -> PairSpec:
    known = {item.name for item in fields(PairSpec)}
    if unknown := sorted(set(values) - known):
        raise AnalysisError(f"pair.toml: there is no field {unknown[0]!r}")
    try:
        given: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in values.items()
        }
        spec = PairSpec(**given)
    except TypeError as error:
        raise AnalysisError("pair.toml: the field 'name' is missing") from error
    usual = PairSpec("")
    for item in fields(PairSpec):
        if type(getattr(spec, item.name)) is not type(getattr(usual, item.name)):
            raise AnalysisError(f"pair.toml: {item.name} has a value of the wrong type")
    _check(spec)
    return spec


def _check(spec: PairSpec) -> None:
    for name in (spec.image, spec.text, spec.tokenizer):
        if Path(name).name != name:
            raise AnalysisError(f"pair.toml: {name!r} is not a file of this folder")
    figures = [f for f in (*spec.mean, *spec.deviation) if isinstance(f, int | float)]
    sound = len(figures) == 6 and all(map(math.isfinite, figures)) and all(spec.deviation)
    if not (sound and len(spec.mean) == 3):
        raise AnalysisError("pair.toml: mean and deviation need three numbers, none of them 0")
    if not (1 <= spec.size <= 1024 and 3 <= spec.length <= 1024):
        raise AnalysisError("pair.toml: size or length is out of range")


def _tokenizer(path: Path) -> BytePairs | WordPiece:
    try:
        text = path.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise AnalysisError(f"{path} cannot be read: {error}") from error
    if path.suffix != ".txt":
        return BytePairs(text)
    try:
        return WordPiece(text.rstrip("\n").split("\n"))
    except KeyError as error:
        raise AnalysisError(f"{path.name} lacks the piece {error}") from error


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise AnalysisError(f"{path} cannot be read: {error}") from error


def _unit(rows: Array) -> Array:
    flat = rows.reshape(rows.shape[0], int(np.prod(rows.shape[1:])))
    norms = np.linalg.norm(flat, axis=1, keepdims=True)
    return np.asarray(flat / np.maximum(norms, 1e-6), np.float32)
