"""The one way this room learns what time it is, so that tests can hold it still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the present as an aware UTC instant."""


def utc_now() -> datetime:
    """The system's clock."""
    return datetime.now(UTC)
