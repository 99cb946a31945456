"""The styles a collage can have, and the one way to plan in any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from safelight.creations.collage.film_strip import film_strips
from safelight.creations.collage.grid import grids
from safelight.creations.collage.layouts import plans
from safelight.creations.collage.polaroids import polaroids
from safelight.creations.collage.postcard import postcards
from safelight.creations.collage.sheets import Sheet
from safelight.model.creations import Box, CollagePlan, Ornament
from safelight.model.errors import UserError

SEASONS = ("winter", "spring", "summer", "autumn")


@dataclass(frozen=True, slots=True)
class Style:
    """One style: what it is called, and who plans it.

    Attributes:
        by_order: its cells follow the order of the photos and suit each of them, so photos
            change places by being planned in another order.
    """

    name: str
    label: str
    plan: Callable[[Sheet, int], list[CollagePlan]]
    by_order: bool = False


def plans_in(style: str, sheet: Sheet, count: int = 6) -> list[CollagePlan]:
    """Collages of all the photos in one style, best first.

    Raises:
        UserError: there is no such style, it cannot be made of these photos, or see `plans`.
    """
    if style not in STYLES:
        raise UserError(f"There is no collage style {style!r}; there are {', '.join(STYLES)}.")
    return [replace(plan, style=style) for plan in STYLES[style].plan(sheet, count)]


def _themed(theme: str) -> Callable[[Sheet, int], list[CollagePlan]]:
    def planned(sheet: Sheet, count: int) -> list[CollagePlan]:
        return plans(
            sheet.photos,
            sheet.width,
            sheet.height,
            title=sheet.title,
            subtitle=sheet.subtitle,
            seed=sheet.seed,
            count=count,
            theme=theme,
        )

    return planned


def _posters(sheet: Sheet, count: int) -> list[CollagePlan]:
    """Dark paper, large words; without words there is no poster."""
    if not sheet.title:
        raise UserError("A poster needs a title.")
    return _themed("poster")(sheet, count)


def _seasonal(sheet: Sheet, count: int) -> list[CollagePlan]:
    """Paper and ornaments of the season in which the photos were taken."""
    season = sheet.season or "summer"
    whole = Box(0, 0, sheet.width, sheet.height)
    found = _themed(season)(sheet, count)
    return [replace(plan, ornaments=(Ornament(season, whole),)) for plan in found]


STYLES: Mapping[str, Style] = MappingProxyType(
    {
        style.name: style
        for style in (
            Style("mosaic", "Mosaic", _themed("light")),
            Style("dark", "Dark", _themed("dark")),
            Style("grid", "Grid", grids, by_order=True),
            Style("polaroid", "Instant prints", polaroids, by_order=True),
            Style("film-strip", "Film strip", film_strips, by_order=True),
            Style("poster", "Poster", _posters),
            Style("seasonal", "Season", _seasonal),
            Style("postcard", "Postcard", postcards),
        )
    }
)
"""Styles by name."""
