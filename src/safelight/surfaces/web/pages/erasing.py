"""Erasing what is known of a photo, a folder or a person; and the receipts of what was erased."""

from __future__ import annotations

import json

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.app.erasing import Selection
from safelight.model.errors import UserError
from safelight.surfaces.web.session import Form, Library, emptied, field, page, see

router = APIRouter()


@router.get("/erase")
def confirm(
    request: Request,
    safelight: Library,
    photo: str = "",
    folder: str = "",
    person: str = "",
) -> Response:
    """Say what would go, before anything does."""
    selection = _selection(safelight, photo, folder, person)
    return page(
        request,
        "erase.html",
        forecast=safelight.erasing.forecast(selection),
        photo=photo,
        folder=folder,
        person=person,
        name=_name(safelight, person),
    )


@router.post("/erase")
def erase(safelight: Library, form: Form) -> Response:
    """Erase, and show the receipt."""
    chosen = (field(form, name) for name in ("photo", "folder", "person"))
    erased = safelight.erasing.erase(_selection(safelight, *chosen))
    return emptied(see(f"/receipts?said=erased#r{erased.entry}"))


@router.get("/receipts")
def receipts(request: Request, safelight: Library) -> Response:
    """Every receipt in words, and how many photos are passed over."""
    rows, left_out = safelight.receipts.all(), safelight.erasing.left_out()
    return page(request, "receipts.html", receipts=rows, left_out=left_out)


@router.post("/receipts/lift")
def lift(safelight: Library) -> Response:
    """Let every photo back in that was erased by itself."""
    safelight.erasing.lift_all()
    return see("/receipts?said=lifted")


@router.get("/receipts/{entry}.json")
def receipt(safelight: Library, entry: int) -> Response:
    """A signed receipt as a file."""
    text = json.dumps(safelight.receipts.get(entry), indent=1, ensure_ascii=False)
    return _file(text, "application/json", f"safelight-erasure-{entry}.json")


@router.get("/receipts/{entry}.tlog-proof")
def proof(safelight: Library, entry: int) -> Response:
    """The proof inside a receipt, alone, for other programs."""
    text = str(safelight.receipts.get(entry)["proof"])
    return _file(text, "text/plain", f"safelight-erasure-{entry}.tlog-proof")


def _selection(safelight: Safelight, photo: str, folder: str, person: str) -> Selection:
    if bool(photo) + bool(folder) + bool(person) != 1:
        raise UserError("Choose a photo, a folder or a person.")
    if person:
        return safelight.erasing.person(person)
    return safelight.erasing.folder(folder) if folder else safelight.erasing.photos([photo])


def _name(safelight: Safelight, person: str) -> str:
    found = safelight.people.person(person) if person else None
    return (found.name or "") if found else ""


def _file(text: str, kind: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=kind, headers=headers)
