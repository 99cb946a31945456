"""Byte-pair encoding as CLIP uses it, read from a `tokenizer.json`.

Source: Sennrich et al. 2016 (arXiv 1508.07909) over bytes shown as printable characters; words end
with `</w>`. Only the fields `model.vocab` and `model.merges` are read.
"""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import pairwise

from safelight.model.errors import AnalysisError

_WORDS = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d|[^\W\d_]+|\d|(?:[^\s\w]|_)+", re.IGNORECASE)
_END = "</w>"
_START_MARK, _END_MARK = "<|startoftext|>", "<|endoftext|>"


class BytePairs:
    """Splits text into ids.

    Args:
        text: the content of a `tokenizer.json`.

    Raises:
        AnalysisError: it is not one, or its marks for start and end are missing.
    """

    def __init__(self, text: str) -> None:
        try:
            model = json.loads(text)["model"]
            merges = [
                pair.split(" ") if isinstance(pair, str) else pair for pair in model["merges"]
            ]
            self._ranks = {(first, second): rank for rank, (first, second) in enumerate(merges)}
            self._ids: dict[str, int] = {str(k): int(v) for k, v in model["vocab"].items()}
            self._start, self._end = self._ids[_START_MARK], self._ids[_END_MARK]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise AnalysisError(f"the tokenizer cannot be used: {error}") from error

    def __call__(self, text: str, most: int = 77) -> list[int]:
        """Ids between the start and end marks, at most `most` in all."""
        ids: list[int] = []
        for word in _WORDS.findall(" ".join(text.lower().split())):
            shown = [_shown()[byte] for byte in word.encode("utf-8")]
            ids += (self._ids[part] for part in self._joined(shown) if part in self._ids)
        return [self._start, *ids[: most - 2], self._end]

    def _joined(self, parts: list[str]) -> list[str]:
        parts = [*parts[:-1], parts[-1] + _END]
        while len(parts) > 1:
            pairs = list(pairwise(parts))
            best = min(pairs, key=lambda pair: self._ranks.get(pair, len(self._ranks)))
            if best not in self._ranks:
                break
            at = pairs.index(best)
            parts = [*parts[:at], "".join(best), *parts[at + 2 :]]
        return parts


@cache
def _shown() -> dict[int, str]:
    """A printable character for each byte: itself where it is one, else one from 256 upward."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    table = {byte: chr(byte) for byte in plain}
    for byte in range(256):
        if byte not in table:
            table[byte] = chr(256 + len(table) - len(plain))
    return table
