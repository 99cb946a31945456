"""Every shipped model is what the registry says, and says where it came from."""

from __future__ import annotations

import hashlib
import re
from dataclasses import fields
from importlib.resources import files

import numpy as np
import pytest

from safelight.weights import registry, runtime

MODELS = [name for name, spec in registry.catalogue().items() if spec.file.endswith(".onnx")]
OPEN = {"Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0"}
BUDGET = 62_500_000
"""Bytes of all that recognises: about 60 MB."""
PAINTING = ("style", "painting", "works", "larger")
CLOSED = ("non-commercial", "noncommercial", "research only", "unclear")


@pytest.mark.parametrize("name", registry.catalogue())
def test_file_is_the_one_described(name: str) -> None:
    spec = registry.model(name)
    data = files(registry.WEIGHTS).joinpath(spec.file).read_bytes()
    assert (len(data), hashlib.sha256(data).hexdigest()) == (spec.size, spec.sha256)


@pytest.mark.parametrize("name", registry.catalogue())
def test_entry_says_everything(name: str) -> None:
    spec = registry.model(name)
    for item in fields(spec):
        assert getattr(spec, item.name), item.name
    assert spec.licence in OPEN
    assert re.match(r"(PyPI|npm|Debian) \S+ \d+(\.\d+)+(-\d+)?: ", spec.origin)
    assert not any(word in spec.training.lower() for word in CLOSED)


def test_every_file_is_registered_and_the_whole_is_small() -> None:
    code = {"__init__.py", "registry.py", "runtime.py", "__pycache__"}
    kept = code | {"registry.toml", "NOTICE.txt"}
    present = {item.name for item in files(registry.WEIGHTS).iterdir()} - kept
    assert present == {spec.file for spec in registry.catalogue().values()}
    sizes = {name: spec.size for name, spec in registry.catalogue().items()}
    assert sum(size for name, size in sizes.items() if name not in PAINTING) < BUDGET
    assert sum(sizes[name] for name in PAINTING) < 4_500_000


@pytest.mark.parametrize("name", MODELS)
def test_inputs_and_outputs_are_as_described(name: str) -> None:
    spec, network = registry.model(name), runtime.network(name)
    stated = ", ".join(spec.inputs)
    assert all(found in stated for found in network.inputs)
    assert [line.split(":")[0] for line in spec.outputs] == list(network.outputs)


@pytest.mark.parametrize("name", [name for name in MODELS if name not in ("words", *PAINTING)])
@pytest.mark.parametrize("value", [0, 255])
def test_flat_pictures_give_finite_numbers(name: str, value: int) -> None:
    found = re.search(r"\[n, (\w+), (\w+), 3\]", registry.model(name).inputs[0])
    assert found
    height, width = (int(size) if size.isdigit() else 128 for size in found.groups())
    outputs = runtime.network(name)(np.full((2, height, width, 3), value, np.uint8))
    assert all(len(output) == 2 for output in outputs)
    assert all(np.isfinite(output).all() for output in outputs)
