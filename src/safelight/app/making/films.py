"""Making films: photos to a plan on the beat of the music, frames, one encoded file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from safelight.app.making.collages import caption
from safelight.app.making.keeping import Made, Shelf
from safelight.app.making.pictures import Pictures
from safelight.app.making.wishes import Progress, Wish
from safelight.creations.film import (
    FORMATS,
    MOODS,
    RATE,
    Encoder,
    FilmPlan,
    Take,
    Track,
    compose,
    draw_frames,
    find_beats,
    find_encoder,
    needed_edge,
    plan_film,
    plan_to_json,
)
from safelight.creations.film.plan import FPS, LONGEST, SHORTEST
from safelight.model.creations import Creation, CreationKind, Pixels
from safelight.model.errors import RefusedError, RenderError, UserError

USUAL_SECONDS = 20.0
_USUAL_MOOD = "calm"
_MISSING = (
    "Films need the program ffmpeg, which encodes them. Install it with your system's packages, "
    "or Safelight with the extra “film”."
)


class Films:
    """Films of one library."""

    kind = CreationKind.FILM

    def __init__(self, pictures: Pictures, shelf: Shelf) -> None:
        self._pictures = pictures
        self._shelf = shelf

    def choose(self, wish: Wish) -> tuple[str, ...]:
        """The photos that the film shows, in order."""
        return tuple(take.asset for take in self._plan(wish, _music(wish)).takes)

    def make(self, wish: Wish, report: Progress) -> Creation:
        """Make the wished-for film.

        Raises:
            UserError: no such format, length or mood, or nothing to make it of.
            RenderError: ffmpeg is missing or fails, or a photo cannot be had.
        """
        report(0.0)
        music = _music(wish)
        plan = self._plan(wish, music)
        encoder = _encoder()
        with _Loader(self._pictures, plan) as loader:
            content = encoder.encode(
                draw_frames(plan, loader.load),
                round(plan.seconds * FPS),
                (plan.width, plan.height),
                music.sound,
                report,
            )
        self._check_again(plan)
        recipe = plan_to_json(plan) | {"music": _digest(music)}
        made = Made(
            kind=self.kind,
            title=plan.title or "Film",
            media_type="video/mp4",
            width=plan.width,
            height=plan.height,
            used=tuple(take.asset for take in plan.takes),
            recipe=recipe,
            content=content,
        )
        return self._shelf.keep_wished(made, wish)

    def _check_again(self, plan: FilmPlan) -> None:
        """Drop the film where a photo of it may not be used any more: making takes a while."""
        used = {take.asset for take in plan.takes}
        if len(self._pictures.rows(list(used))) < len(used):
            raise RefusedError("Consent changed while the film was made; it was dropped.")

    def _plan(self, wish: Wish, music: Track) -> FilmPlan:
        shape = wish.format
        if shape not in FORMATS:
            raise UserError(f"A film has no format {shape!r}; there are {', '.join(FORMATS)}.")
        mood = wish.music or _USUAL_MOOD
        words = caption(wish.idea) if wish.idea and wish.titled else ("", "")
        return plan_film(
            self._pictures.ingredients(wish.assets),
            FORMATS[shape],
            wish.seconds or USUAL_SECONDS,
            music.beats,
            mood=mood if mood in MOODS else "own",
            seed=wish.seed,
            words=words,
        )


def _music(wish: Wish) -> Track:
    """A piece in a mood, or the person's own file with the beats found in it."""
    mood, seconds = wish.music or _USUAL_MOOD, wish.seconds or USUAL_SECONDS
    if not SHORTEST <= seconds <= LONGEST:
        raise UserError(f"A film lasts {SHORTEST:.0f} to {LONGEST:.0f} seconds.")
    if mood in MOODS:
        return compose(mood, seconds, wish.seed)
    if not wish.own_music:
        raise UserError(f"There is no music {mood!r}; there are {', '.join(MOODS)}.")
    sound = _encoder().listen(mood, seconds)
    return Track(sound, find_beats(sound.mean(1), RATE))


def _encoder() -> Encoder:
    encoder = find_encoder()
    if encoder is None:
        raise RenderError(_MISSING)
    return encoder


def _digest(music: Track) -> str:
    """Names a piece of music without its file's name."""
    return hashlib.blake2b(music.sound.tobytes(), digest_size=8).hexdigest()


class _Loader:
    """Decodes the next photo while the one before is shown."""

    def __init__(self, pictures: Pictures, plan: FilmPlan) -> None:
        self._pictures = pictures
        self._shape = (plan.width, plan.height)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="safelight-film")
        self._waiting: Iterator[Take] = iter(plan.takes)
        self._next: Future[Pixels] | None = None
        self._ahead()

    def __enter__(self) -> _Loader:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def load(self, take: Take) -> Pixels:
        """A take's pixels; takes are asked for in order, each once."""
        assert self._next is not None
        pixels = self._next.result()
        self._ahead()
        return pixels

    def _ahead(self) -> None:
        take = next(self._waiting, None)
        self._next = self._pool.submit(self._decode, take) if take is not None else None

    def _decode(self, take: Take) -> Pixels:
        return self._pictures.decode({take.asset: needed_edge(take, self._shape)})[take.asset]
