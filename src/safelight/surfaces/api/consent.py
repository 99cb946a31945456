"""Status, sources and consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from fastapi import APIRouter
from pydantic import BaseModel

from safelight.app.views import SourceRow, Status
from safelight.model.consent import ErasureReport, Grant, Purpose, PurposeState, Refusal, Scope
from safelight.surfaces.api.session import Library

router = APIRouter(tags=["consent"])


class Folder(BaseModel):
    """A folder to add."""

    path: str


class Permission(BaseModel):
    """Purposes to turn on, each with its own record, and what they cover."""

    purposes: list[Purpose]
    folders: list[str] = []
    since: date | None = None
    until: date | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """One answer a purpose asked for."""

    granted: list[Grant]
    refused: list[Refusal]


@router.get("/status")
def status(safelight: Library) -> Status:
    """What is on, what runs, what is missing."""
    return safelight.status()


@router.get("/sources")
def sources(safelight: Library) -> list[SourceRow]:
    """Where photos come from."""
    return safelight.sources()


@router.post("/sources", status_code=201)
def add_source(safelight: Library, folder: Folder) -> SourceRow:
    """Add a folder; nothing in it is read before `library` is on."""
    return safelight.add_folder(folder.path)


@router.delete("/sources/{number}")
def remove_source(safelight: Library, number: int) -> dict[str, int]:
    """Forget a folder and what was catalogued of it."""
    return {"assets": safelight.remove_source(number)}


@router.get("/consent")
def purposes(safelight: Library) -> list[PurposeState]:
    """Every purpose with its state, notice and grant."""
    return safelight.purposes()


@router.post("/consent")
def allow(safelight: Library, permission: Permission) -> Answers:
    """Turn purposes on."""
    scope = Scope(folders=tuple(permission.folders), since=permission.since, until=permission.until)
    answers = safelight.allow(permission.purposes, scope, permission.expires_at)
    return Answers(
        granted=[answer for answer in answers if isinstance(answer, Grant)],
        refused=[answer for answer in answers if isinstance(answer, Refusal)],
    )


@router.delete("/consent/{purpose}")
def withdraw(safelight: Library, purpose: Purpose) -> list[ErasureReport]:
    """Turn a purpose off and erase what came from it."""
    return safelight.withdraw(purpose)
