"""How much a request may bring along: nobody fills the memory, least of all without signing in."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from safelight.surfaces.web.door import is_public

_BEFORE_SIGNING_IN = 1 << 16
_FORM = 1 << 23
_WITH_A_FILE = 80 << 20
"""A music file of one's own, which goes to a temporary file, and what is sent around it."""
_WORDS = "That is more than Safelight takes at once."


class Bodies:
    """Refuses requests that bring more than their page could need."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; what says beforehand that it is too large is not even begun."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = _limit(scope["path"], headers)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit() and int(length[:20]) <= limit):
            await PlainTextResponse(_WORDS + "\n", 413)(scope, receive, send)
            return
        await self._app(scope, _counted(receive, limit), send)


def _counted(receive: Receive, limit: int) -> Receive:
    left = limit

    async def counted() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:  # it came in pieces and did not say how many
            raise HTTPException(413, _WORDS)
        return message

    return counted


def _limit(path: str, headers: Headers) -> int:
    if is_public(path):
        return _BEFORE_SIGNING_IN
    with_a_file = headers.get("content-type", "").lower().startswith("multipart/form-data")
    return _WITH_A_FILE if with_a_file else _FORM
