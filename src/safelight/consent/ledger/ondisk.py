"""Files that a crash leaves whole: replaced at once, removed after being overwritten."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` in place of a file, so that a crash leaves either the old or the new."""
    fresh = path.with_name(path.name + ".new")
    write_file(fresh, data)
    os.replace(fresh, path)  # noqa: PTH105  # `os` calls only, so that tests can crash at each
    sync_folder(path.parent)


def write_file(path: Path, data: bytes) -> None:
    """Write a file for the owner alone, and onto the disk."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        write_all(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte: on a disk that is nearly full the system takes a part and says nothing.

    Raises:
        OSError: not all of it can be written.
    """
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def shred_file(path: Path) -> None:
    """Overwrite a small file with random bytes, then remove it."""
    with suppress(FileNotFoundError):
        descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0))
        try:
            write_all(descriptor, os.urandom(os.fstat(descriptor).st_size))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.unlink(path)  # noqa: PTH108
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put a folder's names on disk; Windows does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
