"""The ledger in plain words."""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.app.views import LedgerLine
from safelight.surfaces.web.session import Library, page

router = APIRouter()
_WINDOW = 100
_MOST_LOOKED_AT = 2_000
FILTERS: dict[str, tuple[str, frozenset[str]]] = {
    "": ("Everything", frozenset()),
    "switches": ("Switches", frozenset({"grant", "decline", "withdraw", "expire"})),
    "use": ("Use of photos", frozenset({"select", "derive", "egress", "export"})),
    "erasure": ("Erasure", frozenset({"erase-intent", "erase-done"})),
    "refusal": ("Refusals", frozenset({"refusal"})),
}


@router.get("/ledger")
def ledger(
    request: Request,
    safelight: Library,
    show: str = "",
    before: int | None = None,
    verify: bool = False,
) -> Response:
    """What happened, newest first."""
    size = safelight.ledger_size()
    end = size if before is None else max(0, min(before, size))
    lines, rest = newest(safelight, end, FILTERS.get(show, FILTERS[""])[1])
    return page(
        request,
        "ledger.html",
        runs=[list(run) for _, run in groupby(lines, key=_minute)],
        rest=rest,
        size=size,
        show=show,
        filters=[(key, label) for key, (label, _) in FILTERS.items()],
        verdict=safelight.ledger_verify() if verify else None,
    )


def _minute(line: LedgerLine) -> tuple[str, str]:
    """What repeats within a minute is told once, with a number."""
    return line.text, line.at.isoformat(timespec="minutes")


def newest(safelight: Safelight, end: int, events: frozenset[str]) -> tuple[list[LedgerLine], int]:
    """The newest entries before `end` of some events, and where to go on (0 at the beginning)."""
    found: list[LedgerLine] = []
    looked = 0
    while end > 0 and len(found) < _WINDOW and looked < _MOST_LOOKED_AT:
        start = max(0, end - _WINDOW)
        lines = safelight.ledger(start, end - start)
        found += [line for line in reversed(lines) if not events or line.event in events]
        looked += end - start
        end = start
    return found, end
