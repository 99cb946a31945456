"""Making things of photos: one maker a kind, behind one door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from safelight.app.making.makers import (
        MOST_MEGAPIXELS,
        RIGHT,
        Making,
        MakingJob,
        Progress,
        StyleRow,
        Wish,
        caption,
        print_resolution,
        unheard,
    )

__all__ = [
    "MOST_MEGAPIXELS",
    "RIGHT",
    "Making",
    "MakingJob",
    "Progress",
    "StyleRow",
    "Wish",
    "caption",
    "print_resolution",
    "unheard",
]


def __getattr__(name: str) -> Any:
    """What is made available here, when it is first asked for: workers run steps of this room and
    need none of it.

    Raises:
        AttributeError: it is something else that was asked for.
    """
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from safelight.app.making import makers

    return getattr(makers, name)
