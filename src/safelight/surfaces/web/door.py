"""The door behind the guard: who has to sign in, and how a program shows its token."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from safelight.app.access import Access
from safelight.model.errors import SafelightError
from safelight.surfaces.web.tokens import SAFE_METHODS

PUBLIC = frozenset({"/sign-in", "/manifest.webmanifest", "/sw.js", "/favicon.ico", "/offline"})
_PUBLIC_FOLDERS = ("/static/", "/.well-known/")
_ASKED_BY_ITSELF = frozenset({"/standing", "/scan"})
"""What an open page asks again and again, with nobody there."""

_API = "/api/"
_BEARER = "bearer "


class Door:
    """Lets in who is signed in or has a token; everybody where no passphrase is set.

    Args:
        beyond: whether other machines can reach the server, which then never stands open.
    """

    def __init__(self, app: ASGIApp, access: Access, *, beyond: bool) -> None:
        self._app = app
        self._access = access
        self._beyond = beyond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer in the app's place."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["session"], state["bearer"] = None, False
        try:
            answer = self._answer(scope, Headers(scope=scope))
        except SafelightError as error:  # a damaged register lets nobody in
            answer = PlainTextResponse(f"{error}\n", 503)
        await (answer or self._app)(scope, receive, send)

    def _answer(self, scope: Scope, headers: Headers) -> Response | None:
        authorization = headers.get("authorization", "")
        if authorization.lower().startswith(_BEARER) and scope["path"].startswith(_API):
            return self._with_token(scope, authorization[len(_BEARER) :].strip())
        if not self._access.required:
            return _closed() if self._beyond or _came_through(headers) else None
        secret = session_secret(headers, scope["scheme"])
        used = scope["path"] not in _ASKED_BY_ITSELF
        session = self._access.session(secret, used=used) if secret else None
        scope["state"]["session"] = session
        if session is not None or is_public(scope["path"]):
            return None
        return _turned_away(scope)

    def _with_token(self, scope: Scope, secret: str) -> Response | None:
        token = self._access.token(secret)
        if token is None:
            return _unauthorized("This token is not known, or was taken back.")
        if scope["method"] not in SAFE_METHODS and not token.writes:
            return JSONResponse({"error": "This token may read, not change."}, 403)
        scope["state"]["bearer"] = True
        return None


def session_cookie(host: str, scheme: str) -> str:
    """Name of the session's cookie; `__Host-` makes browsers keep it to this very server."""
    port = host.rpartition(":")[2]
    name = f"safelight-session-{port if port.isdecimal() else 'web'}"
    return f"__Host-{name}" if scheme == "https" else name


def session_secret(headers: Headers, scheme: str) -> str:
    """The secret in the session's cookie; empty where there is none."""
    try:
        jar = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    found = jar.get(session_cookie(headers.get("host", ""), scheme))
    return found.value if found is not None else ""


def _came_through(headers: Headers) -> bool:
    """Whether a proxy passed this on: then it need not come from this machine, as it seems to."""
    return any(name in headers for name in ("x-forwarded-for", "forwarded", "via"))


def is_public(path: str) -> bool:
    """Whether this is answered without signing in."""
    return path in PUBLIC or path.startswith(_PUBLIC_FOLDERS)


def _turned_away(scope: Scope) -> Response:
    path = scope["path"]
    if path.startswith(_API):
        return _unauthorized("Sign in, or show a token.")
    if scope["method"] != "GET" or path.startswith(("/previews/", "/pictures/")):
        return PlainTextResponse("Sign in first.\n", 401)
    query = scope["query_string"].decode("latin-1")
    wanted = path + (f"?{query}" if query else "")
    back = "" if wanted == "/" else f"?next={quote(wanted, safe='')}"
    return RedirectResponse(f"/sign-in{back}", 303)


def _closed() -> Response:
    return PlainTextResponse("No passphrase is set, so nobody is let in from here.\n", 403)


def _unauthorized(words: str) -> Response:
    return JSONResponse({"error": words}, 401, headers={"www-authenticate": "Bearer"})
