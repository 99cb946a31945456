"""`safelight status`: what is on and what runs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from safelight.model.names import shown
from safelight.surfaces.cli.session import Output, open_library, options


@click.command()
@options
def command(home: Path | None, output: Output) -> None:
    """What is on, what is in the library, and what is missing on this machine."""
    with open_library(home) as library:
        status = library.status()
        fields = {
            "home": status.home,
            "on": status.on,
            "assets": status.assets,
            "sources": status.sources,
            "ideas": status.ideas,
            "scan": {"phase": status.scan.phase, "done": status.scan.done},
            "key_store": status.key_store,
            "missing": status.missing,
            "walls": [asdict(wall) for wall in status.walls],
            "ledger_fault": status.ledger_fault or None,
        }
        lines = [
            f"Home       {shown(status.home)}",
            f"On         {', '.join(status.on) or 'nothing'}",
            f"Library    {_count(status.assets, 'asset')} from {_count(status.sources, 'source')}",
            f"Ideas      {status.ideas:,}",
            f"Keys       {status.key_store}",
            f"Walls      {', '.join(w.layer for w in status.walls if w.held) or 'none'}",
            *(f"Missing    {text}" for text in status.missing),
            *([f"Record     does not hold: {status.ledger_fault}"] if status.ledger_fault else []),
        ]
        output.one(fields, "\n".join(lines))


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
