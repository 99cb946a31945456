"""A collage on a page: which photos, layout and format, kept in the address and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData, QueryParams

from safelight.app import Safelight
from safelight.model.creations import CollagePlan
from safelight.model.errors import UserError

DEFAULT_FORMAT = "portrait"
DEFAULT_STYLE = "mosaic"
USUAL_PHOTOS = 9
MOST_PHOTOS = 30
_LAYOUTS = 6
_MOST_WORDS = 120


@dataclass(frozen=True, slots=True)
class CollageView:
    """What is chosen; `title` and `subtitle` are empty where no words are wanted."""

    photos: tuple[str, ...]
    format: str = DEFAULT_FORMAT
    title: str = ""
    subtitle: str = ""
    layout: int = 0
    seed: int = 0
    style: str = DEFAULT_STYLE

    def query(self, **changes: Any) -> str:
        """The address query of this choice, with some of it changed."""
        view = replace(self, **changes)
        pairs = {
            "photos": ",".join(view.photos),
            "format": view.format,
            "title": view.title,
            "subtitle": view.subtitle,
            "layout": str(view.layout),
            "seed": str(view.seed),
            "style": "" if view.style == DEFAULT_STYLE else view.style,
        }
        kept = {key: value for key, value in pairs.items() if value and value != "0"}
        return urlencode({**kept, "title": view.title}, safe=",")

    def without(self, asset: str) -> tuple[str, ...]:
        """The photos less one."""
        return tuple(photo for photo in self.photos if photo != asset)

    def swapped(self, asset: str, other: str) -> tuple[str, ...]:
        """The photos with one in another's place."""
        return tuple(other if photo == asset else photo for photo in self.photos)


@dataclass(frozen=True, slots=True)
class CollageSheet:
    """A choice with its layouts: `plan` is the chosen one of `plans`, None where none was found."""

    view: CollageView
    plans: tuple[CollagePlan, ...]
    formats: tuple[tuple[str, str, int, int], ...]
    styles: tuple[tuple[str, str], ...] = ()
    note: str = ""

    @property
    def plan(self) -> CollagePlan | None:
        """The chosen layout."""
        return self.plans[self.view.layout % len(self.plans)] if self.plans else None

    @property
    def at(self) -> int:
        """Number of the chosen layout, from 0."""
        return self.view.layout % len(self.plans) if self.plans else 0

    def turned(self, steps: int) -> str:
        """The query of another layout, round and round."""
        return self.view.query(layout=(self.at + steps) % max(1, len(self.plans)))


def read_view(values: QueryParams | FormData, base: CollageView) -> CollageView:
    """The choice that an address or a form names, over `base` for what it leaves out."""
    photos = _words(values, "photos")
    return CollageView(
        photos=_ids(photos.split(",")) if photos else base.photos,
        format=_words(values, "format") or base.format,
        title=_words(values, "title")[:_MOST_WORDS] if "title" in values else base.title,
        subtitle=_words(values, "subtitle")[:_MOST_WORDS] if "title" in values else base.subtitle,
        layout=_number(values, "layout"),
        seed=_number(values, "seed"),
        style=_words(values, "style") or base.style,
    )


def lay_out(safelight: Safelight, view: CollageView) -> CollageSheet:
    """Find the layouts of a choice; where there are none, say why."""
    formats = tuple(safelight.collage_formats())
    styles = tuple(safelight.collage_styles())
    if not view.photos:
        return CollageSheet(view, (), formats, styles, "Choose a photo or two.")
    try:
        choice = safelight.collage_choices(
            view.photos,
            format=view.format,
            title=view.title or None,
            subtitle=view.subtitle or None if view.title else None,
            seed=view.seed,
            count=_LAYOUTS,
            style=view.style,
        )
    except UserError as error:
        return CollageSheet(view, (), formats, styles, str(error))
    return CollageSheet(view, choice.plans, formats, styles)


def usual_photos(assets: Sequence[str], cover: str) -> tuple[str, ...]:
    """A handful for a first collage: spread over the whole story, the cover among them."""
    if len(assets) <= USUAL_PHOTOS:
        return tuple(assets)
    step = (len(assets) - 1) / (USUAL_PHOTOS - 1)
    picked = [assets[round(index * step)] for index in range(USUAL_PHOTOS)]
    if cover in assets and cover not in picked:
        nearest = round(assets.index(cover) / step)
        picked[nearest] = cover
    return tuple(picked)


def _ids(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))[:MOST_PHOTOS]


def _words(values: QueryParams | FormData, name: str) -> str:
    value = values.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _number(values: QueryParams | FormData, name: str) -> int:
    text = _words(values, name)
    return int(text) if text.isdecimal() and len(text) < 7 else 0
