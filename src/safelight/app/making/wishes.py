"""What a person asks to be made, and what every maker of creations does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from safelight.model.creations import Creation, CreationKind
from safelight.model.ideas import Idea

Progress = Callable[[float], None]
"""Told the share of the work that is done; it may raise to end it."""


def unheard(_: float) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to make; each kind reads the fields that concern it.

    Attributes:
        assets: of what, in order.
        idea: where the assets came from an idea; its title and purposes go with the creation.
        format: name of a shape and size, or None for the usual one of its kind.
        alternative: which of several proposals, 1 is the best.
        titled: with a title, where the kind has one.
        style: name of a look, or None for the usual one.
        strength: 0 to 1, or None for what suits the picture.
        keep_colours: the photo's own colours, where a style would bring others.
        larger: twice as wide and high, of an enhanced photo.
        seconds: length, of what has one.
        music: name of a mood, or None for what suits.
        own_music: the bytes of a music file of the person's own, instead of a mood.
        moving: whether videos and Live Photos move in a film, or stand as photos do.
        words: what is written on it, or None for what suits.
        seed: for what is left to chance.
    """

    assets: tuple[str, ...]
    idea: Idea | None = None
    format: str | None = None
    alternative: int = 1
    titled: bool = True
    style: str | None = None
    strength: float | None = None
    keep_colours: bool = False
    larger: bool = False
    seconds: float | None = None
    music: str | None = None
    own_music: bytes | None = field(default=None, repr=False)
    moving: bool = True
    words: str | None = None
    seed: int = 0


class Maker(Protocol):
    """Makes creations of one kind."""

    @property
    def kind(self) -> CreationKind:
        """What it makes."""
        ...

    def choose(self, wish: Wish) -> tuple[str, ...]:
        """The assets that it would use, in order."""
        ...

    def make(self, wish: Wish, report: Progress) -> Creation:
        """Make it and keep it."""
        ...
