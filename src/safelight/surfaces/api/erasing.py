"""Erasing parts of a library, letting them back in, and the receipts of what was erased."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from safelight.app.erasing import Erased, Forecast, Selection
from safelight.app.receipts import ReceiptRow
from safelight.model.errors import UserError
from safelight.surfaces.api.session import Library

router = APIRouter(tags=["erasure"])


class Chosen(BaseModel):
    """Photos by id, or a folder, or a person; `dry_run` only says what it would take."""

    assets: list[str] = []
    folder: str | None = None
    person: str | None = None
    dry_run: bool = False


class Lifted(BaseModel):
    """Files to let back in; none of them means all."""

    paths: list[str] = []


@router.post("/erasures")
def erase(safelight: Library, chosen: Chosen) -> Erased | Forecast:
    """Erase what was worked out from some photos, and pass them over from now on."""
    selection = _selection(safelight, chosen)
    if chosen.dry_run:
        return safelight.erasing.forecast(selection)
    return safelight.erasing.erase(selection)


@router.get("/erasures")
def left_out(safelight: Library) -> dict[str, int]:
    """How many photos were erased one by one."""
    return {"left_out": safelight.erasing.left_out()}


@router.post("/erasures/lift")
def lift(safelight: Library, lifted: Lifted) -> dict[str, int]:
    """Let erased photos be read again."""
    erasing = safelight.erasing
    return {"lifted": erasing.lift(lifted.paths) if lifted.paths else erasing.lift_all()}


@router.get("/receipts")
def receipts(safelight: Library) -> list[ReceiptRow]:
    """The receipts of all erasures, the latest first."""
    return safelight.receipts.all()


@router.get("/receipts/{entry}")
def receipt(safelight: Library, entry: int) -> dict[str, Any]:
    """One signed receipt with its proof."""
    return safelight.receipts.get(entry)


def _selection(safelight: Library, chosen: Chosen) -> Selection:
    if bool(chosen.assets) + (chosen.folder is not None) + (chosen.person is not None) != 1:
        raise UserError("Name photos, or a folder, or a person.")
    if chosen.person is not None:
        return safelight.erasing.person(chosen.person)
    if chosen.folder is not None:
        return safelight.erasing.folder(chosen.folder)
    return safelight.erasing.photos(chosen.assets)
