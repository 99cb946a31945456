"""Everything that goes wrong, as a page in the same design, or as JSON under /api."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from safelight.model.errors import RefusedError, SafelightError
from safelight.surfaces.web.session import Refused, page

_TITLES = {
    400: "That did not work",
    403: "Not allowed",
    404: "Nothing here",
    405: "Not that way",
    500: "Something broke",
}


def install_handlers(app: FastAPI) -> None:
    """Answer every failure of the app."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(SafelightError, _said)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    # Half of a letter, which JSON can hold and nothing can keep.
    app.add_exception_handler(UnicodeEncodeError, _invalid)
    app.add_exception_handler(Exception, _broken)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    refusal = error.refusal
    if _wants_json(request):
        return JSONResponse({"refusal": asdict(refusal)}, 403)
    return _answer(request, 403, refusal.text, purpose=refusal.purpose)


async def _said(request: Request, error: Exception) -> Response:
    refused = isinstance(error, RefusedError)
    return _answer(request, 403 if refused else 400, str(error), refused=refused)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = error.detail
    if words in ("Not Found", "Method Not Allowed"):
        words = "There is no page at this address."
    return _answer(request, error.status_code, words)


async def _invalid(request: Request, error: Exception) -> Response:
    return _answer(request, 400, "Part of this address or form is not what it should be.")


async def _broken(request: Request, error: Exception) -> Response:
    return _answer(request, 500, "Safelight could not do this. Your photos are untouched.")


def _answer(
    request: Request,
    status: int,
    words: str,
    purpose: object | None = None,
    *,
    refused: bool = False,
) -> Response:
    words = words.encode(errors="replace").decode()  # it may quote what was asked
    if _wants_json(request):
        return JSONResponse({"error": words}, status)
    if _wants_picture(request):
        return PlainTextResponse(words, status)
    try:
        title = _TITLES.get(status, _TITLES[400])
        return page(
            request,
            "failure.html",
            status=status,
            title=title,
            words=words,
            purpose=purpose,
            refused=refused,
        )
    except Exception:  # noqa: BLE001  # the page itself may be what is broken
        return PlainTextResponse(words, status)


def _wants_json(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _wants_picture(request: Request) -> bool:
    return request.headers.get("sec-fetch-dest") == "image" or request.url.path.startswith(
        ("/previews/", "/pictures/", "/faces/", "/static/")
    )
