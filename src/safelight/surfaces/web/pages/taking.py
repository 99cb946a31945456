"""What is the person's own, to take along: the archive, consent records and receipts."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from safelight.app.archive import PARTS
from safelight.surfaces.web.session import Form, Library, fields, page
from safelight.surfaces.web.streaming import from_one_thread

router = APIRouter(prefix="/privacy")


@router.get("/export")
def choose(request: Request, safelight: Library) -> Response:
    """Ask what to include."""
    return _choice(request, safelight)


@router.post("/export")
def pack(request: Request, safelight: Library, form: Form) -> Response:
    """The archive, as it is packed."""
    chosen = fields(form, "part")
    if not chosen:
        return _choice(request, safelight, "Choose at least one part.")
    headers = {"content-disposition": 'attachment; filename="safelight.zip"'}
    pieces = from_one_thread(lambda: safelight.archiving.pack(chosen))
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)


@router.get("/record.jsonld")
def record(safelight: Library) -> Response:
    """Consent records and receipts, ISO/IEC TS 27560 in DPV."""
    return _file(safelight.records.text("dpv"), "application/ld+json", "consent-record.jsonld")


@router.get("/receipt.json")
def receipt(safelight: Library) -> Response:
    """Consent receipts, Kantara 1.1."""
    return _file(safelight.records.text("kantara"), "application/json", "consent-receipts.json")


def _choice(request: Request, safelight: Library, problem: str = "") -> Response:
    on = set(safelight.status().on)
    return page(
        request,
        "export.html",
        status=400 if problem else 200,
        parts=[(part, part.purpose is None or part.purpose in on) for part in PARTS],
        problem=problem,
    )


def _file(text: str, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=media_type, headers=headers)
