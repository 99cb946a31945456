"""Where photos come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file that a source lists: its absolute path and what the file system says of it.

    `linked`: a link leads to it, out of the folder that its path names.
    """

    path: str
    size: int
    modified_ns: int
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A folder or file that a source could not list, and why, in words for the person."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class FolderListing:
    """The files of one folder, complete, so that files of one asset can be put together.

    `complete` is False where the folder could not be read to its end: what is missing from
    such a listing must not be taken for deleted.
    """

    folder: str
    files: tuple[FoundFile, ...]
    problems: tuple[Unreadable, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """What a source declares of itself; `network` is True when it needs a connection."""

    name: str
    version: str
    network: bool = False


class Source(Protocol):
    """A place where photos come from."""

    spec: SourceSpec

    def listings(self) -> Iterator[FolderListing]:
        """Yield every folder once, in a stable order.

        Raises:
            SourceError: the source as a whole cannot be reached (an unplugged disk, say);
                nothing of it may then be taken for removed.
        """
        ...
