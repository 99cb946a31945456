"""Looking at pictures: what is in them (`content`) and whose faces (`faces`), as far as allowed.

Catches up on what the first read of a scan did not look at: a purpose that was turned on later, a
newer analyser, pictures that only their date or the people in them tell to be covered. A picture
is opened and decoded once for both purposes. Each has a permit of its own, asked for before and
checked again before anything is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from safelight.app.keeping_looks import KeepingLooks, Looked
from safelight.app.look_wire import Look, build_look_request, parse_look
from safelight.app.looking import CONTENT_ANALYSER, TEMPLATE_MODEL, VERSIONS
from safelight.app.originals import picture_to_look_at, read_original
from safelight.app.pace import Pace
from safelight.app.run import Run
from safelight.app.steps import STEP_LOOK
from safelight.library.catalogue import Row
from safelight.library.failures import Failures
from safelight.library.observations import Observations
from safelight.library.records import subject_of
from safelight.model.assets import AssetKind, FileRole
from safelight.model.consent import Permit, Purpose, Refusal
from safelight.model.errors import SourceError, WireError
from safelight.model.jobs import Job, JobResult

_BATCH = 64
_COLUMNS = (
    "a.id, a.key, a.path, a.size, a.kind, a.taken_on, a.width, a.height, a.camera, a.names_written"
)


@dataclass(slots=True)
class _Looking:
    """One picture on its way through a worker, with the permits it was opened under."""

    row: Row
    content: Permit | None
    faces: Permit | None


class Recognising:
    """Catches up on pictures that were not looked at under a purpose that is on now."""

    def __init__(self, run: Run) -> None:
        self._rooms = run.rooms
        self._people = run.people
        self._observations = Observations(run.rooms.drawers)
        self._looks = KeepingLooks(run.rooms, run.people)
        self._stop = run.stop
        self._report = run.report
        self._pace = Pace()
        self._in_hand: dict[str, _Looking] = {}
        self._failed = 0

    def run(self) -> int:
        """Look at every picture that is allowed and was not looked at; returns how many."""
        gate = self._rooms.gate
        wanted = {p for p in (Purpose.CONTENT, Purpose.FACES) if gate.allows(p)}
        if not wanted:
            return 0
        todo = self._todo(wanted)
        if not todo:
            return 0
        self._rooms.executor.prepare([STEP_LOOK])
        self._rooms.isolating.note()
        self._pace.start(len(todo))
        done: list[Looked] = []
        for result in self._rooms.executor.run(self._jobs(todo)):
            done.append(self._looked(result))
            if len(done) >= _BATCH:
                self._keep(done)
        self._keep(done)
        return self._pace.done - self._failed

    def _todo(self, wanted: set[Purpose]) -> list[tuple[Row, frozenset[Purpose]]]:
        """Pictures with the purposes under which they are still to be looked at."""
        looked = {purpose: self._looked_at(purpose) for purpose in wanted}
        view = self._rooms.view()
        rows = self._rooms.listing.assets(
            view, "a.error is null and a.duplicate_of is null", columns=_COLUMNS
        )
        needs = ((row, frozenset(p for p in wanted if row["id"] not in looked[p])) for row in rows)
        return [(row, need) for row, need in needs if need]

    def _looked_at(self, purpose: Purpose) -> Collection[str]:
        """What need not be looked at: it was, or looking failed too often."""
        given_up = Failures(self._rooms.drawers, purpose.value).given_up(VERSIONS[purpose])
        if purpose is Purpose.FACES:
            return self._people.looked_at(TEMPLATE_MODEL) | given_up
        if not self._observations.exists:
            return given_up
        return self._observations.looked_at(CONTENT_ANALYSER) | given_up

    def _jobs(self, todo: list[tuple[Row, frozenset[Purpose]]]) -> Iterator[Job]:
        for start in range(0, len(todo), _BATCH):
            batch = todo[start : start + _BATCH]
            permits = {p: self._permit(p, batch) for p in (Purpose.CONTENT, Purpose.FACES)}
            for row, need in batch:
                if self._stop.is_set():
                    return
                job = self._job(row, need, permits)
                if job is not None:
                    yield job

    def _permit(
        self, purpose: Purpose, batch: list[tuple[Row, frozenset[Purpose]]]
    ) -> Permit | None:
        subjects = [subject_of(row) for row, need in batch if purpose in need]
        if not subjects or not self._rooms.gate.allows(purpose):
            return None
        decision = self._rooms.gate.decide(purpose, subjects)
        return decision if isinstance(decision, Permit) else None

    def _job(
        self, row: Row, need: frozenset[Purpose], permits: dict[Purpose, Permit | None]
    ) -> Job | None:
        usable = {p: permits[p] for p in need if _covers(permits[p], row["id"])}
        opening = next(iter(usable.values()), None)
        data = picture_to_look_at(self._rooms, opening, row) if opening is not None else None
        if data is None:
            self._pace.advance(1)
            return None
        content, faces = usable.get(Purpose.CONTENT), usable.get(Purpose.FACES)
        self._in_hand[row["id"]] = _Looking(row, content, faces)
        settings = self._rooms.settings
        request = build_look_request(
            data,
            content=content is not None,
            faces=faces is not None,
            max_megapixels=settings.max_megapixels,
            named=self._files_with_names(row, faces) if faces is not None else (),
        )
        return Job(row["id"], STEP_LOOK, request, settings.step_timeout_s)

    def _files_with_names(self, row: Row, permit: Permit) -> list[bytes]:
        """The original and what lies beside it, where other programs wrote names at faces."""
        found: list[bytes] = []
        if not row["names_written"] or row["kind"] == AssetKind.VIDEO:
            return found
        for file in self._rooms.catalogue.files(row["key"]):
            if file["role"] not in (FileRole.PRIMARY, FileRole.SIDECAR):
                continue
            try:
                data = read_original(self._rooms, permit, row["id"], file["path"], file["size"])
            except SourceError:
                return []
            if isinstance(data, Refusal):
                return []
            found.append(data)
        return found

    def _looked(self, result: JobResult) -> Looked:
        looking = self._in_hand.pop(result.ticket)
        row = looking.row
        look, problem = _look_of(result)
        self._failed += look is None
        return Looked(
            asset=row["id"],
            subject=row["id"],
            content=looking.content,
            faces=looking.faces,
            look=look,
            has_camera=row["camera"] is not None,
            size=(row["width"], row["height"]),
            problem=problem,
        )

    def _keep(self, done: list[Looked]) -> None:
        with self._rooms.book.held():
            self._looks.keep(done)
        self._pace.advance(len(done))
        self._report(self._pace.progress("content", self._failed, "Looking at the pictures"))
        done.clear()


def _look_of(result: JobResult) -> tuple[Look | None, str]:
    """What was seen, or why nothing was: a worker's answer is believed no more than a file."""
    if result.output is None:
        return None, result.error or ""
    try:
        return parse_look(result.output), ""
    except WireError as error:
        return None, str(error)


def _covers(permit: Permit | None, name: str) -> bool:
    return permit is not None and name in permit
