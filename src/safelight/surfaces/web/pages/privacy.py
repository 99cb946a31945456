"""What is on, what was read, what is kept, what left; one photo's account; what regions add."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.model.consent import ErasureReport, Purpose, Refusal
from safelight.model.errors import UserError
from safelight.surfaces.web.session import (
    Form,
    Library,
    allowed,
    emptied,
    field,
    own_path,
    page,
    see,
)
from safelight.surfaces.web.signals import GPC

router = APIRouter()
_RENEWED_FOR = timedelta(days=365)


@router.get("/privacy")
def privacy(request: Request, safelight: Library) -> Response:
    """The account of the whole library."""
    return _privacy(request, safelight)


@router.post("/privacy/off/{purpose}")
def turn_off(request: Request, safelight: Library, purpose: str) -> Response:
    """Turn one purpose off, erase, and show what went."""
    wanted = _purpose(purpose)
    if not wanted.grantable:
        raise HTTPException(404, "There is no such switch.")
    reports = safelight.withdraw(wanted)
    return emptied(_privacy(request, safelight, reports=reports))


@router.post("/privacy/renew/{purpose}")
def renew(request: Request, safelight: Library, purpose: str, form: Form) -> Response:
    """Allow for another year what ends soon or has run out."""
    try:
        until = datetime.now(UTC) + _RENEWED_FOR
        outcome = safelight.consent.renew(_purpose(purpose), until)
    except UserError as error:
        return _privacy(request, safelight, problem=str(error))
    if isinstance(outcome, Refusal):
        return _privacy(request, safelight, problem=outcome.text)
    return see(own_path(field(form, "back"), "/privacy"))


@router.post("/privacy/seen/{purpose}")
def seen(safelight: Library, purpose: str, form: Form) -> Response:
    """Leave off what has run out."""
    safelight.consent.decline([_purpose(purpose)], for_good=True)
    return see(own_path(field(form, "back"), "/privacy"))


@router.get("/photo/{name}/account")
def explain(request: Request, safelight: Library, name: str, prove: bool = False) -> Response:
    """Who looked at one photo, why that was allowed, what is kept of it."""
    photo = allowed(safelight.explaining.explain(name, prove=prove))
    if photo is None:
        raise HTTPException(404, "This photo is not in the library, or not any more.")
    accounts = [each for each in photo.purposes if each.since is not None or each.held]
    checks = [look.proven for each in accounts for look in each.looks]
    return page(
        request,
        "explain.html",
        photo=photo,
        on=[each for each in accounts if each.covered],
        shown_accounts=accounts,
        off_titles=[each.title for each in photo.purposes if each not in accounts],
        kept=sum(len(each.held) for each in accounts),
        size=sum(item.size for each in accounts for item in each.held),
        uses=photo.uses,
        proved=all(checks) if prove else None,
    )


@router.get("/regions")
def regions(request: Request, safelight: Library) -> Response:
    """What each region adds, with sources, and which one is chosen."""
    return _regions(request, safelight)


@router.post("/regions")
def choose_region(request: Request, safelight: Library, form: Form) -> Response:
    """Set a region, or none; it only takes away."""
    try:
        ended = safelight.regions.choose(field(form, "region"))
    except UserError as error:
        return _regions(request, safelight, str(error))
    response = see("/regions?said=region")
    return emptied(response) if ended else response


def _regions(request: Request, safelight: Safelight, problem: str = "") -> Response:
    found = safelight.regions
    return page(
        request,
        "regions.html",
        status=400 if problem else 200,
        rows=found.all(),
        here=found.here(),
        fixed=found.fixed,
        problem=problem,
    )


def _purpose(name: str) -> Purpose:
    try:
        return Purpose(name)
    except ValueError:
        raise HTTPException(404, "There is no such switch.") from None


def _privacy(
    request: Request,
    safelight: Safelight,
    *,
    problem: str = "",
    reports: list[ErasureReport] | None = None,
) -> Response:
    midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    account = safelight.accounting.account(midnight)
    return page(
        request,
        "privacy.html",
        status=400 if problem else 200,
        account=account,
        on=[row for row in account.purposes if row.state.active],
        off=[row for row in account.purposes if not row.state.active],
        reports=reports or [],
        problem=problem,
        status_of=safelight.status(),
        region=safelight.regions.here(),
        gpc=safelight.consent.heard(GPC),
    )
