"""One photo altered in the background: begun, watched, stopped.

For what takes long: a picture of the person's own generator, a photo made twice as large.
"""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from safelight.model.creations import Creation
from safelight.surfaces.web.pages.alter import read_view
from safelight.surfaces.web.session import Form, Library, field, see
from safelight.surfaces.web.watching import watch_page

router = APIRouter(prefix="/making/{asset}")


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

    def more(made: Creation | None) -> dict[str, object]:
        generated = made is not None and made.recipe.get("origin") == "generator"
        return {"asset": asset, "generated": generated}

    return watch_page(
        request, safelight, name, "making_progress.html", title="Being made", more=more
    )


@router.post("/{name}/stop")
def stop(safelight: Library, asset: str, name: str) -> Response:
    """End it, in a generator, too; nothing is kept."""
    safelight.making.jobs.stop(name)
    return see(f"/making/{asset}/{name}")
