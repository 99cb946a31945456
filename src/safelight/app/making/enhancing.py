"""Enhanced photos: a better copy beside the original, which is never touched."""

from __future__ import annotations

from safelight.app.making.altering import Alteration, Altered
from safelight.app.making.enlarging import Enlarging, refuse_large
from safelight.app.making.keeping import Made, Shelf
from safelight.app.making.pictures import Pictures
from safelight.app.making.wishes import Progress, Wish
from safelight.model.consent import Purpose
from safelight.model.creations import Creation, CreationKind

USUAL_STRENGTH = 0.85
ENLARGED = "enlarged"
"""The origin of a picture whose finest detail a model drew."""


class Enhancements:
    """Enhanced copies of single photos."""

    kind = CreationKind.ENHANCE

    def __init__(self, pictures: Pictures, shelf: Shelf, enlarging: Enlarging) -> None:
        self._pictures = pictures
        self._shelf = shelf
        self._enlarging = enlarging

    def choose(self, wish: Wish) -> tuple[str, ...]:
        """The one photo that would be enhanced.

        Raises:
            UserError: there is none, or it is to be larger and is large enough.
        """
        row = self._pictures.one(wish)
        if wish.larger:
            refuse_large(row["width"], row["height"])
        return (row["id"],)

    def preview(self, asset: str, strength: float = USUAL_STRENGTH, edge: int = 1280) -> Altered:
        """An enhanced copy to look at, which is not kept.

        Raises:
            UserError: there is no such photo, or consent does not cover it.
            RenderError: it cannot be decoded.
        """
        return self._pictures.altered(asset, Alteration("enhance", edge, strength))

    def make(self, wish: Wish, report: Progress) -> Creation:
        """Enhance a photo at its full size, or twice that.

        Raises:
            RefusedError: consent does not cover it; to be larger it needs `restyle`, as a model
                draws what was too fine for the photo.
        """
        report(0.0)
        row = self._pictures.one(wish)
        strength = USUAL_STRENGTH if wish.strength is None else wish.strength
        if wish.larger:
            altered = self._enlarging.make(row["id"], strength, report)
        else:
            altered = self._pictures.altered(row["id"], Alteration("enhance", None, strength))
        recipe: dict[str, object] = {
            "kind": str(self.kind),
            "asset": row["id"],
            "strength": strength,
            "found": list(altered.words),
            **({"origin": ENLARGED} if wish.larger else {}),
        }
        made = Made(
            kind=self.kind,
            title="Enhanced photo, twice as large" if wish.larger else "Enhanced photo",
            media_type="image/jpeg",
            width=altered.width,
            height=altered.height,
            used=(row["id"],),
            recipe=recipe,
            content=altered.content,
        )
        return self._shelf.keep_wished(made, wish, {Purpose.RESTYLE} if wish.larger else ())
