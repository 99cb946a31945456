"""Assets, moments and trips."""

from __future__ import annotations

from fastapi import APIRouter

from safelight.app.explaining import Explanation
from safelight.app.views import AssetDetail, AssetRow, MonthCount, TimelinePage
from safelight.model.consent import Refusal
from safelight.model.errors import RefusedError
from safelight.model.ideas import Moment, Trip
from safelight.surfaces.api.session import Library, found

router = APIRouter(tags=["library"])


@router.get("/assets")
def assets(
    safelight: Library, cursor: str | None = None, month: str | None = None, limit: int = 120
) -> TimelinePage:
    """One page of the library, newest first; what is not allowed is null."""
    return safelight.showing.timeline_page(cursor, month, max(1, min(limit, 1000)))


@router.get("/assets/problems")
def problems(safelight: Library) -> list[AssetRow]:
    """Assets that could not become pictures or not be looked at."""
    return safelight.showing.problems()


@router.post("/assets/look-again")
def look_again(safelight: Library, assets: list[str] | None = None) -> list[str]:
    """Let the next scan look again at these, or at all that could not be looked at; gives which."""
    return safelight.failed_looks.try_again(assets or [])


@router.get("/assets/{name}")
def asset(safelight: Library, name: str) -> AssetDetail:
    """One asset."""
    return found(safelight.showing.asset(name), "photo")


@router.get("/assets/{name}/account")
def account(safelight: Library, name: str, prove: bool = False) -> Explanation:
    """Who looked at it, why that was allowed, what is kept of it; `prove` asks the ledger."""
    explained = safelight.explaining.explain(name, prove=prove)
    if isinstance(explained, Refusal):
        raise RefusedError(explained.text)
    return found(explained, "photo")


@router.get("/months")
def months(safelight: Library) -> list[MonthCount]:
    """How many assets each month holds."""
    return safelight.showing.month_counts()


@router.get("/moments")
def moments(safelight: Library) -> list[Moment]:
    """Moments, oldest first."""
    return safelight.moments()


@router.get("/trips")
def trips(safelight: Library) -> list[Trip]:
    """Trips, oldest first."""
    return safelight.trips()
