"""One long answer in parts: a worker reads a file that it cannot open, and sends what it makes.

For what is too large to be held, as a video is. The worker asks for pieces of the one file that
the coordinator holds open for it, and gets those and nothing else; it is never further ahead
than its pipe is long, so whoever takes the parts sets the pace.
"""

from __future__ import annotations

import contextlib
import io
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import BinaryIO, cast

from safelight.engine import worker as workers
from safelight.engine.sandbox.limits import allow_time
from safelight.engine.steps import explained, find_step
from safelight.engine.wire import (
    Ask,
    ask_for,
    receive_ask,
    receive_job,
    receive_ready,
    send_end,
    send_job,
    send_part,
)
from safelight.engine.worker import Watch, Worker
from safelight.model.errors import (
    AnalysisError,
    IsolationError,
    SafelightError,
    SourceError,
    WireError,
)
from safelight.model.jobs import Job, Payload

StreamStep = Callable[[Payload, BinaryIO], Iterator[bytes]]
_PIECE = 1 << 18
_LARGEST_PIECE = 1 << 24
_SIZE_BYTES = 8
_LAST_WORDS_S = 0.05


class InlineStreams:
    """Streams in the calling process, for tests and for very small machines."""

    def stream(self, job: Job, source: BinaryIO) -> Iterator[bytes]:
        """The parts that a step makes of a file.

        Raises:
            AnalysisError: the step cannot read it.
        """
        guarded = _Guarded(source)
        try:
            for part in _stream_step(job.step)(job.payload, cast("BinaryIO", guarded)):
                guarded.complain()
                yield part
            guarded.complain()
        except SafelightError:
            raise
        except Exception as error:
            raise AnalysisError(explained(error)) from error

    def close(self) -> None:
        """Nothing to stop."""


class WalledStreams:
    """Streams in workers behind the walls; as many as are read at once, kept for the next.

    Args:
        steps: what every worker is made ready for.
        strict: whether a file is refused where a worker lacks a wall.
    """

    def __init__(self, steps: Sequence[str], *, strict: bool = False) -> None:
        self._steps = tuple(steps)
        self._strict = strict
        self._idle: list[Worker] = []
        self._lock = threading.Lock()

    def stream(self, job: Job, source: BinaryIO) -> Iterator[bytes]:
        """The parts that a step makes of a file, as they are made. Closing it ends the worker.

        Args:
            job: its `timeout_s` is the longest pause between two signs of life.
            source: stays open until the last part; only its bytes cross to the worker.

        Raises:
            AnalysisError: the step cannot read it, crashes or hangs.
            SourceError: the file cannot be read any more.
            IsolationError: the worker lacks a wall, and the setting is strict.
        """
        worker = self._hire()
        whole = False
        try:
            with Watch([worker]):
                yield from self._parts(worker, job, source)
            whole = True
        except (EOFError, BrokenPipeError, ConnectionError, WireError) as error:
            late = worker.overdue()
            raise AnalysisError(
                f"reading it took more than {job.timeout_s:.0f} seconds"
                if late
                else "reading it crashed the reader"
            ) from error
        finally:
            self._release(worker, whole or _has_ended(worker))

    def close(self) -> None:
        """Stop the workers that wait."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.stop()

    def _parts(self, worker: Worker, job: Job, source: BinaryIO) -> Iterator[bytes]:
        self._welcome(worker)
        worker.take(job)
        send_job(worker.pipe, job)
        worker.pipe.send_bytes(_size(source).to_bytes(_SIZE_BYTES, "big"))
        while True:
            asked = receive_ask(worker.pipe)
            if asked.error is not None:
                raise AnalysisError(asked.error)
            if asked.part is not None:
                worker.job = None  # however long the part is kept, the worker is not late
                yield asked.part
                worker.take(job)
            elif asked.length:
                worker.pipe.send_bytes(_piece(source, asked))
                worker.take(job)
            else:
                return

    def _hire(self) -> Worker:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return workers.start(self._steps, serve=serve_streams)

    def _release(self, worker: Worker, whole: bool) -> None:
        if not whole:
            worker.stop()
            return
        worker.job = None
        with self._lock:
            self._idle.append(worker)

    def _welcome(self, worker: Worker) -> None:
        if worker.ready is not None:
            return
        ready = receive_ready(worker.pipe)
        if ready.error is not None:
            raise WireError(ready.error)
        missing = [each for each in ready.layers if not each.held]
        if self._strict and missing:
            raise IsolationError(missing)
        worker.ready = ready


def serve_streams(pipe: Connection) -> None:
    """What a worker does behind its walls: one job after the other, each with its file."""
    while True:
        job = receive_job(pipe)
        size = int.from_bytes(pipe.recv_bytes(_SIZE_BYTES), "big")
        allow_time(job.timeout_s)
        try:
            with io.BufferedReader(_Window(pipe, size), _PIECE) as source:
                for part in _stream_step(job.step)(job.payload, source):
                    send_part(pipe, part)
                    allow_time(job.timeout_s)
        except Exception as error:  # noqa: BLE001  # a hostile file may raise anything
            send_end(pipe, explained(error))
        else:
            send_end(pipe)


class _Guarded(io.BufferedIOBase):
    """A file whose errors wait: a decoder that calls back for bytes does not survive them."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._error: Exception | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._source.seek(offset, whence)

    def read(self, size: int | None = -1) -> bytes:
        try:
            return self._source.read(-1 if size is None else size)
        except Exception as error:  # noqa: BLE001  # raised between two parts
            self._error = self._error or error
            return b""

    def complain(self) -> None:
        if self._error is not None:
            raise self._error


class _Window(io.RawIOBase):
    """A file that is read through the pipe."""

    def __init__(self, pipe: Connection, size: int) -> None:
        self._pipe, self._size, self._at = pipe, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        wanted = min(len(view), self._size - self._at, _LARGEST_PIECE)
        if wanted <= 0:
            return 0
        got = ask_for(self._pipe, self._at, wanted)
        view[: len(got)] = got
        self._at += len(got)
        return len(got)


def _has_ended(worker: Worker) -> bool:
    """Whether a worker that is left early had no more to give: it can serve the next file."""
    with contextlib.suppress(EOFError, OSError, WireError):
        if worker.ready is not None and worker.pipe.poll(_LAST_WORDS_S):
            return receive_ask(worker.pipe) == Ask()
    return False


def _stream_step(name: str) -> StreamStep:
    return cast("StreamStep", find_step(name))


def _size(source: BinaryIO) -> int:
    with contextlib.suppress(OSError):
        return source.seek(0, io.SEEK_END)
    return 0


def _piece(source: BinaryIO, asked: Ask) -> bytes:
    try:
        source.seek(asked.at)
        return source.read(min(asked.length, _LARGEST_PIECE))
    except OSError as error:
        raise SourceError("the file cannot be read any more; is the disk connected?") from error
