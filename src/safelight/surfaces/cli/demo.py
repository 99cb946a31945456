"""`safelight demo`: a sample library with ideas, in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from safelight.app.demonstrating import prepare_demo
from safelight.settings import load_settings
from safelight.surfaces.cli.browsing import serve_library
from safelight.surfaces.cli.session import Output, options


@click.command()
@click.option("--port", type=int, default=None, help="Port [default: 8420].")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@click.option("--all", "everything", is_flag=True, help="With every switch on, in the sample.")
@options
def command(
    port: int | None, no_browser: bool, everything: bool, home: Path | None, output: Output
) -> None:
    """Show ideas of every kind on a sample library.

    The pictures are painted by the program. The sample library lives in a folder of its own and
    never touches yours. It begins with three switches on; `--all`, or a button in the app, turns
    on the rest, for the painted pictures alone.
    """
    settings = load_settings(home)
    with prepare_demo(settings, _say, everything=everything) as library:
        serve_library(library, output, host=None, port=port, browser=not no_browser)


def _say(words: str) -> None:
    click.echo(words, err=True)
