"""`safelight keys`: where the key to the library lies, and moving it."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path

import click

from safelight.surfaces.cli.session import Output, dry_run, open_library, options

_VARIABLE = "SAFELIGHT_NEW_PASSPHRASE"


@click.group()
def command() -> None:
    """The master key: in the system's key store, behind a passphrase, or in a file."""


@command.command()
@options
def show(home: Path | None, output: Output) -> None:
    """Where the key is, and what that means for a copy of Safelight's folder."""
    with open_library(home) as library:
        state = library.keyholding.state()
        output.one(asdict(state), f"{state.store}: {state.text}")


@command.command()
@click.option(
    "--to",
    required=True,
    type=click.Choice(["keyring", "passphrase", "file"]),
    help="Where; the same place again makes a new key there, or asks for a new passphrase.",
)
@dry_run
@options
def move(to: str, dry_run: bool, home: Path | None, output: Output) -> None:
    """Make a new master key elsewhere and destroy the old one.

    Behind a passphrase it is asked for at each start; a lost passphrase cannot be replaced.
    Without a terminal the new one is read from SAFELIGHT_NEW_PASSPHRASE.
    """
    with open_library(home) as library:
        if dry_run:
            state = library.keyholding.state()
            fields = {**asdict(state), "to": to, "dry_run": True}
            output.one(fields, f"Would move the key from {state.store} to {to}.")
            return
        passphrase = _new_passphrase() if to == "passphrase" else ""
        state = library.keyholding.move(to, passphrase)
        output.one(asdict(state), state.text)


def _new_passphrase() -> str:
    found = os.environ.get(_VARIABLE)
    if found is not None:
        return found
    chosen: str = click.prompt(
        "New passphrase", hide_input=True, confirmation_prompt=True, err=True
    )
    return chosen
