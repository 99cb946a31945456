"""A user namespace without rights, and in it a network without cards and a root without files.

Entered before anything is loaded: not even a library's start-up code reaches the network.
Source: user_namespaces(7), network_namespaces(7).
"""

from __future__ import annotations

import ctypes
import errno
import os
import tempfile
from pathlib import Path

from safelight.engine.sandbox.machine import Machine, Missing, call, require_linux, unshare

HOLDS = "no network card, not even loopback, and an empty root folder"
_NEW_USER, _NEW_NETWORK, _NEW_IPC = 0x10000000, 0x40000000, 0x08000000
_CAPSET = {"x86_64": 126, "aarch64": 91}
_CAPABILITY_VERSION = 0x20080522
_WHY = {
    errno.EPERM: "this system does not let programs make user namespaces",
    errno.ENOSPC: "the system's limit of user namespaces is reached or set to 0",
    errno.ENOSYS: "this kernel was built without user namespaces",
    errno.EINVAL: "this kernel was built without user namespaces, or the worker has threads",
}


def enter(machine: Machine) -> None:
    """Move this process, which must have one thread, into namespaces of its own.

    Raises:
        Missing: this system has none, or does not allow them.
    """
    require_linux(machine)
    if machine.processor not in _CAPSET:
        raise Missing(f"not built for the processor {machine.processor}")
    before = _network()
    try:
        unshare(_NEW_USER | _NEW_NETWORK | _NEW_IPC)
    except OSError as error:
        raise Missing(_WHY.get(error.errno or 0, error.strerror or "it failed")) from error
    if _network() == before:
        raise Missing("the network is still the machine's own")


def shut(machine: Machine) -> None:
    """Make a deleted folder the root, so that no path leads anywhere, and drop every right.

    Raises:
        Missing: the system refuses.
    """
    try:
        _leave_the_root()
        _drop_capabilities(_CAPSET[machine.processor])
    except OSError as error:
        raise Missing(f"the root folder cannot be changed ({error.strerror})") from error


def _leave_the_root() -> None:
    empty = tempfile.mkdtemp(prefix="safelight-")
    os.chdir(empty)
    Path(empty).rmdir()  # nothing can be made in a folder that is gone
    os.chroot(".")


def _drop_capabilities(number: int) -> None:
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    call(number, header, (ctypes.c_uint32 * 6)())


def _network() -> str:
    try:
        return str(Path("/proc/self/ns/net").readlink())
    except OSError as error:
        raise Missing("/proc cannot be read, so nothing could be seen to hold") from error
