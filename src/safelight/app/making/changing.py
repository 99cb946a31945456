"""The ways in which a person changes a collage: each gives another order, and stores nothing."""

from __future__ import annotations

from dataclasses import replace

from safelight.app.making.arranging import Arranging
from safelight.app.making.pictures import Pictures
from safelight.app.views import ArrangedCollage, CollageOrder
from safelight.model.arrangement import Arrangement, Crop, Hold
from safelight.model.creations import Box, Cell
from safelight.model.errors import UserError


class Changing:
    """Changes to collages of one library."""

    def __init__(self, arranging: Arranging, pictures: Pictures) -> None:
        self._arranging = arranging
        self._pictures = pictures

    def swap(self, found: ArrangedCollage, one: str, other: str) -> CollageOrder:
        """Two photos in each other's cells.

        Raises:
            UserError: one of them is not in it, or is pinned.
        """
        taken = {_free(found, one).asset: other, _free(found, other).asset: one}
        seats = tuple(taken.get(cell.asset, cell.asset) for cell in found.plan.cells)
        return _with(found.order, replace(found.order.arrangement, seats=seats))

    def put(self, found: ArrangedCollage, one: str, other: str) -> CollageOrder:
        """Another photo of the library in the place of one.

        Raises:
            UserError: there is no such photo, or the one is pinned.
        """
        _free(found, one)
        seats = [cell.asset for cell in found.plan.cells]
        if other in seats:
            return self.swap(found, one, other)
        if not self._pictures.rows([other]):
            raise UserError("There is no such photo in the library.")
        seats[seats.index(one)] = other
        rest = found.order.arrangement.without(frozenset({one}))
        return _with(found.order, replace(rest, seats=tuple(seats)))

    def drop(self, found: ArrangedCollage, asset: str) -> CollageOrder:
        """Without a photo, laid out anew.

        Raises:
            UserError: it is not in it, is pinned, or is the only one.
        """
        _free(found, asset)
        rest = tuple(each for each in found.order.shown if each != asset)
        if not rest:
            raise UserError("A collage needs at least one photo.")
        order = found.order.changed(photos=rest)
        return _with(order, order.arrangement.without(frozenset({asset})))

    def crop(self, found: ArrangedCollage, asset: str, crop: Crop | None) -> CollageOrder:
        """Another part of a photo shown; None for what the layout would show.

        Raises:
            UserError: it is not in it.
        """
        _cell(found, asset)
        order = _with(found.order, found.order.arrangement.with_crop(asset, crop))
        if crop is None:
            return order
        # As far as it goes: what is recorded is what is shown.
        shown = _hold(self._arranging.lay_out(order), asset).crop
        exact = Crop(*(round(value, 4) for value in (shown.zoom, shown.x, shown.y)))
        return _with(order, order.arrangement.with_crop(asset, exact))

    def nudge(
        self, found: ArrangedCollage, asset: str, zoom: float, right: float, down: float
    ) -> CollageOrder:
        """A photo zoomed by a factor, and moved by shares of what its cell shows.

        Raises:
            UserError: it is not in it.
        """
        cell, crop = _cell(found, asset), _hold(found, asset).crop
        x = crop.x - right * cell.source.width / cell.size[0]
        y = crop.y - down * cell.source.height / cell.size[1]
        return self.crop(found, asset, Crop(crop.zoom * zoom, x, y))

    def move_border(self, found: ArrangedCollage, border: str, share: float) -> CollageOrder:
        """A border elsewhere, as far as it goes.

        Raises:
            UserError: there is no such border.
        """
        known = next((each for each in found.borders if each.name == border), None)
        if known is None:
            raise UserError("There is no such border in this layout.")
        share = round(min(max(share, known.low), known.high), 4)
        return _with(found.order, found.order.arrangement.with_border(border, share))

    def pin(self, found: ArrangedCollage, asset: str) -> CollageOrder:
        """A photo that stays where it is through other layouts.

        Raises:
            UserError: it is not in it.
        """
        plan, placed = found.plan, _cell(found, asset).placed
        sides = (
            placed.x / plan.width,
            placed.y / plan.height,
            placed.width / plan.width,
            placed.height / plan.height,
        )
        box = Box(*(round(side, 4) for side in sides))
        return _with(found.order, found.order.arrangement.with_pin(asset, box))

    def unpin(self, found: ArrangedCollage, asset: str) -> CollageOrder:
        """A photo that need no longer stay."""
        return _with(found.order, found.order.arrangement.with_pin(asset, None))


def _with(order: CollageOrder, arrangement: Arrangement) -> CollageOrder:
    return replace(order, arrangement=arrangement)


def _cell(found: ArrangedCollage, asset: str) -> Cell:
    cell = next((each for each in found.plan.cells if each.asset == asset), None)
    if cell is None:
        raise UserError("This photo is not in the collage.")
    return cell


def _hold(found: ArrangedCollage, asset: str) -> Hold:
    return next(hold for hold in found.holds if hold.asset == asset)


def _free(found: ArrangedCollage, asset: str) -> Cell:
    cell = _cell(found, asset)
    if _hold(found, asset).pinned:
        raise UserError("This photo is pinned. Unpin it first.")
    return cell
