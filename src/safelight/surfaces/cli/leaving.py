"""What is said and asked on the command line before something leaves, and how it is written."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from safelight.app import Safelight
from safelight.model.creations import Creation
from safelight.model.errors import UserError
from safelight.model.names import shown
from safelight.model.sharing import ShareSheet, ShareWish
from safelight.surfaces.cli.session import Output
from safelight.surfaces.cli.writing import write_whole

_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
}
_NEVER = frozenset({".tif", ".tiff", ".heic", ".heif", ".bmp", ".jxl", ".dng", ".svg"})
"""Ends of names that ask for a picture of a kind that is not written here."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """Where something is to go, and how the person is asked.

    Attributes:
        yes: they have said so already.
        dry_run: only say what would leave.
    """

    out: Path
    yes: bool
    dry_run: bool
    output: Output

    def ask(self, library: Safelight, words: str) -> None:
        """Say what leaves and ask; comes back only after a yes.

        Raises:
            UserError: `out` is one of the photos.
            Abort: the answer is no.
        """
        refuse_photo(library, self.out)
        click.echo(words, err=True)
        if not self.yes and not click.confirm(f"Share it as {shown(str(self.out))}?", err=True):
            raise click.Abort


def share_to(library: Safelight, creation: Creation, out: Path) -> None:
    """Write what was just made to the file that the person named: that is their yes, this once."""
    wish = ShareWish(media_type=type_of(out), edge=None)
    shared = library.sharing.share(library.sharing.subject(creation.id), wish)
    write_whole(out, [shared.content])
    library.sharing.handed_over(shared)


def type_of(out: Path) -> str:
    """The media type that the end of a file name asks for; JPEG where it says nothing.

    Raises:
        UserError: it asks for a kind of picture that is not written.
    """
    if out.suffix.lower() in _NEVER:
        able = ", ".join(_TYPES)
        raise UserError(f"{shown(out.name)}: pictures are written as {able}, not {out.suffix}.")
    return _TYPES.get(out.suffix.lower(), "image/jpeg")


def refuse_photo(library: Safelight, out: Path) -> None:
    """Never write over a photo.

    Raises:
        UserError: `out` exists and lies among the photos.
    """
    there = os.path.exists(out)  # noqa: PTH110  # however odd its name
    if there and library.sourcing.holds(str(out)):
        raise UserError(f"{shown(str(out))} is among your photos and is never written over.")


def told(sheet: ShareSheet) -> dict[str, Any]:
    """What is said of one thing, as data."""
    return {
        "id": sheet.subject.id,
        "removed": sheet.removed,
        "seen": sheet.seen,
        "added": sheet.added,
        "cautions": sheet.cautions,
        "people": sheet.people,
    }


def words_of(sheet: ShareSheet) -> str:
    """What is said of one thing, to a person."""
    parts = [("Removed", sheet.removed), ("Still seen", sheet.seen), ("Added", sheet.added)]
    lines = [f"{shown(sheet.title)}"]
    for head, said in parts:
        lines += [f"{head}:", *(f"  - {shown(each)}" for each in said)]
    return "\n".join([*lines, *(f"! {each}" for each in sheet.cautions)])
