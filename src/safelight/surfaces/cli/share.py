"""`safelight share`: the only way out, asked each time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from safelight.app import Safelight
from safelight.app.sharing import SIZES
from safelight.model.creations import Creation
from safelight.model.errors import UserError
from safelight.model.names import shown
from safelight.model.sharing import CoverArea, Covering, Shared, ShareSheet, ShareWish
from safelight.surfaces.cli.session import Output, dry_run, open_library, options

_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
}


@click.command()
@click.argument("subject", metavar="CREATION_OR_ASSET")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--yes", is_flag=True, help="Do not ask; the answer is yes, for this one time.")
@click.option("--size", type=click.Choice(list(SIZES)), default="medium", show_default=True)
@click.option(
    "--people",
    type=click.Choice(["show", "solid", "mosaic"]),
    default="show",
    show_default=True,
    help="Leave people as they are, or cover them for good.",
)
@click.option("--bodies", is_flag=True, help="Cover whole bodies, not only faces.")
@click.option("--keep", multiple=True, metavar="PERSON", help="Who stays visible.")
@click.option("--caption", is_flag=True, help="Keep the words that somebody wrote to it.")
@click.option("--ai-label", is_flag=True, help="Write “Made with AI” into the picture.")
@click.option("--sign/--no-sign", default=True, help="With a signed label of origin (C2PA).")
@click.option("--allow-training", is_flag=True, help="Leave out the do-not-train statement.")
@dry_run
@options
def command(
    subject: str,
    out: Path,
    yes: bool,
    size: str,
    people: str,
    bodies: bool,
    keep: Sequence[str],
    caption: bool,
    ai_label: bool,
    sign: bool,
    allow_training: bool,
    dry_run: bool,
    home: Path | None,
    output: Output,
) -> None:
    """Write one creation or photo to a file for others, without what it should not tell.

    Says first what will be removed and what everybody will still see, then asks. The end of the
    file's name chooses JPEG, PNG, WebP or AVIF.
    """
    wish = ShareWish(
        media_type=type_of(out),
        edge=SIZES[size],
        covering=Covering.NONE if people == "show" else Covering(people),
        area=CoverArea.BODIES if bodies else CoverArea.FACES,
        keep=tuple(keep),
        caption=caption,
        ai_label=ai_label,
        sign=sign,
        no_training=not allow_training,
    )
    with open_library(home) as library:
        thing = library.sharing.subject(subject)
        sheet = library.sharing.sheet(thing, wish)
        if dry_run:
            output.one(_told(sheet) | {"dry_run": True}, _words(sheet))
            return
        refuse_photo(library, out)
        click.echo(_words(sheet), err=True)
        if not yes and not click.confirm(f"Share it as {shown(str(out))}?", err=True):
            raise click.Abort
        shared = library.sharing.share(thing, wish)
        write(library, shared, out)
    fields = _told(sheet) | {
        "path": str(out),
        "media_type": shared.media_type,
        "width": shared.width,
        "height": shared.height,
        "bytes": len(shared.content),
        "entry": shared.entry,
        "certificate": shared.certificate or None,
    }
    output.one(fields, f"Shared to {shown(str(out))}, {len(shared.content):,} bytes.")


def share_to(library: Safelight, creation: Creation, out: Path) -> None:
    """Write what was just made to the file that the person named: that is their yes, this once."""
    wish = ShareWish(media_type=type_of(out), edge=None)
    thing = library.sharing.subject(creation.id)
    write(library, library.sharing.share(thing, wish), out)


def type_of(out: Path) -> str:
    """The media type that the end of a file name asks for; JPEG where it says nothing."""
    return _TYPES.get(out.suffix.lower(), "image/jpeg")


def refuse_photo(library: Safelight, out: Path) -> None:
    """Never write over a photo.

    Raises:
        UserError: `out` exists and lies among the photos.
    """
    if out.exists() and library.is_among_photos(str(out)):
        raise UserError(f"{shown(str(out))} is among your photos and is never written over.")


def write(library: Safelight, shared: Shared, out: Path) -> None:
    """Write a shared file, then record that it was handed over.

    Raises:
        UserError: it cannot be written.
    """
    try:
        out.write_bytes(shared.content)
    except OSError as error:
        raise UserError(f"Cannot write {shown(str(out))}: {error.strerror}.") from error
    library.sharing.handed_over(shared)


def _told(sheet: ShareSheet) -> dict[str, Any]:
    return {
        "id": sheet.subject.id,
        "removed": sheet.removed,
        "seen": sheet.seen,
        "added": sheet.added,
        "cautions": sheet.cautions,
        "people": sheet.people,
    }


def _words(sheet: ShareSheet) -> str:
    parts = [("Removed", sheet.removed), ("Still seen", sheet.seen), ("Added", sheet.added)]
    lines = [f"{shown(sheet.title)}"]
    for head, said in parts:
        lines += [f"{head}:", *(f"  - {shown(each)}" for each in said)]
    return "\n".join([*lines, *(f"! {each}" for each in sheet.cautions)])
