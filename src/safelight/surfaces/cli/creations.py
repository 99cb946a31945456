"""`safelight creations`: make pictures of ideas, list and delete them."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from safelight.app import Safelight
from safelight.app.making.wishes import Wish, unheard
from safelight.model.creations import Box, Creation
from safelight.model.errors import UserError
from safelight.model.names import shown
from safelight.surfaces.cli.leaving import refuse_photo, share_to, type_of
from safelight.surfaces.cli.session import Output, dry_run, open_library, options, photos
from safelight.surfaces.cli.share import tell


@click.group()
def command() -> None:
    """Collages, enhanced and restyled photos, moving pictures, stickers, cards, prints."""


@command.command()
@click.argument("subjects", nargs=-1, required=True, metavar="IDEA_OR_ASSETS…")
@click.option("--as", "kind", required=True, metavar="KIND", help="collage, film, enhance, gif, …")
@click.option("--format", help="Shape and size [default: square; of a film: story, also wide].")
@click.option(
    "--layout",
    "alternative",
    type=int,
    default=1,
    show_default=True,
    help="Which alternative, 1 is best.",
)
@click.option("--style", help="Of a collage, or what to restyle with.")
@click.option("--strength", type=click.FloatRange(0, 1), help="How strongly, 0 to 1.")
@click.option("--keep-colours", is_flag=True, help="The photo's own colours in a painted style.")
@click.option("--larger", is_flag=True, help="Enhanced and twice as wide and high.")
@click.option("--seconds", type=click.FloatRange(10, 60), help="How long a film is.")
@click.option(
    "--music",
    metavar="MOOD_OR_FILE",
    help="For a film: calm, bright, tender, evening, or a file of your own.",
)
@click.option(
    "--moving/--still",
    default=True,
    help="In a film, videos and Live Photos move, or stand as photos do.",
)
@click.option("--seed", type=int, default=0, help="For what is left to chance.")
@click.option("--words", help="What is written on a card or a print; what a generator makes.")
@click.option(
    "--title/--no-title", "titled", default=True, help="With the idea's title, or without."
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Also share it to this file."
)
@dry_run
@options
def make(
    subjects: Sequence[str],
    kind: str,
    out: Path | None,
    dry_run: bool,
    home: Path | None,
    output: Output,
    **wished: Any,
) -> None:
    """Make something of an idea or of single assets, and keep it in the library."""
    started = time.monotonic()
    if out is not None:
        type_of(out)
    with open_library(home) as library:
        library.require_library()
        wish = _wish(library, subjects, wished)
        if dry_run:
            used = library.making.choose(kind, wish)
            output.one({"used": used, "dry_run": True}, f"Would use {photos(len(used))}.")
            return
        if out is not None:
            refuse_photo(library, out)
        slow = kind == "film" or wish.larger or wish.style == "generator"
        creation = library.making.make(kind, wish, tell if slow else unheard)
        if out is not None:
            share_to(library, creation, out)
    took = round(time.monotonic() - started, 3)
    fields = _fields(creation) | {"path": str(out) if out else None, "seconds": took}
    where = f", written to {shown(str(out))}" if out else ""
    output.one(fields, f"Made {creation.kind} {creation.id}{where} in {took:.1f} s.")


@command.command("list")
@options
def list_(home: Path | None, output: Output) -> None:
    """What was made, newest first."""
    with open_library(home) as library:
        library.require_library()
        rows = [_fields(creation) for creation in library.creations()]
        output.many(
            rows, _line, "Nothing made yet; `safelight creations make IDEA --as collage` keeps one."
        )


@command.command()
@click.argument("creation")
@dry_run
@options
def delete(creation: str, dry_run: bool, home: Path | None, output: Output) -> None:
    """Delete a creation. The photos it used stay as they are."""
    with open_library(home) as library:
        known = library.creation(creation) if dry_run else library.delete_creation(creation)
        if not known:
            raise UserError(f"There is no creation {creation}.")
        said = f"Would delete {creation}." if dry_run else f"Deleted {creation}."
        output.one({"id": creation, "dry_run": dry_run}, said)


def _wish(library: Safelight, subjects: Sequence[str], wished: Mapping[str, Any]) -> Wish:
    """What is asked for: the options have the names of a wish's fields."""
    card = library.idea(subjects[0]) if len(subjects) == 1 else None
    if card is None and not library.rows(subjects):
        raise UserError(f"There is no idea and no photo {shown(subjects[0])} to make something of.")
    own = _own_music(wished["music"])
    idea = card.idea if card else None
    return Wish(idea.assets if idea else tuple(subjects), idea, own_music=own, **wished)


def _own_music(named: str | None) -> bytes | None:
    """The file that `--music` names; None where it names a mood."""
    if named is None or not os.path.isfile(named):  # noqa: PTH113  # it may be no name at all
        return None
    try:
        return Path(named).read_bytes()
    except OSError as error:
        raise UserError(f"Cannot read {shown(named)}: {error.strerror}.") from error


def _fields(creation: Creation) -> dict[str, Any]:
    return {
        "id": creation.id,
        "path": None,
        "kind": creation.kind,
        "title": creation.title,
        "width": creation.width,
        "height": creation.height,
        "used": creation.used,
        "regions": [
            {
                "asset": cell.asset,
                "source_box": _box(cell.source),
                "placed_box": _box(cell.placed),
            }
            for cell in creation.cells
        ],
        "made_at": creation.made_at,
    }


def _box(box: Box) -> list[float]:
    return [box.x, box.y, box.width, box.height]


def _line(row: Mapping[str, Any]) -> str:
    return f"{row['id']}  {row['made_at'][:16].replace('T', ' ')}  {row['kind']:<8}  {row['title']}"
