"""`/api/v1`: what the pages show and do, as JSON. Thin: it asks the facade and passes it on.

Pages ask from the same origin and repeat the cookie in `X-CSRF-Token`; other programs show a token
as `Authorization: Bearer …`.
"""

from __future__ import annotations

from fastapi import APIRouter

from safelight.surfaces.api import (
    assets,
    consent,
    creations,
    erasing,
    ideas,
    kept_out,
    ledger,
    making,
    people,
    preferring,
    scanning,
    search,
    sharing,
    themes,
)

router = APIRouter(prefix="/api/v1")
ROOMS = (
    consent,
    erasing,
    assets,
    kept_out,
    people,
    search,
    themes,
    ideas,
    preferring,
    creations,
    making,
    sharing,
    scanning,
    ledger,
)
for each in ROOMS:
    router.include_router(each.router)

__all__ = ["router"]
