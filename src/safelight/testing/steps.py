"""Steps that behave badly on purpose, for tests of executors."""

from __future__ import annotations

import contextlib
import os
import time

from safelight.model.errors import AnalysisError

STEP_READ_UNPREPARED = "safelight.testing.steps:read_unprepared"


def echo(payload: bytes) -> bytes:
    """Give the payload back."""
    return payload


def crash(payload: bytes) -> bytes:
    """Take the whole process down, as a decoder that corrupts its memory would."""
    os._exit(11)


def hang(payload: bytes) -> bytes:
    """Never come back."""
    while True:
        time.sleep(60)


def complain(payload: bytes) -> bytes:
    """Fail with words."""
    raise AnalysisError("the file is upset")


def gobble(payload: bytes) -> bytes:
    """Ask for more memory than any reader may use."""
    return bytes(64 << 30)


def whoami(payload: bytes) -> bytes:
    """The number of the process that ran it."""
    return str(os.getpid()).encode()


def descriptors(payload: bytes) -> bytes:
    """The numbers of this process's open files."""
    found = []
    for number in range(256):
        with contextlib.suppress(OSError):
            os.fstat(number)
            found.append(str(number))
    return " ".join(found).encode()


def stutter(payload: bytes) -> bytes:
    """Begin an answer of a thousand bytes in the step's place, and never go on."""
    os.write(_pipe(), (1000).to_bytes(4, "big") + b"half")
    return hang(payload)


def lie(payload: bytes) -> bytes:
    """Answer in the step's place with what is no answer."""
    os.write(_pipe(), (4).to_bytes(4, "big") + b"\x80\x04K.")
    return hang(payload)


def _pipe() -> int:
    return int(descriptors(b"").split()[3])


def read_unprepared(payload: bytes) -> bytes:
    """Read an asset in a worker that was made ready for nothing: what readiness costs."""
    from safelight.library.reading.step import read_asset

    return read_asset(payload)
