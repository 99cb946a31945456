"""Making what takes a while, on a thread of its own: one thing at a time, watched and stoppable."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from safelight.app.making.wishes import Progress
from safelight.model.creations import Creation
from safelight.model.errors import SafelightError, UserError

_REMEMBERED = 20


@dataclass(frozen=True, slots=True)
class MakingJob:
    """Where a making is.

    Attributes:
        state: running, done, stopped or failed.
        share: how much is done, 0 to 1.
        creation: id of what was made, once it is done.
        note: what went wrong, in words.
    """

    id: str
    state: str = "running"
    share: float = 0.0
    creation: str | None = None
    note: str = ""


class _Stopped(Exception):  # noqa: N818  # no error: the person asked for it
    pass


class MakingJobs:
    """Runs makings in the background and remembers the last few."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[str, MakingJob] = {}
        self._stops: dict[str, threading.Event] = {}
        self._threads: dict[str, threading.Thread] = {}

    def start(self, make: Callable[[Progress], Creation]) -> MakingJob:
        """Start a making.

        Args:
            make: makes and keeps the thing; told whom to report to.

        Raises:
            UserError: another one runs; it would only slow both down.
        """
        with self._lock:
            if any(job.state == "running" for job in self._jobs.values()):
                raise UserError("Something else is being made. Wait for it, or stop it first.")
            job = MakingJob(secrets.token_hex(8))
            self._jobs = dict(list(self._jobs.items())[-_REMEMBERED:]) | {job.id: job}
            self._stops = {name: self._stops[name] for name in self._stops if name in self._jobs}
            self._threads = {n: self._threads[n] for n in self._threads if n in self._jobs}
            self._stops[job.id] = threading.Event()
            thread = threading.Thread(
                target=self._run, args=(job.id, make), name="safelight-making", daemon=True
            )
            self._threads[job.id] = thread
            thread.start()
        return job

    def find(self, name: str) -> MakingJob | None:
        """Where a making is; None where none of that name is remembered."""
        return self._jobs.get(name)

    def running(self) -> MakingJob | None:
        """The making that goes on now."""
        return next((job for job in self._jobs.values() if job.state == "running"), None)

    def stop(self, name: str, wait_s: float = 20.0) -> None:
        """End a making; nothing of it is kept."""
        with self._lock:
            stop, thread = self._stops.get(name), self._threads.get(name)
        if stop is not None and thread is not None:
            stop.set()
            thread.join(wait_s)

    def close(self) -> None:
        """End whatever runs."""
        for name in list(self._stops):
            self.stop(name)

    def _run(self, name: str, make: Callable[[Progress], Creation]) -> None:
        stop = self._stops[name]

        def report(share: float) -> None:
            if stop.is_set():
                raise _Stopped
            self._change(name, share=share)

        try:
            creation = make(report)
            self._change(name, state="done", share=1.0, creation=creation.id)
        except _Stopped:
            self._change(name, state="stopped", note="Stopped; nothing was kept.")
        except SafelightError as error:
            self._change(name, state="failed", note=str(error))
        except Exception as error:
            self._change(name, state="failed", note=f"It broke off: {error}")
            raise

    def _change(self, name: str, **values: object) -> None:
        with self._lock:
            self._jobs[name] = replace(self._jobs[name], **values)  # type: ignore[arg-type]
