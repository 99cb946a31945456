"""Collages and what was kept."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel

from safelight.model.creations import Creation
from safelight.surfaces.api.session import Library, found

router = APIRouter(tags=["creations"])


def _whole(text: str) -> str:
    text.encode()  # half of a letter, which JSON can hold, goes into no answer
    return text


Words = Annotated[str, AfterValidator(_whole)]


class CollageWish(BaseModel):
    """What a collage is to be made of."""

    assets: list[str]
    format: str = "square"
    title: Words | None = None
    subtitle: Words | None = None
    seed: int = 0
    style: str = "mosaic"
    count: int = 6


class Plan(BaseModel):
    """A plan as `/collages/plans` gave it, and the idea it came from."""

    plan: dict[str, Any]
    idea: str | None = None


@router.get("/creations")
def creations(safelight: Library) -> list[Creation]:
    """What was kept, newest first."""
    return safelight.creations()


@router.post("/collages/plans")
def plans(safelight: Library, wish: CollageWish) -> list[dict[str, Any]]:
    """Alternative layouts, best first."""
    choice = safelight.collages.choices(
        wish.assets,
        format=wish.format,
        title=wish.title,
        subtitle=wish.subtitle,
        seed=wish.seed,
        style=wish.style,
        count=max(1, min(wish.count, 12)),
    )
    return [safelight.collages.to_json(plan) for plan in choice.plans]


@router.post("/creations", status_code=201)
def make(safelight: Library, wish: Plan) -> Creation:
    """Draw a plan and keep it."""
    ideas = [wish.idea] if wish.idea else []
    return safelight.collages.make(safelight.collages.from_json(wish.plan), ideas)


@router.get("/creations/{name}")
def creation(safelight: Library, name: str) -> Creation:
    """One creation with what it used."""
    return found(safelight.creation(name), "creation")[0]


@router.delete("/creations/{name}")
def delete(safelight: Library, name: str) -> dict[str, bool]:
    """Delete one creation."""
    return {"deleted": safelight.delete_creation(name)}
