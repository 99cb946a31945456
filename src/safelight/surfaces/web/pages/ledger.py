"""The ledger in plain words."""

from __future__ import annotations

from base64 import b64encode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from safelight.app import Safelight
from safelight.app.recounting import folded
from safelight.app.views import LedgerLine, LedgerRun
from safelight.surfaces.web.session import Library, page, see

router = APIRouter()
_WINDOW = 100
_MOST_EXACTLY = 20
"""Entries of a run that are shown in full where it stands."""

_MOST_LOOKED_AT = 2_000
FILTERS: dict[str, tuple[str, frozenset[str]]] = {
    "": ("Everything", frozenset()),
    "switches": ("Switches", frozenset({"grant", "decline", "withdraw", "expire"})),
    "use": ("Use of photos", frozenset({"select", "derive", "egress", "export"})),
    "erasure": ("Erasure", frozenset({"erase-intent", "erase-done", "erase-lift"})),
    "refusal": ("Refusals", frozenset({"refusal"})),
}


@router.get("/ledger")
def ledger(
    request: Request,
    safelight: Library,
    show: str = "",
    before: int | None = None,
    verify: bool = False,
    each: bool = False,
) -> Response:
    """What happened, newest first; with `each`, every entry by itself."""
    size = safelight.ledger_size()
    end = size if before is None else max(0, min(before, size))
    runs, rest = newest(safelight, end, FILTERS.get(show, FILTERS[""])[1], each=each)
    return page(
        request,
        "ledger.html",
        runs=runs,
        most=_MOST_EXACTLY,
        each=each,
        rest=rest,
        size=size,
        show=show,
        filters=[(key, label) for key, (label, _) in FILTERS.items()],
        verdict=safelight.ledger_verify() if verify else None,
        key=_key(safelight),
    )


@router.get("/ledger/checkpoint")
def checkpoint(safelight: Library) -> PlainTextResponse:
    """The signed checkpoint of this moment, for whoever compares."""
    return PlainTextResponse(safelight.proofs.checkpoint())


@router.get("/ledger/growth")
def growth(safelight: Library, old: int, new: int) -> PlainTextResponse:
    """The hashes that prove that the log of `new` entries begins with that of `old`, one a line."""
    hashes = safelight.proofs.growth(old, new)
    return PlainTextResponse("".join(f"{b64encode(each).decode()}\n" for each in hashes))


@router.get("/ledger/key")
def key(safelight: Library) -> PlainTextResponse:
    """The log's public key, to keep."""
    return _file(f"{safelight.proofs.key}\n", "safelight-log.pub")


@router.get("/ledger/how")
def how(request: Request, safelight: Library) -> Response:
    """How to check the log without this program's word for it."""
    return page(request, "ledger_how.html", key=_key(safelight))


@router.get("/ledger/{entry}/proof")
def proof(request: Request, safelight: Library, entry: int) -> Response:
    """One entry in plain words, with its proof and how to check it."""
    text = safelight.proofs.prove(entry)
    (line,) = safelight.ledger(entry, 1)
    return page(request, "ledger_proof.html", line=line, proof=text, key=safelight.proofs.key)


@router.get("/ledger/{entry}.tlog-proof")
def proof_file(safelight: Library, entry: int) -> PlainTextResponse:
    """The proof of one entry as a file."""
    return _file(safelight.proofs.prove(entry), f"entry-{entry}.tlog-proof")


@router.post("/ledger/renew")
def renew(safelight: Library) -> Response:
    """Put a log that does not hold aside and begin a new one."""
    safelight.proofs.renew()
    return see("/settings?said=renewed")


def _key(safelight: Safelight) -> str:
    return "" if safelight.proofs.fault else safelight.proofs.key


def _file(text: str, name: str) -> PlainTextResponse:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return PlainTextResponse(text, headers=headers)


def newest(
    safelight: Safelight, end: int, events: frozenset[str], *, each: bool = False
) -> tuple[list[LedgerRun], int]:
    """The newest runs of entries before `end` of some events, and where to go on (0 at the end).

    Args:
        each: every entry is a run of its own.
    """
    found: list[LedgerLine] = []
    looked = 0
    runs: list[LedgerRun] = []
    while end > 0 and len(runs) < _WINDOW and looked < _MOST_LOOKED_AT:
        start = max(0, end - _WINDOW)
        lines = safelight.ledger(start, end - start)
        found += [line for line in reversed(lines) if not events or line.event in events]
        looked += end - start
        end = start
        runs = [LedgerRun(line.text, (line,)) for line in found] if each else folded(found)
    return runs, end
