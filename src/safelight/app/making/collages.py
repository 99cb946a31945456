"""Making collages: from photos to plans, from a plan to a picture, and keeping it."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Sequence

from safelight.app.making.keeping import Made, Shelf
from safelight.app.making.pictures import Pictures
from safelight.app.making.wishes import Progress, Wish
from safelight.app.views import CollageChoice
from safelight.creations.collage import (
    FORMATS,
    Sheet,
    cuts_of,
    find_format,
    plan_to_json,
    plans_in,
    printable,
    render,
)
from safelight.ideas import words
from safelight.model.consent import Purpose
from safelight.model.creations import CollagePlan, Creation, CreationKind
from safelight.model.errors import UserError
from safelight.model.ideas import Idea

_MOST = 30
_MOST_PIXELS = 64_000_000
"""Of a canvas, and of each thing on it: more than any format has, and what memory holds."""
_REMEMBERED = 8
USUAL_STYLE = "mosaic"


class Collages:
    """Collages of one library."""

    kind = CreationKind.COLLAGE

    def __init__(self, pictures: Pictures, shelf: Shelf) -> None:
        self._pictures = pictures
        self._shelf = shelf
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[str, Sheet, int], tuple[CollagePlan, ...]] = OrderedDict()

    def choose(self, wish: Wish) -> tuple[str, ...]:
        """The photos that the wished-for layout shows, in order."""
        return tuple(cell.asset for cell in self._plan(wish).cells)

    def make(self, wish: Wish, report: Progress) -> Creation:
        """Make the wished-for layout.

        Raises:
            UserError: no such layout or format, no photo to use, or too many.
        """
        report(0.0)
        purposes = wish.idea.purposes if wish.idea else frozenset()
        return self.keep(self._plan(wish), wish.idea.id if wish.idea else None, purposes)

    def _plan(self, wish: Wish) -> CollagePlan:
        title, subtitle = caption(wish.idea) if wish.idea and wish.titled else (None, None)
        found = self.choices(
            wish.assets,
            shape=wish.format or "square",
            title=title,
            subtitle=subtitle,
            seed=wish.seed,
            style=wish.style or USUAL_STYLE,
        ).plans
        if not 1 <= wish.alternative <= len(found):
            raise UserError(f"There are {len(found)} layouts for these photos.")
        return found[wish.alternative - 1]

    def choices(
        self,
        assets: Sequence[str],
        *,
        shape: str = "square",
        title: str | None = None,
        subtitle: str | None = None,
        seed: int = 0,
        count: int = 6,
        style: str = USUAL_STYLE,
    ) -> CollageChoice:
        """Alternative layouts for some photos, best first.

        Raises:
            UserError: no photo to use, too many, or an unknown format or style.
        """
        sheet = self.sheet(assets, shape, title, subtitle, seed, style)
        return CollageChoice(self.plans(style, sheet, count))

    def sheet(
        self,
        assets: Sequence[str],
        shape: str,
        title: str | None,
        subtitle: str | None,
        seed: int,
        style: str,
    ) -> Sheet:
        """What a collage of some photos is asked to be.

        Raises:
            UserError: no photo to use, too many, or an unknown format.
        """
        chosen = find_format(shape)
        ingredients = self._pictures.ingredients(assets)
        if not ingredients:
            raise UserError("None of these photos can be used for a collage.")
        if len(ingredients) > _MOST:
            raise UserError(f"A collage holds up to {_MOST} photos; these are {len(ingredients)}.")
        # No room for words of which nothing can be drawn.
        title = title if title and printable(title) else None
        journey = self._pictures.journey(assets) if style == "postcard" else ()
        return Sheet(
            tuple(ingredients),
            chosen.width,
            chosen.height,
            title or None,
            subtitle or None,
            seed,
            self._pictures.season(assets),
            journey,
        )

    def plans(self, style: str, sheet: Sheet, count: int) -> tuple[CollagePlan, ...]:
        """Layouts in a style, best first; the last few answers are remembered.

        A page shows a collage many times over while it is edited, and planning takes longest.
        """
        asked = (style, sheet, count)
        with self._lock:
            if asked not in self._known:
                self._known[asked] = tuple(plans_in(style, sheet, count))
            self._known.move_to_end(asked)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
            return self._known[asked]

    def forget(self) -> None:
        """Drop what is held in memory; a withdrawal must not leave it there."""
        with self._lock:
            self._known.clear()

    @staticmethod
    def format_of(plan: CollagePlan) -> str:
        """Name of the format that a plan's canvas has; of the nearest in shape where none has."""
        size = (plan.width, plan.height)
        same = next((f.name for f in FORMATS if (f.width, f.height) == size), None)
        if same is not None:
            return same
        wanted = math.log(plan.width / plan.height)
        return min(FORMATS, key=lambda f: abs(math.log(f.width / f.height) - wanted)).name

    def render(
        self, plan: CollagePlan, scale: float = 1.0, media_type: str = "image/jpeg"
    ) -> bytes:
        """Draw a plan from the originals; a photo whose file is gone is drawn from its preview.

        Raises:
            RefusedError: consent does not cover one of its photos.
            RenderError: a photo of the plan can be had from nowhere.
            UserError: a plan from elsewhere asks for more than can be drawn.
        """
        _require_size(plan, scale)
        tiles = self._pictures.decode(cuts_of(plan, scale))
        dpi = print_resolution(plan)
        return render(
            plan,
            tiles,
            scale=scale,
            media_type=media_type,
            dpi=dpi and round(dpi * scale),
            cut=True,
        )

    def keep(self, plan: CollagePlan, idea: str | None, purposes: frozenset[Purpose]) -> Creation:
        """Draw a plan at full size and keep it.

        Raises:
            RenderError: it cannot be drawn.
            RefusedError: consent does not cover one of its photos.
        """
        places = {Purpose.PLACES} if plan.route else set()
        return self._shelf.keep(self.drawn(plan), idea, purposes | places)

    def drawn(self, plan: CollagePlan, kind: CreationKind = CreationKind.COLLAGE) -> Made:
        """A plan drawn at full size, with the recipe that draws it again.

        Raises:
            RenderError: it cannot be drawn.
            RefusedError: consent does not cover one of its photos.
        """
        recipe = plan_to_json(plan)
        return Made(
            kind=kind,
            title=plan.title or kind.capitalize(),
            media_type="image/jpeg",
            width=plan.width,
            height=plan.height,
            used=tuple(cell.asset for cell in plan.cells),
            cells=plan.cells,
            # Those that were kept before other kinds had plans name no kind.
            recipe=recipe if kind is CreationKind.COLLAGE else {**recipe, "kind": str(kind)},
            content=self.render(plan),
        )


def print_resolution(plan: CollagePlan) -> int | None:
    """Dots per inch of a plan whose canvas is a print size; None for a screen's."""
    size = (plan.width, plan.height)
    return next((f.dpi for f in FORMATS if (f.width, f.height) == size), None)


def caption(idea: Idea) -> tuple[str, str]:
    """Title and second line for a collage of an idea: what and when, without counts."""
    if idea.start is None or idea.end is None:
        return idea.title, ""
    dates = words.dates(idea.start.date(), idea.end.date())
    said = idea.title.endswith((str(idea.end.year), dates))
    return idea.title, "" if said else dates


def _require_size(plan: CollagePlan, scale: float) -> None:
    boxes = [c.placed for c in plan.cells] + [each.box for each in plan.ornaments]
    areas = [plan.width * plan.height, *(box.width * box.height for box in boxes)]
    if not all(0 < area * scale * scale <= _MOST_PIXELS for area in areas):
        raise UserError("This plan asks for more pixels than can be drawn, or for none.")
