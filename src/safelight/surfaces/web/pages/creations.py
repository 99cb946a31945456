"""What was made and kept."""

from __future__ import annotations

import re

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.model.creations import CreationKind
from safelight.surfaces.web.pages.pictures import picture_response
from safelight.surfaces.web.session import Library, emptied, page, see

router = APIRouter()
_EDGE = 1600
_MOVES = (CreationKind.GIF, CreationKind.FILM)
"""Drawn anew at another size they would stand still."""


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
    if creation.kind in _MOVES or not creation.media_type.startswith("image/"):
        return _part(request, content, creation.media_type)
    shown = safelight.sharing.show(safelight.sharing.subject(name), _EDGE)
    return picture_response(request, shown, "image/webp")


def _part(request: Request, content: bytes, media_type: str) -> Response:
    """The whole, or the range that a player asks for (RFC 9110, 14): some play nothing without."""
    asked = re.fullmatch(r"bytes=(\d{1,12})-(\d{0,12})", request.headers.get("range", ""))
    if asked is None:
        response = picture_response(request, content, media_type)
        response.headers["accept-ranges"] = "bytes"
        return response
    first = int(asked[1])
    last = min(int(asked[2] or len(content)), len(content) - 1)
    if first > last:
        return Response(status_code=416, headers={"content-range": f"bytes */{len(content)}"})
    headers = {"content-range": f"bytes {first}-{last}/{len(content)}", "accept-ranges": "bytes"}
    return Response(content[first : last + 1], 206, headers, media_type)


@router.get("/creations/{name}/poster")
def poster(request: Request, safelight: Library, name: str) -> Response:
    """The frame that stands for a film."""
    found = safelight.making.poster(name)
    if found is None:
        raise HTTPException(404, "There is no still picture of this.")
    return picture_response(request, found)


@router.post("/creations/{name}/delete")
def delete(safelight: Library, name: str) -> Response:
    """Delete one creation."""
    if not safelight.delete_creation(name):
        raise HTTPException(404, "This creation is no longer there.")
    return emptied(see("/creations?said=deleted"))
