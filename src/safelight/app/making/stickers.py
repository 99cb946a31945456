"""Stickers: the people of a photo, cut out."""

from __future__ import annotations

from safelight.app.making.altering import Alteration
from safelight.app.making.keeping import Shelf, name_of, now
from safelight.app.making.pictures import Pictures
from safelight.app.making.wishes import Progress, Wish
from safelight.model.consent import Purpose
from safelight.model.creations import Creation, CreationKind

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
        asset = self._pictures.one(wish)["id"]
        wanted = Alteration("sticker", _EDGE)
        altered = self._pictures.altered(asset, wanted, Purpose.CONTENT)
        recipe: dict[str, object] = {"kind": str(self.kind), "asset": asset}
        creation = Creation(
            id=name_of(recipe),
            kind=self.kind,
            title="Sticker",
            media_type="image/png",
            width=altered.width,
            height=altered.height,
            used=(asset,),
            cells=(),
            recipe=recipe,
            made_at=now(),
            idea=wish.idea.id if wish.idea else None,
        )
        stands_on = {*(wish.idea.purposes if wish.idea else ()), Purpose.CONTENT}
        return self._shelf.keep(creation, stands_on, altered.content)
