"""`safelight open`: from folders to ideas in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from safelight.surfaces.cli.browsing import serve_library
from safelight.surfaces.cli.session import Output, open_library, options


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--port", type=int, default=None, help="Port [default: 8420].")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@options
def command(
    folders: Sequence[Path], port: int | None, no_browser: bool, home: Path | None, output: Output
) -> None:
    """Add folders with photos, serve, and open the browser at the consent prompt.

    Nothing in the folders is read before you allow it there.
    """
    with open_library(home) as library:
        for folder in folders:
            library.add_folder(str(folder))
        serve_library(library, output, host=None, port=port, browser=not no_browser)
