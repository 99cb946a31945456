"""What a collage is asked to be, and the room that its words leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safelight.creations.collage.framing import Frame, find_theme, frames
from safelight.creations.collage.scoring import cuts, fits
from safelight.creations.interest import crop_window
from safelight.model.creations import Box, Cell, CollagePlan, Ingredient, Waypoint


@dataclass(frozen=True, slots=True)
class Sheet:
    """One canvas to be filled.

    Attributes:
        photos: oldest first.
        season: in which most of them were taken, where that is known.
        route: the journey they were taken on, where places may be used.
    """

    photos: Sequence[Ingredient]
    width: int
    height: int
    title: str | None = None
    subtitle: str | None = None
    seed: int = 0
    season: str | None = None
    route: tuple[Waypoint, ...] = ()

    def frame(self, theme: str, at: str = "bottom") -> Frame:
        """The room for photos with the words on one side, where they can stand there."""
        ways = frames(
            self.width,
            self.height,
            titled=bool(self.title),
            subtitled=bool(self.subtitle),
            theme=find_theme(theme),
        )
        return next((frame for frame in ways if frame.title_at == at), ways[0])

    def plan(self, frame: Frame, layout: str, cells: Sequence[Cell], block: Box) -> CollagePlan:
        """Cells as a plan with its words."""
        return CollagePlan(
            width=self.width,
            height=self.height,
            layout=layout,
            cells=tuple(cells),
            background=frame.theme.background,
            ink=frame.theme.ink,
            title=self.title or None,
            subtitle=(self.subtitle or None) if self.title else None,
            title_box=frame.title_box(block),
        )


def filling(photo: Ingredient, box: Box) -> Cell:
    """A photo filling a box, cropped around what matters where the shapes differ."""
    size = (photo.width, photo.height)
    if fits(photo, box):
        return Cell(photo.asset, Box(0, 0, *size), box, size)
    return Cell(photo.asset, crop_window(photo, box.width / box.height), box, size)


def framed(photo: Ingredient, box: Box) -> Cell:
    """A photo filling a box; whole inside it where filling would cut what must be kept."""
    if not cuts(photo, box):
        return filling(photo, box)
    size = (photo.width, photo.height)
    scale = min(box.width / photo.width, box.height / photo.height)
    width, height = max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
    x, y = box.x + (box.width - width) // 2, box.y + (box.height - height) // 2
    return Cell(photo.asset, Box(0, 0, *size), Box(x, y, width, height), size)
