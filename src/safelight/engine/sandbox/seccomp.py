"""A filter of system calls, for this process and every thread of it, that cannot be taken off.

Source: seccomp(2). The filter allows what it does not name; the names are in `calls`.
"""

from __future__ import annotations

import ctypes
import errno
import os
import socket
from collections.abc import Collection

from safelight.engine.sandbox import bpf, calls
from safelight.engine.sandbox.machine import (
    PR_SET_NO_NEW_PRIVS,
    Machine,
    Missing,
    call,
    process_control,
    require_linux,
)

HOLDS = "no socket of any kind, no file by name, no other program or process"
_SECCOMP = {calls.X86_64: 317, calls.AARCH64: 277}
_SET_FILTER, _EVERY_THREAD = 1, 1
_X32 = 0x40000000
_THREAD = 0x00010000
_WHY = {
    errno.ENOSYS: "this kernel was built without seccomp",
    errno.EINVAL: "this kernel was built without seccomp filters",
}


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("when_true", ctypes.c_uint8),
        ("when_false", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Instruction)))


def shut(machine: Machine, allowed: Collection[str] = ()) -> None:
    """Refuse the calls from now on.

    Args:
        allowed: names of calls that are not refused after all.

    Raises:
        Missing: the kernel has no filters, or the processor has no table here.
    """
    require_linux(machine)
    if machine.processor not in _SECCOMP:
        raise Missing(f"its table is not made for the processor {machine.processor}")
    steps = program(machine.processor, os.getpid(), allowed)
    array = (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))
    whole = _Program(len(steps), array)
    try:
        process_control(PR_SET_NO_NEW_PRIVS, 1)
        call(_SECCOMP[machine.processor], _SET_FILTER, _EVERY_THREAD, ctypes.byref(whole))
    except OSError as error:
        raise Missing(_WHY.get(error.errno or 0, error.strerror or "it failed")) from error
    if _socket_opens():
        raise Missing("a socket could still be made")


def program(processor: str, own: int, allowed: Collection[str] = ()) -> list[bpf.Instruction]:
    """The filter for one processor.

    Args:
        own: number of the process that may still signal itself, as `abort` does.
        allowed: names of calls that are not refused after all.
    """
    not_permitted = bpf.fail(errno.EPERM)
    steps = [bpf.load(bpf.ARCHITECTURE), *bpf.unless_equal(calls.AUDIT[processor], bpf.KILL)]
    steps.append(bpf.load(bpf.NUMBER))
    if processor == calls.X86_64:
        steps += bpf.when_at_least(_X32, bpf.KILL)  # the same calls under other numbers
    refused = calls.refused(processor)
    for number in (refused[name] for name in refused if name not in allowed):
        steps += bpf.when_equal(number, [bpf.answer(not_permitted)])
    for number in calls.unknown(processor).values():
        steps += bpf.when_equal(number, [bpf.answer(bpf.fail(errno.ENOSYS))])
    first = bpf.load(bpf.FIRST_ARGUMENT)
    threads_only = bpf.allow_when_any_bit(_THREAD, not_permitted)
    steps += bpf.when_equal(calls.clone(processor), [first, *threads_only])
    for number in calls.signals(processor).values():
        steps += bpf.when_equal(number, [first, *bpf.allow_when_equal(own, not_permitted)])
    return [*steps, bpf.answer(bpf.ALLOW)]


def _socket_opens() -> bool:
    try:
        socket.socket(socket.AF_UNIX).close()
    except OSError:
        return False
    return True
