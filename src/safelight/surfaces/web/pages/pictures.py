"""Pictures: previews and larger views, asked of the gate anew each time a browser asks."""

from __future__ import annotations

import hashlib

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.model.errors import SourceError
from safelight.surfaces.web.session import Library, allowed

router = APIRouter()
_EDGES = frozenset({1600, 2560})
_KEEP = "private, max-age=60, must-revalidate"


@router.get("/previews/{name}.jpg")
def preview(request: Request, safelight: Library, name: str) -> Response:
    """A small picture."""
    content = allowed(safelight.preview(name))
    if content is None:
        raise HTTPException(404, "There is no such picture.")
    return picture_response(request, content)


@router.get("/pictures/{name}.jpg")
def picture(request: Request, safelight: Library, name: str, edge: int = 1600) -> Response:
    """A large picture from the original; its preview where the disk is away."""
    if edge not in _EDGES:
        raise HTTPException(404, "There is no such size.")
    try:
        content = allowed(safelight.picture(name, edge))
    except SourceError:
        content = allowed(safelight.preview(name))
    if content is None:
        raise HTTPException(404, "There is no such picture.")
    return picture_response(request, content)


def picture_response(request: Request, content: bytes, media_type: str = "image/jpeg") -> Response:
    """A picture for this browser only, briefly kept, then asked for again by its digest."""
    tag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    headers = {"cache-control": _KEEP, "etag": tag}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)
