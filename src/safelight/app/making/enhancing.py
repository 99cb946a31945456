"""Enhanced photos: a better copy beside the original, which is never touched."""

from __future__ import annotations

from safelight.app.making.altering import Alteration, Altered
from safelight.app.making.keeping import Made, Shelf
from safelight.app.making.pictures import Pictures
from safelight.app.making.wishes import Progress, Wish
from safelight.model.creations import Creation, CreationKind

USUAL_STRENGTH = 0.85


class Enhancements:
    """Enhanced copies of single photos."""

    kind = CreationKind.ENHANCE

    def __init__(self, pictures: Pictures, shelf: Shelf) -> None:
        self._pictures = pictures
        self._shelf = shelf

    def choose(self, wish: Wish) -> tuple[str, ...]:
        """The one photo that would be enhanced."""
        return (self._pictures.one(wish)["id"],)

    def preview(self, asset: str, strength: float = USUAL_STRENGTH, edge: int = 1280) -> Altered:
        """An enhanced copy to look at, which is not kept.

        Raises:
            UserError: there is no such photo, or consent does not cover it.
            RenderError: it cannot be decoded.
        """
        return self._pictures.altered(asset, Alteration("enhance", edge, strength))

    def make(self, wish: Wish, report: Progress) -> Creation:
        """Enhance a photo at its full size."""
        report(0.0)
        row = self._pictures.one(wish)
        strength = USUAL_STRENGTH if wish.strength is None else wish.strength
        altered = self._pictures.altered(row["id"], Alteration("enhance", None, strength))
        recipe: dict[str, object] = {
            "kind": str(self.kind),
            "asset": row["id"],
            "strength": strength,
            "found": list(altered.words),
        }
        made = Made(
            kind=self.kind,
            title="Enhanced photo",
            media_type="image/jpeg",
            width=altered.width,
            height=altered.height,
            used=(row["id"],),
            recipe=recipe,
            content=altered.content,
        )
        return self._shelf.keep_wished(made, wish)
