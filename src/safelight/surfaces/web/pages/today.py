"""The day's ideas on a page of their own, and a surprise."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from safelight.model.consent import Purpose
from safelight.surfaces.web.session import Library, is_on, page, see

router = APIRouter()


@router.get("/today")
def today(request: Request, safelight: Library) -> Response:
    """What came by itself today."""
    safelight.require_library()
    return page(
        request,
        "today.html",
        day=date.today(),  # the person's own day
        cards=safelight.daily.cards(),
        suggesting=is_on(safelight, Purpose.SUGGEST),
        at=safelight.settings.daily_at,
        some=bool(safelight.ideas()),
    )


@router.get("/today/surprise")
def surprise(safelight: Library, seed: int | None = None) -> Response:
    """One good idea by chance."""
    safelight.require_library()
    card = safelight.daily.surprise(seed)
    return see(f"/ideas/{card.idea.id}" if card else "/")
