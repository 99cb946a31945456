"""Languages: one catalogue a language, a TOML file that a translator fills in.

A catalogue holds phrases, nouns with their plural forms and the rule that picks one (written as
gettext's `Plural-Forms` are), patterns of dates, the words for themes and concepts, and places
that are called otherwise, with what stands before them ("in der Toskana").
"""

from __future__ import annotations

import gettext
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ENGLISH = "en"


@dataclass(frozen=True)
class Language:
    """One catalogue.

    Attributes:
        plural: number to index of the plural form.
        nouns: by key, the forms in the order that `plural` counts; `singles` says the first
            with its number as a word ("a photo").
        small: words for 2 to 9.
        themes: by theme, what an occasion is called, alone and over the years.
        concepts: what is seen, by its English word.
        names, at, to: places that are called otherwise, and with "in" and "to" before them.
    """

    code: str
    plural: Callable[[int], int]
    thousands: str
    months: Sequence[str]
    weekdays: Sequence[str]
    phrases: Mapping[str, str]
    nouns: Mapping[str, Sequence[str]]
    singles: Mapping[str, str]
    small: Sequence[str]
    themes: Mapping[str, Mapping[str, str]]
    concepts: Mapping[str, str]
    names: Mapping[str, str]
    at: Mapping[str, str]
    to: Mapping[str, str]

    def say(self, key: str, **parts: object) -> str:
        """Fill a phrase; KeyError where there is none."""
        return self.phrases[key].format(**parts)


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that there are."""
    folder = files("safelight.ideas").joinpath("catalogues")
    names = (item.name for item in folder.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def language(code: str) -> Language:
    """A language by its code; English for one that there is none of."""
    if code not in languages():
        code = code.partition("-")[0] if code.partition("-")[0] in languages() else ENGLISH
    text = files("safelight.ideas").joinpath("catalogues", f"{code}.toml").read_text("utf-8")
    table = tomllib.loads(text)
    grammar, places = table["grammar"], table.get("places", {})
    return Language(
        code=code,
        plural=gettext.c2py(grammar["plural"]),
        thousands=grammar["thousands"],
        months=grammar["months"],
        weekdays=grammar["weekdays"],
        phrases=table["phrases"],
        nouns={key: noun["forms"] for key, noun in table["nouns"].items()},
        singles={key: noun["one"] for key, noun in table["nouns"].items()},
        small=grammar["small"],
        themes=table["themes"],
        concepts=table.get("concepts", {}),
        names={name: forms[0] for name, forms in places.items() if forms[0]},
        at={name: forms[1] for name, forms in places.items() if len(forms) > 1},
        to={name: forms[2] for name, forms in places.items() if len(forms) > 2},
    )


_SPOKEN: ContextVar[str] = ContextVar("language", default=ENGLISH)


def spoken() -> Language:
    """The language of now: that of the innermost `speaking`, else English."""
    return language(_SPOKEN.get())


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Say everything in a language while this lasts; in this thread alone."""
    token = _SPOKEN.set(code)
    try:
        yield
    finally:
        _SPOKEN.reset(token)
