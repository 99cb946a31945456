"""Making deleted rows unreadable under a key that lives on: log emptied, file written anew.

`secure_delete` overwrites what is deleted, yet rows that were moved within the file before may
have left copies in its gaps, and the write-ahead log holds whole pages of the past. Emptying the
log and writing the file anew leaves neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

import apsw

from safelight.library.drawers import Drawers

LARGEST = 512 << 20
"""Bytes. A larger drawer is not written anew, which is done in memory; its log is emptied."""


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """Bytes by which the files shrank, and the drawers that could not be written anew."""

    freed: int
    left: tuple[str, ...]


def scrub(drawers: Drawers, names: Iterable[str]) -> Scrubbed:
    """Write drawers anew without what was deleted from them; those that are not there are fine."""
    freed, left = 0, []
    for name in names:
        if not drawers.exists(name):
            continue
        before = _size(drawers, name)
        if not _scrub(drawers.connection(name), before):
            left.append(name)
        freed += max(0, before - _size(drawers, name))
    return Scrubbed(freed, tuple(left))


def empty_logs(drawers: Drawers, names: Iterable[str]) -> None:
    """Leave nothing of what was deleted in the write-ahead logs of drawers that live on.

    A log that another program is reading is left to it: it is emptied with the next change.
    """
    for name in names:
        if drawers.exists(name):
            with suppress(apsw.Error):
                drawers.connection(name).pragma("wal_checkpoint", "truncate")


def _scrub(connection: apsw.Connection, size: int) -> bool:
    try:
        if size <= LARGEST:
            connection.execute("vacuum")
        row = connection.execute("pragma wal_checkpoint(truncate)").fetchone()
    except apsw.Error:  # a full disk, or another program inside it; said in the receipt
        return False
    return row is not None and row[0] == 0 and size <= LARGEST


def _size(drawers: Drawers, name: str) -> int:
    path = drawers.path(name)
    log = path.with_name(f"{path.name}-wal")
    return sum(each.stat().st_size for each in (path, log) if each.exists())
