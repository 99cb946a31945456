"""The vault: the only place that opens an original, and only under a permit."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from safelight.consent.gate import Gate
from safelight.model.consent import Permit, Refusal
from safelight.model.errors import SourceError
from safelight.model.names import system_path

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # a pipe must not hold us up before we see what it is
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_WORDS = {
    errno.EACCES: "{path}: no permission to read it.",
    errno.EPERM: "{path}: no permission to read it.",
    errno.ENOTDIR: "{path}: it is not there any more.",
    errno.ENXIO: "{path}: it is not a regular file.",
    errno.ENAMETOOLONG: "{path}: its name is too long for this system.",
    errno.ELOOP: "{path}: its links lead in a circle.",
    errno.EMFILE: "{path}: too many files are open.",
    errno.ENFILE: "{path}: too many files are open.",
}
_GONE = "{path}: the disk does not answer; is it still connected?"


class Vault:
    """Opens originals read-only; never writes, moves or deletes one."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def open(self, permit: Permit, asset_id: str, path: str) -> BinaryIO | Refusal:
        """Open one file of an asset that the permit covers.

        Raises:
            SourceError: it is missing, may not be read, is no regular file, or its disk is gone.
        """
        refusal = self._gate.check(permit, asset_id)
        return refusal if refusal is not None else _open_regular(path)

    def read(self, permit: Permit, asset_id: str, path: str, limit_bytes: int) -> bytes | Refusal:
        """Read one file of an asset that the permit covers, if it has at most `limit_bytes`.

        Raises:
            SourceError: as `open`; or it is larger than the limit.
        """
        opened = self.open(permit, asset_id, path)
        if isinstance(opened, Refusal):
            return opened
        with opened as file:
            size = os.fstat(file.fileno()).st_size
            if size <= limit_bytes:
                content = _read(file, path, size + 1)  # room for the limit would cost as much again
                if len(content) > size:  # it has grown since
                    content += _read(file, path, limit_bytes + 1 - len(content))
                size = max(size, len(content))
            if size > limit_bytes:
                raise SourceError(
                    f"{path}: {_megabytes(size)} is more than the limit of "
                    f"{_megabytes(limit_bytes)} (setting max_file_megabytes)."
                )
            return content


def _open_regular(path: str) -> BinaryIO:
    try:
        descriptor = os.open(system_path(path), _FLAGS)
    except (OSError, ValueError) as error:
        raise SourceError(_why(error, path)) from error
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    raise SourceError(f"{path}: it is not a regular file.")


def _read(file: BinaryIO, path: str, limit: int) -> bytes:
    try:
        return file.read(limit)
    except OSError as error:
        raise SourceError(_why(error, path)) from error


def _why(error: OSError | ValueError, path: str) -> str:
    if isinstance(error, FileNotFoundError):
        folder = Path(system_path(path)).parent
        if not folder.exists():
            return f"{path}: its folder is not there; has the disk been unplugged, or moved?"
        return f"{path}: it is not there any more."
    if not isinstance(error, OSError):
        return f"{path!r}: this is not a usable file name."
    return _WORDS.get(error.errno or 0, _GONE).format(path=path)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size:,} bytes"
