"""`safelight sources`: where photos come from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from safelight.app.views import SourceRow
from safelight.model.names import shown
from safelight.surfaces.cli.nothing import NO_SOURCE
from safelight.surfaces.cli.session import Output, dry_run, open_library, options


@click.group()
def command() -> None:
    """Where photos come from."""


@command.command("list")
@options
def list_(home: Path | None, output: Output) -> None:
    """The folders that were added."""
    with open_library(home) as library:
        output.many([_fields(row) for row in library.sources()], _line, NO_SOURCE)


@command.command()
@click.argument("kind", type=click.Choice(["folder"]))
@click.argument("location", type=click.Path(path_type=Path))
@dry_run
@options
def add(kind: str, location: Path, dry_run: bool, home: Path | None, output: Output) -> None:
    """Add a place with photos. Nothing in it is read until `library` is allowed."""
    with open_library(home) as library:
        if dry_run:
            fields = {"kind": kind, "location": str(location.absolute()), "dry_run": True}
            output.one(fields, f"Would add {shown(str(location.absolute()))}.")
            return
        row = library.add_folder(str(location))
        output.one(_fields(row), f"Added {shown(row.location)} as source {row.id}.")


@command.command()
@click.argument("number", type=int)
@dry_run
@options
def remove(number: int, dry_run: bool, home: Path | None, output: Output) -> None:
    """Forget a source and what was catalogued of it. Your files stay as they are."""
    with open_library(home) as library:
        if dry_run:
            output.one({"id": number, "dry_run": True}, f"Would forget source {number}.")
            return
        gone = library.sourcing.remove(number)
        output.one(
            {"id": number, "assets_forgotten": gone},
            f"Forgot source {number} and {gone:,} assets. Your files are untouched.",
        )


def _fields(row: SourceRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "location": row.location,
        "added_at": row.added_at,
        "reachable": row.reachable,
        "note": row.note,
    }


def _line(row: Mapping[str, Any]) -> str:
    note = "" if row["reachable"] else f"  ({row['note']})"
    return f"{row['id']:>3}  {row['kind']}  {shown(row['location'])}{note}"
