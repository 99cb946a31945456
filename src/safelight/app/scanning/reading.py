"""The second half of a scan: open what is queued, have it read and looked at, keep what came.

A file is decoded once: what may be looked at is looked at while it is read. Where that breaks a
worker, the file is read again without a look, so that a picture that a model cannot bear is still
in the library.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from safelight.app.look_wire import FirstLook, first_look, parse_first_look
from safelight.app.originals import read_original
from safelight.app.pace import Pace
from safelight.app.run import Run
from safelight.app.scanning.counts import Counts
from safelight.app.scanning.permits import Permits, ask
from safelight.app.scanning.writing import InHand, Writing
from safelight.app.steps import STEP_READ_AND_LOOK
from safelight.library.identity import content_digest
from safelight.library.left_out import Photo
from safelight.library.reading.step import (
    STEP_READ_ASSET,
    build_request,
    parse_response,
    unreadable,
)
from safelight.library.records import PendingAsset
from safelight.model.assets import FileRole, MediaFile
from safelight.model.consent import Permit, Purpose, Refusal, Scope
from safelight.model.errors import SourceError
from safelight.model.jobs import Job, JobResult, Payload

_BATCH = 128
_COMMIT_EVERY_S = 1.0
"""Each commit waits for the ledger to be on disk: often enough to watch, seldom enough not to."""


class Reading:
    """Works off the queue of one scan.

    Args:
        vanished: keys of assets that are not where they were; those found again are taken out.
    """

    def __init__(
        self,
        run: Run,
        counts: Counts,
        vanished: set[int],
    ) -> None:
        self._rooms = run.rooms
        self._stop = run.stop
        self._report = run.report
        self._counts = counts
        self._vanished = vanished
        self._writing = Writing(run, counts)
        self._pace = Pace()
        self._now = datetime.now(UTC)
        self._left_out = run.rooms.left_out.load()
        self._digests: set[bytes] = set()
        self._in_hand: dict[str, InHand] = {}
        self._broken: list[PendingAsset] = []

    def run(self) -> None:
        """Read everything that is queued."""
        count = self._rooms.catalogue.pending_count()
        if not count:
            return
        self._pace.start(count)
        self._prepare()
        self._work(self._jobs(self._batches()))
        if self._broken:
            self._work(self._jobs([self._broken], look=False))

    def _prepare(self) -> None:
        """Workers for all that this scan will ask for, so that they are started once."""
        gate = self._rooms.gate
        if gate.allows(Purpose.CONTENT) or gate.allows(Purpose.FACES):
            self._rooms.executor.prepare([STEP_READ_AND_LOOK])
        self._rooms.isolating.note()

    def _work(self, jobs: Iterator[Job]) -> None:
        commit_at = time.monotonic() + _COMMIT_EVERY_S
        done: list[tuple[InHand, FirstLook]] = []
        for result in self._rooms.executor.run(jobs):
            in_hand = self._in_hand.pop(result.ticket)
            if result.output is None and in_hand.permits.looking:
                self._broken.append(in_hand.item)
                continue
            done.append((in_hand, self._parsed(in_hand, result)))
            if len(done) >= _BATCH // 2 or time.monotonic() >= commit_at:
                self._keep(done)
                commit_at = time.monotonic() + _COMMIT_EVERY_S
        self._keep(done)

    def _keep(self, done: list[tuple[InHand, FirstLook]]) -> None:
        self._writing.commit(done)
        self._advance(len(done))
        done.clear()

    # Jobs

    def _batches(self) -> Iterator[list[PendingAsset]]:
        after = 0
        while batch := self._rooms.catalogue.pending(after, _BATCH):
            after = batch[-1].key
            yield batch

    def _jobs(self, batches: Iterable[list[PendingAsset]], *, look: bool = True) -> Iterator[Job]:
        for batch in batches:
            permits = ask(self._rooms, batch)
            if permits is None:
                return
            for item in batch:
                if self._stop.is_set():
                    return
                job = self._job(item, permits, look=look)
                if job is not None:
                    yield job

    def _job(self, item: PendingAsset, permits: Permits, *, look: bool) -> Job | None:
        if item.path not in permits.library:
            self._skip(item)
            return None
        try:
            blobs = self._read_files(item, permits.library)
        except SourceError as error:
            self._cannot_open(item, permits, error)
            return None
        digest = content_digest(blobs[0])
        if self._left_out.has_content(digest, item.primary.size):
            self._leave_out(item, digest)
            return None
        if self._recognise(item, digest):
            return None
        own = permits.of(item.path)
        if not look or self._is_known(digest):
            own = own.only_reading()
        ticket = str(item.key)
        self._in_hand[ticket] = InHand(item, digest, own)
        step = STEP_READ_AND_LOOK if own.looking else STEP_READ_ASSET
        request = self._request(item, blobs, own)
        return Job(ticket, step, request, self._rooms.settings.step_timeout_s)

    def _is_known(self, digest: bytes) -> bool:
        """Whether these very bytes are in the library, or were queued before: copies are not
        looked at, and of a picture that stayed the same it is known what is still to be seen.
        """
        known = digest in self._digests or self._rooms.catalogue.has_content(digest)
        self._digests.add(digest)
        return known

    def _read_files(self, item: PendingAsset, permit: Permit) -> list[bytes]:
        blobs = []
        for file in (item.primary, *_sidecars(item)):
            data = read_original(self._rooms, permit, item.path, file.path, file.size)
            if isinstance(data, Refusal):
                raise SourceError(data.text)
            blobs.append(data)
        return blobs

    def _request(self, item: PendingAsset, blobs: list[bytes], own: Permits) -> Payload:
        settings = self._rooms.settings
        grant = self._rooms.book.grant(Purpose.LIBRARY)
        scope = grant.scope if grant else Scope()
        return build_request(
            [(item.primary, blobs[0]), *zip(_sidecars(item), blobs[1:], strict=True)],
            live=any(file.role is FileRole.LIVE_VIDEO for file in item.members),
            want_places=own.places is not None,
            preview_edge=settings.preview_edge,
            preview_quality=settings.preview_quality,
            max_megapixels=settings.max_megapixels,
            since=scope.since,
            until=scope.until,
            now=self._now,
            also=first_look(own.content is not None, own.faces is not None),
        )

    def _parsed(self, in_hand: InHand, result: JobResult) -> FirstLook:
        if result.output is None:
            reason = result.error or "it cannot be read"
            return FirstLook(unreadable(in_hand.item.primary, reason, self._now), None, None)
        if in_hand.permits.looking:
            return parse_first_look(result.output)
        return FirstLook(parse_response(result.output), None, None)

    # What needs no worker

    def _recognise(self, item: PendingAsset, digest: bytes) -> bool:
        """Whether this content is known already: touched in place, or moved from elsewhere."""
        catalogue = self._rooms.catalogue
        folder = str(Path(item.path).parent)
        if _sidecars(item):  # what is written beside it may have changed
            return False
        key = catalogue.find_untouched(item, digest)
        if key is not None:
            with catalogue.connection:
                catalogue.touch(key, folder, item.members)
                catalogue.finish_pending([item.key])
            self._counts.unchanged += 1
            self._advance()
            return True
        old = catalogue.find_content(digest, item.primary.size, self._vanished)
        if old is None or old["error"]:
            return False
        with catalogue.connection:
            catalogue.move(old["key"], item.source, folder, item.members)
            catalogue.finish_pending([item.key])
        self._vanished.discard(old["key"])
        self._counts.moved += 1
        self._advance()
        return True

    def _leave_out(self, item: PendingAsset, digest: bytes) -> None:
        """An erased photo lies elsewhere now; its new name is remembered, so it is not opened."""
        paths = tuple(file.path for file in item.members)
        self._rooms.left_out.add([Photo(paths, digest, item.primary.size)])
        self._skip(item)

    def _skip(self, item: PendingAsset) -> None:
        with self._rooms.catalogue.connection:
            self._rooms.catalogue.finish_pending([item.key])
        self._counts.skipped += 1
        self._advance()

    def _cannot_open(self, item: PendingAsset, permits: Permits, error: SourceError) -> None:
        if item.changed and isinstance(error.__cause__, OSError):
            # Somebody writes to it at this moment, or its disk stumbles: all that is known of it,
            # and was said of the people in it, waits for a better day.
            self._counts.problems.append((item.path, _reason(item, error)))
            self._skip(item)
            return
        # Recorded with an impossible file time, so that the next scan tries again.
        members = tuple(MediaFile(m.path, m.role, m.size, -1) for m in item.members)
        retry = PendingAsset(item.key, item.source, item.path, members, item.changed)
        result = unreadable(item.primary, _reason(item, error), self._now)
        self._keep([(InHand(retry, b"", Permits(permits.library)), FirstLook(result, None, None))])

    def _advance(self, count: int = 1) -> None:
        self._pace.advance(count)
        if self._pace.due():
            self._report(self._pace.progress("reading", self._counts.failed))


def _reason(item: PendingAsset, error: SourceError) -> str:
    return str(error).removeprefix(f"{item.path}: ")


def _sidecars(item: PendingAsset) -> list[MediaFile]:
    return [file for file in item.members if file.role is FileRole.SIDECAR]
