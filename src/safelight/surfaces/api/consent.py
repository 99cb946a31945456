"""Status, sources and consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel

from safelight.app.views import SourceRow, Status
from safelight.model.consent import (
    Album,
    Ended,
    ErasureReport,
    Grant,
    Purpose,
    PurposeState,
    Refusal,
    Scope,
)
from safelight.model.errors import RefusedError
from safelight.surfaces.api.session import Library

router = APIRouter(tags=["consent"])


class Folder(BaseModel):
    """A folder to add."""

    path: str


class Permission(BaseModel):
    """Purposes to turn on, each with its own record, and what they cover.

    Albums and people go by name.
    """

    purposes: list[Purpose]
    folders: list[str] = []
    albums: list[str] = []
    without_people: list[str] = []
    since: date | None = None
    until: date | None = None
    expires_at: datetime | None = None


class Renewal(BaseModel):
    """Until when; None for as long as it is not turned off."""

    expires_at: datetime | None = None


class Choice(BaseModel):
    """What to put into an album: files and folders of this machine, or photos by id."""

    name: str
    paths: list[str] = []
    assets: list[str] = []


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
    return {"assets": safelight.sourcing.remove(number)}


@router.get("/consent")
def purposes(safelight: Library) -> list[PurposeState]:
    """Every purpose with its state, notice and grant."""
    return safelight.purposes()


@router.post("/consent")
def allow(safelight: Library, permission: Permission) -> Answers:
    """Turn purposes on."""
    scope = Scope(
        folders=tuple(permission.folders),
        albums=tuple(permission.albums),
        since=permission.since,
        until=permission.until,
        without_people=tuple(permission.without_people),
    )
    answers = safelight.allow(permission.purposes, scope, permission.expires_at)
    return Answers(
        granted=[answer for answer in answers if isinstance(answer, Grant)],
        refused=[answer for answer in answers if isinstance(answer, Refusal)],
    )


@router.get("/consent/ended")
def ended(safelight: Library) -> list[Ended]:
    """Permissions that ended by themselves and that the person has not answered to."""
    return safelight.consent.ended()


@router.get("/consent/records/{form}")
def records(safelight: Library, form: Literal["dpv", "kantara"]) -> Any:
    """Consent records and receipts: `dpv` (ISO/IEC TS 27560, JSON-LD) or `kantara` (1.1)."""
    return safelight.records.dpv() if form == "dpv" else safelight.records.kantara()


@router.post("/consent/{purpose}/renew")
def renew(safelight: Library, purpose: Purpose, renewal: Renewal) -> Grant:
    """Allow once more what ends soon or has run out, for the same photos."""
    outcome = safelight.consent.renew(purpose, renewal.expires_at)
    if isinstance(outcome, Refusal):
        raise RefusedError(outcome.text)
    return outcome


@router.get("/albums")
def albums(safelight: Library) -> list[Album]:
    """Photos and folders that the person picked."""
    return safelight.consent.scoping.albums()


@router.post("/albums", status_code=201)
def pick(safelight: Library, choice: Choice) -> Album:
    """Put photos and folders into an album; no permission covers more by it."""
    return safelight.consent.scoping.pick(choice.name, choice.paths, choice.assets)


@router.delete("/albums/{name}")
def remove_album(safelight: Library, name: str) -> dict[str, str]:
    """Forget an album; what is limited to it is turned off and erased."""
    safelight.consent.remove_album(name)
    return {"removed": name}


@router.delete("/consent/{purpose}")
def withdraw(safelight: Library, purpose: Purpose) -> list[ErasureReport]:
    """Turn a purpose off and erase what came from it."""
    return safelight.withdraw(purpose)
