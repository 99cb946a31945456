"""Themes."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from safelight.app.theming import ThemeRow
from safelight.surfaces.api.session import Library

router = APIRouter(prefix="/themes", tags=["themes"])


class Example(BaseModel):
    """A theme of one's own, and photos that show it."""

    name: str
    like: list[str]


@router.get("")
def themes(safelight: Library) -> list[ThemeRow]:
    """Every theme, with how many moments show it."""
    safelight.require_library()
    return safelight.teaching.rows()


@router.post("", status_code=201)
def teach(safelight: Library, example: Example) -> ThemeRow:
    """Learn a theme by example, under `learn`."""
    return safelight.teaching.teach(example.name, example.like)


@router.delete("/{name}")
def forget(safelight: Library, name: str) -> dict[str, bool]:
    """Forget an own theme."""
    return {"forgotten": safelight.teaching.forget(name)}
