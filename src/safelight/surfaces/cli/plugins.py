"""`safelight plugins`: what is installed and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import click

from safelight.app.plugging import plugin_rows
from safelight.model.errors import UserError
from safelight.surfaces.cli.session import Output, options


@click.group()
def command() -> None:
    """Plug-ins, the built-in ones included."""


def _list(output: Output) -> bool:
    rows = plugin_rows()
    output.many(
        [
            {
                "group": row.group,
                "name": row.name,
                "version": row.version,
                "purposes": row.purposes,
                "error": row.error,
            }
            for row in rows
        ],
        lambda row: f"{row['group']}  {row['name']} {row['version']}  {row['error'] or 'ok'}",
    )
    return all(row.error is None for row in rows)


@command.command("list")
@options
def list_(home: Path | None, output: Output) -> None:
    """Every plug-in; a broken one with its reason."""
    _list(output)


@command.command()
@options
def check(home: Path | None, output: Output) -> None:
    """The same list; fails when a plug-in is broken."""
    if not _list(output):
        raise UserError("a plug-in is broken")
