"""Why a photo was found: what of it answers the words, and where that is known from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from safelight.analysis.search.german import in_english
from safelight.analysis.search.index import Document, Encoder, Field, Index, spelled, told
from safelight.analysis.search.query import Query
from safelight.analysis.search.ranking import DAYS, split, stands_for
from safelight.analysis.search.tokens import tokens
from safelight.model.assets import Shot

_MOST = 3
_A_WORD, _THE_ONLY_WORD = 1, 2
"""Things told of one word: a second says little beside what answers the other words."""
_SEEN_BASE, _SEEN_SPAN = 0.3, 0.7


@dataclass(frozen=True, slots=True)
class Match:
    """One thing that answers; `score` is the recogniser's for what was seen, else None."""

    field: Field
    said: str
    score: float | None = None


def why(
    index: Index,
    query: Query,
    shots: Sequence[Shot],
    documents: Mapping[str, Document],
    *,
    encode: Encoder | None = None,
) -> dict[str, tuple[Match, ...]]:
    """What of each found photo answers the query, in the order of its words; three at most.

    Args:
        shots, documents: as they were indexed.
    """
    names = {
        name: {known for known, _ in stands_for(index, name, encode)}
        for name in split(index, query, encode)
    }
    rows = index.rows([shot.id for shot in shots])
    return {
        shot.id: _why(index, query, names, shot, documents.get(shot.id), row)
        for shot, row in zip(shots, rows, strict=True)
    }


def _why(
    index: Index,
    query: Query,
    names: Mapping[str, set[str]],
    shot: Shot,
    document: Document | None,
    row: int | None,
) -> tuple[Match, ...]:
    found: dict[tuple[Field, str], Match] = {}
    if row is not None:
        alone = len(names) == 1 and query.when is None
        for name, answers in names.items():
            told_of = _answers(index, row, shot, document, name, answers)
            for match in islice(told_of, _THE_ONLY_WORD if alone else _A_WORD):
                found.setdefault((match.field, match.said), match)
    if query.when is not None:
        found.setdefault((Field.DATE, ""), Match(Field.DATE, shot.day.isoformat()))
    if not found and (query.words or query.phrases):
        found[Field.MEANING, ""] = Match(Field.MEANING, " ".join((*query.phrases, *query.words)))
    return tuple(found.values())[:_MOST]


def _answers(
    index: Index, row: int, shot: Shot, document: Document | None, name: str, answers: set[str]
) -> Iterator[Match]:
    spoken = set()
    for field, text, weight in told(shot, document):
        hit = answers.intersection(known for known, _ in spelled(field, text, weight))
        if hit:
            spoken |= hit
            yield Match(field, _excerpt(text, hit) if field is Field.READ else text)
    for known in sorted(answers - spoken):
        weight_seen = _weight(index, known, row)
        if weight_seen is not None:
            score = min(1.0, max(0.0, (weight_seen - _SEEN_BASE) / _SEEN_SPAN))
            yield Match(Field.SEEN, known, round(score, 3))
    if (shot.day.month, shot.day.day) in DAYS.get(in_english(name), ()):
        yield Match(Field.DATE, shot.day.isoformat())


def _weight(index: Index, name: str, row: int) -> float | None:
    rows, weights = index.postings[name]
    at = int(np.searchsorted(rows, row))
    return float(weights[at]) if at < len(rows) and int(rows[at]) == row else None


def _excerpt(text: str, hit: set[str]) -> str:
    """The words around the first one that answers."""
    words = text.split()
    at = next((n for n, word in enumerate(words) if hit.intersection(tokens(word))), 0)
    return " ".join(words[max(0, at - 2) : at + 3])
