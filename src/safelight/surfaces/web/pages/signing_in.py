"""Signing in from another device, and out again."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from safelight.app.access import SESSION_LIFE, WaitError
from safelight.model.errors import UserError
from safelight.surfaces.web.door import session_cookie
from safelight.surfaces.web.session import Form, Library, field, own_path, page, see

router = APIRouter()


@router.get("/sign-in")
def ask(request: Request, safelight: Library, next: str = "/") -> Response:  # noqa: A002  # as in the address
    """The one question."""
    if not safelight.access.required or request.state.session is not None:
        return see(own_path(next))
    return _asking(request, next)


@router.post("/sign-in")
def sign_in(request: Request, safelight: Library, form: Form) -> Response:
    """Let in who knows the passphrase."""
    wanted = field(form, "next")
    words = form.get("passphrase", "")
    client = request.client.host if request.client else ""
    device = device_of(request.headers.get("user-agent", ""))
    try:
        secret = safelight.access.sign_in(str(words), client, device)
    except UserError as error:
        return _asking(request, wanted, str(error), 429 if isinstance(error, WaitError) else 403)
    answer = see(own_path(wanted))
    keep(answer, request, secret)
    return answer


@router.post("/sign-out")
def sign_out(request: Request, safelight: Library) -> Response:
    """End this browser's session; what it kept of the pictures goes, too."""
    if request.state.session is not None:
        safelight.access.sign_out(request.state.session.id)
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(_cookie(request), path="/", secure=_secure(request), httponly=True)
    answer.headers["clear-site-data"] = '"cache", "storage"'
    return answer


def keep(answer: Response, request: Request, secret: str) -> None:
    """Give the browser its session."""
    answer.set_cookie(
        _cookie(request),
        secret,
        max_age=int(SESSION_LIFE.total_seconds()),
        path="/",
        secure=_secure(request),
        httponly=True,
        samesite="lax",  # a link from a message must find the person signed in
    )


def device_of(agent: str) -> str:
    """A browser and its system, as people say them, from what it says of itself."""
    systems = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows",
               "Mac OS": "Mac", "CrOS": "Chromebook", "Linux": "Linux"}  # fmt: skip
    browsers = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "FxiOS": "Firefox",
                "SamsungBrowser": "Samsung Internet", "CriOS": "Chrome", "Chrome": "Chrome",
                "Safari": "Safari"}  # fmt: skip
    browser = next((name for mark, name in browsers.items() if mark in agent), "A browser")
    system = next((name for mark, name in systems.items() if mark in agent), "")
    return f"{browser} on {system}" if system else browser


def _asking(request: Request, wanted: str, problem: str = "", status: int = 200) -> Response:
    back = own_path(wanted)
    return page(
        request,
        "sign_in.html",
        status=status,
        wanted=back,
        problem=problem,
        plain=not _secure(request) and not _is_here(request),
    )


def _cookie(request: Request) -> str:
    return session_cookie(request.headers.get("host", ""), request.url.scheme)


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"


def _is_here(request: Request) -> bool:
    return request.url.hostname in ("localhost", "127.0.0.1", "::1")
