"""What surrounds the photos: margins, gutters, the title block, and colours that go together."""

from __future__ import annotations

import math
from dataclasses import dataclass

from safelight.model.creations import Box
from safelight.model.errors import UserError


@dataclass(frozen=True, slots=True)
class Theme:
    """Background and ink as sRGB hex; margin and gutter as shares of the canvas's size.

    Attributes:
        words: how much larger than usual the room for the title is.
    """

    background: str
    ink: str
    margin: float = 0.032
    gutter: float = 0.009
    words: float = 1.0


THEMES: dict[str, Theme] = {
    "light": Theme("#f7f4ee", "#22201c"),
    "white": Theme("#ffffff", "#1f1f1f"),
    "sand": Theme("#e6ddcd", "#2e2922"),
    "sage": Theme("#d9dfd3", "#232b24"),
    "dark": Theme("#171615", "#ece7dd"),
    "poster": Theme("#12171f", "#f3ead9", margin=0.05, gutter=0.008, words=1.75),
    "winter": Theme("#e9f0f5", "#1d3447"),
    "spring": Theme("#f4efe6", "#4b3443"),
    "summer": Theme("#fbf1d9", "#3d3320"),
    "autumn": Theme("#f1e2cf", "#47291a"),
    "bare": Theme("#ffffff", "#1f1f1f", margin=0.0, gutter=0.006),
}
"""Themes by name; `bare` runs the photos to the edge."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where photos may go, in whole pixels.

    Attributes:
        room: the rectangle for the photos.
        title_at: `top`, `bottom`, `left`, or None without a title.
        gutter: between photos.
        margin: least distance from the canvas's edge.
        title_size: height of the title's strip, or width of its column.
    """

    width: int
    height: int
    room: Box
    title_at: str | None
    gutter: int
    margin: int
    theme: Theme
    title_size: int = 0

    def title_box(self, photos: Box) -> Box | None:
        """The title block: all that the photos leave on its side, with air around it."""
        edge = self.margin or round(math.sqrt(self.width * self.height) * 0.03)
        air = round(edge * 0.7)
        if self.title_at == "top":
            return Box(edge, air, self.width - 2 * edge, photos.y - 2 * air)
        if self.title_at == "bottom":
            top = photos.y + photos.height
            return Box(edge, top + air, self.width - 2 * edge, self.height - top - 2 * air)
        if self.title_at == "left":
            return Box(edge, edge, photos.x - 2 * edge, self.height - 2 * edge)
        return None


def find_theme(name: str) -> Theme:
    """The theme of that name.

    Raises:
        UserError: there is none; the message lists those there are.
    """
    if name not in THEMES:
        raise UserError(f"there is no theme {name!r}; there are {', '.join(THEMES)}")
    return THEMES[name]


def frames(width: int, height: int, *, titled: bool, subtitled: bool, theme: Theme) -> list[Frame]:
    """The ways to divide a canvas between photos and title, the usual one first."""
    size = math.sqrt(width * height)
    margin = round(size * theme.margin)
    gutter = max(1, round(size * theme.gutter))
    inner_width, inner_height = width - 2 * margin, height - 2 * margin
    whole = Box(margin, margin, inner_width, inner_height)
    if not titled:
        return [Frame(width, height, whole, None, gutter, margin, theme)]
    strip = round(size * (0.14 if subtitled else 0.105) * theme.words)
    if height > 1.5 * width:
        strip = round(strip * 1.25)
    low = inner_height - strip
    if theme.margin:
        low += round(margin * 0.3)  # the title's own air stands in for part of the margin
    found = [
        Frame(width, height, Box(margin, y, inner_width, low), at, gutter, margin, theme, strip)
        for at, y in (("bottom", margin), ("top", height - margin - low))
    ]
    if width >= 1.3 * height:
        panel = round(width * 0.19)
        room = Box(margin + panel, margin, inner_width - panel, inner_height)
        found.append(Frame(width, height, room, "left", gutter, margin, theme, panel))
    return found


def seat(frame: Frame, width: int, height: int) -> Box:
    """Where a block of photos smaller than the room goes.

    Centred without a title; with one, what is left over goes to the title block until that
    is half as large again, so that photos and words stay one composition.
    """
    room = frame.room
    spare_x, spare_y = int(room.width) - width, int(room.height) - height
    x, y = room.x + spare_x // 2, room.y + spare_y // 2
    if frame.title_at == "left":
        x = room.x + max(spare_x // 2, spare_x - round(frame.title_size * 0.5))
    given = min(spare_y, round(frame.title_size * 0.5))
    if frame.title_at == "bottom":
        y = room.y + (spare_y - given) // 2
    if frame.title_at == "top":
        y = room.y + given + (spare_y - given) // 2
    return Box(x, y, width, height)
