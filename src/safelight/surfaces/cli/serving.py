"""`safelight serve`: the web app and `/api`."""

from __future__ import annotations

from pathlib import Path

import click

from safelight.surfaces.cli.browsing import serve_library
from safelight.surfaces.cli.session import Output, open_library, options


@click.command()
@click.option("--host", default=None, help="Address to listen on [default: 127.0.0.1].")
@click.option("--port", type=int, default=None, help="Port [default: 8420].")
@options
def command(host: str | None, port: int | None, home: Path | None, output: Output) -> None:
    """Serve the web app on this machine until Ctrl-C."""
    with open_library(home) as library:
        serve_library(library, output, host=host, port=port, browser=False)
