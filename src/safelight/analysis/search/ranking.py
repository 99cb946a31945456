"""From a query to photos: filters first, then evidence added up, best first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelight.analysis.search.german import in_english
from safelight.analysis.search.index import KINDS, Encoder, Index, Rows, Weights, merged
from safelight.analysis.search.query import Query
from safelight.analysis.search.spans import Span
from safelight.analysis.search.synonyms import LOOSE, SYNONYMS
from safelight.analysis.search.tokens import key
from safelight.weights import registry

MEANING_FROM = 0.62
"""Cosine of two texts from which a name stands for a word. Pairs that nobody would take for each
other (cactus and snake, desert and beach) lie at 0.5 to 0.6."""

_COLOURS = frozenset(("black", "white", "grey", "gray", "red", "green", "blue", "yellow", "golden"))
"""To a text encoder white is near to an orange."""

_PART = 0.45
_NEAREST = 4
_CALENDAR = 0.45
_FIRST_PHOTO = date(1826, 1, 1).toordinal()
DAYS = {
    "christmas": ((12, 24), (12, 25), (12, 26)),
    "xmas": ((12, 24), (12, 25), (12, 26)),
    "halloween": ((10, 31),),
    "new year": ((12, 31), (1, 1)),
    "new year eve": ((12, 31),),
    "christmas eve": ((12, 24),),
}

_LONGEST = max(name.count(" ") + 1 for name in (*SYNONYMS, *DAYS))

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hit:
    """A found photo; scores compare within one search."""

    asset: str
    score: float


_TELLING = 0.06
"""Cosines between the photo that is most like a text and those least like it: with less, no photo
is what was asked for. Of such models a photo and its words are 0.1 nearer than any other two."""

_CLEARLY_ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class Meaning:
    """Whether photos show what a text means, where a person added an image-text model.

    Attributes:
        encode: texts to unit vectors of the model.
        vectors: of the photos, unit, float16 (n, dimension).
        rows: the index row of each.
    """

    encode: Encoder
    vectors: NDArray[Any]
    rows: Rows


def search(
    index: Index,
    query: Query,
    *,
    encode: Encoder | None = None,
    meaning: Meaning | None = None,
    limit: int = 200,
) -> list[Hit]:
    """The best photos; those that answer every term come before the rest, which is left out.

    Args:
        encode: embeds words, for names of like meaning; the index must have learnt it.
    """
    allowed = _filtered(index, query)
    if query.empty or not allowed.any():
        return []
    terms = [_term(index, name, encode) for name in split(index, query, encode)]
    total = np.zeros(len(index.assets), np.float32)
    answered = np.zeros(len(index.assets), np.int16)
    for rows, weights in terms:
        # What few photos have tells more: inverse document frequency, kept mild.
        rare = 1 + 0.15 * np.log10(max(1.0, len(index.assets) / max(1, len(rows))))
        total[rows] += weights * np.float32(rare)
        answered[rows] += 1
    if meaning is not None and (query.words or query.phrases):
        _add_meaning(total, answered, meaning, query, len(terms))
    return _best(index, total, answered, allowed, bool(terms), limit)


def _filtered(index: Index, query: Query) -> NDArray[np.bool_]:
    allowed = np.ones(len(index.assets), np.bool_)
    if query.when is not None:
        allowed &= _within(index.day, query.when)
    if query.stars is not None:
        allowed &= index.rating >= query.stars
    if query.kind is not None:
        allowed &= index.kind == KINDS.index(query.kind)
    for name in query.without:
        for known, weight in _meant(name).items():
            if weight > LOOSE and known in index.postings:
                allowed[index.postings[known][0]] = False
    return allowed


def _within(day: NDArray[np.int32], span: Span) -> NDArray[np.bool_]:
    since = max(span.first.toordinal(), _FIRST_PHOTO)  # what has no date lies before
    inside = (day >= since) & (day <= span.last.toordinal())
    if span.months or span.days:
        days, number = np.unique(day, return_inverse=True)
        dates = (date.fromordinal(max(1, int(value))) for value in days)
        inside &= np.array([span.on_days(each) for each in dates], np.bool_)[number]
    return np.asarray(inside)


def split(index: Index, query: Query, encode: Encoder | None = None) -> Iterator[str]:
    """The names in a query: the longest that the index or the synonyms know, then single words.

    Words beside one another that nothing knows are one name where together they mean something
    (a passenger jet).
    """
    yield from query.phrases
    unknown: list[str] = []
    for name in _names(index, query.words):
        if " " not in name and not _known(index, in_english(name)) and name not in index.postings:
            unknown.append(name)
            continue
        yield from _together(index, unknown, encode)
        unknown = []
        yield name
    yield from _together(index, unknown, encode)


def _names(index: Index, words: Sequence[str]) -> Iterator[str]:
    at = 0
    while at < len(words):
        for length in range(min(max(index.longest_name, _LONGEST), len(words) - at), 0, -1):
            name = " ".join(words[at : at + length])
            if length == 1 or _known(index, name):
                yield name
                at += length
                break


def _known(index: Index, name: str) -> bool:
    return name in index.postings or name in SYNONYMS or name in DAYS


def _together(index: Index, words: Sequence[str], encode: Encoder | None) -> Sequence[str]:
    name = " ".join(words)
    return (name,) if len(words) > 1 and _by_meaning(index, name, encode) else words


def _term(index: Index, name: str, encode: Encoder | None) -> tuple[Rows, Weights]:
    """Photos that answer one name: itself, what it stands for, its day, or its meaning."""
    parts = [
        (index.postings[known][0], index.postings[known][1] * np.float32(factor))
        for known, factor in stands_for(index, name, encode)
    ]
    if (day := in_english(name)) in DAYS:
        parts.append(_on_days(index, day))
    if not parts:
        return np.zeros(0, np.int32), np.zeros(0, np.float32)
    return merged(parts)


def stands_for(index: Index, name: str, encode: Encoder | None) -> list[tuple[str, float]]:
    """Known names that answer one name, and how much each counts."""
    asked = in_english(name)
    known = [(other, weight) for other, weight in _meant(name).items() if other in index.postings]
    found = [pair for pair in known if pair[1] > LOOSE] or known
    if found or asked in DAYS:
        return found
    return [*_by_meaning(index, asked, encode), *_by_beginning(index, name)]


def _meant(name: str) -> dict[str, float]:
    """A name, what it is in English, and what both stand for."""
    asked = in_english(name)
    return {**SYNONYMS.get(asked, {}), **SYNONYMS.get(name, {}), asked: 1.0, name: 1.0}


def _on_days(index: Index, name: str) -> tuple[Rows, Weights]:
    days, number = np.unique(index.day, return_inverse=True)
    dates = [date.fromordinal(max(1, int(value))) for value in days]
    kept = np.array([(day.month, day.day) in DAYS[name] for day in dates], np.bool_)
    rows = np.flatnonzero(kept[number]).astype(np.int32) if len(days) else np.zeros(0, np.int32)
    return rows, np.full(len(rows), _CALENDAR, np.float32)


def _by_meaning(index: Index, name: str, encode: Encoder | None) -> list[tuple[str, float]]:
    if encode is None or index.vectors is None or name in _recognised():
        return []
    if _COLOURS.issuperset(name.split()):
        return []
    cosines = index.vectors @ np.asarray(encode([name]), np.float32)[0]
    near = np.argsort(-cosines)[:_NEAREST]
    return [
        (known, float(cosines[at]))
        for at in near.tolist()
        if cosines[at] >= MEANING_FROM
        and (known := index.content_names[at]) in index.postings
        and name not in known.split()[:-1]  # a night snake is a snake, and no night
    ]


@cache
def _recognised() -> frozenset[str]:
    """What the recogniser would have said: with no elephant, an elephant is no other animal."""
    scenes = [line.split("\t") for line in registry.words("scene-names")]
    names = [*registry.words("object-names"), *(name for name, _, _ in scenes)]
    return frozenset(map(key, names))


def _by_beginning(index: Index, name: str) -> list[tuple[str, float]]:
    """Names of which a word begins with what was typed so far, a few letters at least."""
    if len(name) < 3:
        return []
    inner = f" {name}"
    found = [k for k in index.postings if k.startswith(name) or inner in k]
    return [(known, _PART) for known in sorted(found, key=len)[:40]]


def _add_meaning(
    total: Floats, answered: NDArray[np.int16], meaning: Meaning, query: Query, terms: int
) -> None:
    text = " ".join((*query.phrases, *query.words))
    cosines = np.asarray(meaning.vectors @ meaning.encode([text])[0].astype(np.float16), np.float32)
    if not len(cosines):
        return
    low, best = float(np.quantile(cosines, 0.1)), float(cosines.max())
    if best - low < _TELLING:
        return
    strength = np.clip((cosines - low) / (best - low), 0, 1)
    total[meaning.rows] += strength
    # A clear likeness answers the whole query, whatever words are known.
    answered[meaning.rows[strength >= _CLEARLY_ALIKE]] = max(terms, 1)


def _best(
    index: Index,
    total: Floats,
    answered: NDArray[np.int16],
    allowed: NDArray[np.bool_],
    has_terms: bool,
    limit: int,
) -> list[Hit]:
    if has_terms or answered.any():
        most = int(answered[allowed].max())
        if most == 0:
            return []
        rows = np.flatnonzero(allowed & (answered == most))
    else:
        rows = np.flatnonzero(allowed)
    newest_first = np.lexsort((-index.day[rows], -total[rows]))[:limit]
    chosen: Sequence[int] = rows[newest_first].tolist()
    scale = max(1.0, float(total[chosen].max()) if len(chosen) else 1.0)
    return [
        Hit(index.assets[row], round(float(total[row]) / scale if has_terms else 1.0, 4))
        for row in chosen
    ]
