"""A person's own image-text pair at work: every picture as a vector, for search and for themes.

The pair is read from the folder that the setting `pair_folder` names, and nowhere else. Pictures
are decoded in workers, from previews; the pair itself runs here, since it is the person's own file
and workers open none.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from safelight.app.composition import Rooms
from safelight.app.pace import Pace
from safelight.app.views import ScanProgress
from safelight.library.catalogue import Row
from safelight.library.failures import Failures
from safelight.library.records import subject_of
from safelight.library.vectors import Vectors
from safelight.model.consent import Permit, Purpose
from safelight.model.creations import Pixels
from safelight.model.errors import AnalysisError
from safelight.model.jobs import Job
from safelight.model.observations import Embedding

if TYPE_CHECKING:
    from safelight.analysis.content import ModelPair
    from safelight.analysis.search import Encoder

STEP_PAIR = "own-pair"
_BATCH = 16
_COLUMNS = "a.id, a.key, a.path, a.size, a.kind, a.taken_on"
_SURE = 0.5
_SHARPNESS = 100.0
"""By which cosines of such pairs are multiplied before they become shares (CLIP's own scale)."""


class Pairing:
    """The own pair of one library; nothing where the setting names no folder."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._vectors = Vectors(rooms.drawers)
        self._failures = Failures(rooms.drawers, Purpose.CONTENT.value)
        self._lock = threading.Lock()
        self._opened: ModelPair | None = None
        self._problem: str | None = None

    def problems(self) -> tuple[str, ...]:
        """Why the pair that was set is not used, in words; empty when it is, or none is set."""
        if self._rooms.settings.pair_folder and self._pair() is None and self._problem:
            return (self._problem,)
        return ()

    def search_pair(self) -> tuple[str, Encoder] | None:
        """The name of the pair's embeddings and its text encoder.

        The encoder raises AnalysisError where the pair cannot read a text; it is not used then.
        """
        pair = self._pair()
        return None if pair is None else (pair.name, lambda texts: self._read(pair, texts))

    def catch_up(
        self,
        stop: threading.Event,
        report: Callable[[ScanProgress], None] = lambda _: None,
    ) -> int:
        """Embed every picture that may be looked at and has no vector yet; returns how many."""
        gate, pair = self._rooms.gate, self._pair()
        if pair is None or not gate.allows(Purpose.CONTENT):
            return 0
        todo, pace, done = self._todo(pair.name), Pace(), 0
        pace.start(len(todo))
        for start in range(0, len(todo), _BATCH):
            if stop.is_set():
                break
            batch = todo[start : start + _BATCH]
            done += self._embed(pair, batch)
            pace.advance(len(batch))
            report(pace.progress("content", 0, "Your own model looks at the pictures"))
        return done

    def meant(self, prompts: Mapping[str, str], other: Sequence[str]) -> dict[str, frozenset[str]]:
        """For each theme the pictures that its words describe better than all other words.

        Args:
            prompts: words for each theme.
            other: words for what shows no theme.
        """
        pair, conditions = self._pair(), self._rooms.content_view()
        if pair is None or conditions is None:
            return {}
        assets, vectors = self._vectors.all(pair.name, *conditions)
        if not assets:
            return {}
        try:
            words = self._read(pair, [*prompts.values(), *other])
        except AnalysisError:
            return {}
        if words.shape[1] != vectors.shape[1]:
            return {}
        odds = _SHARPNESS * (vectors.astype(np.float32) @ words.T)
        shares = np.exp(odds - odds.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        return {
            theme: frozenset(assets[row] for row in np.flatnonzero(shares[:, at] >= _SURE).tolist())
            for at, theme in enumerate(prompts)
        }

    def _pair(self) -> ModelPair | None:
        folder = self._rooms.settings.pair_folder
        if not folder:
            return None
        with self._lock:
            if self._opened is None and self._problem is None:
                from safelight.analysis.content import open_pair  # loads the model runtime

                try:
                    self._opened = open_pair(Path(folder).expanduser())
                except AnalysisError as error:
                    self._problem = f"Your own model is not used: {error}"
            return self._opened

    def _read(self, pair: ModelPair, texts: Sequence[str]) -> NDArray[Any]:
        """Texts as vectors; a pair that cannot read one is given up until the next start."""
        try:
            return pair.embed_words(texts)
        except AnalysisError as error:
            with self._lock:
                self._opened, self._problem = None, f"Your own model is not used: {error}"
            raise

    def _todo(self, model: str) -> list[Row]:
        known = self._vectors.assets(model) if self._vectors.exists else set()
        known |= self._failures.given_up(model)
        rows = self._rooms.listing.assets(
            self._rooms.view(), "a.error is null and a.duplicate_of is null", columns=_COLUMNS
        )
        return [row for row in rows if row["id"] not in known]

    def _embed(self, pair: ModelPair, batch: Sequence[Row]) -> int:
        """Embed one batch under a permit of its own; checked again before anything is kept."""
        gate = self._rooms.gate
        permit = gate.decide(Purpose.CONTENT, [subject_of(row) for row in batch])
        if not isinstance(permit, Permit):
            return 0
        found = dict(self._decoded(batch, permit, pair.spec.size))
        vectors, failed = _embedded(pair, found)
        with self._rooms.committing() as may_keep:
            kept = [each for each in vectors if may_keep(permit, each[0])]
            reasons = [each for each in failed if may_keep(permit, each[0])]
            if kept or reasons:
                assets = [asset for asset, _ in (*kept, *reasons)]
                self._rooms.record(Purpose.CONTENT, STEP_PAIR, assets)
                self._vectors.put(kept)
                self._failures.note(reasons, pair.name)
        return len(kept)

    def _decoded(
        self, batch: Sequence[Row], permit: Permit, size: int
    ) -> Iterator[tuple[str, Pixels]]:
        from safelight.library.reading.step import (  # loads picture libraries
            STEP_DECODE_SCALED,
            build_decode_request,
            parse_decode_response,
        )

        settings = self._rooms.settings
        previews = {
            row["id"]: preview
            for row in batch
            if row["id"] in permit and (preview := self._rooms.previews.get(row["id"]))
        }
        jobs = (
            Job(
                asset,
                STEP_DECODE_SCALED,
                build_decode_request(preview, 2 * size, settings.max_megapixels),
                settings.step_timeout_s,
            )
            for asset, preview in previews.items()
        )
        for result in self._rooms.executor.run(jobs):
            if result.output is not None:
                yield result.ticket, parse_decode_response(result.output)


def _embedded(
    pair: ModelPair, found: Mapping[str, Pixels]
) -> tuple[list[tuple[str, Embedding]], list[tuple[str, str]]]:
    """Vectors by asset, and reasons of those that the pair cannot bear: it is a stranger's."""
    try:
        return list(zip(found, pair.embed_pictures(list(found.values())), strict=True)), []
    except AnalysisError as error:
        if len(found) == 1:
            return [], [(asset, f"your own model: {error}") for asset in found]
    alone = [_embedded(pair, {asset: pixels}) for asset, pixels in found.items()]
    vectors = [vector for done, _ in alone for vector in done]
    return vectors, [reason for _, reasons in alone for reason in reasons]
