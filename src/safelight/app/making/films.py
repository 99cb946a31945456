"""Making films: photos and clips to a plan on the beat of the music, frames, one file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from safelight.app.making.clips import BrokenClipError, Clips
from safelight.app.making.collages import caption
from safelight.app.making.keeping import Made, Shelf
from safelight.app.making.pictures import Pictures
from safelight.app.making.wishes import Progress, Wish
from safelight.creations.film import (
    FORMATS,
    FPS,
    MOODS,
    Encoder,
    FilmPlan,
    Moving,
    Poster,
    Take,
    Track,
    compose,
    draw_frames,
    find_encoder,
    fit_music,
    needed_edge,
    pick,
    plan_film,
    plan_to_json,
)
from safelight.creations.film.encoder import as_wav
from safelight.creations.film.plan import LONGEST, SHORTEST
from safelight.engine.sandbox.programs import launcher
from safelight.library.catalogue import Row
from safelight.model.assets import AssetKind
from safelight.model.creations import Creation, CreationKind, Ingredient, Pixels
from safelight.model.errors import RefusedError, RenderError, UserError

USUAL_SECONDS = 20.0
PREVIEW_S = 12.0
_SILENCE_S = 8.0
_SURVEYED = 0.1
_AT_ONCE = 2
_STILL = Moving(0, 0, 0.0, live=True)
"""Stands for a Live Photo whose moving half cannot be read."""

_USUAL_MOOD = "calm"
_USUAL_FORMAT = "story"
_MISSING = (
    "Films need the program ffmpeg, which encodes them. Install it with your system's packages, "
    "or Safelight with the extra “film”."
)


class Films:
    """Films of one library.

    Args:
        strict: whether the encoder is not started where a wall around it is missing.
    """

    kind = CreationKind.FILM

    def __init__(
        self, pictures: Pictures, clips: Clips, shelf: Shelf, *, strict: bool = False
    ) -> None:
        self._strict = strict
        self._pictures = pictures
        self._clips = clips
        self._shelf = shelf

    def choose(self, wish: Wish) -> tuple[str, ...]:
        """The photos and videos that the film would show, in order; no video is opened yet."""
        _check(wish)
        photos = self._pictures.ingredients(wish.assets)
        return tuple(photo.asset for photo in pick(photos, wish.seconds or USUAL_SECONDS))

    def make(self, wish: Wish, report: Progress) -> Creation:
        """Make the wished-for film.

        Raises:
            UserError: no such format, length or mood, or nothing to make it of.
            RenderError: ffmpeg is missing or fails, or a photo cannot be had.
        """
        report(0.0)
        _check(wish)
        encoder = self.encoder()
        music = _music(wish, encoder)
        report(0.0)  # a stop is heard here, too
        left_out: dict[str, str] = {}
        try:
            while True:
                try:
                    plan = self._plan(wish, music, left_out, report)
                    content, poster = self._encoded(plan, encoder, music, report)
                    break
                except BrokenClipError as broken:  # once more, without it
                    left_out[broken.asset] = broken.reason
        finally:
            self._clips.rest()
        self._check_again(plan)
        recipe = plan_to_json(plan) | {"music": _digest(music)}
        if left_out:
            recipe["left_out"] = left_out
        made = Made(
            kind=self.kind,
            title=plan.title or "Film",
            media_type="video/mp4",
            width=plan.width,
            height=plan.height,
            used=tuple(take.asset for take in plan.takes),
            recipe=recipe,
            content=content,
            poster=poster,
        )
        return self._shelf.keep_wished(made, wish)

    def hear(self, mood: str, seconds: float = PREVIEW_S) -> bytes:
        """The beginning of a piece in a mood, to be listened to before anything is made; a WAV.

        Raises:
            UserError: there is no such mood.
        """
        if mood not in MOODS:
            raise UserError(f"There is no music {mood!r}; there are {', '.join(MOODS)}.")
        return as_wav(compose(mood, seconds).sound)

    def encoder(self) -> Encoder:
        """The program that encodes, shut in.

        Raises:
            RenderError: there is none.
        """
        found = find_encoder()
        if found is None:
            raise RenderError(_MISSING)
        return replace(found, before=launcher(strict=self._strict))

    def _encoded(
        self, plan: FilmPlan, encoder: Encoder, music: Track, report: Progress
    ) -> tuple[bytes, bytes]:
        poster = Poster(plan)
        with _Loader(self._pictures, self._clips, plan) as loader:
            content = encoder.encode(
                poster.passing(draw_frames(plan, loader.load)),
                round(plan.seconds * FPS),
                (plan.width, plan.height),
                music.sound,
                lambda share: report(_SURVEYED + (1 - _SURVEYED) * share),
            )
        return content, poster.jpeg()

    def _check_again(self, plan: FilmPlan) -> None:
        """Drop the film where a photo of it may not be used any more: making takes a while."""
        used = {take.asset for take in plan.takes}
        if len(self._pictures.rows(list(used))) < len(used):
            raise RefusedError("Consent changed while the film was made; it was dropped.")

    def _plan(
        self, wish: Wish, music: Track, left_out: dict[str, str], report: Progress
    ) -> FilmPlan:
        """The plan, once the clips that it shows were looked over; adds those that cannot be."""
        _check(wish)
        seconds = wish.seconds or USUAL_SECONDS
        photos = self._pictures.ingredients(wish.assets)
        clips: dict[str, Moving] = {}
        while True:
            photos = [photo for photo in photos if photo.asset not in left_out]
            fresh = [] if not wish.moving else self._unseen(pick(photos, seconds), clips)
            if not fresh:
                break
            for n, (row, found) in enumerate(zip(fresh, self._surveyed(fresh), strict=True)):
                report(_SURVEYED * n / len(fresh))
                if isinstance(found, Moving):
                    clips[row["id"]] = found
                elif row["kind"] == AssetKind.VIDEO:
                    left_out[row["id"]] = found
                else:  # the photo is there, whatever its moving half is
                    clips[row["id"]] = _STILL
        mood = wish.music or _USUAL_MOOD
        return plan_film(
            photos,
            FORMATS[wish.format or _USUAL_FORMAT],
            seconds,
            music.beats,
            mood=mood if wish.own_music is None else "own",
            seed=wish.seed,
            words=caption(wish.idea) if wish.idea and wish.titled else ("", ""),
            clips={asset: clip for asset, clip in clips.items() if clip is not _STILL},
        )

    def _surveyed(self, rows: Sequence[Row]) -> Iterator[Moving | str]:
        """What is in some clips, looked over two at a time, in their order."""
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="safelight-survey") as pool:
            yield from pool.map(self._clips.survey, rows)

    def _unseen(self, chosen: Sequence[Ingredient], known: Mapping[str, Moving]) -> list[Row]:
        """What moves among those chosen and was not looked over yet."""
        rows = self._pictures.rows([photo.asset for photo in chosen])
        return [row for row in self._clips.movable(rows) if row["id"] not in known]


def _check(wish: Wish) -> None:
    """Raise `UserError` where there is no such film."""
    if wish.format is not None and wish.format not in FORMATS:
        raise UserError(f"A film has no format {wish.format!r}; there are {', '.join(FORMATS)}.")
    mood, seconds = wish.music or _USUAL_MOOD, wish.seconds or USUAL_SECONDS
    if not SHORTEST <= seconds <= LONGEST:
        raise UserError(f"A film lasts {SHORTEST:.0f} to {LONGEST:.0f} seconds.")
    if wish.own_music is None and mood not in MOODS:
        raise UserError(f"There is no music {mood!r}; there are {', '.join(MOODS)}.")


def _music(wish: Wish, encoder: Encoder) -> Track:
    """A piece in a mood, or the person's own file with the beats found in it."""
    seconds = wish.seconds or USUAL_SECONDS
    if wish.own_music is None:
        return compose(wish.music or _USUAL_MOOD, seconds, wish.seed)
    return fit_music(encoder.listen(wish.own_music, seconds + _SILENCE_S), seconds)


