"""What a person typed, taken apart: dates, stars, kind of picture, quoted phrases and words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from safelight.analysis.search.dates import Span, take_dates
from safelight.analysis.search.tokens import fold, tokens
from safelight.model.assets import AssetKind

_QUOTED = re.compile(r"[\"\N{LEFT DOUBLE QUOTATION MARK}]([^\"\N{RIGHT DOUBLE QUOTATION MARK}]+)"
                     r"[\"\N{RIGHT DOUBLE QUOTATION MARK}]")  # fmt: skip
_STARS = re.compile(r"(?<![^ ])([1-5])(?:\+)? ?(?:or more )?(?:stars?|\*)(?![^ ])")
_KINDS = {
    AssetKind.VIDEO: re.compile(r"(?<![^ ])(?:videos?|films?|clips?|movies?)(?![^ ])"),
    AssetKind.LIVE: re.compile(r"(?<![^ ])(?:live photos?|motion photos?)(?![^ ])"),
}
_FILLER = frozenset(
    {
        *("a", "an", "the", "of", "in", "at", "on", "with", "and", "my", "our", "from", "to"),
        *("me", "us", "for", "by", "is", "show", "find", "all", "some", "taken", "during"),
        *("photo", "picture", "image", "pic", "photograph"),
    }
)
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes:
        words: in the singular, in their order; names of several words are found by the index.
        phrases: quoted, to be found as they stand.
        when: days, None for any.
        stars: least rating.
        kind: photo, video or live; None for any.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    when: Span | None = None
    stars: int | None = None
    kind: AssetKind | None = None

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing."""
        return self == Query()


def parse(text: str, today: date, *, south: bool = False) -> Query:
    """Take a search apart; never raises, an odd text is words.

    Args:
        south: whether seasons are those of the southern half of the earth.
    """
    text = text[:_LONGEST]
    phrases = tuple(filter(None, (" ".join(tokens(found)) for found in _QUOTED.findall(text))))
    rest = " ".join(re.sub(r"[^\w\s'+*-]", " ", _QUOTED.sub(" ", text)).casefold().split())
    stars = None
    if found := _STARS.search(rest):
        stars = int(found[1])
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    kind = None
    for candidate, pattern in _KINDS.items():
        if kind is None and pattern.search(rest):
            kind, rest = candidate, pattern.sub(" ", rest)
    when, rest = take_dates(" ".join(rest.split()), today, south=south)
    every = tokens(fold(rest))
    words = tuple(word for word in every if word not in _FILLER)
    if not words and not phrases and when is None and stars is None and kind is None:
        words = every  # "the" alone is still looked for
    return Query(words, phrases, when, stars, kind)
