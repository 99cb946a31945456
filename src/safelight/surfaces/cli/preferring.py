"""`safelight ideas less` and its kin: what you want no ideas of, or fewer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from safelight.app import Safelight
from safelight.model.errors import UserError
from safelight.surfaces.cli.session import Output, dry_run, open_library, options


@click.command()
@click.option("--place", help="A city, region or country of your photos.")
@click.option("--date", "day", help="A day, or FIRST/LAST: 2015-06-20/2015-06-27.")
@click.option("--season", help="A time of the year, every year: 06-05/06-19.")
@click.option("--theme", help="A theme: birthday.")
@click.option("--kind", help="A kind of idea: week.")
@click.option("--person", help="Id of a person.")
@click.option("--photo", help="Id of a photo.")
@click.option("--period", help="Days that only rest: FIRST/LAST.")
@click.option("--like", help="Id of an idea: fewer such ideas. Needs `learn`.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Let it rest until that day.")
@dry_run
@options
def less(
    until: datetime | None, dry_run: bool, home: Path | None, output: Output, **said: str | None
) -> None:
    """Name one thing that you want no ideas of, now or later. It stays in your library."""
    name, value = _only(said)
    with open_library(home) as library:
        library.require_library()
        if name == "like":
            _fewer(library, value, dry_run, output)
            return
        subject = _subject(library, name, value)
        rests = name == "period" or until is not None
        if not dry_run and rests:
            library.preferences.rest(subject, until.date() if until else None)
        elif not dry_run:
            library.preferences.hide(subject)
        verb = "rests" if rests else "hidden"
        _tell(output, subject, verb, dry_run)


def _tell(output: Output, subject: str, said: str, dry_run: bool) -> None:
    """What was said, or would be."""
    words = f"{'Would say ' if dry_run else ''}{said}: {subject}"
    output.one({"subject": subject, "said": said, "dry_run": dry_run}, words)


def _only(said: Mapping[str, str | None]) -> tuple[str, str]:
    named = [(name, value) for name, value in said.items() if value]
    if len(named) != 1:
        raise click.UsageError("Name one thing: a place, date, theme, kind, person or photo, say.")
    return named[0]


def _fewer(library: Safelight, idea: str, dry_run: bool, output: Output) -> None:
    card = library.idea(idea)
    if card is None:
        raise UserError(f"There is no idea {idea}.")
    _tell(output, "" if dry_run else library.learning.fewer(card.idea), "fewer", dry_run)


def _subject(library: Safelight, name: str, value: str) -> str:
    if name == "place":
        return library.preferences.place_named(value)
    kind = "days" if name in ("day", "period") else name
    if kind == "days" and "/" not in value:
        value = f"{value}/{value}"
    return f"{kind}:{value.lower() if kind == 'theme' else value}"


@click.command()
@click.argument("idea")
@dry_run
@options
def more(idea: str, dry_run: bool, home: Path | None, output: Output) -> None:
    """More ideas like IDEA, or a `less --like` taken back. Needs `learn`."""
    with open_library(home) as library:
        library.require_library()
        card = library.idea(idea)
        if card is None:
            raise UserError(f"There is no idea {idea}.")
        _tell(output, "" if dry_run else library.learning.more(card.idea), "more", dry_run)


@click.command()
@options
def hidden(home: Path | None, output: Output) -> None:
    """Everything that you hid from ideas or that rests."""
    with open_library(home) as library:
        library.require_library()
        rows = [asdict(row) for row in library.preferences.all()]
        output.many(
            rows, _line, "Nothing is hidden from ideas; `safelight ideas less` says what to hide."
        )


def _line(row: Mapping[str, Any]) -> str:
    until: date | None = row["until"]
    rests = f"  rests until {until.isoformat()}" if until else ""
    return f"{row['subject']}  {row['label']}{rests}"


@click.command("bring-back")
@click.argument("subject")
@dry_run
@options
def bring_back(subject: str, dry_run: bool, home: Path | None, output: Output) -> None:
    """Allow ideas of SUBJECT again, as `ideas hidden` writes it."""
    with open_library(home) as library:
        if all(row.subject != subject for row in library.preferences.all()):
            raise UserError(f"{subject} is not hidden and does not rest.")
        if not dry_run:
            library.preferences.bring_back(subject)
        output.one({"subject": subject, "dry_run": dry_run}, f"back: {subject}")


@click.command()
@options
def learned(home: Path | None, output: Output) -> None:
    """What was learnt of your taste in ideas, under `learn`."""
    with open_library(home) as library:
        rows = [weight._asdict() for weight in library.learning.learned()]
        output.many(
            rows, _learned_line, "Nothing was learnt yet; `safelight ideas like IDEA` teaches it."
        )


def _learned_line(row: Mapping[str, Any]) -> str:
    return f"{row['subject']}  {row['label']}  x{row['share']}"


@click.command()
@click.argument("subject", required=False)
@dry_run
@options
def unlearn(subject: str | None, dry_run: bool, home: Path | None, output: Output) -> None:
    """Forget what was learnt of SUBJECT, or all of it."""
    with open_library(home) as library:
        if not dry_run:
            library.learning.unlearn(subject)
        output.one({"subject": subject, "dry_run": dry_run}, f"forgotten: {subject or 'all'}")
