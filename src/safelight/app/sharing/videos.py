"""Videos of the library on their way out: every frame decoded behind walls and encoded anew.

Nothing of the file itself leaves, so there is nothing that could be forgotten in it: no index,
no place, no time, no name of a camera. Its sound goes with it if that is wished.
"""

from __future__ import annotations

import math

from safelight.app.making.clips import BrokenClipError
from safelight.app.making.makers import Making
from safelight.app.making.wishes import Progress
from safelight.app.sharing.items import Item
from safelight.creations.film import FPS, Sound
from safelight.library.catalogue import Row
from safelight.library.reading.raster import fitted
from safelight.model.errors import RenderError, UserError

LONGEST_S = 180.0
LARGEST_EDGE = 1920


class Videos:
    """Writes videos of one library as new files."""

    def __init__(self, making: Making) -> None:
        self._clips = making.clips
        self._films = making.films

    def check(self, item: Item) -> None:
        """Raise `UserError` where a video cannot be shared."""
        if self._seconds(item) > LONGEST_S:
            raise UserError(
                f"A video of more than {LONGEST_S / 60:.0f} minutes cannot be shared from here yet."
            )

    def write(
        self, item: Item, edge: int | None, report: Progress, *, sound: bool
    ) -> tuple[bytes, tuple[int, int]]:
        """A new MP4 of its frames, and its size in pixels.

        Args:
            edge: its longest side at most.
            sound: whether what is heard goes with it.

        Raises:
            RenderError: it cannot be decoded or encoded.
            RefusedError: consent does not cover it.
        """
        row, seconds = item.rows[item.subject.id], self._seconds(item)
        encoder = self._films.encoder()
        size = even(fitted(item.size, min(edge or LARGEST_EDGE, LARGEST_EDGE)))
        heard = self._heard(row, seconds) if sound else None
        count = max(1, math.ceil(seconds * FPS))
        try:
            frames = self._clips.whole(row, size, count)
            return encoder.encode(frames, count, size, heard, report), size
        except BrokenClipError as error:
            raise RenderError(error.reason) from error
        finally:
            self._clips.rest()

    def _heard(self, row: Row, seconds: float) -> Sound | None:
        try:
            return self._clips.heard(row, self._films.encoder(), 0.0, seconds)
        except RenderError:
            return None  # it has no sound

    def _seconds(self, item: Item) -> float:
        return float(item.rows[item.subject.id]["duration_s"] or 0.0)


def even(size: tuple[int, int]) -> tuple[int, int]:
    """The size with sides that H.264 can have."""
    return max(2, size[0] // 2 * 2), max(2, size[1] // 2 * 2)
