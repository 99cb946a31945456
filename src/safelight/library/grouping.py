"""Putting the files of one folder together into assets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from safelight.model.assets import AssetKind, FileRole
from safelight.model.formats import (
    PHOTO_SUFFIXES,
    RAW_SUFFIXES,
    SIDECAR_SUFFIXES,
    VIDEO_SUFFIXES,
    suffix,
)
from safelight.model.sources import FolderListing, FoundFile

_LIVE_PICTURES = frozenset({".heic", ".heif", ".jpg", ".jpeg"})
_LIVE_VIDEOS = frozenset({".mov", ".mp4"})
_RAW_TWINS = _LIVE_PICTURES | {".hif", ".jpe", ".jfif", ".avif"}


@dataclass(frozen=True, slots=True)
class FileGroup:
    """The files of one asset.

    Attributes:
        primary: the file that is the picture or video.
        members: every file with its role; the primary comes first.
        kind: what the names tell; the bytes have the last word.
    """

    primary: FoundFile
    members: tuple[tuple[FileRole, FoundFile], ...]
    kind: AssetKind


def group(listing: FolderListing) -> list[FileGroup]:
    """Put the files of one folder together; pure, in the order of the listing.

    Files belong together when their names differ only in suffix and case: an XMP sidecar
    (`a.xmp` for everything called `a`, `a.jpg.xmp` for that file alone), the RAW twin of a
    picture, and the video half of a Live Photo. Two pictures of one name stay two assets.
    A sidecar without a picture is left out.
    """
    by_stem: dict[str, list[FoundFile]] = defaultdict(list)
    sidecars: dict[str, FoundFile] = {}
    for file in listing.files:
        if suffix(file.path) in SIDECAR_SUFFIXES:
            sidecars[_stem(file)] = file
        else:
            by_stem[_stem(file)].append(file)
    groups = [found for files in by_stem.values() for found in _assets_of_one_stem(files, sidecars)]
    order = {file.path: index for index, file in enumerate(listing.files)}
    return sorted(groups, key=lambda found: order[found.primary.path])


def _name(file: FoundFile) -> str:
    return PurePath(file.path).name.casefold()


def _stem(file: FoundFile) -> str:
    name = _name(file)
    return name[: len(name) - len(suffix(name))]


def _assets_of_one_stem(
    files: Sequence[FoundFile], sidecars: dict[str, FoundFile]
) -> Iterator[FileGroup]:
    pictures = [file for file in files if suffix(file.path) in PHOTO_SUFFIXES]
    raws = [file for file in files if suffix(file.path) in RAW_SUFFIXES]
    videos = [file for file in files if suffix(file.path) in VIDEO_SUFFIXES]
    raw_host = _only(pictures, _RAW_TWINS)
    live_host = _only(pictures, _LIVE_PICTURES)
    live = _only(videos, _LIVE_VIDEOS) if live_host else None
    alone = [*pictures, *([] if raw_host else raws), *(v for v in videos if v is not live)]
    for primary in alone:
        parts = [(FileRole.PRIMARY, primary)]
        parts += [(FileRole.SIDECAR, found) for found in _sidecars(primary, sidecars)]
        if primary is live_host and live is not None:
            parts.append((FileRole.LIVE_VIDEO, live))
        if primary is raw_host:
            parts += [(FileRole.RAW, raw) for raw in raws]
        parts += _companion_sidecars(parts, sidecars)
        yield FileGroup(primary, tuple(parts), _kind(parts))


def _only(files: Sequence[FoundFile], suffixes: frozenset[str]) -> FoundFile | None:
    """The best file of these suffixes, or None: HEIC before JPEG, as phones export both."""
    found = [file for file in files if suffix(file.path) in suffixes]
    return min(found, key=lambda file: (suffix(file.path) != ".heic", file.path), default=None)


def _sidecars(primary: FoundFile, sidecars: dict[str, FoundFile]) -> Iterator[FoundFile]:
    """The one named after the whole file first: it is the more exact one."""
    for name in (_name(primary), _stem(primary)):
        if name in sidecars:
            yield sidecars[name]


def _companion_sidecars(
    parts: Sequence[tuple[FileRole, FoundFile]], sidecars: dict[str, FoundFile]
) -> list[tuple[FileRole, FoundFile]]:
    return [
        (FileRole.SIDECAR, sidecars[_name(file)])
        for role, file in parts
        if role in {FileRole.RAW, FileRole.LIVE_VIDEO} and _name(file) in sidecars
    ]


def _kind(parts: Sequence[tuple[FileRole, FoundFile]]) -> AssetKind:
    if any(role is FileRole.LIVE_VIDEO for role, _ in parts):
        return AssetKind.LIVE
    if suffix(parts[0][1].path) in VIDEO_SUFFIXES:
        return AssetKind.VIDEO
    return AssetKind.PHOTO
