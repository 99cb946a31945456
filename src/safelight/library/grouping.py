"""Putting the files of one folder together into assets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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


class _Named(NamedTuple):
    """A file with its name taken apart, ignoring case."""

    file: FoundFile
    name: str
    suffix: str

    @property
    def stem(self) -> str:
        return self.name[: len(self.name) - len(self.suffix)]


def group(listing: FolderListing) -> list[FileGroup]:
    """Put the files of one folder together; pure, in the order of the listing.

    Files belong together when their names differ only in suffix and case: an XMP sidecar
    (`a.xmp` for everything called `a`, `a.jpg.xmp` for that file alone), the RAW twin of a
    picture, and the video half of a Live Photo. Two pictures of one name stay two assets.
    A sidecar without a picture is left out.
    """
    by_stem: dict[str, list[_Named]] = {}
    sidecars: dict[str, FoundFile] = {}
    for file in listing.files:
        named = _named(file)
        if named.suffix in SIDECAR_SUFFIXES:
            sidecars[named.stem] = file
        else:
            by_stem.setdefault(named.stem, []).append(named)
    groups: list[FileGroup] = []
    for files in by_stem.values():
        groups.extend(_assets_of_one_stem(files, sidecars))
    if len(groups) > len(by_stem):  # two of one name need not lie side by side
        order = {file.path: index for index, file in enumerate(listing.files)}
        groups.sort(key=lambda found: order[found.primary.path])
    return groups


def _named(file: FoundFile) -> _Named:
    # Both separators: listings of Windows folders are put together anywhere.
    name = file.path[max(file.path.rfind("/"), file.path.rfind("\\")) + 1 :].casefold()
    return _Named(file, name, suffix(name))


def _assets_of_one_stem(
    files: Sequence[_Named], sidecars: Mapping[str, FoundFile]
) -> Iterator[FileGroup]:
    if len(files) == 1:
        yield _asset(files[0], [], sidecars)
        return
    pictures = [file for file in files if file.suffix in PHOTO_SUFFIXES]
    raws = [file for file in files if file.suffix in RAW_SUFFIXES]
    videos = [file for file in files if file.suffix in VIDEO_SUFFIXES]
    live_host, raw_host = _best(pictures, _LIVE_PICTURES), _best(pictures, _RAW_TWINS)
    live = _best(videos, _LIVE_VIDEOS) if live_host else None
    for primary in (*pictures, *videos, *(raws if raw_host is None else ())):
        if primary is live:
            continue
        others = []
        if live is not None and primary is live_host:
            others.append((FileRole.LIVE_VIDEO, live))
        if primary is raw_host:
            others += [(FileRole.RAW, raw) for raw in raws]
        yield _asset(primary, others, sidecars)


def _best(files: Sequence[_Named], suffixes: frozenset[str]) -> _Named | None:
    """The file that companions go with: HEIC before JPEG, for the JPEG is then an export."""
    found = [file for file in files if file.suffix in suffixes]
    return min(found, key=lambda file: (file.suffix != ".heic", file.name), default=None)


def _asset(
    primary: _Named,
    others: Sequence[tuple[FileRole, _Named]],
    sidecars: Mapping[str, FoundFile],
) -> FileGroup:
    # The sidecar that names the whole file comes first: it is the more exact one.
    names = [primary.name, primary.stem, *(other.name for _, other in others)]
    members = [
        (FileRole.PRIMARY, primary.file),
        *((FileRole.SIDECAR, sidecars[name]) for name in names if name in sidecars),
        *((role, other.file) for role, other in others),
    ]
    return FileGroup(primary.file, tuple(members), _kind(primary, others))


def _kind(primary: _Named, others: Sequence[tuple[FileRole, _Named]]) -> AssetKind:
    if any(role is FileRole.LIVE_VIDEO for role, _ in others):
        return AssetKind.LIVE
    return AssetKind.VIDEO if primary.suffix in VIDEO_SUFFIXES else AssetKind.PHOTO
