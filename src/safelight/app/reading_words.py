"""Words in pictures, read after everything was looked at, and only where that pays.

Reading costs about as much as all that is looked for otherwise, and one sign says for its whole
moment what is going on. So of every moment only the pictures that hint at text most are read, and
besides them what is a document or a screen, or would be one if it had text. A pass of its own:
what was read is kept batch by batch, so a scan that is stopped goes on where it was.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from safelight.analysis.text import MODELS
from safelight.app.composition import Rooms
from safelight.app.judging import verdict
from safelight.app.look_wire import Words, build_words_request, parse_words
from safelight.app.originals import picture_to_look_at
from safelight.app.pace import Pace
from safelight.app.steps import STEP_READ_WORDS
from safelight.app.views import ScanProgress
from safelight.library.catalogue import Row
from safelight.library.failures import Failures
from safelight.library.judgements import Judged, Judgements
from safelight.library.observations import Observations
from safelight.library.readings import Hint, Readings
from safelight.library.records import subject_of
from safelight.model.consent import Permit, Purpose
from safelight.model.ideas import Timeline
from safelight.model.jobs import Job
from safelight.weights import registry

OF_A_MOMENT = 3
"""Pictures of one moment that are read, documents and screens aside."""

_BATCH = 32
_COLUMNS = "a.id, a.key, a.path, a.size, a.kind, a.taken_on, a.width, a.height, a.camera"


class ReadingWords:
    """Catches up on pictures whose words are worth reading; does nothing where `content` is off.

    Args:
        outline: the library's moments; asked only where something is left to read.
    """

    def __init__(
        self,
        rooms: Rooms,
        outline: Callable[[], Timeline],
        stop: threading.Event,
        report: Callable[[ScanProgress], None],
    ) -> None:
        self._rooms = rooms
        self._outline = outline
        self._stop = stop
        self._report = report
        self._readings = Readings(rooms.drawers)
        self._observations = Observations(rooms.drawers)
        self._judgements = Judgements(rooms.drawers)
        self._failures = Failures(rooms.drawers, Purpose.CONTENT.value)
        self._reader = " ".join(digest for _, digest in registry.digests(*MODELS))

    def run(self) -> int:
        """Read what is left to read; returns how many pictures."""
        todo = self._todo()
        if not todo:
            return 0
        self._rooms.executor.prepare([STEP_READ_WORDS])
        self._rooms.isolating.note()
        pace, read = Pace(), 0
        pace.start(len(todo))
        for start in range(0, len(todo), _BATCH):
            if self._stop.is_set():
                break
            batch = todo[start : start + _BATCH]
            read += self._read(batch)
            pace.advance(len(batch))
            self._report(pace.progress("content", 0, "Reading words in pictures"))
        return read

    def _todo(self) -> list[Row]:
        conditions = self._rooms.content_view()
        if conditions is None:
            return []
        hints = self._readings.hints(self._reader, *conditions)
        done = {hint.asset for hint in hints if hint.read}
        done |= self._failures.given_up(self._reader)
        if all(hint.asset in done for hint in hints):
            return []
        chosen = worth_reading(hints, self._moments())
        names = [hint.asset for hint in chosen if hint.asset not in done]
        found = {
            row["id"]: row
            for row in self._rooms.listing.assets(
                self._rooms.view(), "a.error is null and a.duplicate_of is null", columns=_COLUMNS
            )
        }
        return [found[name] for name in names if name in found]

    def _moments(self) -> Iterator[tuple[str, ...]]:
        return (moment.assets for moment in self._outline().moments)

    def _read(self, batch: Sequence[Row]) -> int:
        """Read one batch under a permit of its own; checked again before anything is kept."""
        permit = self._rooms.gate.decide(Purpose.CONTENT, [subject_of(row) for row in batch])
        if not isinstance(permit, Permit):
            return 0
        by_id = {row["id"]: row for row in batch}
        results = list(self._rooms.executor.run(self._jobs(batch, permit)))
        with self._rooms.committing() as may_keep:
            held = [each for each in results if may_keep(permit, each.ticket)]
            kept = [(by_id[e.ticket], parse_words(e.output)) for e in held if e.output is not None]
            if kept:
                self._keep(kept)
            failed = [(e.ticket, f"its words: {e.error}") for e in held if e.output is None]
            if failed:
                assets = [asset for asset, _ in failed]
                self._rooms.record(Purpose.CONTENT, STEP_READ_WORDS, assets)
                self._failures.note(failed, self._reader)
        return len(kept)

    def _jobs(self, batch: Sequence[Row], permit: Permit) -> Iterator[Job]:
        settings = self._rooms.settings
        for row in batch:
            if self._stop.is_set():
                return
            data = picture_to_look_at(self._rooms, permit, row)
            if data is not None:
                request = build_words_request(data, settings.max_megapixels)
                yield Job(row["id"], STEP_READ_WORDS, request, settings.step_timeout_s)

    def _keep(self, read: Sequence[tuple[Row, Words]]) -> None:
        self._rooms.record(Purpose.CONTENT, STEP_READ_WORDS, [row["id"] for row, _ in read])
        self._judgements.put_quality(self._judged_again(read))
        self._readings.put(((row["id"], words.text) for row, words in read), self._reader)

    def _judged_again(self, read: Iterable[tuple[Row, Words]]) -> Iterator[Judged]:
        """Verdicts that know how much of the picture text covers."""
        for row, words in read:
            before = self._judgements.judged(row["id"])
            if before is not None:
                yield verdict(
                    row["id"],
                    replace(before.quality, text_cover=words.cover),
                    self._observations.get(row["id"]),
                    has_camera=row["camera"] is not None,
                    size=(row["width"], row["height"]),
                    text=words.text,
                )


def worth_reading(hints: Iterable[Hint], moments: Iterable[Sequence[str]]) -> list[Hint]:
    """Of each moment the pictures that hint at text most; then papers and screens.

    What belongs to no moment is a moment of its own.
    """
    left = {hint.asset: hint for hint in hints}
    chosen: dict[str, Hint] = {}
    for assets in moments:
        inside = [left.pop(asset) for asset in assets if asset in left]
        ranked = sorted(inside, key=lambda hint: -hint.strength)
        for place, hint in enumerate(ranked):
            if place < OF_A_MOMENT or hint.paper:
                chosen[hint.asset] = hint
    chosen |= left
    return sorted(chosen.values(), key=lambda hint: hint.paper)
