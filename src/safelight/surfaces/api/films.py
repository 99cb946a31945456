"""Films: started, watched, stopped. What is made is found under creations."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from safelight.app.making import MakingJob, Wish
from safelight.surfaces.api.session import Library, found

router = APIRouter(tags=["creations"])


class FilmWish(BaseModel):
    """What a film is to be made of: an idea, or assets in order."""

    idea: str | None = None
    assets: list[str] = []
    format: str = "story"
    seconds: float = 20.0
    music: str = "calm"
    titled: bool = True
    moving: bool = True
    seed: int = 0


@router.post("/films", status_code=202)
def start(safelight: Library, wish: FilmWish) -> MakingJob:
    """Start making a film."""
    safelight.require_library()
    card = safelight.idea(wish.idea) if wish.idea else None
    asked = Wish(
        card.idea.assets if card else tuple(wish.assets),
        card.idea if card else None,
        format=wish.format,
        titled=wish.titled,
        moving=wish.moving,
        seconds=wish.seconds,
        music=wish.music,
        seed=wish.seed,
    )
    return safelight.making.start("film", asked)


@router.get("/films/{name}")
def progress(safelight: Library, name: str) -> MakingJob:
    """How far a film is; `creation` is its id once it is done."""
    return found(safelight.making.jobs.find(name), "film")


@router.delete("/films/{name}")
def stop(safelight: Library, name: str) -> MakingJob:
    """Stop making it; nothing of it is kept."""
    safelight.making.jobs.stop(name)
    return found(safelight.making.jobs.find(name), "film")
