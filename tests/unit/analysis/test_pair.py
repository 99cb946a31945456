"""A person's own image-text pair, tiny and made here, is loaded and run by the real code.

The image encoder gives the mean colour, the text encoder the colour of the one word it knows:
"red" lies at (1, 0, 0), "blue" at (0, 0, 1).
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from safelight.analysis.content import open_pair
from safelight.model.creations import Pixels
from safelight.model.errors import AnalysisError

SPEC = """
name = "tiny"
size = 8
mean = [0, 0, 0]
deviation = [1, 1, 1]
length = 5
"""
VOCAB = ["<|startoftext|>", "<|endoftext|>", "red</w>", "blue</w>"]
MERGES = ["r e", "re d</w>", "b l", "bl u", "blu e</w>"]
COLOURS = np.array([[0, 0, 0], [0, 0, 0], [1, 0, 0], [0, 0, 1]], np.float32)


def _save(path: Path, graph: onnx.GraphProto) -> None:
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    onnx.save(model, path)


def _value(name: str, kind: int, shape: list[int | str]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    image = helper.make_graph(
        [helper.make_node("ReduceMean", ["x"], ["y"], axes=[2, 3], keepdims=0)],
        "image",
        [_value("x", TensorProto.FLOAT, ["n", 3, 8, 8])],
        [_value("y", TensorProto.FLOAT, ["n", 3])],
    )
    axis = numpy_helper.from_array(np.array([1], np.int64), "axis")
    text = helper.make_graph(
        [
            helper.make_node("Gather", ["colours", "ids"], ["each"]),
            helper.make_node("ReduceSum", ["each", "axis"], ["y"], keepdims=0),
        ],
        "text",
        [_value("ids", TensorProto.INT64, ["n", 5])],
        [_value("y", TensorProto.FLOAT, ["n", 3])],
        [numpy_helper.from_array(COLOURS, "colours"), axis],
    )
    _save(tmp_path / "image.onnx", image)
    _save(tmp_path / "text.onnx", text)
    vocab = {piece: index for index, piece in enumerate(VOCAB)}
    tokenizer = {"model": {"vocab": vocab, "merges": MERGES}}
    (tmp_path / "tokenizer.json").write_text(json.dumps(tokenizer))
    (tmp_path / "pair.toml").write_text(SPEC)
    return tmp_path


def _flat(colour: tuple[int, int, int]) -> Pixels:
    return Pixels(40, 20, np.full((20, 40, 3), colour, np.uint8).tobytes())


def test_words_find_pictures(folder: Path) -> None:
    pair = open_pair(folder)
    made = pair.embed_pictures([_flat((250, 5, 5)), _flat((5, 5, 250))])
    pictures = np.stack([np.frombuffer(item.values, "<f2").astype(np.float32) for item in made])
    words = pair.embed_words(["Red", "blue"])
    assert (words @ pictures.T).argmax(axis=1).tolist() == [0, 1]
    assert {(item.model, item.dimension) for item in made} == {("tiny", 3)}
    assert np.linalg.norm(words, axis=1) == pytest.approx(1)


def test_nothing_in_nothing_out(folder: Path) -> None:
    pair = open_pair(folder)
    assert pair.embed_pictures([]) == []
    assert pair.embed_words([]).shape == (0, 3)


def test_hostile_pictures(folder: Path) -> None:
    pair = open_pair(folder)
    made = pair.embed_pictures([Pixels(1, 1, b"\0\0\0"), Pixels(20_000, 1, b"\xff" * 60_000)])
    values = [np.frombuffer(item.values, "<f2") for item in made]
    assert not values[0].any()
    assert np.linalg.norm(values[1].astype(float)) == pytest.approx(1, abs=0.01)


def test_digests_name_the_files(folder: Path) -> None:
    assert [name for name, _ in open_pair(folder).digests] == ["image.onnx", "text.onnx"]


@pytest.mark.parametrize("name", ["pair.toml", "image.onnx", "text.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(AnalysisError, match=name):
        open_pair(folder)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("colour = 1", "no field 'colour'"),
        ("image = '../image.onnx'", "not a file of this folder"),
        ("deviation = [1, 0, 1]", "three numbers"),
        ("size = 0", "out of range"),
        ("length = 1", "out of range"),
        ("x = = 1", "cannot be read"),
        ("size = 'big'", "size has a value of the wrong type"),
        ("crop = 1", "crop has a value of the wrong type"),
    ],
)
def test_what_pair_toml_may_not_say(folder: Path, line: str, words: str) -> None:
    (folder / "pair.toml").write_text(f'name = "tiny"\n{line}\n')
    with pytest.raises(AnalysisError, match=words):
        open_pair(folder)
