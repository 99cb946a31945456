"""The shape in which a photo leaves, from where its faces and its centre of interest are."""

from __future__ import annotations

from safelight.app.making.pictures import Pictures
from safelight.app.sharing.items import Item
from safelight.creations.post import PostFrame, crop_of, faces_cut, fit_post, most_zoom
from safelight.model.creations import Ingredient
from safelight.model.errors import UserError
from safelight.model.sharing import Framing, PostShape, ShareWish

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
        return fit_post(self._photo(item), ASPECTS[wish.shape], wish.crop)

    def framing(self, item: Item, wish: ShareWish) -> Framing:
        """How it stands in the shape now, and what else the person could choose.

        Raises:
            UserError: as `frame`, or it leaves in its own shape.
        """
        if wish.shape is PostShape.OWN:
            raise UserError("A photo in its own shape is not cropped.")
        photo, aspect = self._photo(item), ASPECTS[wish.shape]
        frame = fit_post(photo, aspect, wish.crop)
        width, height = photo.width, photo.height
        return Framing(
            width=width,
            height=height,
            faces=tuple(
                (f.x / width, f.y / height, f.width / width, f.height / height) for f in photo.keep
            ),
            shown=crop_of(frame),
            usual=crop_of(fit_post(photo, aspect)),
            chosen=wish.crop is not None,
            most_zoom=most_zoom(photo, aspect),
            cut=faces_cut(photo, frame.window),
        )

    def cautions(self, item: Item, wish: ShareWish) -> tuple[str, ...]:
        """What the person should know of their own crop."""
        if wish.shape is PostShape.OWN or wish.crop is None:
            return ()
        cut = self.framing(item, wish).cut
        if not cut:
            return ()
        return (f"Your crop cuts {'a face' if cut == 1 else f'{cut} faces'}.",)

    def _photo(self, item: Item) -> Ingredient:
        found = self._pictures.ingredients([item.subject.id])
        if not found:
            raise UserError("There is no picture of this.")
        return found[0]

    def done(self, item: Item, wish: ShareWish) -> tuple[str, ...]:
        """What that did to the photo, in the words of its label of origin."""
        frame = self.frame(item, wish)
        if frame is None:
            return ()
        return ("c2pa.edited",) if frame.whole else ("c2pa.cropped",)
