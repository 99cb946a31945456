"""The command line: noun then verb; data on stdout, progress on stderr.

Each command lives in a module of its own and is imported only when it is called.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module

import click

from safelight import __version__
from safelight.model.errors import IsolationError, RefusedError, SafelightError

_COMMANDS = {
    "demo": "demo",
    "open": "opening",
    "serve": "serving",
    "sources": "sources",
    "albums": "albums",
    "consent": "consent",
    "scan": "scan",
    "assets": "assets",
    "moments": "moments",
    "trips": "trips",
    "people": "people",
    "themes": "themes",
    "search": "search",
    "ideas": "ideas",
    "creations": "creations",
    "styles": "styles",
    "share": "share",
    "ledger": "ledger",
    "keys": "keys",
    "access": "access",
    "tokens": "tokens",
    "status": "status",
    "doctor": "doctor",
    "plugins": "plugins",
}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        found: click.Command = import_module(f"safelight.surfaces.cli.{module}").command
        return found


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="safelight")
def cli() -> None:
    """Ideas from your own photos, on your own machine. Nothing leaves, nothing trains.

    Begin with `safelight demo`, or with `safelight open DIR`.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 error, 2 usage, 3 refused by consent."""
    # A command builds a large library once and ends: looking for cycles all the while costs more.
    gc.set_threshold(200_000, 20, 20)
    try:
        cli.main(arguments, prog_name="safelight", standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(1)
    except SafelightError as error:
        click.echo(f"safelight: {error}", err=True)
        if isinstance(error, RefusedError) and not isinstance(error, IsolationError):
            click.echo("`safelight consent show` lists the switches with their names.", err=True)
        sys.exit(3 if isinstance(error, RefusedError) else 1)
    except BrokenPipeError:
        # The reader of our output (head, say) has left.
        sys.stderr.close()
        sys.exit(0)
