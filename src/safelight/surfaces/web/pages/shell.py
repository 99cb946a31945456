"""What surrounds the pages: static files, manifest, service worker, theme, help."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from safelight.surfaces.web.rendering import STATIC, THEME_COOKIE, THEMES, Renderer, standing_words
from safelight.surfaces.web.session import Form, Library, field, own_path, page, see
from safelight.surfaces.web.shapes import ratio_styles

router = APIRouter()
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}
_FOR_GOOD = "public, max-age=31536000, immutable"
_A_YEAR_S = 31_536_000


@router.get("/static/{version}/css/ratios.css")
def ratios(version: str) -> Response:
    """The shapes that photos may have."""
    return Response(ratio_styles(), media_type="text/css", headers={"cache-control": _FOR_GOOD})


@router.get("/static/{version}/{path:path}")
def static(request: Request, version: str, path: str) -> Response:
    """A file of the app's own; its address changes when it does."""
    found = (STATIC / path.replace("\0", "")).resolve()
    kind = _TYPES.get(found.suffix)
    if kind is None or not found.is_relative_to(STATIC.resolve()) or not found.is_file():
        raise HTTPException(404, "There is no such file.")
    renderer: Renderer = request.app.state.renderer
    keep = _FOR_GOOD if version == renderer.version else "no-cache"
    return FileResponse(found, media_type=kind, headers={"cache-control": keep})


@router.get("/manifest.webmanifest")
def manifest(request: Request) -> Response:
    """What an installed app is called and looks like."""
    renderer: Renderer = request.app.state.renderer
    text = renderer.page(request, "manifest.webmanifest", {})
    return Response(text, media_type=_TYPES[".webmanifest"], headers={"cache-control": "no-cache"})


@router.get("/sw.js")
def service_worker(request: Request) -> Response:
    """The service worker, which keeps the shell and never a photo."""
    renderer: Renderer = request.app.state.renderer
    text = renderer.page(request, "sw.js", {})
    return Response(text, media_type=_TYPES[".js"], headers={"cache-control": "no-cache"})


@router.get("/favicon.ico")
def favicon() -> Response:
    """The icon, for browsers that ask without looking."""
    return FileResponse(
        STATIC / "icons" / "icon-192.png",
        media_type="image/png",
        headers={"cache-control": "private, max-age=86400"},
    )


@router.get("/offline")
def offline(request: Request) -> Response:
    """Shown by the service worker when Safelight is not running."""
    return page(request, "offline.html")


@router.get("/standing")
def standing(safelight: Library) -> Response:
    """What is on now; an open page asks whether what it shows is still allowed."""
    return PlainTextResponse(standing_words(safelight), headers={"cache-control": "no-store"})


@router.get("/help")
def keyboard_help(request: Request) -> Response:
    """Keys, for those who cannot open the dialog."""
    return page(request, "help.html")


@router.post("/theme")
def theme(form: Form) -> Response:
    """Remember light, dark, or as the system has it."""
    wanted = field(form, "theme")
    response = see(own_path(field(form, "back")))
    if wanted in THEMES:
        response.set_cookie(
            THEME_COOKIE, wanted, max_age=_A_YEAR_S, httponly=True, samesite="strict"
        )
    else:
        response.delete_cookie(THEME_COOKIE)
    return response
