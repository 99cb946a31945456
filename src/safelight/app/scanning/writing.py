"""Keeping what a scan read and saw, a batch at a time, as far as consent still reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from safelight.app.keeping_looks import KeepingLooks, Looked
from safelight.app.locating import Locating
from safelight.app.look_wire import FirstLook
from safelight.app.run import Run
from safelight.app.scanning.counts import Counts
from safelight.app.scanning.permits import Permits
from safelight.library.changes import Change
from safelight.library.keeping_out import kept_out
from safelight.library.locations import Located
from safelight.library.reading.wire import STEP_READ_ASSET, ReadResult
from safelight.library.records import NewAsset, PendingAsset, place_offset
from safelight.model.consent import Purpose


@dataclass(frozen=True, slots=True)
class InHand:
    """One asset on its way through a worker, with the permits it was opened under."""

    item: PendingAsset
    digest: bytes
    permits: Permits


Saved = tuple[str, InHand, FirstLook]
"""The id that an asset has now, and what came of it."""


class Writing:
    """Writes into the catalogue and into the drawers of the other purposes."""

    def __init__(self, run: Run, counts: Counts) -> None:
        self._rooms = run.rooms
        self._counts = counts
        self._locating = Locating(run.rooms, run.stop, run.report)
        self._looks = KeepingLooks(run.rooms, run.people)

    def commit(self, done: Sequence[tuple[InHand, FirstLook]]) -> None:
        """Keep a batch; checked again, so that what was withdrawn meanwhile is dropped."""
        with self._rooms.book.held():
            self._put(done)

    def _put(self, done: Sequence[tuple[InHand, FirstLook]]) -> None:
        gate, catalogue = self._rooms.gate, self._rooms.catalogue
        left_out = self._rooms.left_out.load()  # another program may have erased since
        sources = {source["id"] for source in catalogue.sources()}  # one may be gone by now
        kept = []
        for in_hand, found in done:
            path = in_hand.item.path
            gone = left_out.has_path(path) or in_hand.item.source not in sources
            withdrawn = gate.check(in_hand.permits.library, path) is not None
            if withdrawn or gone or found.read.out_of_scope:
                self._counts.skipped += 1
            else:
                kept.append((in_hand, found))
        if kept:
            items = [in_hand.item.path for in_hand, _ in kept]
            self._rooms.record(Purpose.LIBRARY, STEP_READ_ASSET, items)
        with catalogue.connection:
            saved = [(self._save(in_hand, found.read), in_hand, found) for in_hand, found in kept]
            previews = [(i, f.read.preview) for i, _, f in saved if f.read.preview is not None]
            self._rooms.previews.put(previews)
            catalogue.finish_pending([in_hand.item.key for in_hand, _ in done])
        self._save_places(saved)
        self._looks.keep([_looked(*each) for each in saved if _was_looked_at(each[2])])

    def _save(self, in_hand: InHand, result: ReadResult) -> str:
        item, counts = in_hand.item, self._counts
        counts.failed += result.error is not None
        counts.changed += item.changed
        counts.new += not item.changed
        if result.error:
            counts.problems.append((item.path, result.error))
        name, change = self._rooms.catalogue.save(
            NewAsset(
                item.source,
                str(Path(item.path).parent),
                item.members,
                in_hand.digest,
                result.metadata,
                result.error,
                kept_out(item.path, result.metadata),
            )
        )
        if change is Change.OTHER:
            self._rooms.forget_assets([name])
        elif change is Change.EDITED:
            self._rooms.forget_seen([name])
        return name

    def _save_places(self, saved: Sequence[Saved]) -> None:
        gate = self._rooms.gate
        found = []
        for asset, in_hand, result in saved:
            permit, metadata = in_hand.permits.places, result.read.metadata
            if permit is not None and gate.check(permit, in_hand.item.path) is None:
                found.append(Located(asset, metadata.location, None, place_offset(metadata.taken)))
        if found:
            self._locating.store(found)


def _was_looked_at(found: FirstLook) -> bool:
    return found.look is not None or found.problem is not None


def _looked(asset: str, in_hand: InHand, found: FirstLook) -> Looked:
    metadata = found.read.metadata
    return Looked(
        asset=asset,
        subject=in_hand.item.path,
        content=in_hand.permits.content,
        faces=in_hand.permits.faces,
        look=found.look,
        has_camera=metadata.camera is not None,
        size=(metadata.width, metadata.height),
        problem=found.problem or "",
    )
