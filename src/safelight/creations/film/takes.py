"""What a film is made of: its shapes, the turns of its photos and clips, the plan of them all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from safelight.creations.film.clips import Look
from safelight.model.creations import Box

FPS = 30
FORMATS = {"story": (1080, 1920), "square": (1080, 1080), "wide": (1920, 1080)}
"""Shapes by name: 9:16, 1:1 and 16:9, in pixels."""


@dataclass(frozen=True, slots=True)
class Moving:
    """A clip that can take a turn: a video, or the moving half of a Live Photo.

    Attributes:
        width, height: pixels of its upright frame.
        seconds: how long it is.
        looks: what was seen in it.
        live: it belongs to a photo, which can be shown instead.
        faced: whether faces were looked for in it, not only in the picture that stands for it.
    """

    width: int
    height: int
    seconds: float
    looks: tuple[Look, ...] = ()
    live: bool = False
    faced: bool = False

    def unfaced(self) -> Moving:
        """The same without what was found of faces."""
        looks = tuple(replace(look, faces=()) for look in self.looks)
        return replace(self, looks=looks, faced=False)


@dataclass(frozen=True, slots=True)
class Take:
    """One photo's or clip's turn.

    Attributes:
        start, end: seconds, on beats; a take that fades in begins `fade` before its start.
        first, last: what is shown at the beginning and the end, in pixels of the upright photo.
        size: width and height of the upright photo.
        fade: seconds of cross-fade from the take before; 0 is a cut.
        whole: all that matters of the photo is shown, before a soft copy of itself, since no
            window of the film's shape holds all that must not be cut.
        begin: seconds into the video at which it begins to be seen, of a take that is a clip.
    """

    asset: str
    start: float
    end: float
    first: Box
    last: Box
    size: tuple[int, int]
    fade: float = 0.0
    whole: bool = False
    begin: float | None = None


@dataclass(frozen=True, slots=True)
class FilmPlan:
    """A film: canvas in pixels, takes in order, words for the first seconds."""

    width: int
    height: int
    seconds: float
    takes: tuple[Take, ...]
    mood: str
    seed: int
    title: str = ""
    subtitle: str = ""