def _digest(music: Track) -> str:
    """Names a piece of music without its file's name."""
    return hashlib.blake2b(music.sound.tobytes(), digest_size=8).hexdigest()


class _Loader:
    """Decodes the next photo, or starts the next clip, while the one before is shown."""

    def __init__(self, pictures: Pictures, clips: Clips, plan: FilmPlan) -> None:
        self._pictures = pictures
        self._clips = clips
        self._plan = plan
        self._shape = (plan.width, plan.height)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="safelight-film")
        self._waiting: Iterator[Take] = iter(plan.takes)
        self._next: Future[Pixels | Iterator[bytes]] | None = None
        self._ahead()

    def __enter__(self) -> _Loader:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._next = None  # a clip that was begun ends with the last hold on it

    def load(self, take: Take) -> Pixels | Iterator[bytes]:
        """A take's pixels or frames; takes are asked for in order, each once."""
        assert self._next is not None
        loaded = self._next.result()
        self._ahead()
        return loaded

    def _ahead(self) -> None:
        take = next(self._waiting, None)
        self._next = self._pool.submit(self._load, take) if take is not None else None

    def _load(self, take: Take) -> Pixels | Iterator[bytes]:
        if take.begin is not None:
            rows = self._pictures.rows([take.asset])
            if not rows:
                raise RefusedError("Consent changed while the film was made; it was dropped.")
            return self._clips.frames(rows[0], self._plan, take)
        return self._pictures.decode({take.asset: needed_edge(take, self._shape)})[take.asset]
