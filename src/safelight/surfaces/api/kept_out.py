"""What is kept out of ideas, what was seen in one photo, and what looks like it."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from safelight.app.insights import Insight
from safelight.app.keeping_out import KeptGroup, KeptPicture
from safelight.app.views import AssetRow
from safelight.model.consent import Refusal
from safelight.model.errors import RefusedError
from safelight.surfaces.api.session import Library, found

router = APIRouter(tags=["library"])
_MOST = 1_000


class Decision(BaseModel):
    """Whether a kept-out picture may be in ideas all the same."""

    bring_back: bool = True


@router.get("/kept-out")
def kept_out(safelight: Library, at: int = 0, count: int = 60) -> list[KeptGroup]:
    """Groups by reason; of each, `count` pictures from `at` on."""
    return safelight.keeping_out.groups(max(0, at), max(1, min(count, _MOST)))


@router.post("/kept-out/{name}")
def decide(safelight: Library, name: str, decision: Decision) -> KeptPicture:
    """Bring a picture back, or leave it out again."""
    safelight.keeping_out.bring_back(name, decision.bring_back)
    return found(safelight.keeping_out.one(name), "picture")


@router.get("/assets/{name}/content")
def content(safelight: Library, name: str) -> Insight:
    """What was seen in one photo, under `content`."""
    return found(safelight.insights.of(name), "photo that was looked at")


@router.get("/assets/{name}/similar")
def similar(safelight: Library, name: str, count: int = 24) -> list[AssetRow]:
    """Photos that look like one, most alike first, under `content`."""
    alike = safelight.insights.alike(name, max(1, min(count, 200)))
    if isinstance(alike, Refusal):
        raise RefusedError(alike.text)
    return [row for row, _ in found(alike, "photo that was looked at")]
