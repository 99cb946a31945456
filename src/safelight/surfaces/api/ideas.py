"""Ideas."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from safelight.app.views import IdeaCard
from safelight.model.ideas import Idea
from safelight.surfaces.api.session import Library, found

router = APIRouter(tags=["ideas"])


class Verdict(BaseModel):
    """An answer to an idea."""

    verdict: Literal["like", "dismiss", "hide", "restore"]


class OwnTitle(BaseModel):
    """A title of the person's own; an empty one gives the idea its own back."""

    title: str


@router.get("/ideas")
def ideas(
    safelight: Library, state: Literal["offered", "all", "dismissed"] = "offered"
) -> list[IdeaCard]:
    """Ideas with their reasons and state."""
    return safelight.ideas(state)


@router.get("/today")
def today(safelight: Library) -> list[IdeaCard]:
    """Ideas that came today, under `suggest`."""
    safelight.require_library()
    return safelight.daily.cards()


@router.get("/surprise")
def surprise(safelight: Library, seed: int | None = None) -> IdeaCard:
    """One good idea by chance; the same seed gives the same one."""
    safelight.require_library()
    return found(safelight.daily.surprise(seed), "idea")


@router.post("/ideas")
def make(safelight: Library) -> list[Idea]:
    """Look for ideas now."""
    return safelight.make_ideas()


@router.get("/ideas/{name}")
def idea(safelight: Library, name: str) -> IdeaCard:
    """One idea."""
    return found(safelight.idea(name), "idea")


@router.post("/ideas/{name}/decide")
def decide(safelight: Library, name: str, verdict: Verdict) -> IdeaCard:
    """Like, dismiss, hide or bring back."""
    safelight.answers.decide(name, verdict.verdict)
    return found(safelight.idea(name), "idea")


@router.put("/ideas/{name}/title")
def entitle(safelight: Library, name: str, own: OwnTitle) -> IdeaCard:
    """Give an idea a title of your own."""
    safelight.answers.entitle(name, own.title)
    return found(safelight.idea(name), "idea")
