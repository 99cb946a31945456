"""Limits that the system keeps: memory, time on the processor, file size, open files, processes.

Source: getrlimit(2).
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time

from safelight.engine.sandbox.machine import Machine, Missing

if sys.platform != "win32":
    import resource  # at once: nothing can be imported once the walls are shut

HOLDS = "at most 4 GiB of memory, the job's own time, and not one byte into a file"
MEMORY_BYTES = 4 << 30
_THREADS = 64
_OPEN_FILES = 64
_SPARE_S = 2


def shut(machine: Machine, file_bytes: int = 0) -> None:
    """Set the limits of this process; none can be raised again.

    Args:
        file_bytes: the most that it may write into a file, one in memory included.

    Raises:
        Missing: this system has none.
    """
    if machine.system == "win32" or sys.platform == "win32":  # the second is for type checkers
        raise Missing("Windows has no such thing")
    hard = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: file_bytes,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
    }
    for limit, value in hard.items():
        with contextlib.suppress(ValueError):  # it is lower already
            resource.setrlimit(limit, (value, value))
    _limit_processes()
    if machine.system != "linux":
        raise Missing("limits of time and files are set, but this system keeps none of memory")


def allow_time(seconds: float) -> None:
    """Give the next job this many seconds of processor time; more ends the process."""
    if sys.platform != "win32":
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        until = int(time.process_time() + seconds) + _SPARE_S
        resource.setrlimit(resource.RLIMIT_CPU, (until, most))


def _limit_processes() -> None:
    """Counted a person, and on older kernels over all of a person's programs: kept if it fits."""
    before = resource.getrlimit(resource.RLIMIT_NPROC)
    with contextlib.suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_NPROC, (_THREADS, before[1]))
    trial = threading.Thread(target=lambda: None)
    try:
        trial.start()
        trial.join()
    except RuntimeError:
        resource.setrlimit(resource.RLIMIT_NPROC, before)
    else:
        with contextlib.suppress(ValueError):
            resource.setrlimit(resource.RLIMIT_NPROC, (_THREADS, _THREADS))
