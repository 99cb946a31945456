"""Collages drawn on request to be looked at, or kept; what is to leave is kept, then shared."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from safelight.app import Safelight
from safelight.app.views import ArrangedCollage
from safelight.surfaces.web.arranging_view import plan_fields
from safelight.surfaces.web.collage_view import CollageView, lay_out, read_view
from safelight.surfaces.web.pages.pictures import picture_response
from safelight.surfaces.web.session import Form, Library, field, page, see

router = APIRouter()

_EDGE = 1280


@router.get("/collage")
def draw(request: Request, safelight: Library) -> Response:
    """A collage as a picture for the page."""
    plan = _found(safelight, read_view(request.query_params, CollageView(()))).plan
    scale = _EDGE / max(plan.width, plan.height)
    return picture_response(request, safelight.collages.render(plan, scale))


@router.get("/collage/plan")
def plan(request: Request, safelight: Library, do: str = "") -> Response:
    """Where everything in a collage lies, after one change; while a border is moved."""
    view = read_view(request.query_params, CollageView(()))
    return JSONResponse(plan_fields(_found(safelight, view, do)))


@router.get("/creations/{name}/edit")
def edit(request: Request, safelight: Library, name: str) -> Response:
    """A collage that was kept, to be changed and kept as another."""
    found = safelight.creation(name)
    if found is None:
        raise HTTPException(404, "This creation is no longer there.")
    made = found[0]
    base = CollageView.of(safelight.making.arranging.start(name))
    card = safelight.idea(made.idea) if made.idea else None
    return collage_page(
        request,
        safelight,
        read_view(request.query_params, base) if "photos" in request.query_params else base,
        "collage_edit.html",
        f"/creations/{name}/edit",
        own_words=(base.title, base.subtitle),
        pool=safelight.rows(card.idea.assets if card else made.used),
        made=made,
        source=name,
        idea_id=card.idea.id if card else "",
    )


@router.post("/collage/keep")
def keep(request: Request, safelight: Library, form: Form) -> Response:
    """Keep a collage among the creations; then ask about sharing it, if that was the wish."""
    view = read_view(QueryParams(field(form, "view")), CollageView(()))
    plan = _found(safelight, view).plan
    source = field(form, "source") or view.kept
    ideas = [name for name in field(form, "idea").split(",") if name]
    creation = safelight.collages.make(plan, ideas, source)
    if "share" in (field(form, "then"), request.query_params.get("then")):
        return see(f"/share/{creation.id}")
    if request.headers.get("x-part"):
        return page(request, "kept.html", creation=creation)
    return see("/creations?said=kept")


def collage_page(
    request: Request,
    safelight: Safelight,
    view: CollageView,
    template: str,
    action: str,
    own_words: tuple[str, str],
    **context: object,
) -> Response:
    """A page with a collage to change, or its part; after a change, the address of what came."""
    asked = request.query_params
    sheet = lay_out(safelight, view, asked.get("do", ""))
    swap = asked.get("swap", "")
    part = request.headers.get("x-part") == "collage"
    if "do" in asked and not part and not sheet.said and sheet.plan:
        # Loading such an address again must not zoom again.
        chosen = f"&swap={swap}" if swap else ""
        return see(f"{action}?{sheet.view.query()}{chosen}#collage")
    return page(
        request,
        "collage.html" if part else template,
        status=200,
        sheet=sheet,
        swap=swap,
        action=action,
        own_words=own_words,
        words_off=bool(own_words[0]) and not sheet.view.title,
        **context,
    )


def _found(safelight: Safelight, view: CollageView, step: str = "") -> ArrangedCollage:
    sheet = lay_out(safelight, view, step)
    if sheet.found is None:
        raise HTTPException(404, sheet.note)
    return sheet.found
