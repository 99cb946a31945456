"""Switches, folders and this machine."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.model.consent import ErasureReport, Purpose, PurposeState, Refusal
from safelight.model.errors import UserError
from safelight.surfaces.web.pages.welcome import read_scope
from safelight.surfaces.web.session import Form, Library, field, page, see

router = APIRouter()
_LOOKING = frozenset({Purpose.LIBRARY, Purpose.PLACES, Purpose.CONTENT, Purpose.FACES})
"""What a scan catches up on when it is turned on."""


@router.get("/settings")
def settings(request: Request, safelight: Library) -> Response:
    """Everything that can be turned on and off."""
    return _settings(request, safelight)


@router.post("/settings/on/{purpose}")
def turn_on(request: Request, safelight: Library, purpose: str, form: Form) -> Response:
    """Turn one purpose on."""
    wanted = _state(safelight, purpose).notice.purpose
    try:
        results = safelight.allow([wanted], read_scope(form))
    except UserError as error:
        return _settings(request, safelight, problem=str(error))
    refused = [result.text for result in results if isinstance(result, Refusal)]
    if refused:
        return _settings(request, safelight, problem=" ".join(refused))
    if wanted in _LOOKING and safelight.sources():
        safelight.start_scan()
    return see(f"/settings?said=allowed#{purpose}")


@router.get("/settings/off/{purpose}")
def confirm_off(request: Request, safelight: Library, purpose: str) -> Response:
    """Say what turning off erases; the way without scripts."""
    return page(request, "turn_off.html", state=_state(safelight, purpose))


@router.post("/settings/off/{purpose}")
def turn_off(request: Request, safelight: Library, purpose: str) -> Response:
    """Turn one purpose off, erase, and show the report."""
    reports = safelight.withdraw(_state(safelight, purpose).notice.purpose)
    response = _settings(request, safelight, reports=reports)
    # What the browser kept of the pictures goes too.
    response.headers["clear-site-data"] = '"cache"'
    return response


@router.post("/settings/sources")
def add_source(request: Request, safelight: Library, form: Form) -> Response:
    """Add a folder; it is read only as far as the switches allow."""
    try:
        safelight.add_folder(field(form, "path"))
    except UserError as error:
        return _settings(request, safelight, problem=str(error), typed=field(form, "path"))
    if Purpose.LIBRARY in safelight.status().on:
        safelight.start_scan()
    return see("/settings?said=added#folders")


@router.post("/settings/sources/{number}/remove")
def remove_source(safelight: Library, number: int) -> Response:
    """Forget a folder and what was catalogued of it."""
    safelight.remove_source(number)
    return see("/settings?said=removed#folders")


def _state(safelight: Safelight, purpose: str) -> PurposeState:
    found = {state.notice.purpose.value: state for state in safelight.purposes()}
    if purpose not in found:
        raise HTTPException(404, "There is no such switch.")
    return found[purpose]


def _settings(
    request: Request,
    safelight: Safelight,
    *,
    problem: str = "",
    typed: str = "",
    reports: list[ErasureReport] | None = None,
) -> Response:
    return page(
        request,
        "settings.html",
        status=400 if problem else 200,
        states=safelight.purposes(),
        sources=safelight.sources(),
        status_of=safelight.status(),
        problem=problem,
        typed=typed,
        reports=reports or [],
    )
