"""The day's ideas on a page of their own, and a surprise."""

from __future__ import annotations

import hashlib
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.surfaces.web.session import Library, is_on, page, see

router = APIRouter()
SEEN_COOKIE = "safelight-seen"
_TWO_DAYS_S = 172_800


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


@router.post("/today/seen")
def seen(request: Request, safelight: Library) -> Response:
    """Put the notice of today's ideas away, in this browser; later ones may say so again."""
    response = see("/")
    response.set_cookie(
        SEEN_COOKIE, said_today(safelight), max_age=_TWO_DAYS_S, httponly=True, samesite="strict"
    )
    return response


def new_today(request: Request, safelight: Safelight) -> int:
    """How many ideas came today, unless the person has put that notice away."""
    cards = safelight.daily.cards()
    away = request.cookies.get(SEEN_COOKIE) == said_today(safelight)
    return 0 if away else len(cards)


def said_today(safelight: Safelight) -> str:
    """The day and a short digest of its ideas."""
    names = ",".join(sorted(card.idea.id for card in safelight.daily.cards()))
    digest = hashlib.blake2b(names.encode(), digest_size=6).hexdigest()
    return f"{date.today():%Y%m%d}-{digest}"


@router.get("/today/surprise")
def surprise(safelight: Library, seed: int | None = None) -> Response:
    """One good idea by chance."""
    safelight.require_library()
    card = safelight.daily.surprise(seed)
    return see(f"/ideas/{card.idea.id}" if card else "/")
