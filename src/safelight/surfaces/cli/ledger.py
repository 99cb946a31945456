"""`safelight ledger`: what was done, and whether the record is whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from safelight.model.errors import UserError
from safelight.surfaces.cli.session import Output, open_library, options


@click.group()
def command() -> None:
    """The record of every grant, selection, derivation, erasure and refusal."""


@command.command()
@click.option("--start", default=0, show_default=True, help="First entry.")
@click.option("--count", default=10_000, show_default=True, help="At most so many.")
@options
def show(start: int, count: int, home: Path | None, output: Output) -> None:
    """Entries in plain words, oldest first."""
    with open_library(home) as library:
        found = [
            {
                "index": line.index,
                "at": line.at,
                "event": line.event,
                "purpose": line.purpose,
                "text": line.text,
                "body": line.raw,
            }
            for line in library.ledger(start, count)
        ]
        output.many(found, _line)


@command.command()
@options
def verify(home: Path | None, output: Output) -> None:
    """Read the whole log again and check that nothing was changed, dropped or reordered."""
    with open_library(home) as library:
        whole, words = library.ledger_verify()
        output.one({"ok": whole, "text": words, "entries": library.ledger_size()}, words)
    if not whole:
        raise UserError("the ledger is damaged")


def _line(row: Mapping[str, Any]) -> str:
    return f"{row['index']:>6}  {row['at']:%Y-%m-%d %H:%M:%S}  {row['text']}"
