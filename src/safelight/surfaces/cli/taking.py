"""`safelight consent export` and `archive`: what is yours, to take along."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import click

from safelight.app.archive import PARTS
from safelight.model.errors import UserError
from safelight.surfaces.cli.session import Output, dry_run, open_library, options
from safelight.surfaces.cli.writing import write_whole

_NAMES = [part.name for part in PARTS]


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["dpv", "kantara"]), default="dpv", show_default=True
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="[default: stdout]")
@options
def export(form: str, out: Path | None, home: Path | None, output: Output) -> None:
    """Consent records and receipts: ISO/IEC TS 27560 in DPV JSON-LD, or Kantara 1.1."""
    with open_library(home) as library:
        text = library.records.text(form)
        if out is None:
            click.echo(json.dumps(json.loads(text)) if output.as_json else text, nl=output.as_json)
            return
        _new(out, library.sourcing.holds(str(out)))
        write_whole(out, [text.encode()])
        output.one({"path": str(out), "format": form}, f"Written to {out}.")


@click.command()
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--include",
    "parts",
    multiple=True,
    type=click.Choice(_NAMES),
    help="Only these parts [default: all but numbers].",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@dry_run
@options
def archive(
    out: Path,
    parts: Sequence[str],
    yes: bool,
    dry_run: bool,
    home: Path | None,
    output: Output,
) -> None:
    """Everything that Safelight holds about you, as one ZIP file that opens without Safelight."""
    chosen = list(parts) or [part.name for part in PARTS if part.usual]
    with open_library(home) as library:
        _new(out, library.sourcing.holds(str(out)))
        if dry_run:
            output.one(
                {"path": str(out), "parts": chosen, "dry_run": True},
                f"Would write {', '.join(chosen)} to {out}.",
            )
            return
        if not yes and not output.as_json:
            click.echo(f"It will hold, readable by whoever has the file: {', '.join(chosen)}.")
            click.confirm("Write it?", abort=True)
        try:
            # Private: it holds what the drawers protect.
            size = write_whole(out, library.archiving.pack(chosen, _told), private=True)
        finally:
            click.echo("", err=True)
        output.one({"path": str(out), "parts": chosen, "bytes": size}, f"{size:,} bytes in {out}.")


def _told(done: int, total: int) -> None:
    if done % 100 == 0 or done == total:
        click.echo(f"\r{done:,} of {total:,} photos", nl=False, err=True)


def _new(out: Path, among_photos: bool) -> None:
    if among_photos:
        raise UserError(f"{out} lies among your photos; choose a place elsewhere.")
    if os.path.exists(out):  # noqa: PTH110  # however odd its name
        raise UserError(f"{out} is there already; choose another name.")
