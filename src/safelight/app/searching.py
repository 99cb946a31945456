"""Search at work: the index is built from what may be known, and kept until that changes."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from datetime import date
from itertools import chain
from pathlib import PurePath
from typing import Any

import numpy as np

from safelight.analysis.saying import said
from safelight.analysis.search import (
    Document,
    Encoder,
    Hit,
    Index,
    Match,
    Meaning,
    Query,
    build_index,
    parse,
    why,
)
from safelight.analysis.search import search as find
from safelight.analysis.search.tokens import tokens
from safelight.app.composition import Rooms
from safelight.app.theming import Theming
from safelight.ideas import is_south
from safelight.library.vectors import Vectors
from safelight.model.assets import AssetKind, Shot
from safelight.model.consent import Purpose, Refusal
from safelight.model.errors import AnalysisError
from safelight.model.ideas import Timeline
from safelight.model.people import NOBODY_SEEN, PeopleSeen


class Searching:
    """Search of one library.

    Args:
        timeline: what may be seen now, its moments with themes.
        people: asked only while `faces` is on.
        encoder: gives a text encoder, or None where there is none; asked when first needed.
        pair: a person's own image-text model: its name in embeddings and its text encoder.
    """

    def __init__(
        self,
        rooms: Rooms,
        timeline: Callable[[], Timeline],
        theming: Theming,
        people: Callable[[], PeopleSeen] = lambda: NOBODY_SEEN,
        encoder: Callable[[], Encoder | None] = lambda: None,
        pair: Callable[[], tuple[str, Encoder] | None] = lambda: None,
    ) -> None:
        self._rooms = rooms
        self._timeline = timeline
        self._theming = theming
        self._people = people
        self._encoder = encoder
        self._pair = pair
        self._vectors = Vectors(rooms.drawers)
        self._lock = threading.Lock()
        self._cached: tuple[object, Index] | None = None
        self._meant: tuple[Index, Meaning | None] | None = None

    def search(
        self, text: str, today: date | None = None, limit: int = 200
    ) -> list[tuple[Hit, str]] | Refusal:
        """The best photos for a text, each with its path; a refusal where `library` is off."""
        refusal = self._rooms.gate.refusal(Purpose.LIBRARY)
        if refusal is not None:
            return refusal
        hits = self.hits(text, today, limit)
        paths = self._paths([hit.asset for hit in hits])
        return [(hit, paths[hit.asset]) for hit in hits if hit.asset in paths]

    def hits(self, text: str, today: date | None = None, limit: int = 200) -> list[Hit]:
        """The best photos for a text; the caller has asked the gate."""
        query = self._parsed(text, today)
        index, encode = self._ready()
        try:
            return find(index, query, encode=encode, meaning=self._meaning(index), limit=limit)
        except AnalysisError:  # the person's own model cannot read this
            return find(index, query, encode=encode, limit=limit)

    def why(
        self, text: str, assets: Sequence[str], today: date | None = None
    ) -> dict[str, tuple[Match, ...]]:
        """What of each found photo answers a text."""
        query = self._parsed(text, today)
        index, encode = self._ready()
        timeline = self._timeline()
        documents = self._documents(timeline, assets)
        shots = {asset: timeline.by_id[asset] for asset in assets if asset in timeline.by_id}
        if len(shots) < len(assets):
            shots |= {shot.id: shot for shot in self._undated(timeline)}
        found = [shots[asset] for asset in assets if asset in shots]
        return why(index, query, found, documents, encode=encode)

    def things(self, most: int) -> list[str]:
        """Names of things that many photos show, most frequent first."""
        seen = self._theming.sightings()
        if seen is None:
            return []
        clear = np.asarray(seen.is_object, np.bool_) & (np.asarray(seen.score) >= _CLEARLY)
        counts = np.bincount(np.asarray(seen.name)[clear], minlength=len(seen.names))
        order = np.argsort(-counts, kind="stable").tolist()
        names = [seen.names[at] for at in order if counts[at] and seen.names[at] != "person"]
        return names[:most]

    def forget(self) -> None:
        """Drop what is held in memory; a withdrawal must not leave it there."""
        with self._lock:
            self._cached = self._meant = None

    def _parsed(self, text: str, today: date | None) -> Query:
        """Taken apart with the person's own day and seasons, and the names of their people."""
        day, south = today or date.today(), is_south(self._timeline())
        query = parse(text, day, south=south)
        if query.when is not None and query.when.months:  # perhaps it is June who is meant
            query = parse(text, day, south=south, names=self._names())
        return query

    def _names(self) -> set[str]:
        if not self._rooms.gate.allows(Purpose.FACES):
            return set()
        known = self._people()
        said = set(chain(known.names.values(), *known.written.values()))
        return {word for name in said for word in tokens(name)}

    def _index(self) -> Index:
        with self._lock:
            key = (self._rooms.stamp(), self._faces())
            if self._cached is None or self._cached[0] != key:
                self._cached = (key, self._build())
            return self._cached[1]

    def _ready(self) -> tuple[Index, Encoder | None]:
        index = self._index()
        encode = self._encoder() if self._rooms.gate.allows(Purpose.CONTENT) else None
        if encode is not None and index.vectors is None and index.content_names:
            index.learn_meaning(encode)
        return index, encode

    def _build(self) -> Index:
        timeline = self._timeline()
        shots = [*timeline.shots, *self._undated(timeline)]
        seen = self._theming.sightings()
        return build_index(shots, self._documents(timeline), said(seen) if seen else None)

    def _documents(
        self, timeline: Timeline, assets: Sequence[str] | None = None
    ) -> dict[str, Document]:
        """What is told of some assets, or of all."""
        themes = {
            asset: tuple((theme.name, theme.score) for theme in moment.themes)
            for moment in timeline.moments
            if moment.themes
            for asset in moment.assets
        }
        people = self._people() if self._rooms.gate.allows(Purpose.FACES) else NOBODY_SEEN
        seen = self._theming.sightings()
        read = seen.text if seen is not None else {}
        found = {}
        columns = "a.id, a.path, a.title, a.description"
        where, chosen = "a.error is null", tuple[str, ...]()
        if assets is not None:
            where, chosen = f"{where} and {_AMONG}", (json.dumps(list(assets)),)
        for row in self._rooms.listing.assets(self._rooms.view(), where, chosen, columns=columns):
            asset = row["id"]
            found[asset] = Document(
                texts=_texts(row),
                people=people.said(asset),
                themes=themes.get(asset, ()),
                text=read.get(asset, ""),
            )
        return found

    def _undated(self, timeline: Timeline) -> list[Shot]:
        """Assets without a date: words find them, dates do not."""
        view = self._rooms.view()
        columns = "a.id, a.kind, a.rating, a.camera, a.width, a.height"
        where = "a.error is null and a.taken_local is null"
        return [
            Shot(
                row["id"],
                *(_NEVER, _NEVER, False, AssetKind(row["kind"]), row["width"], row["height"]),
                camera=row["camera"],
                rating=row["rating"],
            )
            for row in self._rooms.listing.assets(view, where, columns=columns)
            if row["id"] not in timeline.by_id
        ]

    def _meaning(self, index: Index) -> Meaning | None:
        """Vectors of the photos of an index, read once for it: they are a hundred megabytes."""
        held = self._meant
        if held is None or held[0] is not index:
            held = (index, self._read_meaning(index))
            with self._lock:
                if self._cached is not None and self._cached[1] is index:  # else all is forgotten
                    self._meant = held
        return held[1]

    def _read_meaning(self, index: Index) -> Meaning | None:
        conditions = self._rooms.content_view()
        pair = self._pair() if conditions is not None else None
        if conditions is None or pair is None:
            return None
        model, encode = pair
        assets, vectors = self._vectors.all(model, *conditions)
        row = {asset: number for number, asset in enumerate(index.assets)}
        kept = [number for number, asset in enumerate(assets) if asset in row]
        rows = np.array([row[assets[number]] for number in kept], np.int32)
        return Meaning(encode, vectors[kept], rows) if kept else None

    def _paths(self, assets: list[str]) -> dict[str, str]:
        found = self._rooms.listing.assets(
            self._rooms.view(), _AMONG, (json.dumps(assets),), columns="a.id, a.path"
        )
        return {row["id"]: row["path"] for row in found}

    def _faces(self) -> object:
        if not self._rooms.gate.allows(Purpose.FACES):
            return None
        known = self._people()
        named = frozenset(known.names.items()), frozenset(known.written.items())
        return hash(named), len(known.in_photos)


_AMONG = "a.id in (select value from json_each(?))"
_CLEARLY = 0.5
"""Score from which a thing is worth suggesting."""
_NEVER = -62_000_000_000.0
"""Seconds of a time before any photograph, for what has no date."""


def word_encoder() -> Encoder:
    """The text encoder that ships, loaded now."""
    from safelight.app.looking import word_encoder as load  # loads the model runtime

    return load()


def _texts(row: dict[str, Any]) -> tuple[tuple[str, float], ...]:
    path = PurePath(row["path"])
    said = ((row["title"], 0.9), (row["description"], 0.7), (path.stem, 0.5))
    return tuple((text, weight) for text, weight in said if text)
