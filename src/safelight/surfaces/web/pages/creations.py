"""What was made and kept."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.surfaces.web.pages.pictures import picture_response
from safelight.surfaces.web.session import Library, page, see

router = APIRouter()
_EDGE = 1600


@router.get("/creations")
def creations(request: Request, safelight: Library) -> Response:
    """Kept creations, newest first."""
    return page(request, "creations.html", creations=safelight.creations())


@router.get("/creations/{name}/file")
def file(request: Request, safelight: Library, name: str) -> Response:
    """One creation, to be looked at: pictures at the size of a screen, films as they play."""
    found = safelight.creation(name)
    if found is None:
        raise HTTPException(404, "This creation is no longer there.")
    creation, content = found
    if not creation.media_type.startswith("image/") or creation.media_type == "image/gif":
        return picture_response(request, content, creation.media_type)
    shown = safelight.sharing.show(safelight.sharing.subject(name), _EDGE)
    return picture_response(request, shown, "image/webp")


@router.post("/creations/{name}/delete")
def delete(safelight: Library, name: str) -> Response:
    """Delete one creation."""
    if not safelight.delete_creation(name):
        raise HTTPException(404, "This creation is no longer there.")
    return see("/creations?said=deleted")
