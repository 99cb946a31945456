"""The first half of a scan: walk the sources, queue what is new or changed, note what is gone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from safelight.app.composition import Rooms
from safelight.app.scanning.counts import Counts
from safelight.library.catalogue import Row
from safelight.library.grouping import FileGroup, group
from safelight.library.records import PendingAsset
from safelight.model.assets import FileRole, MediaFile
from safelight.model.consent import Purpose, Scope, Subject
from safelight.model.errors import SourceError
from safelight.model.sources import FolderListing
from safelight.sources.folder import FolderSource

_QUEUE_BATCH = 2_000


class Walking:
    """Compares every source with the catalogue.

    Attributes:
        vanished: keys of catalogued assets that are not where they were.
    """

    def __init__(self, rooms: Rooms, stop: threading.Event, counts: Counts) -> None:
        self._rooms = rooms
        self._stop = stop
        self._counts = counts
        self._left_out = rooms.left_out.load()
        self.vanished: set[int] = set()

    def run(self) -> None:
        """Walk all sources; one that cannot be reached is marked and passed over."""
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
        scope = self._scope()
        limited = bool(scope.folders or scope.albums)
        for root, deep in self._roots(Path(source["location"])):
            found = FolderSource(
                root, expected_files=bool(known_folders), links_stay=limited and deep
            ).listings()
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
        self.vanished |= gone | catalogue.keys_in(unseen, number)

    def _scope(self) -> Scope:
        grant = self._rooms.book.grant(Purpose.LIBRARY)
        return grant.scope if grant else Scope()

    def _roots(self, location: Path) -> list[tuple[Path, bool]]:
        """Folders to walk, and whether with all below; of chosen photos only their own folders."""
        scope = self._scope()
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
        missing, linked = set(known), set[str]()
        for found in group(listing):
            members = _members(found)
            path = found.primary.path
            if covered is not None and not covered(Subject(path, path)):
                continue
            if self._left_out.has_path(path):  # the person had it erased
                continue
            if any(file.linked for _, file in found.members):
                linked.add(path)
            key = by_primary.get(found.primary.path)
            missing.discard(key or 0)
            if key is not None and sorted(known[key], key=_path) == sorted(members, key=_path):
                self._counts.unchanged += 1
                continue
            queue.append(PendingAsset(0, source, found.primary.path, members, key is not None))
        self._rooms.catalogue.note_links(listing.folder, linked)
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


def _members(found: FileGroup) -> tuple[MediaFile, ...]:
    return tuple(MediaFile(f.path, role, f.size, f.modified_ns) for role, f in found.members)


def _path(file: MediaFile) -> str:
    return file.path


def _inside_any(folder: str, parents: list[str]) -> bool:
    path = Path(folder)
    return any(path.is_relative_to(parent) for parent in parents)
