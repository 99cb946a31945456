"""Landlock: this process gives up every file, TCP port and signal for good.

Source: landlock(7), include/uapi/linux/landlock.h. The kernel says which ABI it has; each takes
what its predecessors take and some more.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import struct
from collections.abc import Sequence

from safelight.engine.sandbox.machine import (
    PR_SET_NO_NEW_PRIVS,
    Machine,
    Missing,
    call,
    process_control,
    require_linux,
    threads,
)

HOLDS = "no file can be opened, listed, written or run"
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every processor
_BENEATH = 1
_EXECUTE, _READ_FILE, _READ_FOLDER = 1, 4, 8
_ASK_VERSION = 1
_FILE_RIGHTS = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 5: 0xFFFF}  # from this ABI on
_BIND_AND_CONNECT_TCP = 0b11  # ABI 4
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11  # ABI 6
_WHY = {
    errno.ENOSYS: "this kernel is older than 5.13 or was built without Landlock",
    errno.EOPNOTSUPP: "Landlock is turned off on this system (boot parameter lsm=)",
}


def version() -> int:
    """The kernel's Landlock ABI.

    Raises:
        Missing: it has none.
    """
    try:
        return call(_CREATE_RULESET, None, 0, _ASK_VERSION)
    except OSError as error:
        raise Missing(_WHY.get(error.errno or 0, error.strerror or "it failed")) from error


def prepare(machine: Machine) -> None:
    """See whether it can hold here; while /proc can still be read.

    Raises:
        Missing: the kernel has none, or a thread is already running, which it would not reach.
    """
    require_linux(machine)
    version()
    if threads() > 1:
        raise Missing("a library started a thread before the worker was shut in")


def shut(machine: Machine, readable: Sequence[str] = ()) -> None:
    """Give up everything that this kernel's Landlock covers; holds for threads started later.

    Args:
        readable: folders and files that may still be read and run, where they exist.

    Raises:
        Missing: the kernel refuses, or a folder still opens.
    """
    require_linux(machine)
    abi = version()
    words = (ctypes.c_uint64 * 3)(*_handled(abi))
    size = 8 * (1 + (abi >= 4) + (abi >= 6))
    try:
        ruleset = call(_CREATE_RULESET, words, size, 0)  # what no rule names is not allowed
        for path in readable:
            _allow_reading(ruleset, path)
        process_control(PR_SET_NO_NEW_PRIVS, 1)
        call(_RESTRICT_SELF, ruleset, 0)
        os.close(ruleset)
    except OSError as error:
        raise Missing(f"the kernel refused it ({error.strerror})") from error
    if _opens("/"):
        raise Missing("a folder could still be opened")


def _handled(abi: int) -> tuple[int, int, int]:
    files = next(rights for since, rights in reversed(_FILE_RIGHTS.items()) if abi >= since)
    return (
        files,
        _BIND_AND_CONNECT_TCP if abi >= 4 else 0,
        _ABSTRACT_SOCKETS_AND_SIGNALS if abi >= 6 else 0,
    )


def _allow_reading(ruleset: int, path: str) -> None:
    # What is not there, or lies in memory where no rule is needed, is passed over.
    with contextlib.suppress(OSError):
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rights = _EXECUTE | _READ_FILE | (_READ_FOLDER if os.path.isdir(path) else 0)  # noqa: PTH112
        rule = struct.pack("=Qi", rights, folder)
        try:
            call(_ADD_RULE, ruleset, _BENEATH, ctypes.create_string_buffer(rule, len(rule)), 0)
        finally:
            os.close(folder)


def _opens(path: str) -> bool:
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError:
        return False
    return True
