"""Models are checked, loaded once, and fail in words."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper

from safelight.model.errors import AnalysisError
from safelight.weights import registry, runtime


def _dividing() -> bytes:
    """A model that divides one by its input."""
    nodes = [helper.make_node("Reciprocal", ["x"], ["y"])]
    shape = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes, "g", [shape("x", TensorProto.FLOAT, [1])], [shape("y", TensorProto.FLOAT, [1])]
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    return bytes(model.SerializeToString())


def test_a_network_loads_once() -> None:
    assert runtime.network("face-boxes") is runtime.network("face-boxes")


def test_one_thread_on_the_processor() -> None:
    session = runtime.network("face-boxes")._session
    assert session.get_providers() == ["CPUExecutionProvider"]
    assert session.get_session_options().intra_op_num_threads == 1
    assert session.get_session_options().inter_op_num_threads == 1


def test_unknown_model_is_named() -> None:
    with pytest.raises(AnalysisError, match="no model named 'ghost'"):
        runtime.network("ghost")


def test_damaged_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder: Traversable = tmp_path
    (tmp_path / registry.model("object-names").file).write_bytes(b"person\ncat")
    monkeypatch.setattr(registry, "_folder", lambda: folder)
    with pytest.raises(AnalysisError, match="damaged"):
        registry.read("object-names")
    with pytest.raises(AnalysisError, match="missing"):
        registry.read("words")


def test_what_is_no_model_is_refused() -> None:
    with pytest.raises(AnalysisError, match="mine cannot be loaded"):
        runtime.Network(b"nothing", "mine")


def test_wrong_shapes_are_refused() -> None:
    with pytest.raises(AnalysisError, match="mine failed"):
        runtime.Network(_dividing(), "mine")(np.ones((2, 2), np.float32))


def test_numbers_that_are_none_are_refused() -> None:
    network = runtime.Network(_dividing(), "mine")
    assert network(np.array([4.0], np.float32))[0].tolist() == [0.25]
    with pytest.raises(AnalysisError, match="not finite"):
        network(np.zeros(1, np.float32))
    with pytest.raises(AnalysisError, match="not finite"):
        network(np.full(1, np.nan, np.float32))
