"""Creations: made files, their plans, and what they used."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class CreationKind(StrEnum):
    """What can be made."""

    COLLAGE = "collage"
    FILM = "film"
    RESTYLE = "restyle"
    ENHANCE = "enhance"
    GIF = "gif"
    STICKER = "sticker"
    CARD = "card"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, width, height; pixels unless said otherwise."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A photo that may go into a creation.

    Attributes:
        width, height: pixels of the upright full-size picture.
        focus: centre of interest, as fractions of width and height.
        keep: rectangles that must not be cut (faces), in pixels of the upright picture.
        subjects: rectangles around what draws the eye, first what draws it most, in pixels of the
            upright picture; shown whole where that can be had.
        weight: how much it deserves space, 1 is usual.
    """

    asset: str
    width: int
    height: int
    focus: tuple[float, float] = (0.5, 0.5)
    keep: tuple[Box, ...] = ()
    weight: float = 1.0
    subjects: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One photo's place in a collage.

    Attributes:
        source: what is shown of the upright full-size picture, in its pixels.
        placed: where it goes, in pixels of the canvas.
        size: width and height of the upright full-size picture, so that `source` can be found
            in a copy that was decoded smaller; (0, 0) where the copy is the full size.
        angle: degrees clockwise by which the placed picture is turned about its middle.
    """

    asset: str
    source: Box
    placed: Box
    size: tuple[int, int] = (0, 0)
    angle: float = 0.0


@dataclass(frozen=True, slots=True)
class Ornament:
    """Something drawn under the photos.

    Attributes:
        kind: `print` (a white card), `strip` (film), `map`, or a season's name.
        box: where, in canvas pixels.
        angle: degrees clockwise about its middle.
    """

    kind: str
    box: Box
    angle: float = 0.0


@dataclass(frozen=True, slots=True)
class Waypoint:
    """A place on a journey; `label` is empty where none is written."""

    latitude: float
    longitude: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class CollagePlan:
    """A collage before any pixel is read.

    Attributes:
        width, height: canvas, pixels.
        layout: name of the layout, for flipping through alternatives.
        background: sRGB hex colour.
        title, subtitle: None leaves the title block out.
        title_box: where the title goes, in canvas pixels.
        style: name of the style it was planned in.
        ornaments: what is drawn under the photos, in order.
        route: the journey that a `map` shows.
    """

    width: int
    height: int
    layout: str
    cells: tuple[Cell, ...]
    background: str = "#f7f4ee"
    ink: str = "#22201c"
    title: str | None = None
    subtitle: str | None = None
    title_box: Box | None = None
    style: str = "mosaic"
    ornaments: tuple[Ornament, ...] = ()
    route: tuple[Waypoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Pixels:
    """A decoded upright picture: 8-bit sRGB, rows top to bottom, three bytes a pixel."""

    width: int
    height: int
    rgb: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a picture, wanted at a size.

    Attributes:
        window: the part, as fractions of the upright picture.
        width, height: pixels that it is wanted in.
    """

    window: Box
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Creation:
    """A made file and what it used.

    Attributes:
        media_type: IANA type.
        used: asset ids, in order.
        cells: what was shown of each, for checks and for editing again.
        recipe: parameters that make it again.
    """

    id: str
    kind: CreationKind
    title: str
    media_type: str
    width: int
    height: int
    used: tuple[str, ...]
    cells: tuple[Cell, ...]
    recipe: dict[str, object]
    made_at: str
    idea: str | None = None
