"""Videos and the moving halves of Live Photos for films: under a permit, read in workers."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, cast

from safelight.app.composition import Rooms
from safelight.app.making.clipping import build_frames_request, build_whole_request
from safelight.app.making.survey_wire import VERSION, build_survey_request, moving_of
from safelight.app.showing import Showing
from safelight.app.steps import STEP_CLIP_FRAMES, STEP_SURVEY_CLIP
from safelight.creations.film import Encoder, FilmPlan, Moving, Sound, Take, frames_of
from safelight.creations.film.ahead import made_ahead
from safelight.engine import header_of
from safelight.library.catalogue import Row
from safelight.library.clip_looks import ClipLooks
from safelight.library.records import subject_of
from safelight.model.assets import AssetKind, FileRole
from safelight.model.consent import Permit, Purpose, Refusal
from safelight.model.errors import AnalysisError, RefusedError, RenderError, SourceError
from safelight.model.jobs import Job

_PAUSE_S = 30.0


class BrokenClipError(RenderError):
    """A clip cannot be shown after all; the film is to be made without it."""

    def __init__(self, asset: str, reason: str) -> None:
        super().__init__(reason)
        self.asset, self.reason = asset, reason


class Clips:
    """What moves in one library."""

    def __init__(self, rooms: Rooms, showing: Showing) -> None:
        self._rooms = rooms
        self._showing = showing
        self._looks = ClipLooks(rooms.drawers)
        self._known: dict[tuple[str, bytes, bool], Moving | str] = {}

    def forget(self) -> None:
        """Drop what is held in memory; a withdrawal must not leave it there."""
        self._known.clear()

    def rest(self) -> None:
        """Stop the workers; the next film starts its own."""
        self._rooms.streams.close()

    def movable(self, rows: Sequence[Row]) -> list[Row]:
        """Those of some assets that are videos or have a moving half."""
        return [row for row in rows if row["kind"] in (AssetKind.VIDEO, AssetKind.LIVE)]

    def survey(self, row: Row) -> Moving | str:
        """What is in a clip, or in words why it cannot be shown in motion; looked over once.

        Faces are looked for where `content` covers it, and only then is what was seen kept, in
        that drawer, for the next film.

        Raises:
            RefusedError: consent does not cover it.
        """
        looking = self._looking(row)
        name = row["id"], bytes(row["digest"])
        key = (*name, looking is not None)
        if key not in self._known:
            try:
                found = self._surveyed(row, looking)
            except SourceError as error:
                return str(error)  # the disk may be there again next time
            except AnalysisError as error:
                self._known[key] = str(error)
            else:
                key = (*name, found.faced)
                self._known[key] = found
        return self._known[key]

    def _looking(self, row: Row) -> Permit | None:
        """Leave to look for faces; where it plainly is not given, nobody asked for it either, and
        no refusal is recorded."""
        subject, covered = subject_of(row), self._rooms.gate.coverage(Purpose.CONTENT)
        if covered is not None and not covered(subject):
            return None
        permit = self._rooms.gate.decide(Purpose.CONTENT, [subject])
        return None if isinstance(permit, Refusal) else permit

    def _surveyed(self, row: Row, looking: Permit | None) -> Moving:
        live = row["kind"] == AssetKind.LIVE
        digest = bytes(row["digest"])
        if looking is not None:
            known = self._looks.get(row["id"], digest, VERSION)
            if known is not None:
                return moving_of(known, live=live)
        request = build_survey_request(row["duration_s"], faces=looking is not None)
        # To its end: a stream that is left early ends its worker.
        parts = list(self._stream(row, STEP_SURVEY_CLIP, request))
        if not parts:
            raise AnalysisError("This video has no picture.")
        seen = header_of(parts[0])
        found = moving_of(seen, live=live)
        if looking is None:
            return found
        with self._rooms.committing() as may_keep:
            if may_keep(looking, row["id"]):
                self._rooms.record(Purpose.CONTENT, STEP_SURVEY_CLIP, [row["id"]])
                self._looks.put(row["id"], digest, VERSION, seen)
                return found
        return found.unfaced()  # leave to look ended meanwhile

    def frames(self, row: Row, plan: FilmPlan, take: Take) -> Iterator[bytes]:
        """The frames of a take, some of them made ahead; the first is there when this returns.

        Raises:
            RefusedError: consent does not cover it.
            BrokenClipError: it cannot be read; also from the iterator.
        """
        request = build_frames_request(take, frames_of(take), (plan.width, plan.height))
        coming = made_ahead(self._checked(row, request))
        first = next(coming, None)
        if first is None:
            raise BrokenClipError(row["id"], "This video has no picture where it was to be shown.")
        return _after(first, coming)

    def whole(self, row: Row, size: tuple[int, int], count: int) -> Iterator[bytes]:
        """Every frame of a video, at the film's rate, as planar YUV 4:2:0 of this size.

        Raises:
            RefusedError: consent does not cover it.
            BrokenClipError: it cannot be read; from the iterator.
        """
        return self._checked(row, build_whole_request(count, size))

    def heard(self, row: Row, encoder: Encoder, begin: float, seconds: float) -> Sound:
        """What is heard in a part of a clip.

        Raises:
            RefusedError: consent does not cover it.
            RenderError: nothing is, or it cannot be decoded.
        """
        with self._open(row) as source:
            return encoder.listen(source.fileno(), seconds, begin)

    def _checked(self, row: Row, request: bytes) -> Iterator[bytes]:
        try:
            yield from self._stream(row, STEP_CLIP_FRAMES, request)
        except (AnalysisError, SourceError) as error:
            raise BrokenClipError(row["id"], str(error)) from error

    def _stream(self, row: Row, step: str, request: bytes) -> Iterator[bytes]:
        with self._open(row) as source:
            job = Job(row["id"], step, request, _PAUSE_S)
            yield from self._rooms.streams.stream(job, source)

    def _open(self, row: Row) -> BinaryIO:
        permit = self._showing.permit([row])
        if isinstance(permit, Refusal):
            raise RefusedError(permit.text)
        opened = self._rooms.vault.open(permit, row["id"], self._path(row))
        if isinstance(opened, Refusal):
            raise RefusedError(opened.text)

        def check() -> None:
            refusal = self._rooms.gate.check(permit, row["id"])
            if refusal is not None:
                raise RefusedError(refusal.text)

        return cast("BinaryIO", _Permitted(opened, check))

    def _path(self, row: Row) -> str:
        if row["kind"] == AssetKind.VIDEO:
            return str(row["path"])
        for file in self._rooms.catalogue.files(row["key"]):
            if file["role"] == FileRole.LIVE_VIDEO:
                return str(file["path"])
        raise SourceError("The moving half of this photo is not there any more.")


class _Permitted(io.BufferedIOBase):
    """An open original; every reading asks whether the permit still holds."""

    def __init__(self, opened: BinaryIO, check: Callable[[], None]) -> None:
        self._opened, self._check = opened, check

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._opened.seek(offset, whence)

    def read(self, size: int | None = -1) -> bytes:
        self._check()
        return self._opened.read(-1 if size is None else size)

    def fileno(self) -> int:
        self._check()
        return self._opened.fileno()

    def close(self) -> None:
        self._opened.close()
        super().close()


def _after(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
