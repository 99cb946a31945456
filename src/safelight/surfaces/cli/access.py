"""`safelight access`: the passphrase with which other devices sign in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from safelight.app import Safelight
from safelight.surfaces.cli.session import Output, dry_run, open_library, options


@click.group("access")
def command() -> None:
    """Who may come in from other devices."""


@command.command("set")
@dry_run
@options
def set_(dry_run: bool, home: Path | None, output: Output) -> None:
    """Set or change the passphrase; typed twice, or one line on standard input.

    Every browser has to sign in again.
    """
    with open_library(home) as library:
        if not dry_run:
            library.access.set_passphrase(ask_passphrase())
        words = "A passphrase would be set." if dry_run else "The passphrase is set."
        output.one({"required": dry_run is False, "dry_run": dry_run}, words)


@command.command()
@dry_run
@options
def remove(dry_run: bool, home: Path | None, output: Output) -> None:
    """Have no passphrase any more: this machine alone is served then."""
    with open_library(home) as library:
        if not dry_run:
            library.access.remove_passphrase()
        output.one({"required": False, "dry_run": dry_run}, "Nobody has to sign in.")


@command.command()
@options
def show(home: Path | None, output: Output) -> None:
    """Whether a passphrase is set, and which browsers are signed in."""
    with open_library(home) as library:
        sessions = [
            {"id": s.id, "device": s.device, "since": s.since, "seen": s.seen}
            for s in library.access.sessions()
        ]
        lines = [
            "A passphrase is set." if library.access.required else "No passphrase is set.",
            *(f"{s['id']}  {s['device']}, last here {s['seen']:%Y-%m-%d %H:%M}" for s in sessions),
        ]
        fields = {"required": library.access.required, "sessions": sessions}
        output.one(fields, "\n".join(lines))


def ask_passphrase() -> str:
    """A new passphrase from the person, or from a program's standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    words: str = click.prompt("New passphrase", hide_input=True, confirmation_prompt=True, err=True)
    return words


def offer_passphrase(library: Safelight) -> None:
    """Before the first serving beyond this machine: ask for one, where somebody can answer."""
    if library.access.required or not sys.stdin.isatty():
        return
    click.echo(
        "Others on this network will be able to knock. Choose the passphrase with which your own "
        "devices come in.",
        err=True,
    )
    library.access.set_passphrase(ask_passphrase())
