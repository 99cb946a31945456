"""Fixtures that every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real photos beside the checkout; tests that need them skip where they are missing."""
    if not SHARED_DATA.is_dir():
        pytest.skip("no real photos at ../shared/data")
    return SHARED_DATA
