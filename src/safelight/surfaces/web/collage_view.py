"""A collage on a page: which photos, layout and changes, kept in the address and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Self
from urllib.parse import urlencode

from starlette.datastructures import FormData, QueryParams

from safelight.app import Safelight
from safelight.app.views import ArrangedCollage, CollageOrder
from safelight.model.arrangement import Hold
from safelight.model.creations import Box, CollagePlan
from safelight.model.errors import UserError
from safelight.surfaces.web.arranging_view import (
    arrangement_pairs,
    changed,
    grip_of,
    read_arrangement,
)

DEFAULT_FORMAT = "portrait"
DEFAULT_STYLE = "mosaic"
USUAL_PHOTOS = 9
MOST_PHOTOS = 30
_MOST_WORDS = 120


@dataclass(frozen=True, slots=True)
class CollageView(CollageOrder):
    """An order as an address has it; `title` and `subtitle` are empty where none are wanted."""

    format: str = DEFAULT_FORMAT

    @classmethod
    def of(cls, order: CollageOrder) -> Self:
        """An order for an address."""
        return cls(**{each.name: getattr(order, each.name) for each in fields(order)})

    def query(self, **changes: Any) -> str:
        """The address query of this choice, or of another layout that some changes lead to."""
        view = self.of(self.changed(**{"layout": self.layout, **changes})) if changes else self
        pairs = {
            "photos": ",".join(view.photos),
            "format": view.format,
            "title": view.title,
            "subtitle": view.subtitle,
            "layout": str(view.layout),
            "seed": str(view.seed),
            "style": "" if view.style == DEFAULT_STYLE else view.style,
            "kept": view.kept,
            **arrangement_pairs(view.arrangement),
        }
        kept = {key: value for key, value in pairs.items() if value and value != "0"}
        return urlencode({**kept, "title": view.title}, safe=",:")


@dataclass(frozen=True, slots=True)
class CollageSheet:
    """A choice with its layouts.

    Attributes:
        found: what was laid out; None where nothing could be.
        note: why not.
        said: what came of the change that was asked for, where it could not be made.
    """

    view: CollageView
    formats: tuple[tuple[str, str, int, int], ...]
    styles: tuple[tuple[str, str], ...] = ()
    found: ArrangedCollage | None = None
    note: str = ""
    said: str = ""

    @property
    def plans(self) -> tuple[CollagePlan, ...]:
        """The layouts to choose from."""
        return self.found.plans if self.found else ()

    @property
    def plan(self) -> CollagePlan | None:
        """The chosen layout."""
        return self.found.plan if self.found else None

    @property
    def at(self) -> int:
        """Number of the chosen layout, from 0."""
        return self.found.at if self.found else 0

    def layout(self, number: int) -> str:
        """The query of another layout; of this one where it is the chosen one."""
        if self.found is None or number == self.at:
            return self.view.query()
        return CollageView.of(self.found.turned(number)).query()

    def turned(self, steps: int) -> str:
        """The query of another layout, round and round."""
        return self.layout((self.at + steps) % max(1, len(self.plans)))

    @property
    def fresh(self) -> str:
        """The query of the same layout without any change; empty where there is none."""
        if self.view.arrangement == self.view.arrangement.carried() == CollageView(()).arrangement:
            return ""
        return replace(self.view, arrangement=CollageView(()).arrangement).query()

    def hold(self, asset: str) -> Hold | None:
        """What can be done with a photo; None where it is not in the collage."""
        holds = self.found.holds if self.found else ()
        return next((hold for hold in holds if hold.asset == asset), None)

    @property
    def grips(self) -> list[tuple[str, bool, float, float, float, float, Box]]:
        """Borders: name, upright, span, share, least and most, and where to take hold."""
        if self.found is None:
            return []
        plan = self.found.plan
        return [
            (b.name, b.upright, b.span, b.at, b.low, b.high, grip_of(b, plan.width, plan.height))
            for b in self.found.borders
        ]


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
        kept=_words(values, "kept"),
        arrangement=read_arrangement(values),
    )


def lay_out(safelight: Safelight, view: CollageView, step: str = "") -> CollageSheet:
    """Find the layouts of a choice, and make one change in it; where that cannot be, say why."""
    formats = tuple(safelight.collages.formats())
    styles = tuple(safelight.collages.styles())
    if not view.photos:
        return CollageSheet(view, formats, styles, note="Choose a photo or two.")
    arranging = safelight.making.arranging
    try:
        found = arranging.lay_out(view)
    except UserError as error:
        return CollageSheet(view, formats, styles, note=str(error))
    said = ""
    try:
        if step:
            found = replace(arranging.lay_out(changed(safelight, found, step)), lost=found.lost)
    except UserError as error:
        said = str(error)
    return CollageSheet(CollageView.of(found.order), formats, styles, found, said=said)


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
