"""`safelight ideas`: make them, list them, say what you think of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from safelight.model.errors import UserError
from safelight.model.ideas import Idea
from safelight.surfaces.cli.nothing import no_ideas
from safelight.surfaces.cli.preferring import bring_back, hidden, learned, less, more, unlearn
from safelight.surfaces.cli.session import Output, dry_run, open_library, options


@click.group()
def command() -> None:
    """Ideas made of your photos."""


@command.command()
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Pretend it is this day.")
@options
def make(today: datetime | None, home: Path | None, output: Output) -> None:
    """Look for ideas now, and list them, best first."""
    with open_library(home) as library:
        library.make_ideas(today.date() if today else None)
        rows = [_fields(card.idea, card.state) for card in library.ideas()]
        output.many(rows, _line, lambda: no_ideas(library, looked=True))


@command.command()
@options
def daily(home: Path | None, output: Output) -> None:
    """Read new photos, look for ideas, and list the new ones; needs `suggest`."""
    with open_library(home) as library:
        library.daily.require()
        library.daily.expect()
        library.scan()
        rows = [_fields(card.idea, card.state) for card in library.daily.cards()]
        output.many(rows, _line, "Nothing new today; `safelight ideas list` has the others.")


@command.command()
@click.option("--seed", type=int, help="The same number, the same idea.")
@options
def surprise(seed: int | None, home: Path | None, output: Output) -> None:
    """One good idea by chance."""
    with open_library(home) as library:
        library.require_library()
        card = library.daily.surprise(seed)
        rows = [_fields(card.idea, card.state)] if card else []
        output.many(rows, _line, lambda: no_ideas(library))


@command.command("list")
@click.option("--state", type=click.Choice(["offered", "all", "dismissed"]), default="offered")
@options
def list_(state: str, home: Path | None, output: Output) -> None:
    """Ideas that were made, best first."""
    with open_library(home) as library:
        library.require_library()
        rows = [_fields(card.idea, card.state) for card in library.ideas(state)]
        put_away = "You put no idea away."
        output.many(rows, _line, put_away if state == "dismissed" else lambda: no_ideas(library))


def _verdict(name: str, done: str, words: str) -> click.Command:
    @click.command(name, help=words)
    @click.argument("idea")
    @dry_run
    @options
    def verdict(idea: str, dry_run: bool, home: Path | None, output: Output) -> None:
        with open_library(home) as library:
            card = library.idea(idea)
            if card is None:
                raise UserError(f"There is no idea {idea}. `safelight ideas list` has the ids.")
            if not dry_run:
                library.answers.decide(idea, name)
            said = f"{'Would be ' if dry_run else ''}{done}: {card.idea.title}"
            output.one({"id": idea, "verdict": name, "dry_run": dry_run}, said)

    return verdict


@command.command()
@click.argument("idea")
@click.argument("title")
@dry_run
@options
def title(idea: str, title: str, dry_run: bool, home: Path | None, output: Output) -> None:
    """Give an idea a title of your own; an empty one brings its own back."""
    with open_library(home) as library:
        if dry_run and library.idea(idea) is None:
            raise UserError(f"There is no idea {idea}.")
        if not dry_run:
            library.answers.entitle(idea, title)
        words = f"{idea}: {title or 'its own title again'}"
        output.one({"id": idea, "title": title, "dry_run": dry_run}, words)


for each in (less, more, hidden, bring_back, learned, unlearn):
    command.add_command(each)
command.add_command(_verdict("like", "liked", "This one was good."))
command.add_command(_verdict("dismiss", "put away", "Not this one; it will not come back."))
command.add_command(_verdict("hide", "hidden", "Never show this one again."))
command.add_command(_verdict("restore", "brought back", "Bring a dismissed or hidden idea back."))


def _fields(idea: Idea, state: str) -> dict[str, Any]:
    return {
        "id": idea.id,
        "kind": idea.kind,
        "title": idea.title,
        "subtitle": idea.subtitle,
        "assets": idea.assets,
        "cover": idea.cover,
        "reasons": [
            {"signal": reason.signal, "text": reason.text, "purpose": reason.purpose}
            for reason in idea.reasons
        ],
        "score": round(idea.score, 4),
        "makes": idea.makes,
        "state": state,
    }


def _line(row: Mapping[str, Any]) -> str:
    return f"{row['id']}  {row['kind']:<12}{row['title']} — {row['subtitle']}"
