"""`safelight tokens`: programs that may use `/api`."""

from __future__ import annotations

from pathlib import Path

import click

from safelight.app.access import Token
from safelight.surfaces.cli.session import Output, dry_run, open_library, options


@click.group("tokens")
def command() -> None:
    """Programs of yours that may use `/api`, each with a token of its own."""


@command.command()
@click.argument("name")
@click.option("--write", "writes", is_flag=True, help="It may change things, not only read.")
@dry_run
@options
def add(name: str, writes: bool, dry_run: bool, home: Path | None, output: Output) -> None:
    """Make a token for the program NAME and show it, this once."""
    with open_library(home) as library:
        if dry_run:
            output.one({"name": name, "writes": writes, "dry_run": True}, f"Would add {name}.")
            return
        token, secret = library.access.add_token(name, writes=writes)
        output.one({**_row(token), "token": secret}, secret)


@command.command("list")
@options
def list_(home: Path | None, output: Output) -> None:
    """Every token, without its secret."""
    with open_library(home) as library:
        output.many(
            map(_row, library.access.tokens()),
            lambda row: f"{row['id']}  {'writes' if row['writes'] else 'reads '}  {row['name']}",
            "No program has a token; `safelight tokens add NAME` makes one.",
        )


@command.command()
@click.argument("name")
@dry_run
@options
def remove(name: str, dry_run: bool, home: Path | None, output: Output) -> None:
    """Take a token back, by its name or id; its program is locked out at once."""
    with open_library(home) as library:
        if not dry_run:
            library.access.remove_token(name)
        words = f"{'Would take' if dry_run else 'Took'} {name} back."
        output.one({"removed": name, "dry_run": dry_run}, words)


def _row(token: Token) -> dict[str, object]:
    fields = {"id": token.id, "name": token.name, "writes": token.writes}
    return {**fields, "since": token.since}
