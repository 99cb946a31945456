"""Scans."""

from __future__ import annotations

from fastapi import APIRouter

from safelight.app.views import ScanProgress
from safelight.surfaces.api.session import Library

router = APIRouter(prefix="/scan", tags=["scan"])


@router.get("")
def progress(safelight: Library) -> ScanProgress:
    """Where the scan is."""
    return safelight.scan_progress()


@router.post("", status_code=202)
def start(safelight: Library) -> ScanProgress:
    """Scan in the background."""
    safelight.start_scan()
    return safelight.scan_progress()


@router.delete("")
def stop(safelight: Library) -> ScanProgress:
    """Pause the scan; what was read stays."""
    safelight.stop_scan()
    return safelight.scan_progress()
