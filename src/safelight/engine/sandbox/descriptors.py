"""What a worker keeps open: its pipe, and nothing else."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path


def keep_only(pipe: int) -> None:
    """Close every descriptor but the pipe; input and output lead nowhere from now on.

    The helpers of `multiprocessing` leave some behind, one of which can name shared memory to
    be removed.
    """
    if sys.platform == "win32":  # a spawned process there inherits none
        return
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    for number in _open():
        if number not in (0, 1, 2, pipe):
            with contextlib.suppress(OSError):
                os.close(number)


def _open() -> list[int]:
    for folder in ("/proc/self/fd", "/dev/fd"):
        with contextlib.suppress(OSError):
            return [int(entry.name) for entry in Path(folder).iterdir()]
    return list(range(3, 1024))
