"""Sharing: what will go, what will stay, and the one route that gives a file away."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from safelight.surfaces.web.pages.pictures import picture_response
from safelight.surfaces.web.session import Form, Library, page
from safelight.surfaces.web.share_view import FORMATS, as_query, read_wish, size_name
from safelight.surfaces.web.signals import says_gpc

router = APIRouter(prefix="/share")


@router.get("/{name}")
def ask(request: Request, safelight: Library, name: str) -> Response:
    """The question, with everything that belongs to its answer. Nothing leaves."""
    wish = read_wish(request.query_params, gpc=says_gpc(request))
    subject = safelight.sharing.subject(name)
    return page(
        request,
        "share_told.html" if request.headers.get("x-part") else "share.html",
        sheet=safelight.sharing.sheet(subject, wish),
        people=safelight.sharing.known_people(subject),
        wish=wish,
        gpc=says_gpc(request),
        size=size_name(wish),
        formats=FORMATS,
        look=f"/share/{name}/look?{as_query(wish)}",
    )


@router.get("/{name}/look")
def look(request: Request, safelight: Library, name: str) -> Response:
    """How it will look: shown here, at the size of a screen at most."""
    subject = safelight.sharing.subject(name)
    content = safelight.sharing.look(subject, read_wish(request.query_params))
    response = picture_response(request, content)
    response.headers["cache-control"] = "no-store"  # a covered face must not stay uncovered
    return response


@router.post("/{name}")
def share(request: Request, safelight: Library, name: str, form: Form) -> Response:
    """The yes: the file, under a name that tells nothing."""
    subject = safelight.sharing.subject(name)
    shared = safelight.sharing.share(subject, read_wish(form, gpc=says_gpc(request)))
    return Response(
        shared.content,
        media_type=shared.media_type,
        headers={"content-disposition": f'attachment; filename="{shared.name}"'},
        background=BackgroundTask(safelight.sharing.handed_over, shared),
    )
