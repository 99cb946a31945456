"""What a person changed in a collage that was laid out for them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from safelight.model.creations import Box


@dataclass(frozen=True, slots=True)
class Crop:
    """What a cell shows of its photo.

    Attributes:
        zoom: 1 shows as much as the cell's shape can; 2 half as much each way.
        x, y: middle of what is shown, as fractions of the photo's width and height.
    """

    zoom: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Changes to a collage, by asset; the same layout with the same changes is the same collage.

    Attributes:
        seats: the photo in each cell, in the order of the plan's cells; empty as laid out.
        crops: what is shown of a photo, wherever it is.
        borders: where a border lies, by its name, as a share of the row or column that it divides.
        pins: where a photo is to stay, as fractions of the canvas.
    """

    seats: tuple[str, ...] = ()
    crops: tuple[tuple[str, Crop], ...] = ()
    borders: tuple[tuple[str, float], ...] = ()
    pins: tuple[tuple[str, Box], ...] = ()

    @property
    def pinned(self) -> frozenset[str]:
        """The photos that stay."""
        return frozenset(asset for asset, _ in self.pins)

    def with_crop(self, asset: str, crop: Crop | None) -> Arrangement:
        """Another crop of a photo; None takes it back."""
        rest = tuple(pair for pair in self.crops if pair[0] != asset)
        return replace(self, crops=rest if crop is None else (*rest, (asset, crop)))

    def with_border(self, name: str, share: float) -> Arrangement:
        """A border elsewhere."""
        rest = tuple(pair for pair in self.borders if pair[0] != name)
        return replace(self, borders=(*rest, (name, share)))

    def with_pin(self, asset: str, box: Box | None) -> Arrangement:
        """A photo that stays; None lets it go."""
        rest = tuple(pair for pair in self.pins if pair[0] != asset)
        return replace(self, pins=rest if box is None else (*rest, (asset, box)))

    def carried(self) -> Arrangement:
        """What goes along to another layout: crops and pins, but neither seats nor borders."""
        return Arrangement(crops=self.crops, pins=self.pins)

    def without(self, assets: frozenset[str]) -> Arrangement:
        """What is left when some photos go."""
        return replace(
            self,
            crops=tuple(pair for pair in self.crops if pair[0] not in assets),
            pins=tuple(pair for pair in self.pins if pair[0] not in assets),
        )

    def photos(self, laid_out: tuple[str, ...]) -> tuple[str, ...]:
        """The photos that are shown, in the order of those laid out.

        One that replaced another stands where that one stood.
        """
        if not self.seats:
            return laid_out
        new = iter([asset for asset in self.seats if asset not in laid_out])
        shown = [asset if asset in self.seats else next(new, None) for asset in laid_out]
        return tuple(asset for asset in shown if asset is not None)


AS_LAID_OUT = Arrangement()
"""Nothing changed."""


@dataclass(frozen=True, slots=True)
class Border:
    """A border between two parts of a collage that can be moved.

    Attributes:
        name: as `Arrangement.borders` has it.
        box: the strip between the parts, canvas pixels.
        upright: whether it is moved from side to side.
        span: length of the row or column less its gutters, canvas pixels.
        at, low, high: where it is, and how far it goes, as shares of `span`.
    """

    name: str
    box: Box
    upright: bool
    span: float
    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Hold:
    """One cell as it can be taken hold of.

    Attributes:
        crop: what is shown now, as a change would say it.
        most: how far it can be zoomed before it blurs.
        keep: what should not be cut, in pixels of the photo.
        cuts: whether something of that is cut now.
        pinned: whether the photo stays.
    """

    asset: str
    crop: Crop
    most: float
    keep: tuple[Box, ...] = field(default=())
    cuts: bool = False
    pinned: bool = False
