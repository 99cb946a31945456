"""A film before any pixel is read: which photo when, from where to where its frame moves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from safelight.creations.interest import crop_window
from safelight.model.creations import Box, Ingredient
from safelight.model.errors import UserError

FPS = 30
FORMATS = {"story": (1080, 1920), "square": (1080, 1080), "wide": (1920, 1080)}
"""Shapes by name: 9:16, 1:1 and 16:9, in pixels."""

SHORTEST, LONGEST = 10.0, 60.0
_TAKE_S = (1.5, 4.2)
_FADE_S = 0.5
_ZOOM = 1.14
_DRIFT = 0.35
_ROOM = 0.14


@dataclass(frozen=True, slots=True)
class Take:
    """One photo's turn.

    Attributes:
        start, end: seconds, on beats; a take that fades in begins `fade` before its start.
        first, last: what is shown at the beginning and the end, in pixels of the upright photo.
        size: width and height of the upright photo.
        fade: seconds of cross-fade from the take before; 0 is a cut.
        whole: all that matters of the photo is shown, before a soft copy of itself, since no
            window of the film's shape holds all that must not be cut.
    """

    asset: str
    start: float
    end: float
    first: Box
    last: Box
    size: tuple[int, int]
    fade: float = 0.0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class FilmPlan:
    """A film: canvas in pixels, takes in order, words for the first seconds."""

    width: int
    height: int
    seconds: float
    takes: tuple[Take, ...]
    mood: str
    seed: int
    title: str = ""
    subtitle: str = ""


def plan_film(
    photos: Sequence[Ingredient],
    shape: tuple[int, int],
    seconds: float,
    beats: Sequence[float],
    *,
    mood: str,
    seed: int = 0,
    words: tuple[str, str] = ("", ""),
) -> FilmPlan:
    """Give each photo its turn between two beats, and its move.

    Args:
        beats: times at which a cut may fall, in seconds, rising.

    Raises:
        UserError: no photo, or a length that no film has.
    """
    if not photos:
        raise UserError("None of these photos can be used for a film.")
    if not SHORTEST <= seconds <= LONGEST:
        raise UserError(f"A film lasts {SHORTEST:.0f} to {LONGEST:.0f} seconds.")
    cuts = _cuts(len(photos), seconds, beats)
    chosen = _spread(photos, len(cuts) - 1)
    takes = [
        _take(photo, shape, (cuts[n], cuts[n + 1]), n, fade=_fades(mood, n))
        for n, photo in enumerate(chosen)
    ]
    return FilmPlan(*shape, seconds, tuple(takes), mood, seed, *words)


def needed_edge(take: Take, shape: tuple[int, int]) -> int:
    """Long edge at which a whole photo is to be decoded, to be sharp where it is shown closest."""
    if take.whole:
        ratio = min(shape[0] / take.first.width, shape[1] / take.first.height)
    else:
        ratio = shape[0] / min(take.first.width, take.last.width)
    return max(1, math.ceil(max(take.size) * min(1.0, ratio)))


def plan_to_json(plan: FilmPlan) -> dict[str, object]:
    """A plan as JSON, for the recipe that makes it again."""
    return asdict(plan)


def _cuts(photos: int, seconds: float, beats: Sequence[float]) -> list[float]:
    """Times at which takes begin, and the end: even shares, each moved to the nearest beat."""
    most = int(seconds / _TAKE_S[0])
    least = math.ceil(seconds / _TAKE_S[1])
    count = max(1, min(photos, most)) if photos >= least else photos
    inner = [beat for beat in beats if 0.8 < beat < seconds - 0.8]
    cuts = [0.0]
    for n in range(1, count):
        # The first photo carries the title, so it stays a little longer.
        wanted = seconds * (n + 0.5) / (count + 0.5)
        later = [beat for beat in inner if beat > cuts[-1] + 0.6]
        cuts.append(min(later, key=lambda beat: abs(beat - wanted)) if later else wanted)
    return [*cuts, seconds]


def _spread(photos: Sequence[Ingredient], count: int) -> list[Ingredient]:
    """So many photos, spread over all of them, first and last among them."""
    if count >= len(photos):
        return list(photos)
    if count == 1:
        return [photos[0]]
    step = (len(photos) - 1) / (count - 1)
    return [photos[round(n * step)] for n in range(count)]


def _fades(mood: str, n: int) -> float:
    """Quiet music fades throughout; livelier music cuts, and fades at every fourth photo."""
    if n == 0:
        return 0.0
    return _FADE_S if mood in ("calm", "tender") or n % 4 == 0 else 0.0


def _take(
    photo: Ingredient, shape: tuple[int, int], span: tuple[float, float], n: int, fade: float
) -> Take:
    size = (photo.width, photo.height)
    wide = crop_window(photo, shape[0] / shape[1])
    if _cuts_something(photo, wide):
        whole = _all_that_matters(photo)
        return Take(photo.asset, *span, whole, whole, size, fade, whole=True)
    close = _closer(photo, wide)
    drift = _drifted(photo, wide)
    # In towards a face, out from a face, in turn: a film that only ever zooms in makes one tired.
    first, last = (drift, close) if n % 2 == 0 else (close, drift)
    return Take(photo.asset, *span, first, last, size, fade)


def _cuts_something(photo: Ingredient, window: Box) -> bool:
    """Whether a face is cut; of the room around it, which `keep` has, most may be cut."""
    right, bottom = window.x + window.width, window.y + window.height
    return any(
        box.x + _ROOM * box.width < window.x
        or box.y + _ROOM * box.height < window.y
        or box.x + (1 - _ROOM) * box.width > right
        or box.y + (1 - _ROOM) * box.height > bottom
        for box in photo.keep
    )


def _all_that_matters(photo: Ingredient) -> Box:
    """The part of a photo that holds every face with its room, as near to a square as it can."""
    left, top, right, bottom = _around(photo.keep)
    width = min(float(photo.width), max((right - left) * 1.04, photo.height))
    height = min(float(photo.height), max((bottom - top) * 1.04, photo.width))
    x = min(max((left + right - width) / 2, 0.0), photo.width - width)
    y = min(max((top + bottom - height) / 2, 0.0), photo.height - height)
    return Box(x, y, width, height)


def _closer(photo: Ingredient, wide: Box) -> Box:
    """A closer window around the faces, or around what draws the eye."""
    zoom = _ZOOM
    if photo.keep:
        left, top, right, bottom = _around(photo.keep)
        room = min(wide.width / max(right - left, 1), wide.height / max(bottom - top, 1))
        zoom = max(1.0, min(_ZOOM, room / 1.08))
        centre = ((left + right) / 2, (top + bottom) / 2)
    else:
        centre = (photo.focus[0] * photo.width, photo.focus[1] * photo.height)
    width, height = wide.width / zoom, wide.height / zoom
    x = min(max(centre[0] - width / 2, wide.x), wide.x + wide.width - width)
    y = min(max(centre[1] - height / 2, wide.y), wide.y + wide.height - height)
    return Box(x, y, width, height)


def _drifted(photo: Ingredient, wide: Box) -> Box:
    """The wide window, moved a little to where more of the photo is, if nothing is cut by it."""
    spare_left, spare_right = wide.x, photo.width - wide.x - wide.width
    spare_up, spare_down = wide.y, photo.height - wide.y - wide.height
    across = (spare_right if spare_right > spare_left else -spare_left) * _DRIFT
    down = (spare_down if spare_down > spare_up else -spare_up) * _DRIFT
    limit = 0.12 * wide.width, 0.12 * wide.height
    across = min(max(across, -limit[0]), limit[0])
    down = min(max(down, -limit[1]), limit[1])
    moved = Box(wide.x + across, wide.y + down, wide.width, wide.height)
    return wide if _cuts_something(photo, moved) else moved


def _around(boxes: Sequence[Box]) -> tuple[float, float, float, float]:
    return (
        min(box.x for box in boxes),
        min(box.y for box in boxes),
        max(box.x + box.width for box in boxes),
        max(box.y + box.height for box in boxes),
    )
