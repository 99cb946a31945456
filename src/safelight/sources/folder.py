"""A folder of photos and videos, with everything below it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG
from typing import NoReturn

from safelight.model.errors import SourceError
from safelight.model.formats import MEDIA_SUFFIXES, SIDECAR_SUFFIXES, suffix
from safelight.model.names import shown, storable, system_path
from safelight.model.sources import FolderListing, FoundFile, SourceSpec, Unreadable

_LISTED = MEDIA_SUFFIXES | SIDECAR_SUFFIXES
_SYSTEM_FOLDERS = frozenset(
    {
        "@eadir",  # thumbnails and recycling of network storage
        "#recycle",
        "#snapshot",
        "$recycle.bin",
        "system volume information",
        "lost+found",
        "__macosx",
        "thumbs",
        "thumbnails",
    }
)
_PACKAGES = frozenset({".photoslibrary", ".photolibrary", ".migratedphotolibrary"})
_APPLE_PHOTOS = (
    "This is an Apple Photos library, which cannot be read as it is: what is hidden or deleted "
    "in it lies among the rest. In Photos, choose File, Export, Export Unmodified Originals, and "
    "add the folder with the exported photos."
)

_LEADS_OUT = "This link leads out of the folder that you allowed, so it is not followed."


@dataclass(slots=True)
class _Found:
    """What one folder holds.

    Attributes:
        within: links may lead only below this folder; anywhere where it is None.
        by_link: it was reached by way of a link, and so is all that lies in it.
        linked: folders that links lead to.
    """

    within: str | None = None
    by_link: bool = False
    files: list[FoundFile] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    problems: list[Unreadable] = field(default_factory=list)
    complete: bool = True


class FolderSource:
    """Lists the photos, videos and sidecars of a folder and of the folders in it.

    Hidden files and folders, and those that systems keep for themselves, are left out.
    A linked folder is entered once, wherever it leads; loops end.

    Args:
        root: the folder.
        expected_files: whether the folder held photos before; when it is empty now, it is
            the mount point of a disk that is gone.
        links_stay: whether links that lead out of it are not followed, as where only this folder
            was allowed.
    """

    spec = SourceSpec("folder", "1")

    def __init__(
        self, root: Path, *, expected_files: bool = False, links_stay: bool = False
    ) -> None:
        self._root = root.absolute()
        self._expected_files = expected_files
        self._links_stay = links_stay

    def listings(self) -> Iterator[FolderListing]:
        """Yield every folder once, parents before children, names in order.

        Names that are no valid text are kept as `model.names.storable` says.

        Raises:
            SourceError: the folder is not there, is no folder, or may not be opened; or it is
                empty although files are expected in it.
        """
        seen: set[tuple[int, int]] = set()
        root = self._check_root()
        within = os.path.realpath(root) if self._links_stay else None
        waiting, linked, by_link = [root], list[str](), False
        while waiting or linked:
            # Links come last: what lies in a folder is known by the name that it has there.
            by_link = by_link or not waiting
            folder = waiting.pop() if waiting else linked.pop(0)
            if not _first_visit(folder, seen):
                continue
            found = _read(folder, within, by_link)
            waiting.extend(reversed(found.folders))
            linked.extend(found.linked)
            yield FolderListing(
                storable(folder), tuple(found.files), tuple(found.problems), complete=found.complete
            )

    def _check_root(self) -> str:
        root = system_path(os.fspath(self._root))
        if self._root.suffix.lower() in _PACKAGES:
            raise SourceError(f"{shown(root)}: {_APPLE_PHOTOS}")
        try:
            with os.scandir(root) as entries:
                empty = next(entries, None) is None
        except OSError as error:
            _refuse_root(root, error)
        if empty and self._expected_files:
            raise SourceError(
                f"{shown(root)} is empty, although photos were found there before. "
                "Is its disk connected? Nothing was removed from the library."
            )
        return root


def _refuse_root(root: str, error: OSError) -> NoReturn:
    if isinstance(error, FileNotFoundError):
        text = "is not there. Is its disk connected?"
    elif isinstance(error, NotADirectoryError):
        text = "is a file, not a folder."
    else:
        text = f"cannot be opened: {_words(error)}."
    raise SourceError(f"{shown(root)} {text}") from error


def _words(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "permission is missing"
    return (error.strerror or type(error).__name__).lower()


def _first_visit(folder: str, seen: set[tuple[int, int]]) -> bool:
    try:
        status = os.stat(folder)  # noqa: PTH116  # a Path a folder costs more than the walk
    except OSError:
        return True  # reading it says what is wrong
    identity = (status.st_dev, status.st_ino)
    if status.st_ino and identity in seen:
        return False
    seen.add(identity)
    return True


def _read(folder: str, within: str | None, by_link: bool) -> _Found:
    found = _Found(within, by_link)
    try:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=_by_name):
                _sort_in(entry, found)
    except OSError as error:
        found.complete = False
        reason = f"This folder cannot be read: {_words(error)}."
        found.problems.append(Unreadable(storable(folder), reason))
    return found


def _by_name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _sort_in(entry: os.DirEntry[str], found: _Found) -> None:
    name = entry.name
    if name.startswith("."):
        return
    ending = suffix(name)
    listed = ending in _LISTED
    try:
        # A folder may be called "a.jpg"; asking costs nothing but for links.
        if entry.is_dir():
            _sort_in_folder(entry, ending, found)
        elif listed and _leads_out(entry, found.within):
            found.problems.append(Unreadable(storable(entry.path), _LEADS_OUT))
        elif listed:
            status = entry.stat()
            if S_ISREG(status.st_mode):  # a pipe with a photo's name would block for ever
                linked = found.by_link or _leads_out(entry, os.path.dirname(entry.path))  # noqa: PTH120
                found.files.append(
                    FoundFile(storable(entry.path), status.st_size, status.st_mtime_ns, linked)
                )
    except OSError as error:
        if listed or entry.is_symlink():
            found.problems.append(Unreadable(storable(entry.path), _file_reason(entry, error)))


def _sort_in_folder(entry: os.DirEntry[str], ending: str, found: _Found) -> None:
    if ending in _PACKAGES:
        found.problems.append(Unreadable(storable(entry.path), _APPLE_PHOTOS))
    elif _leads_out(entry, found.within):
        found.problems.append(Unreadable(storable(entry.path), _LEADS_OUT))
    elif entry.name.lower() not in _SYSTEM_FOLDERS:
        (found.linked if entry.is_symlink() else found.folders).append(entry.path)


def _leads_out(entry: os.DirEntry[str], within: str | None) -> bool:
    if within is None or not entry.is_symlink():
        return False
    return not Path(os.path.realpath(entry.path)).is_relative_to(os.path.realpath(within))


def _file_reason(entry: os.DirEntry[str], error: OSError) -> str:
    if entry.is_symlink() and isinstance(error, FileNotFoundError):
        return "This link leads to a file that is not there."
    return f"This file cannot be looked at: {_words(error)}."
