"""What is known of one photo: what it shows, how good it is, and what looks like it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from safelight.analysis.saying import said_of
from safelight.app.composition import Rooms
from safelight.app.showing import Showing
from safelight.app.theming import MODEL
from safelight.app.views import AssetRow
from safelight.library.judgements import Judgements
from safelight.library.observations import Observations
from safelight.library.readings import Readings
from safelight.library.vectors import Vectors
from safelight.model.consent import Purpose, Refusal
from safelight.model.creations import Box
from safelight.model.observations import ContentResult, DetectedObject
from safelight.model.quality import Quality
from safelight.model.sights import Sight

_MOST_LABELS = 8
_COCO = {"television": "tv", "sofa": "couch", "mobile phone": "cell phone"}
"""What the program says otherwise than the detector's list."""

_ALIKE_FROM = 0.4
"""Cosine under which pictures share little that a person would call alike."""


@dataclass(frozen=True, slots=True)
class Insight:
    """What was seen in one photo.

    Attributes:
        labels: words for it with their scores, best first; only comparable within one word.
        things: what stands in it: name, how many, best score.
        faces: how many.
        text: words read in it.
    """

    labels: tuple[tuple[str, float], ...]
    things: tuple[tuple[str, int, float], ...]
    faces: int
    text: str
    quality: Quality | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing or a face and where it is, in pixels of the upright full-size picture.

    Attributes:
        kind: its name in the list of COCO's eighty, which other programs know: "tv" of a
            television.
    """

    name: str
    kind: str
    score: float
    box: Box


@dataclass(frozen=True, slots=True)
class SeenIn:
    """Everything with a place in one photo; `glimpses` is what the program does not go by."""

    asset: str
    path: str
    objects: tuple[Placed, ...]
    glimpses: tuple[Placed, ...]
    faces: tuple[Placed, ...]


class Insights:
    """Insight into the photos of one library, under `content`."""

    def __init__(self, rooms: Rooms, showing: Showing) -> None:
        self._rooms = rooms
        self._showing = showing
        self._observations = Observations(rooms.drawers)
        self._judgements = Judgements(rooms.drawers)

    def of(self, asset: str) -> Insight | None:
        """What was seen in one photo; None where `content` does not reach or nobody looked."""
        conditions = self._rooms.content_view()
        if conditions is None or not self._observations.covers(asset, *conditions):
            return None
        seen, judged = self._observations.get(asset), self._judgements.judged(asset)
        if seen is None:
            return None
        words = _said(seen)
        return Insight(
            _labels(words),
            _things(words),
            len(seen.faces),
            Readings(self._rooms.drawers).text(asset),
            judged.quality if judged else None,
        )

    def placed(self) -> Iterator[SeenIn]:
        """What stands where in every photo that was looked at, in order of time."""
        conditions = self._rooms.content_view()
        if conditions is None:
            return
        for row in self._showing.assets():
            seen = self._observations.get(row.id)
            if seen is None or not self._observations.covers(row.id, *conditions):
                continue
            faces = [DetectedObject("face", face.score, face.box) for face in seen.faces]
            yield SeenIn(
                row.id,
                row.path,
                *(_placed(things, row) for things in (seen.objects, seen.glimpses, faces)),
            )

    def alike(self, asset: str, count: int = 24) -> list[tuple[AssetRow, float]] | Refusal | None:
        """Photos that look like one, most alike first, with their cosine.

        Returns:
            a refusal where `content` is off, None where this photo was not looked at.
        """
        refusal = self._rooms.gate.refusal(Purpose.CONTENT)
        if refusal is not None:
            return refusal
        conditions = self._rooms.content_view()
        if conditions is None:
            return None
        names, vectors = Vectors(self._rooms.drawers).all(MODEL, *conditions)
        if asset not in names:
            return None
        own = names.index(asset)
        cosines = np.asarray(vectors @ vectors[own], np.float32)
        cosines[own] = -1
        near = [at for at in np.argsort(-cosines)[:count].tolist() if cosines[at] >= _ALIKE_FROM]
        close = {names[at]: round(float(cosines[at]), 3) for at in near}
        return [(row, close[row.id]) for row in self._showing.some(list(close))]


def _placed(things: Sequence[DetectedObject], row: AssetRow) -> tuple[Placed, ...]:
    wide, high = row.width, row.height
    return tuple(
        Placed(
            thing.name,
            _COCO.get(thing.name, thing.name),
            thing.score,
            Box(
                thing.box.x * wide,
                thing.box.y * high,
                thing.box.width * wide,
                thing.box.height * high,
            ),
        )
        for thing in things
    )


def _said(seen: ContentResult) -> Sight:
    labels = tuple((label.name, label.score) for label in seen.labels)
    return said_of(Sight(labels, tuple((thing.name, thing.score) for thing in seen.objects)))


def _labels(seen: Sight) -> tuple[tuple[str, float], ...]:
    best: dict[str, float] = {}
    for name, score in seen.labels:
        best[name] = max(score, best.get(name, 0.0))
    things = {name for name, _ in seen.objects}
    ranked = sorted(best.items(), key=lambda pair: -pair[1])
    return tuple(pair for pair in ranked if pair[0] not in things)[:_MOST_LABELS]


def _things(seen: Sight) -> tuple[tuple[str, int, float], ...]:
    found: dict[str, list[float]] = {}
    for name, score in seen.objects:
        found.setdefault(name, []).append(score)
    rows = [(name, len(scores), max(scores)) for name, scores in found.items()]
    return tuple(sorted(rows, key=lambda row: -row[2]))
