"""Global Privacy Control: the browser says on every request what its person wants everywhere."""

from __future__ import annotations

from starlette.requests import Request

from safelight.app import Safelight

GPC = "gpc"


def says_gpc(request: Request) -> bool:
    """Whether the browser asks for no sale and no sharing in this request."""
    return request.headers.get("sec-gpc") == "1"


def hear_signals(request: Request) -> None:
    """Remember `Sec-GPC: 1` once. There is no sale or sharing here that it would have to stop."""
    if says_gpc(request):
        safelight: Safelight = request.app.state.safelight
        safelight.consent.hear(GPC)
