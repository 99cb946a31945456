"""The sample library: what it shows, and trying it with every switch on."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.app.demonstrating import REST, leave_the_rest, try_the_rest, waiting
from safelight.surfaces.web.session import Form, Library, field, page, see

router = APIRouter()


@router.get("/demo")
def demo(request: Request, safelight: Library) -> Response:
    """What is on in the sample library, and what is not."""
    _require(safelight)
    return page(
        request,
        "demo.html",
        waiting=waiting(safelight),
        on=[s for s in safelight.purposes() if s.active],
        some=any(s.active for s in safelight.purposes() if s.notice.purpose in REST),
    )


@router.post("/demo")
def answer(safelight: Library, form: Form) -> Response:
    """Turn the rest on, or off again, in the sample library."""
    _require(safelight)
    if field(form, "answer") == "all":
        try_the_rest(safelight)
        return see("/?said=demo.all")
    leave_the_rest(safelight)
    return see("/demo?said=demo.less")


def _require(safelight: Safelight) -> None:
    if not safelight.demo:
        raise HTTPException(404, "This is your own library, not the sample.")
