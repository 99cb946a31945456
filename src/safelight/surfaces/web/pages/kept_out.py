"""What is kept out of ideas, each with its reason and the way back."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.app.keeping_out import PAGE
from safelight.model.assets import KeptOut
from safelight.model.consent import Purpose
from safelight.surfaces.web.session import Form, Library, field, is_on, own_path, page, see, switch

router = APIRouter()
_FIRST = 12


@router.get("/kept-out")
def kept_out(request: Request, safelight: Library) -> Response:
    """Every reason with its newest pictures."""
    return page(
        request,
        "kept_out.html",
        groups=safelight.keeping_out.groups(count=_FIRST),
        back=safelight.keeping_out.brought_back(),
        reading=is_on(safelight, Purpose.LIBRARY),
        content=switch(safelight, Purpose.CONTENT),
    )


@router.get("/kept-out/{reason}")
def one_reason(request: Request, safelight: Library, reason: str, at: int = 0) -> Response:
    """All pictures that are kept out for one reason."""
    if reason not in set(KeptOut):
        raise HTTPException(404, "Nothing is kept out for such a reason.")
    at = max(0, at)
    groups = [g for g in safelight.keeping_out.groups(at) if g.reason == reason]
    total = groups[0].total if groups else 0
    return page(
        request,
        "kept_out_reason.html",
        reason=reason,
        group=groups[0] if groups else None,
        at=at,
        newer=max(0, at - PAGE) if at else None,
        older=at + PAGE if at + PAGE < total else None,
    )


@router.post("/kept-out/{name}")
def decide(safelight: Library, name: str, form: Form) -> Response:
    """Bring a picture back, or leave it out again."""
    back = field(form, "bring") != "no"
    safelight.keeping_out.bring_back(name, back)
    where = own_path(field(form, "back"), "/kept-out").partition("?")[0]
    return see(f"{where}?said={'brought-back' if back else 'left-out'}&about={name}")
