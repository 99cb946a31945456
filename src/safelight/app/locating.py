"""Where photos were taken: reads coordinates under `places` and names them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

from safelight.app.composition import Rooms
from safelight.app.originals import read_original
from safelight.app.pace import Pace
from safelight.app.views import ScanProgress
from safelight.library.catalogue import Row
from safelight.library.locations import Located
from safelight.library.reading.wire import (
    STEP_READ_PLACES,
    build_places_request,
    parse_places_response,
)
from safelight.library.records import subject_of
from safelight.model.assets import FileRole
from safelight.model.consent import Permit, Purpose, Refusal
from safelight.model.errors import SourceError
from safelight.model.jobs import Job

_BATCH = 128


class Locating:
    """Catches up on assets that were catalogued while `places` was off or did not cover them."""

    def __init__(
        self, rooms: Rooms, stop: threading.Event, report: Callable[[ScanProgress], None]
    ) -> None:
        self._rooms = rooms
        self._stop = stop
        self._report = report
        self._pace = Pace()
        self._permits: dict[str, Permit] = {}

    def run(self) -> int:
        """Look at every asset that is allowed and was not looked at; returns how many."""
        if not self._rooms.gate.allows(Purpose.PLACES):
            return 0
        looked = self._rooms.locations.looked_at()
        todo = [row for row in self._candidates() if row["id"] not in looked]
        if not todo:
            return 0
        self._rooms.isolating.note()
        self._pace.start(len(todo))
        done: list[tuple[Permit, Located]] = []
        for result in self._rooms.executor.run(self._jobs(todo)):
            permit = self._permits.pop(result.ticket)
            point, offset = parse_places_response(result.output)
            done.append((permit, Located(result.ticket, point, None, offset)))
            if len(done) >= _BATCH:
                self._flush(done)
        self._flush(done)
        return self._pace.done

    def store(self, found: list[Located]) -> None:
        """Name places and keep them; the caller has asked the gate, and holds consent as it is."""
        points = [item.point for item in found if item.point is not None]
        names = iter(self._rooms.geocoder.names([(p.latitude, p.longitude) for p in points]))
        named = [replace(item, place=next(names)) if item.point else item for item in found]
        items = [item.asset for item in found]
        self._rooms.record(Purpose.PLACES, STEP_READ_PLACES, items)
        with self._rooms.locations.connection:
            self._rooms.locations.put(named)

    def _candidates(self) -> list[Row]:
        view = self._rooms.view()
        columns = "a.id, a.path, a.key, a.taken_on"
        return list(self._rooms.listing.assets(view, "a.error is null", columns=columns))

    def _jobs(self, todo: list[Row]) -> Iterator[Job]:
        for start in range(0, len(todo), _BATCH):
            batch = todo[start : start + _BATCH]
            permit = self._rooms.gate.decide(Purpose.PLACES, [subject_of(row) for row in batch])
            if isinstance(permit, Refusal):
                continue
            for row in batch:
                if self._stop.is_set():
                    return
                if row["id"] in permit and (job := self._job(row, permit)):
                    yield job

    def _job(self, row: Row, permit: Permit) -> Job | None:
        files = [
            file
            for file in self._rooms.catalogue.files(row["key"])
            if file["role"] in (FileRole.PRIMARY, FileRole.SIDECAR)
        ]
        blobs = []
        try:
            for file in files:
                data = read_original(self._rooms, permit, row["id"], file["path"], file["size"])
                if isinstance(data, Refusal):
                    return None
                blobs.append((FileRole(file["role"]), file["path"], data))
        except SourceError:
            return None  # the asset's row says why at the next scan
        self._permits[row["id"]] = permit
        return Job(row["id"], STEP_READ_PLACES, build_places_request(blobs))

    def _flush(self, done: list[tuple[Permit, Located]]) -> None:
        with self._rooms.committing() as may_keep:
            found = [item for permit, item in done if may_keep(permit, item.asset)]
            if found:
                self.store(found)
        self._pace.advance(len(done))
        self._report(self._pace.progress("places", 0, "Finding where photos were taken"))
        done.clear()
