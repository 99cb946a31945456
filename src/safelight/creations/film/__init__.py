"""Films: photos that move a little, cut on the beat, as an MP4 that every phone plays."""

from __future__ import annotations

from safelight.creations.film.beats import find_beats
from safelight.creations.film.encoder import Encoder, find_encoder
from safelight.creations.film.frames import Picture, draw_frames
from safelight.creations.film.music import MOODS, RATE, Track, compose
from safelight.creations.film.plan import (
    FORMATS,
    FilmPlan,
    Take,
    needed_edge,
    plan_film,
    plan_to_json,
)

__all__ = [
    "FORMATS",
    "MOODS",
    "RATE",
    "Encoder",
    "FilmPlan",
    "Picture",
    "Take",
    "Track",
    "compose",
    "draw_frames",
    "find_beats",
    "find_encoder",
    "needed_edge",
    "plan_film",
    "plan_to_json",
]
