"""Jobs in a few long-lived worker processes on this machine.

Each worker has its own pipe and its own walls (`engine.sandbox`), so one that crashes, hangs or
is taken over by a hostile file takes down exactly the job that it held: that job fails with
words, a fresh worker takes the place, and the rest go on. Workers decode with one thread each:
one single-threaded process a core was measured faster than threads inside a decoder.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from multiprocessing.connection import wait

from safelight.engine import worker as workers
from safelight.engine.steps import module_of
from safelight.engine.wire import receive_ready, receive_result, send_job
from safelight.engine.worker import Watch, Worker
from safelight.model.errors import IsolationError, WireError
from safelight.model.isolation import Layer, LayerState
from safelight.model.jobs import Job, JobResult

_POLL_S = 0.5
_STARTS_TRIED = 3
_GIVES_TRIED = 3


class ProcessExecutor:
    """A pool of `count` workers that is started on first use.

    Args:
        count: worker processes.
        warm: steps that every worker is made ready for; a job of another one makes its module's
            steps part of that, with fresh workers.
        strict: whether jobs are refused where a worker lacks a wall.
        without: walls that are left out, for tests that show what each of them holds.
    """

    def __init__(
        self,
        count: int,
        warm: Sequence[str] = (),
        *,
        strict: bool = False,
        without: Collection[Layer] = (),
    ) -> None:
        self._count = max(1, count)
        self._steps = list(dict.fromkeys(warm))
        self._strict = strict
        self._without = without
        self._workers: list[Worker] = []
        self._busy = threading.Lock()
        self._failed_starts = 0

    def run(self, jobs: Iterable[Job]) -> Iterator[JobResult]:
        """Yield one result a job, as they come; the next job is drawn when a worker is free.

        One caller at a time; a second one waits. Closing the generator early stops the workers
        that are still busy, so that nothing goes on unseen.

        Raises:
            IsolationError: a worker lacks a wall, and the executor is strict.
            WireError: workers cannot be started.
        """
        with self._busy, Watch(self._workers):
            try:
                yield from self._pump(iter(jobs))
            finally:
                self._drop_busy()

    def prepare(self, steps: Sequence[str]) -> None:
        """Make every worker that starts from now on ready for these steps as well."""
        with self._busy:
            self._learn(steps)

    def layers(self) -> tuple[LayerState, ...]:
        """Which walls a worker of this pool has; starts the pool when it has not begun.

        Raises:
            WireError: workers cannot be started.
        """
        with self._busy:
            while True:
                self._staff()
                for worker in self._workers:
                    if worker.ready is not None:
                        return worker.ready.layers
                self._await()

    def close(self) -> None:
        """Stop all workers."""
        for worker in self._workers:
            worker.stop()
        self._workers.clear()

    # Jobs

    def _pump(self, jobs: Iterator[Job]) -> Iterator[JobResult]:
        following, tried = next(jobs, None), 0
        came: list[JobResult] = []
        while following is not None or any(worker.job for worker in self._workers):
            if following is not None:
                self._learn([following.step])
                self._staff()
            while following is not None and (idle := self._idle(following)) is not None:
                given, tried = self._give(idle, following), tried + 1
                if not given and tried >= _GIVES_TRIED:  # too large for any of them to take in
                    came.append(_crashed(following))
                if given or tried >= _GIVES_TRIED:
                    # Drawn now, while the workers are busy: it reads the next file meanwhile.
                    following, tried = next(jobs, None), 0
            # Handed over once the workers have the next jobs: keeping results takes its time.
            yield from came
            came = self._await()
        yield from came

    def _idle(self, job: Job) -> Worker | None:
        module = module_of(job.step)
        return next((w for w in self._workers if w.idle and module in w.modules), None)

    def _give(self, worker: Worker, job: Job) -> bool:
        worker.take(job)
        try:
            send_job(worker.pipe, job)
        except OSError:  # it died while idle; another takes its place
            self._discard(worker)
            return False
        return True

    def _await(self) -> list[JobResult]:
        """What came from the workers within a moment: results, and first words."""
        waiting = {worker.pipe: worker for worker in self._workers if not worker.idle}
        results = []
        for pipe in wait(list(waiting), timeout=_POLL_S):
            worker = waiting[pipe]  # type: ignore[index]  # only these pipes were asked for
            if worker.job is None:
                self._welcome(worker)
            else:
                results.append(self._receive(worker, worker.job))
        for worker in [worker for worker in self._workers if worker.overdue()]:
            if worker.job is not None:
                results.append(_too_slow(worker.job))
            else:
                self._failed_starts += 1
            self._discard(worker)
        return results

    def _receive(self, worker: Worker, job: Job) -> JobResult:
        try:
            result = receive_result(worker.pipe, job.ticket)
        except (EOFError, OSError, WireError):
            late = worker.overdue()
            self._discard(worker)
            if late:
                return _too_slow(job)
            return _crashed(job)
        worker.job = None
        return result

    def _drop_busy(self) -> None:
        for worker in [worker for worker in self._workers if worker.job is not None]:
            self._discard(worker)

    # Workers

    def _learn(self, steps: Sequence[str]) -> None:
        """Let go of idle workers that are not ready for a step that is asked for now."""
        known = set(map(module_of, self._steps))
        self._steps += [step for step in steps if module_of(step) not in known]
        wanted = set(map(module_of, self._steps))
        for worker in [w for w in self._workers if w.job is None and not wanted <= w.modules]:
            self._discard(worker)

    def _staff(self) -> None:
        while len(self._workers) < self._count:
            if self._failed_starts >= _STARTS_TRIED:
                self._failed_starts = 0
                raise WireError("the processes that read photos cannot be started")
            self._workers.append(workers.start(self._steps, self._without))

    def _welcome(self, worker: Worker) -> None:
        try:
            ready = receive_ready(worker.pipe)
        except (EOFError, OSError, WireError):
            self._failed_starts += 1
            self._discard(worker)
            return
        if ready.error is not None:
            self._discard(worker)
            raise WireError(f"the processes that read photos cannot be started: {ready.error}")
        if self._strict:
            self._require_walls(worker, ready.layers)
        worker.ready, self._failed_starts = ready, 0

    def _require_walls(self, worker: Worker, layers: tuple[LayerState, ...]) -> None:
        missing = [each for each in layers if not each.held]
        if missing:
            self._discard(worker)
            raise IsolationError(missing)

    def _discard(self, worker: Worker) -> None:
        self._workers.remove(worker)
        worker.stop()


def probe() -> tuple[LayerState, ...]:
    """Which walls a worker gets on this machine; starts one that has nothing to load."""
    trial = ProcessExecutor(1)
    try:
        return trial.layers()
    finally:
        trial.close()


def _crashed(job: Job) -> JobResult:
    return JobResult(job.ticket, error="reading it crashed the reader, which was restarted")


def _too_slow(job: Job) -> JobResult:
    return JobResult(job.ticket, error=f"reading it took more than {job.timeout_s:.0f} seconds")
