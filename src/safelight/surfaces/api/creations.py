"""Collages and what was kept."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from safelight.model.creations import Creation
from safelight.surfaces.api.session import Library, found

router = APIRouter(tags=["creations"])


class CollageWish(BaseModel):
    """What a collage is to be made of."""

    assets: list[str]
    format: str = "square"
    title: str | None = None
    subtitle: str | None = None
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
    choice = safelight.collage_choices(
        wish.assets,
        format=wish.format,
        title=wish.title,
        subtitle=wish.subtitle,
        seed=wish.seed,
        style=wish.style,
        count=max(1, min(wish.count, 12)),
    )
    return [safelight.plan_to_json(plan) for plan in choice.plans]


@router.post("/creations", status_code=201)
def make(safelight: Library, wish: Plan) -> Creation:
    """Draw a plan and keep it."""
    return safelight.make_collage(safelight.plan_from_json(wish.plan), wish.idea)


@router.get("/creations/{name}")
def creation(safelight: Library, name: str) -> Creation:
    """One creation with what it used."""
    return found(safelight.creation(name), "creation")[0]


@router.delete("/creations/{name}")
def delete(safelight: Library, name: str) -> dict[str, bool]:
    """Delete one creation."""
    return {"deleted": safelight.delete_creation(name)}
