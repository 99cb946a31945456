"""The shape in which a photo leaves, from where its faces and its centre of interest are."""

from __future__ import annotations

from safelight.app.making.pictures import Pictures
from safelight.app.sharing.items import Item
from safelight.creations.post import PostFrame, fit_post
from safelight.model.errors import UserError
from safelight.model.sharing import PostShape, ShareWish

ASPECTS = {PostShape.SQUARE: 1.0, PostShape.PORTRAIT: 4 / 5, PostShape.STORY: 9 / 16}


class Shaping:
    """Finds the window of a photo that a post shows."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures

    def frame(self, item: Item, wish: ShareWish) -> PostFrame | None:
        """What is shown of a photo; None where it leaves in its own shape.

        Raises:
            UserError: it is not in the library, or may not be seen.
        """
        if wish.shape is PostShape.OWN:
            return None
        found = self._pictures.ingredients([item.subject.id])
        if not found:
            raise UserError("There is no picture of this.")
        return fit_post(found[0], ASPECTS[wish.shape])

    def done(self, item: Item, wish: ShareWish) -> tuple[str, ...]:
        """What that did to the photo, in the words of its label of origin."""
        frame = self.frame(item, wish)
        if frame is None:
            return ()
        return ("c2pa.edited",) if frame.whole else ("c2pa.cropped",)
