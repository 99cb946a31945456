"""What every command shares: `--home`, `--json`, an open library, and its output."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from safelight.app import Safelight
from safelight.settings import load_settings

_GIVEN = "SAFELIGHT_PASSPHRASE"  # its name, no secret


@dataclass(frozen=True)
class Output:
    """Where a command's data goes: JSON on stdout, or words for a person."""

    as_json: bool

    def one(self, data: Mapping[str, Any], words: str) -> None:
        """One document, or its words."""
        click.echo(to_json(data) if self.as_json else words)

    def many(
        self,
        items: Iterable[Mapping[str, Any]],
        line: Callable[[Mapping[str, Any]], str],
        nothing: Callable[[], str] | str = "",
    ) -> None:
        """JSON Lines, or one line of words each.

        Args:
            nothing: why the list is empty and what to do, told on stderr; not with `--json`.
        """
        count = 0
        for count, item in enumerate(items, 1):  # noqa: B007  # counts a stream that is not kept
            sys.stdout.write((to_json(item) if self.as_json else line(item)) + "\n")
        if not count and nothing and not self.as_json:
            click.echo(nothing if isinstance(nothing, str) else nothing(), err=True)


def to_json(data: Mapping[str, Any]) -> str:
    """One line of JSON; dates as ISO 8601, odd file names escaped."""
    return _ENCODER.encode(data)


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


# One for all lines: `json.dumps` would build one for each.
_ENCODER = json.JSONEncoder(default=_plain, ensure_ascii=True)


def options(function: Callable[..., None]) -> Callable[..., None]:
    """Add `--home` and `--json`; the command receives `home` and `output`."""

    @click.option(
        "--home",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="SAFELIGHT_HOME",
        help="Safelight's own folder [default: the platform's user data folder].",
    )
    @click.option("--json", "as_json", is_flag=True, help="Data as JSON, nothing else, on stdout.")
    @functools.wraps(function)
    def wrapped(*args: Any, as_json: bool, **kwargs: Any) -> None:
        function(*args, output=Output(as_json), **kwargs)

    return wrapped


dry_run = click.option(
    "--dry-run", is_flag=True, help="Say what would be done; change and read nothing."
)


def open_library(home: Path | None, **overrides: object) -> Safelight:
    """The library in `home`; close it, or use it in a `with`.

    One that is locked with a passphrase asks for it in the terminal, unless the environment has it.
    """
    settings = load_settings(home, **overrides)
    if sys.stdin.isatty() and _GIVEN not in os.environ:
        return Safelight(settings, ask=_ask)
    return Safelight(settings)


def _ask() -> str:
    given: str = click.prompt("Passphrase", hide_input=True, err=True)
    return given


def photos(number: int) -> str:
    """ "1 photo", "1,204 photos"."""
    return f"{number:,} photo{'' if number == 1 else 's'}"
