"""The prompt: what is asked, before anything is read."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.model.consent import Purpose, PurposeState, Refusal
from safelight.model.errors import UserError
from safelight.surfaces.web.scope_form import read_scope
from safelight.surfaces.web.session import Form, Library, field, fields, is_on, page, see

router = APIRouter()
UP_FRONT = (Purpose.LIBRARY, Purpose.PLACES, Purpose.SUGGEST)


@router.get("/welcome")
def ask(request: Request, safelight: Library) -> Response:
    """The prompt, everything off."""
    safelight.consent.asked()
    return _prompt(request, safelight)


@router.post("/welcome")
def answer(request: Request, safelight: Library, form: Form) -> Response:
    """Turn on what was switched on, or remember “Not now”."""
    if field(form, "answer") != "allow":
        asked = [state.notice.purpose for state in safelight.purposes() if not state.active]
        safelight.consent.decline(asked)
        return see("/?said=notnow")
    chosen = read_purposes(form)
    if not chosen:
        return _prompt(
            request, safelight, "No switch is on. Turn one on, or choose “Not now”.", status=400
        )
    try:
        scope = read_scope(form)
    except UserError as error:
        return _prompt(request, safelight, str(error), chosen, status=400)
    refused = [r.text for r in safelight.allow(chosen, scope) if isinstance(r, Refusal)]
    if refused:
        return _prompt(request, safelight, " ".join(refused), chosen, status=400)
    if is_on(safelight, Purpose.LIBRARY) and safelight.sources():
        safelight.scans.start()
    return see("/")


@router.post("/welcome/folder")
def add_folder(request: Request, safelight: Library, form: Form) -> Response:
    """Point at a folder before answering; nothing in it is read."""
    try:
        safelight.add_folder(field(form, "path"))
    except UserError as error:
        return _prompt(request, safelight, str(error), status=400)
    return see("/welcome")


def read_purposes(form: FormData) -> list[Purpose]:
    """The switches that are on in a form; unknown words are left out."""
    known = {purpose.value: purpose for purpose in Purpose}
    return [known[value] for value in fields(form, "purpose") if value in known]


def _prompt(
    request: Request,
    safelight: Safelight,
    problem: str = "",
    chosen: list[Purpose] | None = None,
    status: int = 200,
) -> Response:
    states = safelight.purposes()
    return page(
        request,
        "welcome.html",
        status=status,
        first=[state for state in states if state.notice.purpose in UP_FRONT],
        later=[state for state in states if _comes_later(state)],
        sources=safelight.sources(),
        albums=safelight.consent.scoping.albums(),
        problem=problem,
        chosen=chosen or [],
    )


def _comes_later(state: PurposeState) -> bool:
    purpose = state.notice.purpose
    return purpose not in UP_FRONT and purpose.grantable
