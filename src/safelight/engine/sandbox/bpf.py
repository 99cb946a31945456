"""The few instructions of classic BPF that a filter of system calls needs.

Source: seccomp(2), include/uapi/linux/filter.h. A program is a list of instructions, each eight
bytes: code, steps to skip when true, steps to skip when false, value.
"""

from __future__ import annotations

from collections.abc import Iterable

Instruction = tuple[int, int, int, int]

ALLOW = 0x7FFF0000
KILL = 0x80000000
_ERRNO = 0x00050000

_LOAD, _RETURN = 0x20, 0x06
_EQUAL, _AT_LEAST, _ANY_BIT = 0x15, 0x35, 0x45
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data, little-endian


def load(offset: int) -> Instruction:
    """Put 32 bits of the call's description into the accumulator."""
    return (_LOAD, 0, 0, offset)


def answer(value: int) -> Instruction:
    """End with an action."""
    return (_RETURN, 0, 0, value)


def fail(number: int) -> int:
    """The action that makes a call fail with this error number."""
    return _ERRNO | number


def unless_equal(value: int, action: int) -> list[Instruction]:
    """Act when the accumulator is not `value`."""
    return [(_EQUAL, 1, 0, value), answer(action)]


def when_equal(value: int, then: Iterable[Instruction]) -> list[Instruction]:
    """Run `then`, which must end with an answer, when the accumulator is `value`."""
    steps = list(then)
    return [(_EQUAL, 0, len(steps), value), *steps]


def when_at_least(value: int, action: int) -> list[Instruction]:
    """Act when the accumulator is `value` or more."""
    return [(_AT_LEAST, 0, 1, value), answer(action)]


def allow_when_any_bit(bits: int, otherwise: int) -> list[Instruction]:
    """Allow when the accumulator has one of `bits`, else act."""
    return [(_ANY_BIT, 0, 1, bits), answer(ALLOW), answer(otherwise)]


def allow_when_equal(value: int, otherwise: int) -> list[Instruction]:
    """Allow when the accumulator is `value`, else act."""
    return [(_EQUAL, 0, 1, value), answer(ALLOW), answer(otherwise)]
