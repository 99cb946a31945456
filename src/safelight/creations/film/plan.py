"""A film before any pixel is read: what is shown when, and how its frame moves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from safelight.creations.film.clip_moves import clip_take
from safelight.creations.film.moves import photo_take
from safelight.creations.film.takes import FilmPlan, Moving, Take
from safelight.model.creations import Ingredient
from safelight.model.errors import UserError

SHORTEST, LONGEST = 10.0, 60.0
_TAKE_S = (1.8, 4.2)
TITLE_END_S = 3.2
"""When a title is gone."""
_FADE_S = 0.5
_WEIGHT = 1.5
_SHORTEST_S = 0.6
_LEAST_OF_ITS_SHARE = 0.75


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
        if clip is not None and _lasts(clip, fades[n] + span[1] - span[0]):
            takes.append(clip_take(photo, clip, shape, span, fades[n]))
        else:
            takes.append(photo_take(photo, shape, span, n, fades[n]))
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
        least = max(_SHORTEST_S, _LEAST_OF_ITS_SHARE * seconds * weight / whole)
        later = [beat for beat in inner if beat > cuts[-1] + least]
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
