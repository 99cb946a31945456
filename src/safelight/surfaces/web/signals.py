"""Global Privacy Control: the browser says on every request what its person wants everywhere."""

from __future__ import annotations

from starlette.requests import Request

from safelight.app import Safelight

GPC = "gpc"


def hear_signals(request: Request) -> None:
    """Remember `Sec-GPC: 1` once. There is no sale or sharing here that it would have to stop."""
    if request.headers.get("sec-gpc") == "1":
        safelight: Safelight = request.app.state.safelight
        safelight.consent.hear(GPC)
