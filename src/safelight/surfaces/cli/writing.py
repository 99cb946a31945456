"""Files that a person asked for: there whole, or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from safelight.model.errors import UserError
from safelight.model.names import shown


def write_whole(out: Path, pieces: Iterable[bytes], *, private: bool = False) -> int:
    """Write a file beside its place and move it there; a full disk leaves what was there before.

    Args:
        private: nobody else on this machine may read it.

    Returns:
        Its size in bytes.

    Raises:
        UserError: it cannot be written.
    """
    with _said(out), _opened(out.resolve(), private) as file:
        return sum(file.write(piece) for piece in pieces)


@contextmanager
def _said(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        words = f"Cannot write {shown(str(out))}: {error.strerror or error}."
        raise UserError(words) from error


@contextmanager
def _opened(place: Path, private: bool) -> Iterator[BinaryIO]:
    if place.exists() and not place.is_file():  # a pipe or a device stays what it is
        with place.open("wb") as file:
            yield file
        return
    partial = place.with_name(f".safelight-{secrets.token_hex(6)}.part")
    mode = 0o600 if private else 0o666
    try:
        with os.fdopen(
            os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, mode), "wb"
        ) as file:
            yield file
        partial.replace(place)
    finally:
        partial.unlink(missing_ok=True)


_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn line ends
