"""WordPiece: text into the pieces that BERT-like models know.

Source: Wu et al. 2016 (arXiv 1609.08144), and BERT's "uncased" rules: lower case, accents dropped,
punctuation and CJK characters stand alone, the longest known piece first.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

_LONGEST_WORD = 100


class WordPiece:
    """Splits text with a vocabulary: one piece a line, its line number is its id."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: index for index, piece in enumerate(vocabulary)}
        self._unknown = self._ids["[UNK]"]
        self._start, self._end = self._ids["[CLS]"], self._ids["[SEP]"]

    def __call__(self, text: str, most: int = 128) -> list[int]:
        """Ids with the start and end marks, at most `most` of them."""
        ids: list[int] = []
        for word in _words(text):
            ids += self._pieces(word)
            if len(ids) >= most - 2:
                break
        return [self._start, *ids[: most - 2], self._end]

    def _pieces(self, word: str) -> list[int]:
        if len(word) > _LONGEST_WORD:
            return [self._unknown]
        ids: list[int] = []
        at = 0
        while at < len(word):
            end = self._longest(word, at)
            if end == at:
                return [self._unknown]
            ids.append(self._ids[_piece(word, at, end)])
            at = end
        return ids

    def _longest(self, word: str, at: int) -> int:
        end = len(word)
        while end > at and _piece(word, at, end) not in self._ids:
            end -= 1
        return end


def _piece(word: str, at: int, end: int) -> str:
    return word[at:end] if at == 0 else f"##{word[at:end]}"


def _words(text: str) -> Iterator[str]:
    word = ""
    for character in unicodedata.normalize("NFD", text.lower()):
        kind = unicodedata.category(character)
        if kind == "Mn":
            continue
        if character.isspace() or kind in ("Cc", "Cf", "Co", "Cs"):
            joined = kind != "Zs" and not character.isspace()
            if joined:
                continue
            yield from filter(None, [word])
            word = ""
        elif _alone(character, kind):
            yield from filter(None, [word])
            yield character
            word = ""
        else:
            word += character
    yield from filter(None, [word])


def _alone(character: str, kind: str) -> bool:
    if kind.startswith("P") or character in "$+<=>^`|~":
        return True
    code = ord(character)
    return 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF
