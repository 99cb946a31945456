"""Collages that a person changes by hand: laid out by the engine at every step, never by a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from safelight.app.composition import Rooms
from safelight.app.kept import Kept
from safelight.app.making.collages import Collages
from safelight.app.making.pictures import Pictures
from safelight.app.views import ArrangedCollage, CollageOrder
from safelight.creations.collage import (
    STYLES,
    Sheet,
    arrange,
    borders,
    hold_pins,
    holds,
    missing_glyphs,
    plan_from_json,
)
from safelight.model.arrangement import Arrangement
from safelight.model.consent import Purpose
from safelight.model.creations import CollagePlan, CreationKind, Ingredient
from safelight.model.errors import RefusedError, UserError

_LAYOUTS = 6
_EDITABLE = frozenset({CreationKind.COLLAGE, CreationKind.CARD})

Photos = Mapping[str, Ingredient]


class Arranging:
    """Lays out orders of one library.

    Nothing is stored: an order says everything, so the same order is the same collage. What
    consent no longer covers falls out of it each time that it is laid out.
    """

    def __init__(self, rooms: Rooms, pictures: Pictures, collages: Collages) -> None:
        self._rooms = rooms
        self._pictures = pictures
        self._collages = collages

    def lay_out(self, order: CollageOrder) -> ArrangedCollage:
        """Lay out an order as far as its photos may be used.

        Raises:
            UserError: no photo of it may be used, or its format or style is unknown.
        """
        wanted = dict.fromkeys((*order.photos, *order.arrangement.seats))
        photos = {each.asset: each for each in self._pictures.ingredients(tuple(wanted))}
        gone = frozenset(wanted) - frozenset(photos)
        lost = len(gone.intersection(order.shown))
        if gone:
            left = tuple(asset for asset in order.shown if asset in photos)
            order = order.changed(photos=left, layout=order.layout)
            order = replace(order, arrangement=order.arrangement.without(gone))
        return replace(self._laid_out(order, photos), lost=lost)

    def start(self, creation: str) -> CollageOrder:
        """The order that begins with a kept collage or card, to change it.

        Raises:
            UserError: there is no such collage.
            RefusedError: `library` is off.
        """
        plan = self._kept(creation)
        return CollageOrder(
            tuple(cell.asset for cell in plan.cells),
            self._collages.format_of(plan),
            plan.title or "",
            plan.subtitle or "",
            style=plan.style if plan.style in STYLES else "mosaic",
            kept=creation,
        )

    def standing(self, creation: str) -> frozenset[Purpose]:
        """What a kept collage stands on; what is made of it stands on the same.

        Raises:
            UserError: there is no such collage.
            RefusedError: `library` is off.
        """
        self._kept(creation)
        return self._rooms.creations.purposes(creation)

    def _laid_out(self, order: CollageOrder, photos: Photos) -> ArrangedCollage:
        sheet = self._sheet(order)
        plans = self._collages.plans(order.style, sheet, _LAYOUTS)
        if order.kept:
            first = self._kept(order.kept)
            if all(cell.asset in photos for cell in first.cells):
                plans = (first, *(plan for plan in plans if plan.cells != first.cells))
        at = order.layout % len(plans)
        carried = order.arrangement.carried()
        shown = [arrange(*self._based(order, plan, sheet, carried, photos)) for plan in plans]
        base, _, wanted = self._based(order, plans[at], sheet, order.arrangement, photos)
        shown[at] = arrange(base, photos, wanted)
        return ArrangedCollage(
            order=order,
            plans=tuple(shown),
            at=at,
            holds=tuple(holds(shown[at], photos, wanted)),
            borders=tuple(borders(base, wanted)),
            undrawn=missing_glyphs(order.title + order.subtitle),
        )

    def _based(
        self,
        order: CollageOrder,
        plan: CollagePlan,
        sheet: Sheet,
        wanted: Arrangement,
        photos: Photos,
    ) -> tuple[CollagePlan, Photos, Arrangement]:
        """The plan to change, with what is left to be changed in it.

        Where cells follow the order of the photos, another order is planned, so that each cell
        suits the photo that is in it.
        """
        seats = wanted.seats or hold_pins(plan, wanted)
        as_it_is = seats == tuple(cell.asset for cell in plan.cells)
        by_order = order.style in STYLES and STYLES[order.style].by_order
        if as_it_is or not by_order or len(seats) != len(plan.cells) or self._is_kept(order, plan):
            return plan, photos, wanted
        again = replace(sheet, photos=tuple(photos[asset] for asset in seats))
        found = self._collages.plans(order.style, again, _LAYOUTS)
        plan = next((each for each in found if each.layout == plan.layout), found[0])
        return plan, photos, replace(wanted, seats=seats)

    def _is_kept(self, order: CollageOrder, plan: CollagePlan) -> bool:
        return bool(order.kept) and plan == self._kept(order.kept)

    def _sheet(self, order: CollageOrder) -> Sheet:
        return self._collages.sheet(
            order.photos,
            order.format,
            order.title or None,
            (order.subtitle or None) if order.title else None,
            order.seed,
            order.style,
        )

    def _kept(self, creation: str) -> CollagePlan:
        refusal = self._rooms.gate.refusal(Purpose.LIBRARY)
        if refusal is not None:
            raise RefusedError(refusal.text)
        found = Kept(self._rooms).get(creation)
        if found is None or found[0].kind not in _EDITABLE:
            raise UserError("This collage is no longer there.")
        return plan_from_json(found[0].recipe)
