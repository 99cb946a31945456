"""Jobs in a few long-lived worker processes on this machine.

Each worker has its own pipe, so a worker that crashes or hangs takes down exactly the job that
it held: that job fails with words, a fresh worker takes the place, and the rest go on. Workers
are spawned, never forked from a threaded parent, and decode with one thread each: one
single-threaded process a core was measured faster than threads inside a decoder.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from safelight.engine.steps import find_step, run_step
from safelight.model.jobs import Job, JobResult

_MEMORY_LIMIT = 4 << 30
_POLL_S = 0.5


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    job: Job | None = None
    since: float = 0.0

    @property
    def overdue(self) -> bool:
        return self.job is not None and time.monotonic() - self.since > self.job.timeout_s


class ProcessExecutor:
    """A pool of `count` workers that is started on first use.

    Args:
        count: worker processes.
        warm: steps to import when a worker starts.
    """

    def __init__(self, count: int, warm: Sequence[str] = ()) -> None:
        self._count = max(1, count)
        self._warm = tuple(warm)
        self._workers: list[_Worker] = []
        self._busy = threading.Lock()
        method = "spawn" if sys.platform == "win32" else "forkserver"
        self._context = multiprocessing.get_context(method)

    def run(self, jobs: Iterable[Job]) -> Iterator[JobResult]:
        """Yield one result a job, as they come; the next job is drawn when a worker is free.

        One caller at a time; a second one waits. Closing the generator early stops the workers
        that are still busy, so that nothing goes on unseen.
        """
        with self._busy:
            try:
                yield from self._pump(iter(jobs))
            finally:
                self._drop_busy()

    def close(self) -> None:
        """Stop all workers."""
        for worker in self._workers:
            _stop(worker)
        self._workers = []

    def _pump(self, jobs: Iterator[Job]) -> Iterator[JobResult]:
        following = next(jobs, None)
        while following is not None or any(worker.job for worker in self._workers):
            while following is not None and (idle := self._idle()) is not None:
                if self._give(idle, following):
                    # Drawn now, while the workers are busy: it reads the next file meanwhile.
                    following = next(jobs, None)
            yield from self._collect()

    def _idle(self) -> _Worker | None:
        for worker in self._workers:
            if worker.job is None:
                return worker
        if len(self._workers) < self._count:
            self._workers.append(self._start())
            return self._workers[-1]
        return None

    def _give(self, worker: _Worker, job: Job) -> bool:
        try:
            worker.pipe.send(job)
        except OSError:  # it died while idle; another takes its place
            self._discard(worker)
            return False
        worker.job, worker.since = job, time.monotonic()
        return True

    def _collect(self) -> Iterator[JobResult]:
        busy = {worker.pipe: worker for worker in self._workers if worker.job is not None}
        for ready in wait(list(busy), timeout=_POLL_S):
            worker = busy[ready]  # type: ignore[index]  # only these pipes were asked for
            yield self._receive(worker)
        for worker in [worker for worker in self._workers if worker.overdue]:
            yield self._give_up(worker)

    def _receive(self, worker: _Worker) -> JobResult:
        assert worker.job is not None
        try:
            result: JobResult = worker.pipe.recv()
        except (EOFError, OSError):
            ticket = worker.job.ticket
            self._discard(worker)
            return JobResult(ticket, error="reading it crashed the reader, which was restarted")
        worker.job = None
        return result

    def _give_up(self, worker: _Worker) -> JobResult:
        assert worker.job is not None
        job = worker.job
        self._discard(worker)
        return JobResult(job.ticket, error=f"reading it took more than {job.timeout_s:.0f} seconds")

    def _discard(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        _stop(worker)

    def _drop_busy(self) -> None:
        for worker in [worker for worker in self._workers if worker.job is not None]:
            self._discard(worker)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(  # type: ignore[attr-defined]  # both contexts have it
            target=_work, args=(theirs, self._warm), daemon=True, name="safelight-reader"
        )
        process.start()
        theirs.close()
        return _Worker(process, ours)


def _stop(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join(5)
    with contextlib.suppress(ValueError):
        worker.process.close()


def _work(pipe: Connection, warm: Sequence[str]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the coordinator decides when to stop
    os.environ["OMP_NUM_THREADS"] = "1"
    _limit_memory()
    for name in warm:
        find_step(name)
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(run_step(pipe.recv()))


def _limit_memory() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_LIMIT, _MEMORY_LIMIT))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
