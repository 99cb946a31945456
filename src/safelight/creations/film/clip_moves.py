"""A clip's turn: its best seconds, and the part of its frames that the film shows.

What moves is not moved over: one part is shown from start to end. Only where faces walk through
the picture, so that no one part holds them all the time, it goes along with them, evenly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from safelight.creations.film.clips import Look, best_stretch
from safelight.creations.film.takes import Moving, Take
from safelight.creations.film.windows import all_that_matters, cuts_something
from safelight.creations.interest import crop_window, with_room
from safelight.model.creations import Box, Ingredient

_LEAST_SHOWN = 0.5
_FASTEST = 0.35
"""Widths of the shown part a second: a faster pan is no pleasure."""


def clip_take(
    photo: Ingredient,
    clip: Moving,
    shape: tuple[int, int],
    span: tuple[float, float],
    fade: float,
) -> Take:
    """A clip's turn between two times. It is cut to the film's shape where most of it stays, else
    shown before a soft copy of itself.

    Args:
        span: before it the clip fades in, for `fade` seconds.
    """
    size = (clip.width, clip.height)
    aspect = shape[0] / shape[1]
    seconds = min(fade + span[1] - span[0], clip.seconds)
    begin = best_stretch(clip.looks, clip.seconds, seconds)
    seen = _seen(clip.looks, begin, begin + seconds)
    shown = _as_clip(photo, clip, seen)
    first = last = crop_window(shown, aspect)
    whole = first.width * first.height < _LEAST_SHOWN * clip.width * clip.height
    if cuts_something(shown.keep, first) and not whole:
        followed = _followed(shown, seen, (begin, begin + seconds), aspect)
        first, last = followed or (first, last)
        whole = followed is None
    if whole:
        first = last = all_that_matters(shown)
    return Take(photo.asset, *span, first, last, size, fade, whole, begin)


def _seen(looks: Sequence[Look], begin: float, end: float) -> list[Look]:
    """The looks at a stretch, with the last before and the first after it."""
    inside = [look for look in looks if begin <= look.at <= end]
    before = [look for look in looks if look.at < begin][-1:]
    after = [look for look in looks if look.at > end][:1]
    return before + inside + after


def _as_clip(photo: Ingredient, clip: Moving, seen: Sequence[Look]) -> Ingredient:
    """What is known of a clip's frames: from looks at them, else from its still picture."""
    size = (clip.width, clip.height)
    across, down = size[0] / photo.width, size[1] / photo.height
    eye = tuple(_pixels(look.eye, size) for look in seen if look.eye is not None)
    if abs(across / down - 1) > 0.03:  # another part of the scene: the faces are elsewhere in it
        photo, across, down = Ingredient(photo.asset, *size), 1.0, 1.0
    keep, subjects = (
        tuple(Box(b.x * across, b.y * down, b.width * across, b.height * down) for b in boxes)
        for boxes in (photo.keep, photo.subjects)
    )
    if clip.faced:
        keep = tuple(face for look in seen for face in _faces(look, size))
    return replace(photo, width=size[0], height=size[1], keep=keep, subjects=eye or subjects)


def _faces(look: Look, size: tuple[int, int]) -> tuple[Box, ...]:
    """The faces of a moment with their room, in pixels."""
    return tuple(with_room(_pixels(face, size), *size) for face in look.faces)


def _pixels(box: Box, size: tuple[int, int]) -> Box:
    width, height = size
    return Box(box.x * width, box.y * height, box.width * width, box.height * height)


def _followed(
    shown: Ingredient, seen: Sequence[Look], span: tuple[float, float], aspect: float
) -> tuple[Box, Box] | None:
    """Windows at both ends of a stretch that hold the faces of every moment on the way; None
    where no even way does.
    """
    size = (shown.width, shown.height)
    faced = [(look.at, _faces(look, size)) for look in seen if look.faces]
    if len(faced) < 2:
        return None
    (begin, one), (end, other) = faced[0], faced[-1]
    here, there = (
        crop_window(replace(shown, keep=faces, subjects=()), aspect) for faces in (one, other)
    )
    first, last = (_on_the_way(here, there, (at - begin) / (end - begin), size) for at in span)
    seconds = span[1] - span[0]
    if abs(last.x - first.x) > _FASTEST * seconds * first.width:
        return None
    if abs(last.y - first.y) > _FASTEST * seconds * first.height:
        return None
    for at, faces in faced:
        share = min(max((at - span[0]) / seconds, 0.0), 1.0)
        if cuts_something(faces, _on_the_way(first, last, share, size)):
            return None
    return first, last


def _on_the_way(one: Box, other: Box, share: float, size: tuple[int, int]) -> Box:
    """The window a share of the way from one to another, or beyond it, inside the frame."""
    x, y = one.x + share * (other.x - one.x), one.y + share * (other.y - one.y)
    return replace(
        one,
        x=min(max(x, 0.0), size[0] - one.width),
        y=min(max(y, 0.0), size[1] - one.height),
    )
