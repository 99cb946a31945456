"""Switches, folders and this machine."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.model.consent import ErasureReport, Purpose, PurposeState, Refusal
from safelight.model.errors import UserError
from safelight.surfaces.web.scope_form import LASTS, read_expiry, read_scope
from safelight.surfaces.web.session import Form, Library, emptied, field, page, see
from safelight.surfaces.web.switch_words import SWITCH_WORDS

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
        safelight.scans.start()
    return see(f"/settings?said=allowed#{purpose}")


@router.get("/settings/{purpose}/photos")
def choose_photos(request: Request, safelight: Library, purpose: str) -> Response:
    """Say for which photos, without whom and for how long a purpose is allowed."""
    return _photos(request, safelight, _state(safelight, purpose))


@router.post("/settings/{purpose}/photos")
def allow_photos(request: Request, safelight: Library, purpose: str, form: Form) -> Response:
    """Allow a purpose for some photos, in place of what was allowed before."""
    state = _state(safelight, purpose)
    try:
        results = safelight.allow([state.notice.purpose], read_scope(form), read_expiry(form))
    except UserError as error:
        return _photos(request, safelight, state, str(error))
    refused = [result.text for result in results if isinstance(result, Refusal)]
    if refused:
        return _photos(request, safelight, state, " ".join(refused))
    if safelight.sources():
        safelight.scans.start()
    return emptied(see(f"/settings?said=allowed#{purpose}"))


@router.get("/settings/off/{purpose}")
def confirm_off(request: Request, safelight: Library, purpose: str) -> Response:
    """Say what turning off erases; the way without scripts."""
    state = _state(safelight, purpose)
    others = safelight.consent.ends_with(state.notice.purpose)
    return page(request, "turn_off.html", state=state, ends_with=others)


@router.post("/settings/off/{purpose}")
def turn_off(request: Request, safelight: Library, purpose: str) -> Response:
    """Turn one purpose off, erase, and show the report."""
    reports = safelight.withdraw(_state(safelight, purpose).notice.purpose)
    return emptied(_settings(request, safelight, reports=reports))


@router.post("/settings/sources")
def add_source(request: Request, safelight: Library, form: Form) -> Response:
    """Add a folder; it is read only as far as the switches allow."""
    try:
        safelight.add_folder(field(form, "path"))
    except UserError as error:
        return _settings(request, safelight, problem=str(error), typed=field(form, "path"))
    if Purpose.LIBRARY in safelight.status().on:
        safelight.scans.start()
    return see("/settings?said=added#folders")


@router.post("/settings/sources/{number}/remove")
def remove_source(safelight: Library, number: int) -> Response:
    """Forget a folder and what was catalogued of it."""
    safelight.sourcing.remove(number)
    return emptied(see("/settings?said=removed#folders"))


def _photos(
    request: Request, safelight: Safelight, state: PurposeState, problem: str = ""
) -> Response:
    scoping, grant = safelight.consent.scoping, state.grant
    albums, refs = scoping.albums(), grant.scope.albums if grant else ()
    locations = [source.location for source in safelight.sources()]
    return page(
        request,
        "scope.html",
        status=400 if problem else 200,
        state=state,
        words=scoping.words(grant.scope) if grant else "",
        sources=locations,
        folders=dict.fromkeys([*locations, *(grant.scope.folders if grant else ())]),
        albums=albums,
        limited=[ref.rpartition("@")[0] for ref in refs],
        grown=[a.name for a in albums if refs and a.reference not in refs],
        people=scoping.people(),
        faces_on=Purpose.FACES in safelight.status().on,
        lasts=LASTS,
        problem=problem,
    )


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
        short_words=SWITCH_WORDS,
        sources=safelight.sources(),
        albums=safelight.consent.scoping.albums(),
        status_of=safelight.status(),
        photos=sum(each.count for each in safelight.showing.month_counts()),
        problems=len(safelight.showing.problems()),
        problem=problem,
        typed=typed,
        reports=reports or [],
    )
