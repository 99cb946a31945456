"""Which pictures are worth reading: those whose content hints at text.

Finding and reading lines costs as much as all else that is looked for, and few photos show any.
"""

from __future__ import annotations

from safelight.model.observations import ContentResult
from safelight.model.quality import Quality

LABELS = frozenset(
    {
        "bakery", "balloon", "book jacket", "bookcase", "bookshop", "candle", "carton",
        "cinema", "comic book",
        "confectionery", "crossword puzzle", "document", "envelope", "grocery store", "mailbag",
        "menu", "mortarboard", "notebook", "odometer", "packet", "plastic bag", "scoreboard",
        "screenshot", "shoe shop", "street sign", "tobacco shop", "toy shop",
        "trifle", "web site",
    }
)  # fmt: skip
THINGS = frozenset({"book", "cake", "stop sign"})
MIN_LABELS = 0.1
"""Sum over the labels' scores."""

FLAT = 0.6
"""Share of a picture without any texture from which it may be a card, a poster or a screen."""

LEAST = 0.01
"""What an empty picture hints."""


def hint_of(content: ContentResult, quality: Quality) -> float:
    """How much hints at text in a picture, 0 to 1: 0 where it is not worth looking for lines.

    Of drawn and textureless pictures the emptiest hint at it least.
    """
    said = sum(label.score for label in content.labels if label.name in LABELS)
    things = [thing.score for thing in content.objects if thing.name in THINGS]
    flat = max(LEAST, 1.0 - quality.flat) if quality.flat >= FLAT else 0.0
    return min(1.0, max([said if said >= MIN_LABELS else 0.0, flat, *things]))
