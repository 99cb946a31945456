"""A photo in the shape of a post: cropped where no face is cut, else whole on paper."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from safelight.creations.interest import crop_window
from safelight.model.creations import Box, Ingredient

PAPER = "#f7f4ee"


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


def fit_post(photo: Ingredient, aspect: float) -> PostFrame:
    """The largest crop of that aspect that keeps every face whole; the whole photo where none does.

    Args:
        aspect: width by height.
    """
    window = crop_window(photo, aspect)
    if not all(_inside(face, window) for face in photo.keep):
        width = max(float(photo.width), photo.height * aspect)
        height = max(float(photo.height), photo.width / aspect)
        window = Box((photo.width - width) / 2, (photo.height - height) / 2, width, height)
    return PostFrame((photo.width, photo.height), aspect, window)


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
