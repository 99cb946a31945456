"""Other devices: the passphrase, who is signed in, tokens of programs, and the way to a phone."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.app.qr import qr_path
from safelight.model.errors import UserError
from safelight.surfaces.web.pages.signing_in import device_of, keep
from safelight.surfaces.web.session import Form, Library, field, page, see

router = APIRouter(prefix="/devices")


@router.get("")
def devices(request: Request, safelight: Library) -> Response:
    """Everything about who may come in."""
    return _page(request, safelight)


@router.post("/passphrase")
def set_passphrase(request: Request, safelight: Library, form: Form) -> Response:
    """Set or change the passphrase; this browser stays signed in, all others do not."""
    words = str(form.get("passphrase", ""))
    try:
        _confirm(request, safelight, form)
        if words != str(form.get("again", "")):
            raise UserError("The two passphrases are not the same.")
        safelight.access.set_passphrase(words)
        agent = device_of(request.headers.get("user-agent", ""))
        secret = safelight.access.sign_in(words, _client(request), agent)
    except UserError as error:
        return _page(request, safelight, problem=str(error))
    answer = see("/devices?said=passphrase")
    keep(answer, request, secret)
    return answer


@router.post("/off")
def remove_passphrase(request: Request, safelight: Library, form: Form) -> Response:
    """Serve this machine alone again, without sign-in."""
    try:
        _confirm(request, safelight, form)
    except UserError as error:
        return _page(request, safelight, problem=str(error))
    safelight.access.remove_passphrase()
    return see("/devices?said=passphrase.off")


@router.post("/sessions/{session}/end")
def end_session(safelight: Library, session: str) -> Response:
    """Sign another browser out."""
    safelight.access.sign_out(session)
    return see("/devices?said=signed.out")


@router.post("/tokens")
def add_token(request: Request, safelight: Library, form: Form) -> Response:
    """Make a token and show its secret, this once."""
    try:
        _confirm(request, safelight, form)
        name, writes = field(form, "name"), field(form, "writes") == "yes"
        token, secret = safelight.access.add_token(name, writes=writes)
    except UserError as error:
        return _page(request, safelight, problem=str(error))
    return _page(request, safelight, fresh=(token.name, secret))


@router.post("/tokens/{token}/remove")
def remove_token(safelight: Library, token: str) -> Response:
    """Take a token back."""
    safelight.access.remove_token(token)
    return see("/devices?said=token.removed")


def _confirm(request: Request, safelight: Safelight, form: Form) -> None:
    """Whoever changes who may come in says the passphrase again, if there is one."""
    if safelight.access.required:
        safelight.access.confirm(str(form.get("current", "")), _client(request))


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _page(
    request: Request,
    safelight: Safelight,
    *,
    problem: str = "",
    fresh: tuple[str, str] | None = None,
) -> Response:
    addresses: tuple[str, ...] = request.app.state.addresses
    edge, path = qr_path(addresses[0]) if addresses else (0, "")
    return page(
        request,
        "devices.html",
        status=400 if problem else 200,
        required=safelight.access.required,
        sessions=safelight.access.sessions(),
        own=request.state.session,
        tokens=safelight.access.tokens(),
        addresses=addresses,
        fingerprint=request.app.state.fingerprint,
        code=(edge, path),
        problem=problem,
        fresh=fresh,
    )
