"""What was made and kept."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.surfaces.web.pages.collages import attachment
from safelight.surfaces.web.pages.pictures import picture_response
from safelight.surfaces.web.session import Library, page, see

router = APIRouter()
_SUFFIXES = {"image/jpeg": "jpg", "image/png": "png"}


@router.get("/creations")
def creations(request: Request, safelight: Library) -> Response:
    """Kept creations, newest first."""
    return page(request, "creations.html", creations=safelight.creations())


@router.get("/creations/{name}/file")
def file(request: Request, safelight: Library, name: str, download: bool = False) -> Response:
    """One creation's file."""
    found = safelight.creation(name)
    if found is None:
        raise HTTPException(404, "This creation is no longer there.")
    creation, content = found
    response = picture_response(request, content, creation.media_type)
    if download:
        suffix = _SUFFIXES.get(creation.media_type, "bin")
        response.headers["content-disposition"] = attachment(creation.title, suffix)
    return response


@router.post("/creations/{name}/delete")
def delete(safelight: Library, name: str) -> Response:
    """Delete one creation."""
    if not safelight.delete_creation(name):
        raise HTTPException(404, "This creation is no longer there.")
    return see("/creations?said=deleted")
