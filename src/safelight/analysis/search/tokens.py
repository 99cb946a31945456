"""Words as search compares them: lower case, without accents, in the singular."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ELIDED = re.compile(r"(?<!\w)(qu|[cdjlmnst])'(?=\w)")
"""French words that lean on the next one: "l'été" is about summer."""

_LETTERS = str.maketrans(
    {
        **dict(zip("øłđħıð", "oldhid", strict=True)),  # so they are spelt
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ß": "ss",
        **dict.fromkeys("\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}", "'"),
    }
)
"""Letters that no accent makes of another, and the apostrophes of phones."""

_KEEP_S = frozenset({"christmas", "dress", "glass", "grass", "bus", "tennis", "canvas", "paris"})
_IRREGULAR = {
    "children": "child",
    "people": "person",
    "women": "woman",
    "men": "man",
    "mice": "mouse",
    "geese": "goose",
    "leaves": "leaf",
    "wolves": "wolf",
    "skis": "ski",
    "selfies": "selfie",
    "movies": "movie",
    "cookies": "cookie",
    "buses": "bus",
    "lens": "lens",
    "lenses": "lens",
    "knives": "knife",
    "shelves": "shelf",
    "snowmen": "snowman",
    **{f"{word}es": word for word in ("volcano", "potato", "tomato", "hero", "mango", "buffalo",
                                      "flamingo", "mosquito", "domino", "tornado")},
}  # fmt: skip


def bare(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return plain.translate(_LETTERS)


def fold(text: str) -> str:
    """Lower case without accents; words apart by single blanks."""
    return " ".join(_WORD.findall(_ELIDED.sub(r"\1 ", bare(text))))


@lru_cache(maxsize=100_000)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text in the singular."""
    return tuple(singular(word) for word in fold(text).split())


@lru_cache(maxsize=100_000)
def key(text: str) -> str:
    """A name as it is looked up: its words in the singular, joined by blanks."""
    return " ".join(tokens(text))


def singular(word: str) -> str:
    """A rough singular of an English noun; the same word where there is doubt."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    word = word.removesuffix("'s")
    if len(word) < 4 or word in _KEEP_S or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word.removesuffix("s")
