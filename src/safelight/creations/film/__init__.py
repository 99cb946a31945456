"""Films: photos and clips, cut on the beat, as an MP4 that every phone plays."""

from __future__ import annotations

from safelight.creations.film.beats import find_beats
from safelight.creations.film.clips import Look
from safelight.creations.film.encoder import Encoder, find_encoder
from safelight.creations.film.fitting import fit_music
from safelight.creations.film.frames import draw_frames, frames_of
from safelight.creations.film.music import MOODS, RATE, Sound, Track, compose
from safelight.creations.film.plan import needed_edge, pick, plan_film, plan_to_json
from safelight.creations.film.poster import Poster
from safelight.creations.film.takes import FORMATS, FPS, FilmPlan, Moving, Take

__all__ = [
    "FORMATS",
    "FPS",
    "MOODS",
    "RATE",
    "Encoder",
    "FilmPlan",
    "Look",
    "Moving",
    "Poster",
    "Sound",
    "Take",
    "Track",
    "compose",
    "draw_frames",
    "find_beats",
    "find_encoder",
    "fit_music",
    "frames_of",
    "needed_edge",
    "pick",
    "plan_film",
    "plan_to_json",
]
