"""`safelight doctor`: does everything that Safelight needs work here?"""

from __future__ import annotations

from pathlib import Path

import click

from safelight.app.examining import examine
from safelight.model.errors import UserError
from safelight.settings import load_settings
from safelight.surfaces.cli.session import Output, options


@click.command()
@options
def command(home: Path | None, output: Output) -> None:
    """Try every decoder, the encrypted drawers, the key store and the log on this machine."""
    findings = examine(load_settings(home))
    rows = [{"check": f.check, "ok": f.ok, "text": f.text} for f in findings]
    output.many(rows, lambda row: f"{'ok ' if row['ok'] else 'NO '} {row['check']}: {row['text']}")
    if not all(finding.ok for finding in findings):
        raise UserError("something that Safelight needs does not work here")
