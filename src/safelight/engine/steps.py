"""Running one step: from its importable name to a result, whatever it raises."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

from safelight.model.errors import SafelightError, WireError
from safelight.model.jobs import Job, JobResult, Payload

Step = Callable[[Payload], bytes]


@cache
def find_step(name: str) -> Step:
    """The function behind "package.module:function".

    Raises:
        WireError: there is no such step, or the name is outside this program.
    """
    module, _, function = name.partition(":")
    if not module.startswith("safelight.") or not function:
        raise WireError(f"{name!r} names no step")
    try:
        step: Step = getattr(import_module(module), function)
    except (ImportError, AttributeError) as error:
        raise WireError(f"{name!r} names no step") from error
    return step


def module_of(name: str) -> str:
    """The module whose steps a worker is made ready for together."""
    return name.partition(":")[0]


def make_ready(name: str) -> None:
    """Load all that a step will ever read from the disk.

    A module of steps that needs more than its imports (a model, a table, a library that loads
    its parts late) has a function `prepare()` for it: afterwards the worker opens no file.
    """
    find_step(name)
    # NumPy loads it when a median is first asked for, in some arrays and not in others.
    import_module("numpy.ma")
    prepare = getattr(import_module(module_of(name)), "prepare", None)
    if prepare is not None:
        prepare()


def run_step(job: Job) -> JobResult:
    """Run one job here; an exception becomes the result's `error`, in words for the person."""
    try:
        return JobResult(job.ticket, find_step(job.step)(job.payload))
    except Exception as error:  # noqa: BLE001  # a hostile file may raise anything in a decoder
        return JobResult(job.ticket, error=explained(error))


def explained(error: BaseException) -> str:
    """What went wrong in a step, in words for the person."""
    if isinstance(error, MemoryError):
        return "it needs more memory than a reader may use"
    if isinstance(error, SafelightError):
        return str(error)
    return f"it cannot be read ({type(error).__name__}: {error})"
