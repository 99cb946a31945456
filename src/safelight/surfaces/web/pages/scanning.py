"""Starting, pausing and watching a scan."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from safelight.surfaces.web.session import Form, Library, field, own_path, page, see

router = APIRouter()


@router.post("/scan/start")
def start(safelight: Library, form: Form) -> Response:
    """Scan, or go on where it was paused."""
    safelight.scans.start()
    return see(own_path(field(form, "back")))


@router.post("/scan/stop")
def stop(safelight: Library, form: Form) -> Response:
    """Pause; what was read stays."""
    safelight.scans.stop()
    return see(own_path(field(form, "back")))


@router.get("/scan")
def strip(request: Request) -> Response:
    """The progress strip alone, for pages that watch."""
    return page(request, "scan.html", here="/")
