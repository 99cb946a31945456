"""A film before any pixel is read: what is shown when, and how its frame moves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from safelight.creations.film.clips import Look, best_stretch
from safelight.creations.interest import crop_window
from safelight.model.creations import Box, Ingredient
from safelight.model.errors import UserError

FPS = 30
FORMATS = {"story": (1080, 1920), "square": (1080, 1080), "wide": (1920, 1080)}
"""Shapes by name: 9:16, 1:1 and 16:9, in pixels."""

SHORTEST, LONGEST = 10.0, 60.0
_TAKE_S = (1.8, 4.2)
TITLE_END_S = 3.2
"""When a title is gone."""
_FADE_S = 0.5
_ZOOM = 1.14
_DRIFT = 0.35
_ROOM = 0.14
_WEIGHT = 1.5
_LEAST_SHOWN = 0.5


@dataclass(frozen=True, slots=True)
class Moving:
    """A clip that can take a turn: a video, or the moving half of a Live Photo.

    Attributes:
        width, height: pixels of its upright frame.
        seconds: how long it is.
        looks: what was seen in it.
        live: it belongs to a photo, which can be shown instead.
    """

    width: int
    height: int
    seconds: float
    looks: tuple[Look, ...] = ()
    live: bool = False


@dataclass(frozen=True, slots=True)
class Take:
    """One photo's or clip's turn.

    Attributes:
        start, end: seconds, on beats; a take that fades in begins `fade` before its start.
        first, last: what is shown at the beginning and the end, in pixels of the upright photo.
        size: width and height of the upright photo.
        fade: seconds of cross-fade from the take before; 0 is a cut.
        whole: all that matters of the photo is shown, before a soft copy of itself, since no
            window of the film's shape holds all that must not be cut.
        begin: seconds into the video at which it begins to be seen, of a take that is a clip.
    """

    asset: str
    start: float
    end: float
    first: Box
    last: Box
    size: tuple[int, int]
    fade: float = 0.0
    whole: bool = False
    begin: float | None = None


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
    clips: Mapping[str, Moving] | None = None,
) -> FilmPlan:
    """Give each photo its turn between two beats, and its move; of a clip its best seconds.

    Args:
        beats: times at which a cut may fall, in seconds, rising.
        clips: by asset, of those that move by themselves.

    Raises:
        UserError: no photo, or a length that no film has.
    """
    chosen = pick(photos, seconds)
    moving = _moving(chosen, clips or {})
    weights = [_WEIGHT if photo.asset in moving else 1.0 for photo in chosen]
    cuts = _cuts(weights, seconds, beats, titled=bool(words[0]))
    fades = [_fades(mood, n) for n in range(len(chosen))]
    takes = []
    for n, photo in enumerate(chosen):
        span = (cuts[n], cuts[n + 1])
        clip = moving.get(photo.asset)
        tail = fades[n + 1] if n + 1 < len(chosen) else 0.0
        if clip is not None and _lasts(clip, fades[n] + span[1] - span[0]):
            takes.append(_clip_take(photo, clip, shape, span, (fades[n], tail)))
        else:
            takes.append(_take(photo, shape, span, n, fades[n]))
    return FilmPlan(*shape, seconds, tuple(takes), mood, seed, *words)


def pick(photos: Sequence[Ingredient], seconds: float) -> list[Ingredient]:
    """The photos that a film of this length has time for, spread over all of them.

    Raises:
        UserError: no photo, or a length that no film has.
    """
    if not photos:
        raise UserError("None of these photos can be used for a film.")
    if not SHORTEST <= seconds <= LONGEST:
        raise UserError(f"A film lasts {SHORTEST:.0f} to {LONGEST:.0f} seconds.")
    most = int(seconds / _TAKE_S[0])
    least = math.ceil(seconds / _TAKE_S[1])
    count = max(1, min(len(photos), most)) if len(photos) >= least else len(photos)
    return _spread(photos, count)


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


def _cuts(
    weights: Sequence[float], seconds: float, beats: Sequence[float], *, titled: bool
) -> list[float]:
    """Times at which takes begin, and the end: shares by weight, each moved to the nearest beat."""
    inner = [beat for beat in beats if 0.8 < beat < seconds - 0.8]
    # The first photo stays a little longer, and until its title has been read.
    extra = 0.5
    if titled and len(weights) > 1:
        extra = max(
            extra, (TITLE_END_S * sum(weights) - seconds * weights[0]) / (seconds - TITLE_END_S)
        )
    whole, passed = sum(weights) + extra, extra
    cuts = [0.0]
    for weight in weights[:-1]:
        passed += weight
        wanted = seconds * passed / whole
        later = [beat for beat in inner if beat > cuts[-1] + 0.6]
        cuts.append(min(later, key=lambda beat: abs(beat - wanted)) if later else wanted)
    return [*cuts, seconds]


def _moving(chosen: Sequence[Ingredient], clips: Mapping[str, Moving]) -> dict[str, Moving]:
    """Those that are shown in motion: every video, and of Live Photos no two in a row."""
    found: dict[str, Moving] = {}
    before = False
    for photo in chosen:
        clip = clips.get(photo.asset)
        before = clip is not None and not (clip.live and before)
        if clip is not None and before:
            found[photo.asset] = clip
    return found


def _lasts(clip: Moving, wanted: float) -> bool:
    """Whether a clip is long enough for its turn; the last picture may stand while it fades."""
    return clip.seconds >= wanted - 0.05


def _clip_take(
    photo: Ingredient,
    clip: Moving,
    shape: tuple[int, int],
    span: tuple[float, float],
    fades: tuple[float, float],
) -> Take:
    """A clip's turn: what moves is not moved over. It is cut to the film's shape where most of
    it stays, else shown before a soft copy of itself.
    """
    size = (clip.width, clip.height)
    shown = _as_clip(photo, size)
    window = crop_window(shown, shape[0] / shape[1])
    whole = _cuts_something(shown, window) or (
        window.width * window.height < _LEAST_SHOWN * clip.width * clip.height
    )
    if whole:
        window = _all_that_matters(shown)
    wanted = fades[0] + span[1] - span[0]
    begin = best_stretch(clip.looks, clip.seconds, min(wanted + fades[1], clip.seconds))
    return Take(photo.asset, *span, window, window, size, fades[0], whole, begin)


def _as_clip(photo: Ingredient, size: tuple[int, int]) -> Ingredient:
    """What is known of a video's still picture, said of its frames."""
    across, down = size[0] / photo.width, size[1] / photo.height
    if abs(across / down - 1) > 0.03:  # another part of the scene: the faces are elsewhere in it
        return Ingredient(photo.asset, *size)
    keep = tuple(
        Box(b.x * across, b.y * down, b.width * across, b.height * down) for b in photo.keep
    )
    return Ingredient(photo.asset, *size, focus=photo.focus, keep=keep, weight=photo.weight)


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
    around = photo.keep or (Box(photo.focus[0] * photo.width, photo.focus[1] * photo.height, 0, 0),)
    left, top, right, bottom = _around(around)
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
