"""Scans."""

from __future__ import annotations

from fastapi import APIRouter

from safelight.app.views import ScanProgress
from safelight.surfaces.api.session import Library

router = APIRouter(prefix="/scan", tags=["scan"])


@router.get("")
def progress(safelight: Library) -> ScanProgress:
    """Where the scan is."""
    return safelight.scans.progress


@router.post("", status_code=202)
def start(safelight: Library) -> ScanProgress:
    """Scan in the background."""
    safelight.scans.start()
    return safelight.scans.progress


@router.delete("")
def stop(safelight: Library) -> ScanProgress:
    """Pause the scan; what was read stays."""
    safelight.scans.stop()
    return safelight.scans.progress
