"""A scan: walk the sources, read what is new or changed, forget what is gone.

The queue of assets to read lives in the catalogue drawer, so a scan can be stopped or killed at
any time: what was read stays, the next walk finds the rest again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from safelight.app.composition import Rooms
from safelight.app.locating import Locating
from safelight.app.originals import read_original
from safelight.app.pace import Pace
from safelight.app.steps import STEP_LOOK
from safelight.app.views import ScanProgress, ScanReport
from safelight.library.catalogue import Row
from safelight.library.clock_keeping import ClockKeeping
from safelight.library.grouping import FileGroup, group
from safelight.library.identity import content_digest
from safelight.library.keeping_out import kept_out
from safelight.library.left_out import Photo
from safelight.library.locations import Located
from safelight.library.reading.step import (
    STEP_READ_ASSET,
    ReadResult,
    build_request,
    parse_response,
    unreadable,
)
from safelight.library.records import NewAsset, PendingAsset, place_offset
from safelight.library.storage_errors import storage_errors
from safelight.model.assets import FileRole, MediaFile
from safelight.model.consent import Permit, Purpose, Refusal, Scope, Subject
from safelight.model.errors import SourceError
from safelight.model.jobs import Job
from safelight.model.sources import FolderListing
from safelight.sources.folder import FolderSource

_BATCH = 128
_COMMIT_EVERY_S = 1.0
"""Each commit waits for the ledger to be on disk: often enough to watch, seldom enough not to."""
_QUEUE_BATCH = 2_000


@dataclass(slots=True)
class _Reading:
    """One asset on its way through a worker."""

    item: PendingAsset
    digest: bytes
    permit: Permit
    places: Permit | None


@dataclass(slots=True)
class _Counts:
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    moved: int = 0
    removed: int = 0
    failed: int = 0
    skipped: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)


Analysis = Callable[[threading.Event, Callable[[ScanProgress], None]], object]
"""What follows reading: gets the event that stops it, and where to report."""


class Scan:
    """One run over all sources; `run` does everything, `stop` ends it between two photos.

    Args:
        analyses: what is worked out once everything is catalogued, in this order.
    """

    def __init__(
        self,
        rooms: Rooms,
        report: Callable[[ScanProgress], None],
        analyses: Sequence[Analysis] = (),
    ) -> None:
        self._rooms = rooms
        self._analyses = analyses
        self._report = report
        self._stop = threading.Event()
        self._counts = _Counts()
        self._pace = Pace()
        self._commit_at = 0.0
        self._vanished: set[int] = set()
        self._in_hand: dict[str, _Reading] = {}
        self._now = datetime.now(UTC)
        self._left_out = rooms.left_out.load()

    def stop(self) -> None:
        """Ask the scan to end; what was read so far stays."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether it was asked to end early."""
        return self._stop.is_set()

    def run(self) -> ScanReport | Refusal:
        """Walk, read, tidy up.

        Returns:
            what was done, or the refusal that stands in the way.

        Raises:
            IsolationError: readers lack a wall, and the setting `isolation` is strict.
        """
        refusal = self._rooms.gate.refusal(Purpose.LIBRARY)
        if refusal is not None:
            return refusal
        self._rooms.isolating.begin()
        started = time.monotonic()
        with storage_errors(self._rooms.settings.home):
            self._walk_all()
            self._read_all()
            if not self._stop.is_set():
                self._tidy()
            for analyse in self._analyses:
                if not self._stop.is_set():
                    analyse(self._stop, self._report)
        return self._finished(time.monotonic() - started)

    # Walking

    def _walk_all(self) -> None:
        self._report(ScanProgress("walking", note="Looking through the folders"))
        catalogue = self._rooms.catalogue
        with catalogue.connection:
            catalogue.clear_pending()
        for source in catalogue.sources():
            try:
                self._walk(source)
            except SourceError as error:
                catalogue.mark_source(source["id"], False, str(error))
                self._counts.problems.append((source["location"], str(error)))
            else:
                catalogue.mark_source(source["id"], True, None)

    def _walk(self, source: Row) -> None:
        catalogue, number = self._rooms.catalogue, source["id"]
        known_folders = catalogue.folders(number)
        gone: set[int] = set()
        incomplete: list[str] = []
        queue: list[PendingAsset] = []
        covered = self._rooms.gate.coverage(Purpose.LIBRARY)
        for root, deep in self._roots(Path(source["location"])):
            found = FolderSource(root, expected_files=bool(known_folders)).listings()
            for listing in found if deep else islice(found, 1):
                gone |= self._compare(number, listing, queue, covered)
                known_folders.discard(listing.folder)
                if not listing.complete:
                    incomplete.append(listing.folder)
                if deep:  # else it would name what was not chosen
                    self._note_problems(number, listing)
                if len(queue) >= _QUEUE_BATCH:
                    self._enqueue(queue)
                if self._stop.is_set():
                    return
        self._enqueue(queue)
        unseen = [f for f in known_folders if not _inside_any(f, incomplete)]
        self._vanished |= gone | catalogue.keys_in(unseen, number)

    def _roots(self, location: Path) -> list[tuple[Path, bool]]:
        """Folders to walk, and whether with all below; of chosen photos only their own folders."""
        grant = self._rooms.book.grant(Purpose.LIBRARY)
        scope = grant.scope if grant else Scope()
        albums = [self._rooms.papers.albums.content(ref) for ref in scope.albums]
        chosen = {Path(folder) for folder in scope.folders}
        chosen |= {Path(folder) for album in albums if album for folder in album.folders}
        holding = {Path(file).parent for album in albums if album for file in album.files}
        if not (scope.folders or scope.albums) or any(map(location.is_relative_to, chosen)):
            return [(location, True)]
        deep = [(folder, True) for folder in sorted(chosen) if folder.is_relative_to(location)]
        rest = {f for f in holding if f.is_relative_to(location) and f.is_dir()} - chosen
        return deep + [(folder, False) for folder in sorted(rest)]

    def _compare(
        self,
        source: int,
        listing: FolderListing,
        queue: list[PendingAsset],
        covered: Callable[[Subject], bool] | None,
    ) -> set[int]:
        """Queue what is new or changed in one folder; returns the keys of what is not there.

        What consent does not cover is passed over by its name, which is kept nowhere.
        """
        known = self._rooms.catalogue.files_in(listing.folder)
        by_primary = {
            file.path: key
            for key, files in known.items()
            for file in files
            if file.role == FileRole.PRIMARY
        }
        missing = set(known)
        for found in group(listing):
            members = _members(found)
            path = found.primary.path
            if covered is not None and not covered(Subject(path, path)):
                continue
            if self._left_out.has_path(path):  # the person had it erased
                continue
            key = by_primary.get(found.primary.path)
            missing.discard(key or 0)
            if key is not None and sorted(known[key], key=_path) == sorted(members, key=_path):
                self._counts.unchanged += 1
                continue
            queue.append(PendingAsset(0, source, found.primary.path, members, key is not None))
        return missing if listing.complete else set()

    def _enqueue(self, queue: list[PendingAsset]) -> None:
        catalogue = self._rooms.catalogue
        with catalogue.connection:
            catalogue.add_pending(queue)
        queue.clear()

    def _note_problems(self, source: int, listing: FolderListing) -> None:
        for problem in listing.problems:
            self._rooms.catalogue.add_problem(source, problem.path, problem.reason)
            self._counts.problems.append((problem.path, problem.reason))

    # Reading

    def _read_all(self) -> None:
        count = self._rooms.catalogue.pending_count()
        if not count:
            return
        self._pace.start(count)
        self._prepare()
        self._commit_at = time.monotonic() + _COMMIT_EVERY_S
        done: list[tuple[_Reading, ReadResult]] = []
        for result in self._rooms.executor.run(self._jobs()):
            reading = self._in_hand.pop(result.ticket)
            done.append((reading, self._parsed(reading, result.output, result.error)))
            if len(done) >= _BATCH // 2 or time.monotonic() >= self._commit_at:
                self._commit(done)
        self._commit(done)

    def _prepare(self) -> None:
        """Workers for all that this scan will ask for, so that they are started once."""
        gate = self._rooms.gate
        if gate.allows(Purpose.CONTENT) or gate.allows(Purpose.FACES):
            self._rooms.executor.prepare([STEP_LOOK])
        self._rooms.isolating.note()

    def _jobs(self) -> Iterator[Job]:
        after = 0
        while batch := self._rooms.catalogue.pending(after, _BATCH):
            after = batch[-1].key
            permits = self._permits(batch)
            if permits is None:
                return
            for item in batch:
                if self._stop.is_set():
                    return
                job = self._job(item, *permits)
                if job is not None:
                    yield job

    def _permits(self, batch: list[PendingAsset]) -> tuple[Permit, Permit | None] | None:
        subjects = [Subject(item.path, item.path) for item in batch]
        gate = self._rooms.gate
        permit = gate.decide(Purpose.LIBRARY, subjects, to_learn_dates=True)
        if isinstance(permit, Refusal):
            return None
        places = None
        if gate.allows(Purpose.PLACES):
            decision = gate.decide(Purpose.PLACES, subjects)
            places = decision if isinstance(decision, Permit) else None
        return permit, places

    def _job(self, item: PendingAsset, permit: Permit, places: Permit | None) -> Job | None:
        if item.path not in permit:
            self._skip(item)
            return None
        reading = _Reading(item, b"", permit, places)
        try:
            blobs = self._read_files(item, permit)
        except SourceError as error:
            self._cannot_open(reading, str(error))
            return None
        reading.digest = content_digest(blobs[0])
        if self._left_out.has_content(reading.digest, item.primary.size):
            self._leave_out(reading)
            return None
        if self._recognise(reading):
            return None
        ticket = str(item.key)
        self._in_hand[ticket] = reading
        wants_places = places is not None and item.path in places
        return Job(
            ticket,
            STEP_READ_ASSET,
            self._request(item, blobs, wants_places),
            self._rooms.settings.step_timeout_s,
        )

    def _read_files(self, item: PendingAsset, permit: Permit) -> list[bytes]:
        blobs = []
        for file in (item.primary, *_sidecars(item)):
            data = read_original(self._rooms, permit, item.path, file.path, file.size)
            if isinstance(data, Refusal):
                raise SourceError(data.text)
            blobs.append(data)
        return blobs

    def _request(self, item: PendingAsset, blobs: list[bytes], places: bool) -> bytes:
        settings = self._rooms.settings
        grant = self._rooms.book.grant(Purpose.LIBRARY)
        scope = grant.scope if grant else Scope()
        return build_request(
            [(item.primary, blobs[0]), *zip(_sidecars(item), blobs[1:], strict=True)],
            live=any(file.role is FileRole.LIVE_VIDEO for file in item.members),
            want_places=places,
            preview_edge=settings.preview_edge,
            preview_quality=settings.preview_quality,
            max_megapixels=settings.max_megapixels,
            since=scope.since,
            until=scope.until,
            now=self._now,
        )

    def _recognise(self, reading: _Reading) -> bool:
        """Whether this content is known already: touched in place, or moved from elsewhere."""
        catalogue, item = self._rooms.catalogue, reading.item
        folder = str(Path(item.path).parent)
        if _has_sidecar(item):  # what is written beside it may have changed
            return False
        key = catalogue.find_untouched(item, reading.digest)
        if key is not None:
            with catalogue.connection:
                catalogue.touch(key, folder, item.members)
                catalogue.finish_pending([item.key])
            self._counts.unchanged += 1
            self._advance()
            return True
        old = catalogue.find_content(reading.digest, item.primary.size, self._vanished)
        if old is None or old["error"]:
            return False
        with catalogue.connection:
            catalogue.move(old["key"], item.source, folder, item.members)
            catalogue.finish_pending([item.key])
        self._vanished.discard(old["key"])
        self._counts.moved += 1
        self._advance()
        return True

    def _parsed(self, reading: _Reading, output: bytes | None, error: str | None) -> ReadResult:
        if output is None:
            return unreadable(reading.item.primary, error or "it cannot be read", self._now)
        return parse_response(output)

    def _leave_out(self, reading: _Reading) -> None:
        """An erased photo lies elsewhere now; its new name is remembered, so it is not opened."""
        paths = tuple(file.path for file in reading.item.members)
        self._rooms.left_out.add([Photo(paths, reading.digest, reading.item.primary.size)])
        self._skip(reading.item)

    def _skip(self, item: PendingAsset) -> None:
        with self._rooms.catalogue.connection:
            self._rooms.catalogue.finish_pending([item.key])
        self._counts.skipped += 1
        self._advance()

    def _cannot_open(self, reading: _Reading, reason: str) -> None:
        # Recorded with an impossible file time, so that the next scan tries again.
        item = reading.item
        members = tuple(MediaFile(m.path, m.role, m.size, -1) for m in item.members)
        retry = PendingAsset(item.key, item.source, item.path, members, item.changed)
        result = unreadable(item.primary, reason.removeprefix(f"{item.path}: "), self._now)
        self._commit([(_Reading(retry, b"", reading.permit, None), result)])

    # Writing

    def _commit(self, done: list[tuple[_Reading, ReadResult]]) -> None:
        gate, catalogue = self._rooms.gate, self._rooms.catalogue
        kept = []
        for reading, result in done:
            # Checked again: what was withdrawn meanwhile is dropped.
            withdrawn = gate.check(reading.permit, reading.item.path) is not None
            if withdrawn or result.out_of_scope:
                self._counts.skipped += 1
            else:
                kept.append((reading, result))
        if kept:
            items = [reading.item.path for reading, _ in kept]
            self._rooms.record(Purpose.LIBRARY, STEP_READ_ASSET, items)
        with catalogue.connection:
            saved = [(self._save(*pair), *pair) for pair in kept]
            previews = [(i, r.preview) for i, _, r in saved if r.preview is not None]
            self._rooms.previews.put(previews)
            catalogue.finish_pending([reading.item.key for reading, _ in done])
        self._save_places(saved)
        self._commit_at = time.monotonic() + _COMMIT_EVERY_S
        self._advance(len(done))
        done.clear()

    def _save(self, reading: _Reading, result: ReadResult) -> str:
        item, counts = reading.item, self._counts
        counts.failed += result.error is not None
        counts.changed += item.changed
        counts.new += not item.changed
        if result.error:
            counts.problems.append((item.path, result.error))
        name, other = self._rooms.catalogue.save(
            NewAsset(
                item.source,
                str(Path(item.path).parent),
                item.members,
                reading.digest,
                result.metadata,
                result.error,
                kept_out(item.path, result.metadata),
            )
        )
        if other:
            self._rooms.forget_assets([name])
        return name

    def _save_places(self, saved: list[tuple[str, _Reading, ReadResult]]) -> None:
        gate = self._rooms.gate
        found = []
        for asset, reading, result in saved:
            permit = reading.places
            if permit is not None and gate.check(permit, reading.item.path) is None:
                offset = place_offset(result.metadata.taken)
                found.append(Located(asset, result.metadata.location, None, offset))
        if found:
            Locating(self._rooms, self._stop, self._report).store(found)

    def _advance(self, count: int = 1) -> None:
        self._pace.advance(count)
        if self._pace.due():
            self._report(self._pace.progress("reading", self._counts.failed))

    # Tidying up

    def _tidy(self) -> None:
        catalogue = self._rooms.catalogue
        with catalogue.connection:
            gone = catalogue.remove(self._vanished)
            catalogue.mark_duplicates()
        if gone or self._counts.new or self._counts.changed:
            ClockKeeping(self._rooms.drawers).put_right()
        self._counts.removed = len(gone)
        if gone:
            self._rooms.forget_assets(gone)

    def _finished(self, seconds: float) -> ScanReport:
        c = self._counts
        read = c.new + c.changed
        return ScanReport(
            assets=self._rooms.catalogue.count(),
            new=c.new,
            changed=c.changed,
            unchanged=c.unchanged,
            removed=c.removed,
            moved=c.moved,
            failed=c.failed,
            skipped=c.skipped,
            seconds=round(seconds, 3),
            photos_per_second=round(read / seconds, 2) if seconds else 0.0,
            problems=tuple(c.problems),
        )


def _members(found: FileGroup) -> tuple[MediaFile, ...]:
    return tuple(MediaFile(f.path, role, f.size, f.modified_ns) for role, f in found.members)


def _sidecars(item: PendingAsset) -> list[MediaFile]:
    return [file for file in item.members if file.role is FileRole.SIDECAR]


def _has_sidecar(item: PendingAsset) -> bool:
    return bool(_sidecars(item))


def _path(file: MediaFile) -> str:
    return file.path


def _inside_any(folder: str, parents: list[str]) -> bool:
    path = Path(folder)
    return any(path.is_relative_to(parent) for parent in parents)
