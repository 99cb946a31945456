"""Words as numbers, and the ways that text is split."""

from __future__ import annotations

import json

import numpy as np
import pytest

from safelight.analysis.content import WordEmbedder
from safelight.analysis.content.bytepairs import BytePairs
from safelight.analysis.content.wordpiece import WordPiece
from safelight.model.errors import AnalysisError
from safelight.weights import registry

START, END = 101, 102


@pytest.fixture(scope="module")
def split() -> WordPiece:
    return WordPiece(registry.words("word-pieces"))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        # Ids as published for BERT base, uncased.
        ("hello world", [7592, 2088]),
        ("Hello, World!", [7592, 1010, 2088, 999]),
        ("unaffable", [14477, 20961, 3468]),
        ("", []),
        ("   \t\n", []),
        ("Café", [7668]),
        ("\u200b", []),
    ],
)
def test_wordpiece(split: WordPiece, text: str, ids: list[int]) -> None:
    assert split(text) == [START, *ids, END]


def test_wordpiece_takes_anything(split: WordPiece) -> None:
    assert split("x" * 500) == [START, 100, END]
    assert len(split("word " * 10_000)) == 128
    assert split("東京") == [START, 1879, 1755, END]


def test_meaning_is_near() -> None:
    labels = ["beach", "bookcase", "snowmobile", "birthday cake", "dog"]
    wanted = {"seaside": "beach", "puppy": "dog", "shelves for novels": "bookcase"}
    embed = WordEmbedder()
    rows = embed.embed(labels)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1)
    for text, label in wanted.items():
        assert labels[int((rows @ embed.embed([text])[0]).argmax())] == label


def test_a_text_is_the_same_alone_and_in_company() -> None:
    embed = WordEmbedder()
    together = embed.embed(["a red boat", "x " * 90])
    assert embed.embed(["a red boat"])[0] == pytest.approx(together[0], abs=2e-3)
    assert embed.embed([]).shape == (0, 384)


def _pairs() -> BytePairs:
    vocab = ["<|startoftext|>", "<|endoftext|>", "a</w>", "b</w>", "b", "ab</w>", "é"]
    merges = ["a b</w>"]
    model = {"vocab": {piece: index for index, piece in enumerate(vocab)}, "merges": merges}
    return BytePairs(json.dumps({"model": model}))


def test_byte_pairs() -> None:
    split = _pairs()
    assert split("A") == [0, 2, 1]
    assert split(" ab  B ") == [0, 5, 3, 1]
    assert split("") == [0, 1]
    assert split("a " * 100, 10) == [0, *[2] * 8, 1]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"model": {"vocab": {}, "merges": []}}'])
def test_what_is_no_tokenizer_is_refused(text: str) -> None:
    with pytest.raises(AnalysisError, match="tokenizer"):
        BytePairs(text)
