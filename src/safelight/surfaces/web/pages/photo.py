"""One photo with everything known of it, and the photos that look like it."""

from __future__ import annotations

from pathlib import PurePath

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.app.views import AssetDetail
from safelight.model.consent import Purpose
from safelight.surfaces.web.session import (
    Form,
    Library,
    allowed,
    field,
    own_path,
    page,
    see,
    switch,
)

router = APIRouter()


@router.get("/photo/{name}")
def photo(request: Request, safelight: Library, name: str) -> Response:
    """One photo, large, with its facts."""
    detail = _detail(safelight, name)
    safelight.warming.begin()
    faces = switch(safelight, Purpose.FACES)
    return page(
        request,
        "photo.html",
        photo=detail,
        row=detail.row,
        away=_away(safelight, detail),
        seen=safelight.insights.of(name),
        people=safelight.people.in_photo(name) if faces.active else [],
        kept=safelight.keeping_out.one(name),
        out=name in safelight.preferences.photos_out(),
        places=switch(safelight, Purpose.PLACES),
        content=switch(safelight, Purpose.CONTENT),
        faces=faces,
    )


@router.post("/photo/{name}/look-again")
def look_again(safelight: Library, name: str, form: Form) -> Response:
    """Look again at a photo that could not be looked at, now."""
    safelight.failed_looks.try_again([name])
    safelight.scans.start()
    return see(f"/photo/{name}")


@router.get("/photo/{name}/similar")
def similar(request: Request, safelight: Library, name: str) -> Response:
    """Photos that look like this one."""
    detail = _detail(safelight, name)
    found = allowed(safelight.insights.alike(name))
    return page(
        request,
        "similar.html",
        covered=safelight.keeping_out.sensitive(),
        row=detail.row,
        looked=found is not None,
        rows=[row for row, _ in found or ()],
    )


@router.post("/photo/{name}/ideas")
def in_ideas(request: Request, safelight: Library, name: str, form: Form) -> Response:
    """Take a photo out of all ideas, or let it back."""
    _detail(safelight, name)
    out = field(form, "stays") == "out"
    if out:
        safelight.preferences.hide(f"photo:{name}")
    else:
        safelight.preferences.bring_back(f"photo:{name}")
    if request.headers.get("x-part"):
        return Response(status_code=204)
    back = own_path(field(form, "back"), f"/photo/{name}").partition("?")[0]
    return see(f"{back}?said={'photo.out' if out else 'photo.back'}&about={name}")


def _detail(safelight: Safelight, name: str) -> AssetDetail:
    detail = safelight.showing.asset(name)
    if detail is None:
        raise HTTPException(404, "This photo is not in the library, or not any more.")
    return detail


def _away(safelight: Safelight, detail: AssetDetail) -> str:
    """Why the original cannot be opened now; empty where it can."""
    return next(
        (
            source.note or f"{source.location} is not connected."
            for source in safelight.sources()
            if not source.reachable and PurePath(detail.row.path).is_relative_to(source.location)
        ),
        "",
    )
