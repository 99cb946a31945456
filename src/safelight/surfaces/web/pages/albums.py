"""Only these photos: albums to limit a permission to, picked by name before anything is read."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.model.errors import UserError
from safelight.surfaces.web.session import Form, Library, emptied, field, fields, page, see

router = APIRouter(prefix="/albums")
USUAL_NAME = "Only these photos"


@router.get("")
def albums(request: Request, safelight: Library) -> Response:
    """Every album, and what is limited to it."""
    return _albums(request, safelight)


@router.get("/pick")
def look(
    request: Request, safelight: Library, folder: str = "", name: str = USUAL_NAME
) -> Response:
    """The names in a folder, to pick from."""
    return _folder(request, safelight, folder, name)


@router.post("/pick")
def pick(request: Request, safelight: Library, form: Form) -> Response:
    """Put what was ticked into the album, and take out what no longer is."""
    name, folder = field(form, "name") or USUAL_NAME, field(form, "folder")
    wanted, offered = set(fields(form, "path")), set(fields(form, "offered"))
    try:
        before = _content(safelight, name)
        if wanted - before:
            safelight.consent.scoping.pick(name, sorted(wanted - before))
        gone = (offered - wanted) & before
        if gone:
            safelight.consent.take_out(name, sorted(gone))
    except UserError as error:
        return _folder(request, safelight, folder, name, str(error))
    there = field(form, "then")
    answer = _pick_address(there, name) if there else see("/albums?said=picked")
    return emptied(answer) if gone else answer


@router.post("/remove")
def remove(request: Request, safelight: Library, form: Form) -> Response:
    """Forget an album."""
    try:
        safelight.consent.remove_album(field(form, "name"))
    except UserError as error:
        return _albums(request, safelight, str(error))
    return emptied(see("/albums?said=albumgone"))


def _pick_address(folder: str, name: str) -> RedirectResponse:
    return see(f"/albums/pick?{urlencode({'folder': folder, 'name': name})}")


def _content(safelight: Safelight, name: str) -> set[str]:
    for album in safelight.consent.scoping.albums():
        if album.name == name:
            return {*album.files, *album.folders}
    return set()


def _albums(request: Request, safelight: Safelight, problem: str = "") -> Response:
    scoping = safelight.consent.scoping
    rows = [(album, scoping.limited_by(album.name)) for album in scoping.albums()]
    return page(
        request,
        "albums.html",
        status=400 if problem else 200,
        albums=rows,
        sources=safelight.sources(),
        problem=problem,
        usual_name=USUAL_NAME,
        library_on=Purpose.LIBRARY in safelight.status().on,
    )


def _folder(
    request: Request, safelight: Safelight, folder: str, name: str, problem: str = ""
) -> Response:
    sources = safelight.sources()
    if not folder and len(sources) == 1:
        folder = sources[0].location
    names = None
    if folder:
        try:
            names = safelight.consent.scoping.look(folder)
        except UserError as error:
            problem = problem or str(error)
    return page(
        request,
        "album_pick.html",
        status=400 if problem else 200,
        names=names,
        name=name,
        picked=_content(safelight, name),
        sources=sources,
        problem=problem,
    )
