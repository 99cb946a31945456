"""The ledger."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter

from safelight.app.views import LedgerLine
from safelight.surfaces.api.session import Library

router = APIRouter(prefix="/ledger", tags=["ledger"])
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the log is whole, in words."""

    ok: bool
    text: str


@router.get("")
def entries(safelight: Library, start: int = 0, count: int = 200) -> list[LedgerLine]:
    """Entries from `start` on, oldest first."""
    return safelight.ledger(max(0, start), max(0, min(count, _MOST)))


@router.get("/verify")
def verify(safelight: Library) -> Verdict:
    """Check the log from its first entry to its last."""
    return Verdict(*safelight.ledger_verify())
