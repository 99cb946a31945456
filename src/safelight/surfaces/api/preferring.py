"""What a person wants no ideas of."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from pydantic import BaseModel

from safelight.app.preferring import WishRow
from safelight.surfaces.api.session import Library, found

router = APIRouter(tags=["ideas"])


class Subject(BaseModel):
    """A subject of ideas: "place:IT//", "days:2015-06-20/2015-06-27", "season:06-05/06-19"."""

    subject: str
    rest: bool = False
    until: date | None = None


class Learnt(BaseModel):
    """How much of a subject is wanted: 1 is usual."""

    subject: str
    label: str
    share: float


@router.get("/preferences/hidden")
def hidden(safelight: Library) -> list[WishRow]:
    """Everything that is hidden or rests."""
    safelight.require_library()
    return safelight.preferences.all()


@router.post("/preferences/hidden")
def hide(safelight: Library, wish: Subject) -> WishRow:
    """Hide a subject, or let it rest until a day (a year, unless told)."""
    if wish.rest or wish.until:
        return safelight.preferences.rest(wish.subject, wish.until)
    return safelight.preferences.hide(wish.subject)


@router.post("/preferences/hidden/back")
def bring_back(safelight: Library, wish: Subject) -> list[WishRow]:
    """Allow ideas of a subject again; answers with what is still hidden."""
    safelight.preferences.bring_back(wish.subject)
    return safelight.preferences.all()


@router.get("/preferences/learned")
def learned(safelight: Library) -> list[Learnt]:
    """What was learnt, under `learn`."""
    return [Learnt(**weight._asdict()) for weight in safelight.learning.learned()]


@router.delete("/preferences/learned")
def unlearn(safelight: Library, subject: str | None = None) -> list[Learnt]:
    """Forget what was learnt of one subject, or all."""
    safelight.learning.unlearn(subject)
    return learned(safelight)


@router.post("/ideas/{name}/fewer")
def fewer(safelight: Library, name: str) -> list[Learnt]:
    """Fewer ideas like this one."""
    safelight.learning.fewer(found(safelight.idea(name), "idea").idea)
    return learned(safelight)


@router.post("/ideas/{name}/more")
def more(safelight: Library, name: str) -> list[Learnt]:
    """More ideas like this one."""
    safelight.learning.more(found(safelight.idea(name), "idea").idea)
    return learned(safelight)
