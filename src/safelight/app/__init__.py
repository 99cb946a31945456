"""The composition root; surfaces use `Safelight` and nothing behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safelight.app.facade import Safelight

__all__ = ["Safelight"]


def __getattr__(name: str) -> type[Safelight]:
    """`Safelight`, when it is first asked for: workers run steps of this room and need none of it.

    Raises:
        AttributeError: it is something else that was asked for.
    """
    if name != "Safelight":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from safelight.app.facade import Safelight

    return Safelight
