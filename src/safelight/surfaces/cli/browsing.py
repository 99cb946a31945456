"""Serving a library and opening the browser on it."""

from __future__ import annotations

import sys
import webbrowser

from safelight.app import Safelight
from safelight.surfaces.cli.session import Output


def serve_library(
    library: Safelight, output: Output, *, host: str | None, port: int | None, browser: bool
) -> None:
    """Serve until Ctrl-C; says where, and opens the browser when it is ready."""
    from safelight.surfaces.web.server import serve

    def ready(address: str) -> None:
        output.one({"url": address}, f"Safelight is at {address}  (Ctrl-C to stop)")
        sys.stdout.flush()
        if browser:
            webbrowser.open(address)

    settings = library.settings
    serve(library, host or settings.host, settings.port if port is None else port, ready)
