"""Moving pictures of a few photos taken one after the other."""

from __future__ import annotations

from safelight.app.making.keeping import Made, Shelf
from safelight.app.making.pictures import Pictures
from safelight.app.making.wishes import Progress, Wish
from safelight.creations.burst import moving
from safelight.model.creations import Creation, CreationKind
from safelight.model.errors import UserError

_EDGE = 720
_MOST = 16
_TYPES = {"gif": "image/gif", "webp": "image/webp"}


class Bursts:
    """Looping pictures, GIF unless WebP is wished for as the format."""

    kind = CreationKind.GIF

    def __init__(self, pictures: Pictures, shelf: Shelf) -> None:
        self._pictures = pictures
        self._shelf = shelf

    def choose(self, wish: Wish) -> tuple[str, ...]:
        """The photos that it would use: the first sixteen at most.

        Raises:
            UserError: fewer than two can be used.
        """
        found = [row["id"] for row in self._pictures.rows(wish.assets)][:_MOST]
        if len(found) < 2:
            raise UserError("A moving picture needs at least two photos.")
        return tuple(found)

    def make(self, wish: Wish, report: Progress) -> Creation:
        """Make it and keep it."""
        used = self.choose(wish)
        report(0.0)
        decoded = self._pictures.decode(dict.fromkeys(used, _EDGE))
        report(0.5)
        media_type = _TYPES.get(wish.format or "", "image/gif")
        frames = [decoded[asset] for asset in used]
        content = moving(frames, media_type)
        recipe: dict[str, object] = {
            "kind": str(self.kind),
            "assets": list(used),
            "media_type": media_type,
        }
        made = Made(
            kind=self.kind,
            title=wish.idea.title if wish.idea else "Moving picture",
            media_type=media_type,
            width=frames[0].width,
            height=frames[0].height,
            used=used,
            recipe=recipe,
            content=content,
        )
        return self._shelf.keep_wished(made, wish)
