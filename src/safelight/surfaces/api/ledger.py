"""The ledger."""

from __future__ import annotations

from base64 import b64encode
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


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint as a signed note, with the public key as its line."""

    key: str
    checkpoint: str


@dataclass(frozen=True, slots=True)
class Proof:
    """One entry's proof as the text of a file."""

    entry: int
    key: str
    proof: str


@router.get("")
def entries(safelight: Library, start: int = 0, count: int = 200) -> list[LedgerLine]:
    """Entries from `start` on, oldest first."""
    return safelight.ledger(max(0, start), max(0, min(count, _MOST)))


@router.get("/verify")
def verify(safelight: Library) -> Verdict:
    """Check the log from its first entry to its last."""
    return Verdict(*safelight.ledger_verify())


@router.get("/checkpoint")
def checkpoint(safelight: Library) -> Signed:
    """The signed checkpoint of this moment, and the key that signed it."""
    return Signed(safelight.proofs.key, safelight.proofs.checkpoint())


@router.get("/growth")
def growth(safelight: Library, old: int, new: int) -> list[str]:
    """The proof that the log of `new` entries begins with that of `old`: hashes in base64."""
    return [b64encode(each).decode() for each in safelight.proofs.growth(old, new)]


@router.get("/{entry}/proof")
def proof(safelight: Library, entry: int) -> Proof:
    """A `.tlog-proof` of one entry, and the key it is checked with."""
    return Proof(entry, safelight.proofs.key, safelight.proofs.prove(entry))


@router.post("/renew")
def renew(safelight: Library) -> Verdict:
    """Put a log that does not hold aside, whole, and begin a new one."""
    safelight.proofs.renew()
    return Verdict(*safelight.ledger_verify())
