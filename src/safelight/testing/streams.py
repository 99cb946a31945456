"""Steps that read a file and give parts, well and badly, for tests of streams."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import BinaryIO

from safelight.model.errors import AnalysisError
from safelight.testing import hostile

PIECE = 1000
prepare = hostile.prepare


def pieces(payload: bytes, source: BinaryIO) -> Iterator[bytes]:
    """The file in pieces, then its last ten bytes once more."""
    while piece := source.read(PIECE):
        yield piece
    source.seek(-10, os.SEEK_END)
    yield source.read()


def endless(payload: bytes, source: BinaryIO) -> Iterator[bytes]:
    """The number of its process, for ever."""
    while True:
        yield str(os.getpid()).encode()


def crash(payload: bytes, source: BinaryIO) -> Iterator[bytes]:
    """One part, then the process is gone."""
    yield source.read(1)
    os._exit(11)


def hang(payload: bytes, source: BinaryIO) -> Iterator[bytes]:
    """One part, then nothing."""
    yield source.read(1)
    while True:
        time.sleep(60)


def complain(payload: bytes, source: BinaryIO) -> Iterator[bytes]:
    """One part, then words."""
    yield source.read(1)
    raise AnalysisError("the file is upset")


def attempt(payload: bytes, source: BinaryIO) -> Iterator[bytes]:
    """Try to get out as `hostile.attempt` does."""
    yield hostile.attempt(payload)
