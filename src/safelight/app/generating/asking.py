"""What a generator is asked, and what every generator does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from safelight.app.generating.loopback import Exchange


@dataclass(frozen=True, slots=True)
class Asked:
    """One wish to a generator.

    Attributes:
        photo: a JPEG of fresh pixels, without anything that the original's file says.
        width: of it, in pixels.
        height: of it, in pixels.
        words: what the person wants to see.
        strength: 0 keeps the photo, 1 keeps nothing of it.
        seed: for what is left to chance.
    """

    photo: bytes
    width: int
    height: int
    words: str
    strength: float
    seed: int


class Generator(Protocol):
    """Makes a picture of a photo and words, in a program outside Safelight."""

    @property
    def name(self) -> str:
        """The interface that it speaks, and which recipe it follows; for the record."""
        ...

    def make(self, asked: Asked, exchange: Exchange) -> bytes:
        """An encoded picture, not to be believed more than any file from elsewhere.

        Raises:
            RenderError: it cannot be reached, or its answer is none.
        """
        ...
