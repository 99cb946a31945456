"""What every request meets first: Host, origin, token cookie, and the headers of every answer."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from safelight.surfaces.web.reach import Reach
from safelight.surfaces.web.tokens import SAFE_METHODS, Tokens, cookie_name

_HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' blob: data:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
    "browsing-topics=(), interest-cohort=()",
    "x-frame-options": "DENY",
}


class Guard:
    """Wraps the whole app.

    Args:
        reach: knows under which names this server may be addressed.
    """

    def __init__(self, app: ASGIApp, reach: Reach, tokens: Tokens) -> None:
        self._app = app
        self._reach = reach
        self._tokens = tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse before anything of the app runs."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        name, port = split_host(headers.get("host", ""))
        token, is_new = self._token(headers, port)
        scope.setdefault("state", {})["csrf"] = token
        secure = scope["scheme"] == "https"
        cookie = _cookie(cookie_name(port), token, secure=secure) if is_new else None
        answer = self._refusal(scope["method"], name, headers) or self._app
        await answer(scope, receive, _dressed(send, cookie))

    def _refusal(self, method: str, name: str, headers: Headers) -> PlainTextResponse | None:
        if not self._reach.answers_to(name):
            return PlainTextResponse("This server does not answer to that name.\n", 421)
        if _from_elsewhere(method, headers):
            return PlainTextResponse("Requests from other sites are refused.\n", 403)
        return None

    def _token(self, headers: Headers, port: int | None) -> tuple[str, bool]:
        try:
            jar = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            jar = SimpleCookie()
        found = jar.get(cookie_name(port))
        if found is not None and self._tokens.genuine(found.value):
            return found.value, False
        return self._tokens.mint(), True


def split_host(host: str) -> tuple[str, int | None]:
    """A Host header as (lower-case name without brackets, port)."""
    name, colon, port = host.rpartition(":")
    if not colon or not port.isdecimal():
        name, port = host, ""
    return name.strip("[]").lower().rstrip("."), int(port) if port else None


def _from_elsewhere(method: str, headers: Headers) -> bool:
    """Whether another site (or another port of this machine) sent this from its own page.

    Following a link to here is fine; fetching, embedding or posting is not. Programs that are
    no browser send none of these headers.
    """
    site = headers.get("sec-fetch-site", "none")
    if site not in ("same-origin", "none"):
        followed = method in SAFE_METHODS and headers.get("sec-fetch-mode") == "navigate"
        return not followed or headers.get("sec-fetch-dest") != "document"
    origin = headers.get("origin")
    # Under "no-referrer" browsers write "null" on our own forms; the token decides those.
    if method in SAFE_METHODS or origin in (None, "null"):
        return False
    return str(origin).partition("://")[2] != headers.get("host")


def _cookie(name: str, token: str, *, secure: bool) -> str:
    return f"{name}={token}; Path=/; HttpOnly; SameSite=Strict{'; Secure' if secure else ''}"


def _dressed(send: Send, cookie: str | None) -> Send:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for key, value in _HEADERS.items():
                headers[key] = value
            headers.setdefault("cache-control", "no-store")
            # A shared cookie on a cached file would outlive the process that signed it.
            if cookie is not None and "immutable" not in headers["cache-control"]:
                headers.append("set-cookie", cookie)
        await send(message)

    return dressed
