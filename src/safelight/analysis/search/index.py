"""The index: names to photos, one field for each thing that consent can switch off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelight.analysis.search.tokens import key, tokens
from safelight.model.assets import AssetKind, Shot
from safelight.model.sights import Sightings

Rows = NDArray[np.int32]
Weights = NDArray[np.float32]
Encoder = Callable[[Sequence[str]], NDArray[Any]]
"""Texts to unit vectors, one row each."""

_LABEL_FROM = 0.15
_DARK_FROM = 0.5
_EVENING, _MORNING, _NOON = 20, 6, 12
_EPOCH_DAY = date(1970, 1, 1).toordinal()


class Field(StrEnum):
    """What tells of a photo: written by people, read or seen by the program, or its date."""

    KEYWORD = "keyword"
    PLACE = "place"
    CAMERA = "camera"
    FOLDER = "folder"
    WRITTEN = "written"
    PERSON = "person"
    THEME = "theme"
    READ = "read"
    SEEN = "seen"
    DATE = "date"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Document:
    """What words are known of one photo besides what it shows; all of it may be empty.

    Attributes:
        texts: title, description, file and folder name, with how much each counts.
        people: names that may be said (purpose `faces`).
        themes: of its moment, with their scores.
    """

    texts: tuple[tuple[str, float], ...] = ()
    people: tuple[str, ...] = ()
    themes: tuple[tuple[str, float], ...] = ()
    text: str = ""


@dataclass(slots=True)
class Index:
    """Postings of every name: photos and how much each counts, 0 to 1.

    Attributes:
        assets: ids, oldest first; a photo's row is its place here.
        postings: by looked-up name (words in the singular).
        content_names: names that describe what is seen, for meaning.
        day, rating: of every photo; 0 and -2 where unknown.
        kind: number of the kind in `AssetKind`.
    """

    assets: Sequence[str]
    postings: Mapping[str, tuple[Rows, Weights]]
    content_names: Sequence[str]
    day: NDArray[np.int32]
    rating: NDArray[np.int8]
    kind: NDArray[np.int8]
    longest_name: int = 3
    vectors: NDArray[np.float32] | None = field(default=None, repr=False)

    def rows(self, assets: Sequence[str]) -> list[int | None]:
        """The row of each asset; None where it is not in the index."""
        wanted = set(assets)
        found = {asset: row for row, asset in enumerate(self.assets) if asset in wanted}
        return [found.get(asset) for asset in assets]

    def learn_meaning(self, encode: Encoder) -> None:
        """Give every name of what is seen a vector, so that words of like meaning find it."""
        names = [name.replace("-", " ") for name in self.content_names]
        self.vectors = np.asarray(encode(names), np.float32) if names else None


KINDS = tuple(AssetKind)


def build_index(
    shots: Sequence[Shot],
    documents: Mapping[str, Document] | None = None,
    seen: Sightings | None = None,
) -> Index:
    """Index what may be known; fields of a purpose that is off are simply not handed in.

    Args:
        shots: with places and keywords as far as they are allowed.
    """
    documents = documents or {}
    row_of = {shot.id: row for row, shot in enumerate(shots)}
    gathered: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for row, shot in enumerate(shots):
        for name, weight in _names(shot, documents.get(shot.id)):
            found = gathered[name]
            if weight > found.get(row, 0.0):
                found[row] = weight
    postings = {name: _posting(found) for name, found in gathered.items()}
    content = _add_content(postings, seen, row_of) if seen is not None else []
    if seen is not None:
        hours = np.array([s.local % 86400 // 3600 if s.trusted else _NOON for s in shots])
        _add_night(postings, seen, row_of, hours)
    themes = {theme for each in documents.values() for theme, _ in each.themes}
    return Index(
        assets=[shot.id for shot in shots],
        postings=postings,
        content_names=sorted({*content, *map(key, themes)}),
        day=np.array([shot.local // 86400 + _EPOCH_DAY for shot in shots], np.int32),
        rating=np.array([-2 if s.rating is None else s.rating for s in shots], np.int8),
        kind=np.array([KINDS.index(shot.kind) for shot in shots], np.int8),
        longest_name=min(6, max((name.count(" ") + 1 for name in postings), default=1)),
    )


def _names(shot: Shot, document: Document | None) -> Iterable[tuple[str, float]]:
    for field_, text, weight in told(shot, document):
        yield from spelled(field_, text, weight)


def told(shot: Shot, document: Document | None) -> Iterable[tuple[Field, str, float]]:
    """What is told of a photo: the field, the text, how much it counts."""
    for keyword in shot.keywords:
        yield Field.KEYWORD, keyword, 1.0
    if shot.place is not None:
        place = shot.place
        for name in (place.city, place.region, place.country):
            if name:
                yield Field.PLACE, name, 1.0
    if shot.camera:
        yield Field.CAMERA, shot.camera, 0.9
    if shot.folder:
        yield Field.FOLDER, shot.folder, 0.6
    if document is not None:
        yield from _documented(document)


def spelled(field_: Field, text: str, weight: float) -> Iterable[tuple[str, float]]:
    """The names under which a text is found."""
    if field_ is Field.THEME:
        yield key(text), weight
    elif field_ is Field.READ:
        for word in tokens(text):
            yield word, weight
    else:
        yield from _named(text, weight)


def _documented(document: Document) -> Iterable[tuple[Field, str, float]]:
    for text, weight in document.texts:
        yield Field.WRITTEN, text, weight
    for person in document.people:
        yield Field.PERSON, person, 1.0
    for theme, score in document.themes:
        yield Field.THEME, theme, score
    if document.text:
        yield Field.READ, document.text, 0.8


def _named(name: str, weight: float) -> Iterable[tuple[str, float]]:
    words = tokens(name)
    if len(words) > 1:
        yield " ".join(words), weight
    for word in words:
        yield word, weight if len(words) == 1 else 0.8 * weight


def _posting(found: Mapping[int, float]) -> tuple[Rows, Weights]:
    rows = np.fromiter(found.keys(), np.int32, len(found))
    weights = np.fromiter(found.values(), np.float32, len(found))
    order = np.argsort(rows)
    return rows[order], weights[order]


def _add_content(
    postings: dict[str, tuple[Rows, Weights]], seen: Sightings, row_of: Mapping[str, int]
) -> list[str]:
    """Add what is seen; returns the names."""
    here = np.array([row_of.get(asset, -1) for asset in seen.assets], np.int32)
    if not len(here):
        return []
    row = here[np.asarray(seen.row)]
    name, score = np.asarray(seen.name), np.asarray(seen.score)
    kept = (row >= 0) & (score >= _LABEL_FROM)
    row, name, score = row[kept], name[kept], score[kept]
    order = np.lexsort((row, name))
    row, name, score = row[order], name[order], score[order]
    names: list[str] = []
    bounds = np.searchsorted(name, np.arange(len(seen.names) + 1))
    for number, word in enumerate(seen.names):
        low, high = int(bounds[number]), int(bounds[number + 1])
        if low == high:
            continue
        looked_up = key(word)
        weights = (0.3 + 0.7 * score[low:high]).astype(np.float32)
        own = (row[low:high].astype(np.int32), weights)
        postings[looked_up] = merged([postings[looked_up], own] if looked_up in postings else [own])
        names.append(looked_up)
    return names


def _add_night(
    postings: dict[str, tuple[Rows, Weights]],
    seen: Sightings,
    row_of: Mapping[str, int],
    hours: NDArray[Any],
) -> None:
    """Add dark pictures; those that were taken at night come first."""
    here = np.array([row_of.get(asset, -1) for asset in seen.assets], np.int32)
    dark = np.asarray(seen.light, np.float32).reshape(-1, 3)[:, 0]
    here = here[(here >= 0) & (dark >= _DARK_FROM)]
    if len(here):
        late = (hours[here] >= _EVENING) | (hours[here] < _MORNING)
        own = (here, np.where(late, 0.9, 0.4).astype(np.float32))
        postings["night"] = merged([postings["night"], own] if "night" in postings else [own])


def merged(parts: Sequence[tuple[Rows, Weights]]) -> tuple[Rows, Weights]:
    """Several postings as one; a photo in more than one keeps its greatest weight."""
    rows = np.concatenate([part[0] for part in parts])
    weights = np.concatenate([part[1] for part in parts])
    order = np.lexsort((-weights, rows))
    rows, weights = rows[order], weights[order]
    first = np.ones(len(rows), np.bool_)
    first[1:] = rows[1:] != rows[:-1]
    return rows[first], weights[first]
