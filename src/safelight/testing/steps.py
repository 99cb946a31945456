"""Steps that behave badly on purpose, for tests of executors."""

from __future__ import annotations

import os
import time

from safelight.model.errors import AnalysisError


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
