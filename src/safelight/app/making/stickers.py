"""Stickers: the people of a photo, cut out."""

from __future__ import annotations

from safelight.app.making.altering import Alteration
from safelight.app.making.keeping import Made, Shelf
from safelight.app.making.pictures import Pictures
from safelight.app.making.wishes import Progress, Wish
from safelight.creations.sticker import NOBODY
from safelight.model.consent import Purpose
from safelight.model.creations import Creation, CreationKind
from safelight.model.errors import RenderError

_EDGE = 1280


class Stickers:
    """People cut out of single photos; finding them needs `content`."""

    kind = CreationKind.STICKER

    def __init__(self, pictures: Pictures, shelf: Shelf) -> None:
        self._pictures = pictures
        self._shelf = shelf

    def choose(self, wish: Wish) -> tuple[str, ...]:
        """The one photo that would be cut."""
        return (self._pictures.one(wish)["id"],)

    def make(self, wish: Wish, report: Progress) -> Creation:
        """Cut it out and keep it.

        Raises:
            RefusedError: `content` does not cover the photo.
            RenderError: nobody is large enough in it.
        """
        report(0.0)
        row = self._pictures.one(wish)
        asset = row["id"]
        if self._pictures.shows_nobody(row):  # shrubs and rocks pass for people by their shape
            raise RenderError(NOBODY)
        wanted = Alteration("sticker", _EDGE)
        altered = self._pictures.altered(asset, wanted, Purpose.CONTENT)
        recipe: dict[str, object] = {"kind": str(self.kind), "asset": asset}
        made = Made(
            kind=self.kind,
            title="Sticker",
            media_type="image/png",
            width=altered.width,
            height=altered.height,
            used=(asset,),
            recipe=recipe,
            content=altered.content,
        )
        return self._shelf.keep_wished(made, wish, {Purpose.CONTENT})
