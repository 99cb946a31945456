"""Everything that can be made of photos: asked for, watched, stopped. The result is a creation."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from safelight.app.making.jobs import MakingJob
from safelight.app.making.wishes import Wish
from safelight.surfaces.api.session import Library, found

router = APIRouter(tags=["creations"])


class MakingWish(BaseModel):
    """What is to be made, of an idea or of assets in order; each kind reads what concerns it."""

    kind: str
    idea: str | None = None
    assets: list[str] = []
    format: str | None = None
    style: str | None = None
    strength: Annotated[float, Field(ge=0, le=1)] | None = None
    keep_colours: bool = False
    larger: bool = False
    seconds: float | None = None
    music: str | None = None
    moving: bool = True
    words: Annotated[str, Field(max_length=1000)] | None = None
    titled: bool = True
    seed: int = 0


@router.get("/styles")
def styles(safelight: Library) -> list[dict[str, Any]]:
    """What a photo can be restyled with, and the purpose that it needs."""
    return [
        {"name": row.name, "label": row.label, "origin": row.origin, "purpose": row.purpose}
        for row in safelight.making.restyles.styles()
    ]


@router.post("/making", status_code=202)
def start(safelight: Library, wish: MakingWish) -> MakingJob:
    """Start making something: enhance, restyle, gif, sticker, card, pdf, collage or film."""
    safelight.require_library()
    card = found(safelight.idea(wish.idea), "idea") if wish.idea else None
    asked = Wish(
        card.idea.assets if card else tuple(wish.assets),
        card.idea if card else None,
        **wish.model_dump(exclude={"kind", "idea", "assets"}),
    )
    return safelight.making.start(wish.kind, asked)


@router.get("/making/{name}")
def progress(safelight: Library, name: str) -> MakingJob:
    """How far it is; `creation` is its id once it is done, `note` what went wrong."""
    return found(safelight.making.jobs.find(name), "job")


@router.delete("/making/{name}")
def stop(safelight: Library, name: str) -> MakingJob:
    """Stop making it, in a generator, too; nothing of it is kept."""
    safelight.making.jobs.stop(name)
    return found(safelight.making.jobs.find(name), "job")
