"""`safelight styles`: what a photo can be restyled with, and styles of your own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from safelight.app.making.own_styles import RIGHT
from safelight.model.errors import UserError
from safelight.surfaces.cli.session import Output, dry_run, open_library, options


@click.group()
def command() -> None:
    """Looks, works in the public domain, and styles of your own."""


@command.command("list")
@options
def list_(home: Path | None, output: Output) -> None:
    """Every style, with what it comes from and the purpose that it needs."""
    with open_library(home) as library:
        rows = [
            {"name": row.name, "label": row.label, "origin": row.origin, "purpose": row.purpose}
            for row in library.making.restyles.styles()
        ]
        output.many(rows, _line)


@command.command()
@click.argument("name")
@click.argument("picture", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--i-may-use-it", "i_may", is_flag=True, help=f"You say: {RIGHT}")
@dry_run
@options
def add(
    name: str, picture: Path, i_may: bool, dry_run: bool, home: Path | None, output: Output
) -> None:
    """Make a style NAME of a PICTURE that you may use; only numbers of it are kept."""
    with open_library(home) as library:
        if not dry_run:
            library.making.restyles.add(name, picture, i_may=i_may)
        output.one({"name": name, "dry_run": dry_run}, f"{name}: added to your styles")


@command.command()
@click.argument("name")
@dry_run
@options
def remove(name: str, dry_run: bool, home: Path | None, output: Output) -> None:
    """Forget a style of yours. Pictures made with it stay."""
    with open_library(home) as library:
        own = library.making.restyles.own
        if name not in own.names() or not (dry_run or own.remove(name)):
            raise UserError(f"There is no style of yours named {name!r}.")
        output.one({"name": name, "dry_run": dry_run}, f"{name}: forgotten")


def _line(row: Mapping[str, Any]) -> str:
    also = " and remote" if row["origin"] == "generator" else ""
    needs = f"  (needs {row['purpose']}{also})" if row["purpose"] else ""
    return f"{row['name']:<14} {row['label']}{needs}"
