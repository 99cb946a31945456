"""Jobs in the calling process, one after the other: for tests and for very small machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from safelight.engine.sandbox import absent
from safelight.engine.steps import run_step
from safelight.model.isolation import LayerState
from safelight.model.jobs import Job, JobResult


class InlineExecutor:
    """Runs each job when its result is asked for."""

    def run(self, jobs: Iterable[Job]) -> Iterator[JobResult]:
        """Yield results in the order of the jobs."""
        return map(run_step, jobs)

    def prepare(self, steps: Sequence[str]) -> None:
        """Nothing to start."""

    def layers(self) -> tuple[LayerState, ...]:
        """None: this process needs its files and its network."""
        return absent("jobs run in the program's own process")

    def close(self) -> None:
        """Nothing to stop."""
