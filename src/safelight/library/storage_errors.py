"""What the database says when something is wrong, in words that tell what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from safelight.model.errors import UserError


@contextmanager
def storage_errors(place: Path) -> Iterator[None]:
    """Turn a full disk, a damaged file and the like into a UserError naming `place`."""
    try:
        yield
    except apsw.Error as error:
        words = _words(error)
        if words is None:
            raise
        raise UserError(words.format(place=place)) from error


def _words(error: apsw.Error) -> str | None:
    for kind, words in _WORDS.items():
        if isinstance(error, kind):
            return words
    return None


_WORDS: dict[type[apsw.Error], str] = {
    apsw.FullError: "The disk that holds {place} is full. Make room and try again; nothing that "
    "was kept before is lost.",
    apsw.NotADBError: "{place} cannot be opened: it is damaged, or belongs to another key ring.",
    apsw.CorruptError: "{place} is damaged. Put it back from a backup, or erase it and scan again.",
    apsw.ReadOnlyError: "{place} cannot be written: the disk or the folder is read-only.",
    apsw.CantOpenError: "{place} cannot be opened: its folder is missing or may not be read.",
    apsw.IOError: "{place} cannot be read or written: the disk reports an error.",
    apsw.BusyError: "{place} is in use by another Safelight process; try again in a moment.",
}
