"""Walls around another program: it sees no network, reads nothing of the person's, writes nothing.

Run as a module it shuts its own process in and then becomes the program. What the program needs
is handed over as open descriptors. Other than a reader of photos it must load its own libraries,
so the system's folders stay readable, and nothing else.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from safelight.engine.sandbox import landlock, limits, namespaces, seccomp
from safelight.engine.sandbox.machine import Machine, Missing, this_machine

LARGEST_FILE = 2 << 30
REFUSED = 97
"""Exit status where a wall is missing and none may be."""

_SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/dev/null", "/dev/urandom")
_LOADING = frozenset(
    {
        *("open", "openat", "access", "faccessat", "faccessat2", "stat", "lstat", "statx"),
        *("statfs", "readlink", "readlinkat", "getdents64", "execve"),
    }
)
_STRICT = "--strict"
_HERE = "safelight.engine.sandbox.programs"


def launcher(*, strict: bool = False, also: Sequence[str] = ()) -> tuple[str, ...]:
    """Words to put before a program's own; none where this system has no walls to put up.

    Args:
        strict: whether the program is not started where a wall is missing.
        also: folders and files that it may read besides the system's and its own.
    """
    if sys.platform != "linux":
        return ()
    return (sys.executable, "-I", "-m", _HERE, *([_STRICT] if strict else []), *also, "--")


def shut_in(
    program: str, *, strict: bool, also: Sequence[str] = (), machine: Machine | None = None
) -> list[str]:
    """Put the walls up around this process, to which `program` stays readable.

    Returns:
        What is missing, in words.

    Raises:
        Missing: something is, and nothing may be.
    """
    where = machine or this_machine()
    readable = (*_SYSTEM, str(Path(program).resolve().parent), *also, *_handed_over())
    layers: tuple[Callable[[], None], ...] = (
        lambda: namespaces.enter(where),
        lambda: landlock.shut(where, readable),
        lambda: seccomp.shut(where, _LOADING),
        lambda: limits.shut(where, LARGEST_FILE),
    )
    missing = []
    for shut in layers:
        try:
            shut()
        except Missing as why:
            missing.append(str(why))
    if missing and strict:
        raise Missing("; ".join(missing))
    return missing


def _handed_over() -> list[str]:
    """Files that were handed over as open descriptors: they may be opened once more."""
    numbers = [int(entry.name) for entry in Path("/proc/self/fd").iterdir()]
    kinds = {number: _mode(number) for number in numbers if number > 2}
    return [f"/proc/self/fd/{number}" for number, mode in kinds.items() if stat.S_ISREG(mode)]


def _mode(number: int) -> int:
    try:
        return os.fstat(number).st_mode
    except OSError:  # the one with which they were listed
        return 0


def main(words: Sequence[str]) -> NoReturn:
    """Shut this process in and become the program that the words behind `--` name."""
    at = words.index("--")
    command = list(words[at + 1 :])
    try:
        also = [word for word in words[:at] if word != _STRICT]
        shut_in(command[0], strict=_STRICT in words[:at], also=also)
    except Missing as why:
        sys.stderr.write(f"it cannot be shut in on this machine ({why})")
        sys.exit(REFUSED)
    os.execv(command[0], command)  # noqa: S606  # the very thing that this module is for


if __name__ == "__main__":
    main(sys.argv[1:])
