"""Signed tokens against cross-site requests (double-submit cookie)."""

from __future__ import annotations

import hmac
import secrets

from starlette.exceptions import HTTPException
from starlette.requests import Request

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD = "csrf"
HEADER = "x-csrf-token"
MOST_FIELDS = 100_000
"""Of one form: every photo that was picked is one, and people pick thousands."""


class Tokens:
    """Makes tokens and knows its own again; the key lives as long as the process."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def mint(self) -> str:
        """A new token: a nonce and its seal."""
        nonce = secrets.token_urlsafe(18)
        return f"{nonce}.{self._seal(nonce)}"

    def genuine(self, token: str) -> bool:
        """Whether this process made the token."""
        nonce, _, seal = token.partition(".")
        return bool(nonce) and _same(seal, self._seal(nonce))

    def _seal(self, nonce: str) -> str:
        return hmac.digest(self._key, nonce.encode(), "sha256").hex()


def cookie_name(port: int | None) -> str:
    """Cookies do not tell ports apart, so the name does: two libraries may run side by side."""
    return f"safelight-csrf-{port or 80}"


async def require_token(request: Request) -> None:
    """Refuse a changing request whose form field or header does not repeat the cookie.

    Raises:
        HTTPException: 403, in words.
    """
    if request.method in SAFE_METHODS or request.state.bearer:
        return  # a browser never sends a token by itself, so no other site can have it send one
    given = request.headers.get(HEADER) or await _form_token(request)
    if not _same(given, request.state.csrf):
        raise HTTPException(
            403,
            "This page was opened before Safelight was started again, or the request came from "
            "somewhere else. Go back, reload the page and try once more.",
        )


async def _form_token(request: Request) -> str:
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return ""
    value = (await request.form(max_fields=MOST_FIELDS)).get(FIELD, "")
    return value if isinstance(value, str) else ""


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
