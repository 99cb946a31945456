"""A photo in the shape of a post: as its person wants it, else cropped where no face is cut."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from safelight.creations.interest import crop_window
from safelight.model.creations import Box, Ingredient
from safelight.model.sharing import Crop

PAPER = "#f7f4ee"
_MOST_ZOOM = 5.0
_LEAST_PIXELS = 540
"""Of the short side of a post: half of how wide posts are shown."""


@dataclass(frozen=True, slots=True)
class PostFrame:
    """What a post shows of a photo, in pixels of the upright full-size photo.

    Attributes:
        photo: width and height of the photo.
        aspect: width by height of the post.
        window: what is shown; it reaches over the photo's edges where paper is seen.
    """

    photo: tuple[int, int]
    aspect: float
    window: Box

    @property
    def whole(self) -> bool:
        """Whether the whole photo is shown."""
        return self.window.x <= 0 and self.window.y <= 0 and self._holds_the_far_corner()

    def _holds_the_far_corner(self) -> bool:
        right, bottom = self.window.x + self.window.width, self.window.y + self.window.height
        return right >= self.photo[0] and bottom >= self.photo[1]

    def decoded_edge(self, edge: int | None) -> int | None:
        """The long edge at which the photo is needed for a post of that long edge."""
        if edge is None:
            return None
        shown = max(self.window.width, self.window.height)
        return max(1, round(edge * max(self.photo) / shown))

    def size(self, edge: int | None) -> tuple[int, int]:
        """Pixels of a post with a long edge of at most `edge`; nothing is enlarged."""
        longest = max(self.window.width, self.window.height)
        longest = longest if edge is None else min(longest, edge)
        height = longest if self.aspect <= 1 else longest / self.aspect
        return max(1, round(height * self.aspect)), max(1, round(height))


def fit_post(photo: Ingredient, aspect: float, crop: Crop | None = None) -> PostFrame:
    """What a post of that shape shows of a photo.

    Without a wish that is the largest crop which keeps every face whole, and the whole photo
    where none does. What a person wishes is done as far as the photo reaches, faces or not.

    Args:
        aspect: width by height.
        crop: what the person wants to be seen.
    """
    if crop is not None:
        window = _whole(photo, aspect) if crop.whole else _window(photo, aspect, crop)
    else:
        window = crop_window(photo, aspect)
        if faces_cut(photo, window):
            window = _whole(photo, aspect)
    return PostFrame((photo.width, photo.height), aspect, window)


def crop_of(frame: PostFrame) -> Crop:
    """The wish that leads to a frame."""
    if frame.whole:
        return Crop(whole=True)
    window, (width, height) = frame.window, frame.photo
    x, y = (window.x + window.width / 2) / width, (window.y + window.height / 2) / height
    return Crop(x, y, max(1.0, _widest(frame.photo, frame.aspect) / window.width))


def most_zoom(photo: Ingredient, aspect: float) -> float:
    """How far a crop may be zoomed into before it has fewer pixels than a post deserves."""
    width = _widest((photo.width, photo.height), aspect)
    return max(1.0, min(_MOST_ZOOM, min(width, width / aspect) / _LEAST_PIXELS))


def faces_cut(photo: Ingredient, window: Box) -> int:
    """How many faces are not wholly within a window."""
    return sum(not _inside(face, window) for face in photo.keep)


def _whole(photo: Ingredient, aspect: float) -> Box:
    width = max(float(photo.width), photo.height * aspect)
    height = max(float(photo.height), photo.width / aspect)
    return Box((photo.width - width) / 2, (photo.height - height) / 2, width, height)


def _window(photo: Ingredient, aspect: float, crop: Crop) -> Box:
    width = _widest((photo.width, photo.height), aspect)
    width /= min(max(1.0, crop.zoom), most_zoom(photo, aspect))
    height = width / aspect
    x = max(0.0, min(crop.x * photo.width - width / 2, photo.width - width))
    y = max(0.0, min(crop.y * photo.height - height / 2, photo.height - height))
    return Box(x, y, width, height)


def _widest(photo: tuple[int, int], aspect: float) -> float:
    """Width of the largest window of that shape in a photo."""
    return min(float(photo[0]), photo[1] * aspect)


def draw_post(image: Image.Image, frame: PostFrame, edge: int | None) -> Image.Image:
    """The post of a photo that may have been decoded smaller than it is."""
    size = frame.size(edge)
    window, scale = frame.window, image.width / frame.photo[0]
    if not frame.whole:
        left, top = window.x * scale, window.y * scale
        right = min(left + window.width * scale, image.width)
        bottom = min(top + window.height * scale, image.height)
        part = (left, top, right, bottom)
        return image.resize(size, Image.Resampling.LANCZOS, part, reducing_gap=3.0)
    post = Image.new("RGB", size, PAPER)
    shrink = size[0] / window.width
    photo = (max(1, round(frame.photo[0] * shrink)), max(1, round(frame.photo[1] * shrink)))
    placed = image.convert("RGB").resize(photo, Image.Resampling.LANCZOS, reducing_gap=3.0)
    post.paste(placed, ((size[0] - photo[0]) // 2, (size[1] - photo[1]) // 2))
    return post


def _inside(face: Box, window: Box) -> bool:
    slack = 0.5  # half a pixel of a face's margin is no cut
    return (
        face.x >= window.x - slack
        and face.y >= window.y - slack
        and face.x + face.width <= window.x + window.width + slack
        and face.y + face.height <= window.y + window.height + slack
    )
