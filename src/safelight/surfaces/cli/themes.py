"""`safelight themes`: what occasions are known, and how to teach new ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from safelight.model.errors import UserError
from safelight.model.names import shown
from safelight.surfaces.cli.session import Output, dry_run, open_library, options, photos


@click.group()
def command() -> None:
    """Themes of moments: birthdays, beaches …, and your own."""


@command.command("list")
@options
def list_(home: Path | None, output: Output) -> None:
    """Every theme, with how many moments show it."""
    with open_library(home) as library:
        library.require_library()
        rows = [
            {"name": row.name, "own": row.own, "moments": row.moments, "liked": row.liked}
            for row in library.teaching.rows()
        ]
        output.many(rows, _line)


@command.command()
@click.argument("name")
@click.option("--like", "likes", multiple=True, required=True, help="A photo that shows it.")
@click.argument("more", nargs=-1)
@dry_run
@options
def teach(
    name: str,
    likes: tuple[str, ...],
    more: tuple[str, ...],
    dry_run: bool,
    home: Path | None,
    output: Output,
) -> None:
    """Teach a theme NAME from a few photos: `themes teach "our boat" --like ID ID ID`."""
    liked = (*likes, *more)
    with open_library(home) as library:
        if not dry_run:
            library.teaching.teach(name, liked)
        output.one(
            {"name": name, "liked": liked, "dry_run": dry_run},
            f"{shown(name)}: {'would be ' if dry_run else ''}learnt from {photos(len(liked))}",
        )


@command.command()
@click.argument("name")
@dry_run
@options
def forget(name: str, dry_run: bool, home: Path | None, output: Output) -> None:
    """Forget a theme that you taught."""
    with open_library(home) as library:
        wanted = " ".join(name.split()).lower()
        if not any(row.own and row.name == wanted for row in library.teaching.rows()):
            raise UserError(f"There is no theme of yours called “{shown(name)}”.")
        gone = not dry_run and library.teaching.forget(name)
        said = f"{'Forgotten' if gone else 'Would forget'}: {shown(wanted)}."
        output.one({"name": wanted, "forgotten": gone, "dry_run": dry_run}, said)


def _line(row: Mapping[str, Any]) -> str:
    mine = "  (yours)" if row["own"] else ""
    return f"{row['moments']:>5}  {row['name']}{mine}"
