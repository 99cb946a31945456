"""The machine as the sandbox sees it, and the bare system calls that Python does not offer."""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PR_SET_NO_NEW_PRIVS = 38


class Missing(Exception):  # noqa: N818  # a layer that is not there is no error of this program
    """A layer cannot be put up here; the message says why, in words."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Kernel (`sys.platform`: linux, darwin, win32) and processor (x86_64, aarch64, …)."""

    system: str
    processor: str


def this_machine() -> Machine:
    """Where this process runs. A 32-bit Python on a 64-bit kernel is a processor of its own."""
    processor = platform.machine().lower()
    names = {"amd64": "x86_64", "arm64": "aarch64"}
    bits = "" if sys.maxsize > 2**32 else " with 32-bit Python"
    return Machine(sys.platform, names.get(processor, processor) + bits)


def require_linux(machine: Machine) -> None:
    """Raise `Missing` anywhere but on Linux."""
    if machine.system != "linux":
        names = {"darwin": "macOS", "win32": "Windows"}
        raise Missing(f"{names.get(machine.system, machine.system)} has no such thing")


def call(number: int, *values: object) -> int:
    """One system call by number.

    Raises:
        OSError: it failed.
    """
    arguments = [ctypes.c_long(v) if isinstance(v, int) else v for v in values]
    return _checked(_libc().syscall(ctypes.c_long(number), *arguments))


def process_control(option: int, *values: object) -> int:
    """`prctl`.

    Raises:
        OSError: it failed.
    """
    arguments = [ctypes.c_ulong(v) if isinstance(v, int) else v for v in values]
    arguments += [ctypes.c_ulong(0)] * (4 - len(arguments))
    return _checked(_libc().prctl(ctypes.c_int(option), *arguments))


def unshare(flags: int) -> None:
    """Leave the namespaces named by `flags` for new ones.

    Raises:
        OSError: it failed.
    """
    _checked(_libc().unshare(ctypes.c_int(flags)))


def threads() -> int:
    """How many threads this process has."""
    return sum(1 for _ in Path("/proc/self/task").iterdir())


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
