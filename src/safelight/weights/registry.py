"""The models that ship with the program: what each is, where it came from, what it may be used for.

`registry.toml` beside the files is the one list; a file whose digest differs is never loaded.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from safelight.model.errors import AnalysisError

WEIGHTS = "safelight.weights"


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One model or word list.

    Attributes:
        name: what results call it.
        job: what it does, in words for the person.
        file, size, sha256: the file in the package, bytes, lower-case hex.
        origin: registry, package and version that the weights came from, and the file there.
        licence: SPDX identifier of the weights.
        training: what it was trained on, as far as stated, and what follows from that.
        inputs, outputs: names, element types and shapes.
        measured: what it was measured at, with counts.
        recipe: the converter that made it.
    """

    name: str
    job: str
    file: str
    size: int
    sha256: str
    origin: str
    licence: str
    training: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    measured: tuple[str, ...]
    recipe: str


@cache
def catalogue() -> Mapping[str, ModelSpec]:
    """Every shipped model by name.

    Raises:
        AnalysisError: the registry is missing or damaged.
    """
    try:
        table = tomllib.loads(_folder().joinpath("registry.toml").read_text("utf-8"))
        specs = [_spec(name, entry) for name, entry in table.items()]
    except (OSError, ValueError, TypeError) as error:
        raise AnalysisError(f"the list of models cannot be read: {error}") from error
    return MappingProxyType({spec.name: spec for spec in specs})


def _spec(name: str, entry: dict[str, object]) -> ModelSpec:
    values = {key: tuple(v) if isinstance(v, list) else v for key, v in entry.items()}
    return ModelSpec(name=name, **values)  # type: ignore[arg-type]  # checked by the contract test


def model(name: str) -> ModelSpec:
    """The model of that name.

    Raises:
        AnalysisError: there is none.
    """
    found = catalogue().get(name)
    if found is None:
        raise AnalysisError(f"there is no model named {name!r}")
    return found


def digests(*names: str) -> tuple[tuple[str, str], ...]:
    """Names with digests, for `Analyser.models`."""
    return tuple((name, model(name).sha256) for name in names)


def read(name: str) -> bytes:
    """The bytes of a shipped file.

    Raises:
        AnalysisError: it is missing, or not the file that the registry describes.
    """
    spec = model(name)
    try:
        data = _folder().joinpath(spec.file).read_bytes()
    except OSError as error:
        raise AnalysisError(f"the model file {spec.file} is missing; install again") from error
    if hashlib.sha256(data).hexdigest() != spec.sha256:
        raise AnalysisError(f"the model file {spec.file} is damaged; install again")
    return data


@cache
def words(name: str) -> tuple[str, ...]:
    """The lines of a shipped word list."""
    return tuple(read(name).decode("utf-8").split("\n"))


def _folder() -> Traversable:
    return files(WEIGHTS)
