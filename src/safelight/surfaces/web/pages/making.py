"""One photo altered in the background: begun, watched, stopped.

For what takes long: a picture of the person's own generator, a photo made twice as large.
"""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.surfaces.web.pages.alter import read_view
from safelight.surfaces.web.session import Form, Library, field, page, see

router = APIRouter(prefix="/making/{asset}")
_BEGUN = 0.11
"""A share up to which nothing is known but that it has begun."""


@router.post("")
def start(safelight: Library, asset: str, form: Form) -> Response:
    """Begin, in the background."""
    view = read_view(asset, form)
    wish = replace(
        view.wish,
        words=field(form, "words") or None,
        larger=not view.style and field(form, "larger") != "",
    )
    job = safelight.making.start("restyle" if view.style else "enhance", wish)
    return see(f"/making/{asset}/{job.id}")


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
        "making_progress.html" if part else "making.html",
        asset=asset,
        job=job,
        told=job.share > _BEGUN,
        made=made[0] if made else None,
        generated=made is not None and made[0].recipe.get("origin") == "generator",
    )


@router.post("/{name}/stop")
def stop(safelight: Library, asset: str, name: str) -> Response:
    """End it, in a generator, too; nothing is kept."""
    safelight.making.jobs.stop(name)
    return see(f"/making/{asset}/{name}")
