"""`safelight consent regions` and `release`: what the law of a region adds, and who signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from safelight.model.errors import UserError
from safelight.surfaces.cli.session import Output, dry_run, open_library, options


@click.command()
@click.argument("code", required=False)
@options
def regions(code: str | None, home: Path | None, output: Output) -> None:
    """What each region adds to the strict baseline, with sources. No legal advice."""
    with open_library(home) as library:
        here = library.regions.here()
        rows = [row for row in library.regions.all() if code in (None, row.code)]
        if not rows:
            raise UserError(f"There is no region {code!r}.")
        chosen = here.code if here else ""
        output.many([{**asdict(row), "chosen": row.code == chosen} for row in rows], _region_line)
    if not output.as_json:
        click.echo("\n* from memory, to be checked at its source. This is no legal advice.")


@click.group()
def release() -> None:
    """Written releases of the people in your pictures, where your region asks for them."""


@release.command("list")
@options
def list_releases(home: Path | None, output: Output) -> None:
    """Every release with the album it is about."""
    with open_library(home) as library:
        rows = [asdict(each) for each in library.regions.releases()]
        output.many(
            rows, _release_line, "No release yet; `safelight consent release add` writes one down."
        )


@release.command("add")
@click.argument("person")
@click.option("--album", required=True, help="The photos it is about.")
@click.option("--signed", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day.")
@click.option("--by", default="", help="Who signed for them, a guardian say.")
@dry_run
@options
def add_release(
    person: str,
    album: str,
    signed: datetime,
    by: str,
    dry_run: bool,
    home: Path | None,
    output: Output,
) -> None:
    """Record that somebody has signed for the photos of an album. Safelight takes your word."""
    with open_library(home) as library:
        if dry_run:
            output.one({"person": person, "album": album, "dry_run": True}, "Would record it.")
            return
        made = library.regions.add_release(person, album, signed.date(), by)
        output.one(asdict(made), _release_line(asdict(made)))


@release.command("remove")
@click.argument("number", type=int)
@dry_run
@options
def remove_release(number: int, dry_run: bool, home: Path | None, output: Output) -> None:
    """Take a release back; what needed it is turned off and erased."""
    with open_library(home) as library:
        removed = dry_run or library.regions.remove_release(number)
        if not removed:
            raise UserError(f"There is no release {number}.")
        words = "Would take it back." if dry_run else "Taken back."
        output.one({"number": number, "removed": not dry_run, "dry_run": dry_run}, words)


def _region_line(row: Mapping[str, Any]) -> str:
    lines = [f"{row['code']}  {row['name']}{'  (set)' if row['chosen'] else ''}"]
    lines += [f"  + {rule}" for rule in row["rules"]]
    for cell in row["cells"]:
        mark = "*" if cell["recheck"] else f"read {cell['verified_on']}"
        lines.append(f"  {cell['title']}: {cell['says']} ({cell['source']}, {mark})")
    return "\n".join(lines)


def _release_line(row: Mapping[str, Any]) -> str:
    return (
        f"{row['number']}  {row['person']}, for “{row['album']}”, signed {row['signed_on']}"
        f" by {row['signed_by']}"
    )
