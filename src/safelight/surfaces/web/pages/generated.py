"""A picture that the person's own generator is asked for: begun, watched, stopped."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.surfaces.web.pages.alter import read_view
from safelight.surfaces.web.session import Form, Library, field, page, see

router = APIRouter(prefix="/generated/{asset}")


@router.post("")
def start(safelight: Library, asset: str, form: Form) -> Response:
    """Hand the photo over, in the background."""
    wish = replace(read_view(asset, form).wish, style="generator", words=field(form, "words"))
    job = safelight.making.start("restyle", wish)
    return see(f"/generated/{asset}/{job.id}")


@router.get("/{name}")
def watch(request: Request, safelight: Library, asset: str, name: str) -> Response:
    """How far it is; when it is done, the picture."""
    job = safelight.making.jobs.find(name)
    if job is None:
        raise HTTPException(404, "This picture is not being made any more. Look under Creations.")
    made = safelight.creation(job.creation) if job.creation else None
    part = bool(request.headers.get("x-part"))
    return page(
        request,
        "generated_progress.html" if part else "generated.html",
        asset=asset,
        job=job,
        made=made[0] if made else None,
    )


@router.post("/{name}/stop")
def stop(safelight: Library, asset: str, name: str) -> Response:
    """End it here and in the generator; nothing is kept."""
    safelight.making.jobs.stop(name)
    return see(f"/generated/{asset}/{name}")
