"""A person's own image-text pair, tiny and made here, is loaded and run by the real code.

See the fixture `tiny_pair`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from safelight.analysis.content import open_pair
from safelight.model.creations import Pixels
from safelight.model.errors import AnalysisError


@pytest.fixture
def folder(tiny_pair: Path) -> Path:
    return tiny_pair


def _flat(colour: tuple[int, int, int]) -> Pixels:
    return Pixels(40, 20, np.full((20, 40, 3), colour, np.uint8).tobytes())


def test_words_find_pictures(folder: Path) -> None:
    pair = open_pair(folder)
    made = pair.embed_pictures([_flat((250, 5, 5)), _flat((5, 5, 250))])
    pictures = np.stack([np.frombuffer(item.values, "<f2").astype(np.float32) for item in made])
    words = pair.embed_words(["Red", "blue"])
    assert (words @ pictures.T).argmax(axis=1).tolist() == [0, 1]
    assert {(item.model, item.dimension) for item in made} == {(pair.name, 3)}
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
        ("mean = ['a', 'b', 'c']", "three numbers"),
        ("mean = [0, 0, 0, 0]", "three numbers"),
        ("deviation = [1, nan, 1]", "three numbers"),
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
