"""What programs look for at fixed addresses."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse

router = APIRouter()
_GPC_SINCE = "2026-11-25"


@router.get("/.well-known/gpc.json")
def gpc() -> JSONResponse:
    """That this server keeps to Global Privacy Control, and since when."""
    return JSONResponse({"gpc": True, "lastUpdate": _GPC_SINCE})
