"""Collages drawn on request to be looked at, or kept; what is to leave is kept, then shared."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.model.creations import CollagePlan
from safelight.surfaces.web.collage_view import CollageView, lay_out, read_view
from safelight.surfaces.web.pages.pictures import picture_response
from safelight.surfaces.web.session import Form, Library, field, page, see

router = APIRouter()

_EDGE = 1280


@router.get("/collage")
def draw(request: Request, safelight: Library) -> Response:
    """A collage as a picture for the page."""
    view = read_view(request.query_params, CollageView(()))
    plan = _plan(safelight, view)
    scale = _EDGE / max(plan.width, plan.height)
    return picture_response(request, safelight.render_collage(plan, scale))


@router.post("/collage/keep")
def keep(request: Request, safelight: Library, form: Form) -> Response:
    """Keep a collage among the creations; then ask about sharing it, if that was the wish."""
    plan = _plan(safelight, read_view(QueryParams(field(form, "view")), CollageView(())))
    creation = safelight.make_collage(plan, field(form, "idea") or None)
    if "share" in (field(form, "then"), request.query_params.get("then")):
        return see(f"/share/{creation.id}")
    if request.headers.get("x-part"):
        return page(request, "kept.html", creation=creation)
    return see("/creations?said=kept")


def _plan(safelight: Safelight, view: CollageView) -> CollagePlan:
    sheet = lay_out(safelight, view)
    if sheet.plan is None:
        raise HTTPException(404, sheet.note)
    return sheet.plan
