"""Collages drawn on request, downloaded, or kept; nothing is stored before it is asked."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

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

_SIZES: dict[str, tuple[int, str, str]] = {
    "screen": (1280, "image/jpeg", "jpg"),
    "jpeg": (2048, "image/jpeg", "jpg"),
    "print": (4724, "image/jpeg", "jpg"),  # 40 cm at 300 dots an inch
    "png": (2048, "image/png", "png"),
}


@router.get("/collage")
def draw(request: Request, safelight: Library, size: str = "screen") -> Response:
    """A collage as a picture: for the page, or to download."""
    if size not in _SIZES:
        raise HTTPException(404, "There is no such size.")
    edge, media_type, suffix = _SIZES[size]
    view = read_view(request.query_params, CollageView(()))
    plan = _plan(safelight, view)
    scale = edge / max(plan.width, plan.height)
    content = safelight.render_collage(plan, scale, media_type)
    response = picture_response(request, content, media_type)
    if size != "screen":
        response.headers["content-disposition"] = attachment(view.title or "Collage", suffix)
    return response


@router.post("/collage/keep")
def keep(request: Request, safelight: Library, form: Form) -> Response:
    """Keep a collage among the creations."""
    plan = _plan(safelight, read_view(QueryParams(field(form, "view")), CollageView(())))
    creation = safelight.make_collage(plan, field(form, "idea") or None)
    if request.headers.get("x-part"):
        return page(request, "kept.html", creation=creation)
    return see("/creations?said=kept")


def attachment(title: str, suffix: str) -> str:
    """A Content-Disposition that saves under a title, whatever characters it holds."""
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f\s]+', " ", title).strip(" .")[:80] or "Collage"
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or "Collage"
    return f"attachment; filename=\"{plain}.{suffix}\"; filename*=UTF-8''{quote(name)}.{suffix}"


def _plan(safelight: Safelight, view: CollageView) -> CollagePlan:
    sheet = lay_out(safelight, view)
    if sheet.plan is None:
        raise HTTPException(404, sheet.note)
    return sheet.plan
