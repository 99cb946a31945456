"""What a person typed, taken apart: dates, stars, kind of picture, quoted phrases and words."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from safelight.analysis.search.dates import take_dates
from safelight.analysis.search.german import FILLER, grammar_in_english
from safelight.analysis.search.spans import Span
from safelight.analysis.search.tokens import bare, fold, tokens
from safelight.model.assets import AssetKind

_QUOTED = re.compile(r"[\"\N{LEFT DOUBLE QUOTATION MARK}]([^\"\N{RIGHT DOUBLE QUOTATION MARK}]+)"
                     r"[\"\N{RIGHT DOUBLE QUOTATION MARK}]")  # fmt: skip
_MARKS = re.compile(r"(?<!\d)[./]|[./](?!\d)|[^\w\s'+*./-]")
"""What says nothing; points and strokes stand in dates."""

_NOT = r"(?:-|(?:without|not|except) (?:any |a |an |the )?)"
_NOT_LAST = re.compile(rf"(?<!\S){_NOT}$", re.IGNORECASE)
_NOT_WORD = re.compile(rf"(?<![^ ]){_NOT}(\w[\w'-]*)")
_STARS = re.compile(r"(?<![^ ])([1-5])(?:\+)? ?(?:or more )?(?:stars?|\*)(?![^ ])")
_KINDS = {
    AssetKind.VIDEO: re.compile(r"(?<![^ ])(?:videos?|films?|clips?|movies?)(?![^ ])"),
    AssetKind.LIVE: re.compile(r"(?<![^ ])(?:live photos?|motion photos?)(?![^ ])"),
}
_FILLER = frozenset(
    {
        *("a", "an", "the", "of", "in", "at", "on", "with", "and", "my", "our", "from", "to"),
        *("me", "us", "for", "by", "is", "show", "find", "all", "some", "taken", "during", "or"),
        *("photo", "picture", "image", "pic", "photograph"),
        *FILLER,
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
        without: names of what no photo may show.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    when: Span | None = None
    stars: int | None = None
    kind: AssetKind | None = None
    without: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing."""
        return self == Query()


def parse(text: str, today: date, *, south: bool = False, names: Collection[str] = ()) -> Query:
    """Take a search apart; never raises, an odd text is words.

    Args:
        south: whether seasons are those of the southern half of the earth.
        names: words that are somebody's name here: "June" alone is she, "in June" the month.
    """
    phrases, banned, rest = _quoted(text[:_LONGEST])
    rest = " ".join(_MARKS.sub(" ", bare(rest)).split())
    stars = None
    if found := _STARS.search(rest):
        stars = int(found[1])
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    kind = None
    for candidate, pattern in _KINDS.items():
        if kind is None and pattern.search(rest):
            kind, rest = candidate, pattern.sub(" ", rest)
    rest = grammar_in_english(rest)
    banned += (" ".join(tokens(word)) for word in _NOT_WORD.findall(rest))
    when, rest = take_dates(_NOT_WORD.sub(" ", rest), today, south=south, names=names)
    every = tokens(fold(rest))
    words = tuple(word for word in every if word not in _FILLER)
    without = tuple(dict.fromkeys(filter(None, banned)))
    query = Query(words, phrases, when, stars, kind, without)
    return query if not query.empty else Query(every)  # "the" alone is still looked for


def _quoted(text: str) -> tuple[tuple[str, ...], list[str], str]:
    """Phrases that are looked for, phrases that are left out, and the rest."""
    wanted: list[str] = []
    banned: list[str] = []
    rest, at = "", 0
    for found in _QUOTED.finditer(text):
        before = text[at : found.start()]
        bare_before = _NOT_LAST.sub("", before)
        (banned if bare_before != before else wanted).append(" ".join(tokens(found[1])))
        rest, at = f"{rest} {bare_before} ", found.end()
    return tuple(filter(None, wanted)), banned, rest + text[at:]
