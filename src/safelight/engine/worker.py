"""A worker process, from both sides: the coordinator's handle on it, and what runs inside.

Inside, the order is what keeps it honest: leave the network, load what the steps need, shut the
walls, say which of them hold, and only then take the first job.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from safelight.engine.sandbox import Walls
from safelight.engine.sandbox.limits import allow_time
from safelight.engine.steps import make_ready, module_of, run_step
from safelight.engine.wire import Ready, receive_job, send_ready, send_result
from safelight.model.errors import WireError
from safelight.model.isolation import Layer
from safelight.model.jobs import Job

START_S = 120.0
_WATCH_S = 1.0
_GRACE_S = 5.0
_METHOD = "spawn" if sys.platform == "win32" else "forkserver"
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_CONTEXT = multiprocessing.get_context(_METHOD)


@dataclass(slots=True)
class Worker:
    """One worker process as its coordinator sees it.

    Attributes:
        modules: whose steps it was made ready for.
        ready: its first words; None until they came.
        job: what it holds; None when it is idle.
        since: when it was started, or given its job (monotonic seconds).
    """

    process: BaseProcess
    pipe: Connection
    modules: frozenset[str]
    ready: Ready | None = None
    job: Job | None = None
    since: float = field(default_factory=time.monotonic)

    @property
    def idle(self) -> bool:
        """Whether it can take a job."""
        return self.ready is not None and self.job is None

    def overdue(self, grace_s: float = 0.0) -> bool:
        """Whether it has taken longer than it may."""
        if self.ready is None:
            allowed = START_S
        else:
            allowed = self.job.timeout_s if self.job is not None else float("inf")
        return time.monotonic() - self.since > allowed + grace_s

    def take(self, job: Job) -> None:
        """Note that it holds a job from now on."""
        self.job, self.since = job, time.monotonic()

    def kill(self) -> None:
        """End the process; from any thread, also when it is gone already."""
        with contextlib.suppress(ValueError, OSError):
            self.process.kill()

    def stop(self) -> None:
        """End it, whatever it does."""
        self.pipe.close()
        self.kill()
        self.process.join(5)
        with contextlib.suppress(ValueError):
            self.process.close()


class Watch:
    """Ends a worker that stops in the middle of a message, on which the coordinator would hang."""

    def __init__(self, watched: list[Worker]) -> None:
        self._watched = watched
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="safelight-watch", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_WATCH_S):
            for worker in tuple(self._watched):
                if worker.overdue(_GRACE_S):
                    worker.kill()


def start(
    steps: Sequence[str],
    without: Collection[Layer] = (),
    serve: Callable[[Connection], None] | None = None,
) -> Worker:
    """Start a worker for these steps; it is of use once its first words came.

    Args:
        without: walls that are left out, for tests that show what each of them holds.
        serve: what it does behind its walls, a function of a module; jobs where it is None.
    """
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(  # type: ignore[attr-defined]  # both contexts have it
        target=_work,
        args=(theirs, tuple(steps), frozenset(without), serve or _serve_jobs),
        daemon=True,
        name="safelight-reader",
    )
    with _one_thread_each():
        process.start()
    theirs.close()
    return Worker(process, ours, frozenset(map(module_of, steps)))


@contextlib.contextmanager
def _one_thread_each() -> Iterator[None]:
    """Also for what is imported before `_work`: a process with threads cannot be shut in."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(_ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _work(
    pipe: Connection,
    steps: Sequence[str],
    without: frozenset[Layer],
    serve: Callable[[Connection], None],
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the coordinator decides when to stop
    os.environ.update(_ONE_THREAD)
    walls = Walls(without)
    walls.enter()
    gc.disable()  # what is loaded stays: looking through it for garbage takes its time
    with contextlib.suppress(EOFError, OSError):
        try:
            for step in steps:
                with contextlib.suppress(WireError):  # a job of a step that is none says so
                    make_ready(step)
        except Exception as error:  # noqa: BLE001  # said to the coordinator, which gives up
            send_ready(pipe, Ready(error=f"{type(error).__name__}: {error}"))
            return
        gc.freeze()
        gc.enable()
        send_ready(pipe, Ready(walls.shut(pipe.fileno())))
        serve(pipe)


def _serve_jobs(pipe: Connection) -> None:
    while True:
        job = receive_job(pipe)
        allow_time(job.timeout_s)
        send_result(pipe, run_step(job))
