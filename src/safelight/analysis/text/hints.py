"""Which pictures are worth reading: those whose content hints at text.

Finding and reading lines costs as much as all else that is looked for, and few photos show any.
"""

from __future__ import annotations

from safelight.model.observations import ContentResult
from safelight.model.quality import Quality

LABELS = frozenset(
    {
        "bakery", "book jacket", "bookcase", "bookshop", "carton", "cinema", "comic book",
        "confectionery", "crossword puzzle", "document", "envelope", "grocery store", "mailbag",
        "menu", "notebook", "odometer", "packet", "plastic bag", "scoreboard",
        "screenshot", "shoe shop", "street sign", "tobacco shop", "toy shop",
        "web site",
    }
)  # fmt: skip
THINGS = frozenset({"book", "cake", "stop sign"})
MIN_LABELS = 0.1
"""Sum over the labels' scores."""

FLAT = 0.6
"""Share of a picture without any texture from which it may be a card, a poster or a screen."""


def may_hold_text(content: ContentResult, quality: Quality) -> bool:
    """Whether to look for lines of text in a picture."""
    if quality.flat >= FLAT or any(thing.name in THINGS for thing in content.objects):
        return True
    said = sum(label.score for label in content.labels if label.name in LABELS)
    return said >= MIN_LABELS
