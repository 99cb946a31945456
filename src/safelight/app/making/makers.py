"""The door to everything that can be made of photos: one maker a kind."""

from __future__ import annotations

from collections.abc import Sequence

from safelight.app.composition import Rooms
from safelight.app.isolating import STRICT
from safelight.app.making.arranging import Arranging
from safelight.app.making.bursts import Bursts
from safelight.app.making.changing import Changing
from safelight.app.making.clips import Clips
from safelight.app.making.collages import Collages
from safelight.app.making.enhancing import Enhancements
from safelight.app.making.enlarging import Enlarging
from safelight.app.making.films import Films
from safelight.app.making.generating import Generating
from safelight.app.making.jobs import MakingJob, MakingJobs
from safelight.app.making.keeping import Shelf
from safelight.app.making.own_styles import OwnStyles
from safelight.app.making.pictures import Pictures
from safelight.app.making.prints import Cards, Prints
from safelight.app.making.restyling import Restyles
from safelight.app.making.stickers import Stickers
from safelight.app.making.wishes import Maker, Progress, Wish, unheard
from safelight.app.showing import Showing
from safelight.creations.film import MOODS
from safelight.model.creations import Creation, CreationKind
from safelight.model.errors import UserError


class Making:
    """Everything that can be made of the photos of one library, by kind."""

    def __init__(self, rooms: Rooms, showing: Showing) -> None:
        self.pictures = Pictures(rooms, showing)
        self._shelf = shelf = Shelf(rooms)
        self.collages = Collages(self.pictures, shelf)
        self.arranging = Arranging(rooms, self.pictures, self.collages)
        self.changing = Changing(self.arranging, self.pictures)
        self.enhancements = Enhancements(self.pictures, shelf, Enlarging(rooms, self.pictures))
        generating = Generating(rooms, self.pictures, shelf)
        self.restyles = Restyles(self.pictures, shelf, OwnStyles(rooms), generating)
        self.clips = Clips(rooms, showing)
        self.films = Films(
            self.pictures, self.clips, shelf, strict=rooms.settings.isolation == STRICT
        )
        makers: Sequence[Maker] = (
            self.collages,
            self.films,
            self.enhancements,
            self.restyles,
            Bursts(self.pictures, shelf),
            Stickers(self.pictures, shelf),
            Cards(self.pictures, shelf, self.collages),
            Prints(self.pictures, shelf, self.collages),
        )
        self._makers = {maker.kind: maker for maker in makers}
        self.jobs = MakingJobs()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that can be made, by name."""
        return tuple(self._makers)

    def choose(self, kind: str, wish: Wish) -> tuple[str, ...]:
        """The assets that a thing of this kind would use, in order.

        Raises:
            UserError: there is no such kind, or nothing to make it of.
        """
        return self._maker(kind).choose(wish)

    def make(self, kind: str, wish: Wish, report: Progress = unheard) -> Creation:
        """Make a thing and keep it among the creations.

        Args:
            report: told the share that is done, 0 to 1; what it raises ends the making, and
                nothing is kept.

        Raises:
            UserError: there is no such kind, nothing to make it of, or consent does not cover it.
            RenderError: it cannot be made.
        """
        return self._maker(kind).make(wish, report)

    def start(self, kind: str, wish: Wish) -> MakingJob:
        """Make a thing in the background; `jobs` tells how far it is.

        Raises:
            UserError: there is no such kind, nothing to make it of, or another one is being made.
        """
        self.choose(kind, wish)  # what cannot be made is said now, not by a failed job
        return self.jobs.start(lambda report: self.make(kind, wish, report))

    def moods(self) -> list[tuple[str, str]]:
        """Music for films: name and label."""
        return [(name, mood.label) for name, mood in MOODS.items()]

    def poster(self, creation: str) -> bytes | None:
        """The picture that stands for something that moves; None where there is none.

        Raises:
            RefusedError: `library` is off.
        """
        return self._shelf.poster(creation)

    def forget(self) -> None:
        """Drop what is held in memory; a withdrawal must not leave it there."""
        self.jobs.close()
        self.pictures.forget()
        self.clips.forget()
        self.collages.forget()

    def _maker(self, kind: str) -> Maker:
        try:
            return self._makers[CreationKind(kind)]
        except (KeyError, ValueError) as error:
            known = ", ".join(self._makers)
            raise UserError(f"Nothing is made as {kind!r}; there are {known}.") from error
