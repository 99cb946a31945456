"""Search by words."""

from __future__ import annotations

from fastapi import APIRouter

from safelight.app.finding import PAGE, Found, Narrowing, Suggestions
from safelight.model.consent import Refusal
from safelight.model.errors import RefusedError
from safelight.surfaces.api.session import Library

router = APIRouter(prefix="/search", tags=["search"])


@router.get("")
def search(
    safelight: Library,
    q: str = "",
    year: int | None = None,
    place: str | None = None,
    person: str | None = None,
    at: int = 0,
    count: int = PAGE,
) -> Found:
    """One page of what answers `q`, best first, each with why; of everything where it is empty."""
    narrowing = Narrowing(year, place, person)
    found = safelight.finding.find(q[:400], narrowing, at=at, count=max(1, min(count, 500)))
    if isinstance(found, Refusal):
        raise RefusedError(found.text)
    return found


@router.get("/suggestions")
def suggestions(safelight: Library) -> Suggestions:
    """People, places, themes, things and years that this library holds."""
    return safelight.finding.suggestions()
