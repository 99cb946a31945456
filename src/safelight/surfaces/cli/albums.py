"""`safelight albums`: photos and folders that you picked, to limit a permission to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from safelight.model.consent import Album
from safelight.model.names import shown
from safelight.surfaces.cli.session import Output, dry_run, open_library, options, photos

_PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
_ASSETS = click.option("--asset", "assets", multiple=True, help="A photo of the library, by id.")


@click.group()
def command() -> None:
    """Photos and folders that you picked. A permission limited to an album reads nothing else."""


@command.command("list")
@options
def list_albums(home: Path | None, output: Output) -> None:
    """Every album with what is in it, and which purposes are limited to it."""
    with open_library(home) as library:
        scoping = library.consent.scoping
        rows = [_fields(a, scoping.limited_by(a.name)) for a in scoping.albums()]
        output.many(rows, _line, "No album yet; `safelight albums pick NAME PATH…` makes one.")


@command.command()
@click.argument("name")
@_PATHS
@_ASSETS
@dry_run
@options
def pick(
    name: str,
    paths: Sequence[Path],
    assets: Sequence[str],
    dry_run: bool,
    home: Path | None,
    output: Output,
) -> None:
    """Put photos and folders into an album. No permission covers more by it."""
    chosen = [str(path) for path in paths]
    with open_library(home) as library:
        if dry_run:
            count = len(chosen) + len(assets)
            output.one({"name": name, "in": count, "dry_run": True}, f"Would pick {count}.")
            return
        album = library.consent.scoping.pick(name, chosen, assets)
        row = _fields(album, library.consent.scoping.limited_by(album.name))
        output.one(row, _line(row))


@command.command("take-out")
@click.argument("name")
@_PATHS
@_ASSETS
@dry_run
@options
def take_out(
    name: str,
    paths: Sequence[Path],
    assets: Sequence[str],
    dry_run: bool,
    home: Path | None,
    output: Output,
) -> None:
    """Take photos and folders out. Permissions limited to the album shrink at once."""
    chosen = [str(path) for path in paths]
    with open_library(home) as library:
        count = len(chosen) + len(assets)
        if not dry_run:
            count = library.consent.take_out(name, chosen, assets)
        verb = "Would take out" if dry_run else "Taken out:"
        output.one({"name": name, "out": count, "dry_run": dry_run}, f"{verb} {count}.")


@command.command()
@click.argument("name")
@dry_run
@options
def remove(name: str, dry_run: bool, home: Path | None, output: Output) -> None:
    """Forget an album. What is limited to it is turned off and erased."""
    with open_library(home) as library:
        limited = library.consent.scoping.limited_by(name)
        if not dry_run:
            library.consent.remove_album(name)
        words = f"{'Would forget' if dry_run else 'Forgotten:'} {name}."
        if limited:
            words += f" Off with it: {', '.join(limited)}."
        output.one({"name": name, "limited": limited, "dry_run": dry_run}, words)


def _fields(album: Album, limited: Sequence[str]) -> dict[str, Any]:
    return {
        "name": album.name,
        "files": album.files,
        "folders": album.folders,
        "made_at": album.made_at,
        "limited": limited,
    }


def _line(row: Mapping[str, Any]) -> str:
    parts = [photos(len(row["files"]))]
    parts += [shown(folder) for folder in row["folders"]]
    limited = f"  limits {', '.join(row['limited'])}" if row["limited"] else ""
    return f"{row['name']}  {', '.join(parts)}{limited}"
