"""Jobs: a step, its input as bytes, and a key under which its result can be reused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from safelight.model.isolation import LayerState

Payload = bytes | tuple[bytes, ...]
"""A frame of `safelight.engine.codec`, whole or in its pieces: the header, then each blob."""


@dataclass(frozen=True, slots=True)
class Job:
    """One call of a step.

    Attributes:
        ticket: the coordinator's name for it, given back with the result.
        step: importable name, "package.module:function", of a function from payload to bytes.
        payload: the input; in pieces where it holds a photo, which is then copied less often.
        timeout_s: seconds after which the worker is stopped and the job fails.
    """

    ticket: str
    step: str
    payload: Payload = field(repr=False)
    timeout_s: float = 120.0


@dataclass(frozen=True, slots=True)
class JobResult:
    """What came back: `output`, or `error` in words for the person when there is none."""

    ticket: str
    output: bytes | None = field(repr=False, default=None)
    error: str | None = None


class Executor(Protocol):
    """Where jobs run. Results come in any order; input is drawn only as workers come free."""

    def run(self, jobs: Iterable[Job]) -> Iterator[JobResult]:
        """Yield one result a job; a crash, a timeout or an exception is a result with `error`."""
        ...

    def prepare(self, steps: Sequence[str]) -> None:
        """Say which steps will be asked for, so that workers need not be changed for them."""
        ...

    def layers(self) -> tuple[LayerState, ...]:
        """Which walls stand around whoever runs the jobs."""
        ...

    def close(self) -> None:
        """Stop the workers."""
        ...


class Streams(Protocol):
    """Where long answers are made: a step that reads one open file and gives parts."""

    def stream(self, job: Job, source: BinaryIO) -> Iterator[bytes]:
        """Yield the parts as they are made; closing the iterator ends the work.

        Raises:
            AnalysisError: the file cannot be read, in words for the person.
            SourceError: it is gone.
        """
        ...

    def close(self) -> None:
        """Stop the workers."""
        ...
