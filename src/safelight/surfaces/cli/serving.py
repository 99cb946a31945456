"""`safelight serve`: the web app and `/api`."""

from __future__ import annotations

from pathlib import Path

import click

from safelight.surfaces.cli.browsing import serve_library
from safelight.surfaces.cli.session import Output, open_library, options


@click.command()
@click.option("--host", default=None, help="Address to listen on [default: 127.0.0.1].")
@click.option("--port", type=int, default=None, help="Port [default: 8420].")
@click.option(
    "--tls/--no-tls",
    default=True,
    help="Encrypt what goes to other devices, with a certificate of this machine's own [default].",
)
@options
def command(
    host: str | None, port: int | None, tls: bool, home: Path | None, output: Output
) -> None:
    """Serve the web app until Ctrl-C: on this machine alone, unless --host says otherwise.

    With `--host 0.0.0.0` your other devices come in once they said the passphrase.
    """
    with open_library(home) as library:
        serve_library(library, output, host=host, port=port, browser=False, encrypted=tls)
