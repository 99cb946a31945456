"""Serving a library and opening the browser on it."""

from __future__ import annotations

import sys
import webbrowser

import click

from safelight.app import Safelight
from safelight.surfaces.cli.session import Output


def serve_library(
    library: Safelight,
    output: Output,
    *,
    host: str | None,
    port: int | None,
    browser: bool,
    encrypted: bool = True,
) -> None:
    """Serve until Ctrl-C; says where, and opens the browser when it is ready."""
    from safelight.surfaces.cli.access import offer_passphrase
    from safelight.surfaces.web.reach import LOOPBACK, plan_reach
    from safelight.surfaces.web.server import serve

    settings = library.settings
    wanted = host or settings.host
    if wanted not in LOOPBACK:
        offer_passphrase(library)
    reach = plan_reach(library, wanted, encrypted=encrypted)
    fingerprint = reach.certificate.fingerprint if reach.certificate else ""

    def ready(address: str, others: tuple[str, ...]) -> None:
        fields = {"url": address, "others": others, "fingerprint": fingerprint}
        output.one(fields, f"Safelight is at {address}  (Ctrl-C to stop)")
        sys.stdout.flush()
        if reach.beyond:
            _tell_of_others(others, fingerprint)
        if browser:
            webbrowser.open(address)

    serve(library, reach, settings.port if port is None else port, ready)


def _tell_of_others(addresses: tuple[str, ...], fingerprint: str) -> None:
    from safelight.app.qr import qr_text

    for address in addresses:
        click.echo(f"On your other devices: {address}", err=True)
    if addresses and sys.stderr.isatty():
        click.echo(qr_text(addresses[0]), err=True)
    if fingerprint:
        words = (
            "Encrypted with this machine's own certificate: the browser warns once. It is the "
            f"right one when its SHA-256 fingerprint is\n{fingerprint}"
        )
    else:
        words = (
            "NOT encrypted: everybody on this network can read along, the passphrase and your "
            "photos included. Leave out --no-tls, or put a proxy with TLS in front."
        )
    click.echo(words, err=True)
