"""Somebody's own music at the length of a film: without silence before it, repeated on a beat
where it is too short, faded out where it goes on.
"""

from __future__ import annotations

import numpy as np

from safelight.creations.film.beats import find_beats
from safelight.creations.film.music import RATE, Sound, Track
from safelight.model.errors import UserError

SHORTEST_S = 4.0
_SILENT = 0.01
_JOIN_S = 0.06
_FADE_S = 1.5
_BAR = 4


def fit_music(sound: Sound, seconds: float) -> Track:
    """A piece of this length, and its beats.

    Raises:
        UserError: there is too little of it.
    """
    heard = _from_the_first_sound(sound)
    if len(heard) < SHORTEST_S * RATE:
        raise UserError(f"This music has less than {SHORTEST_S:.0f} seconds that can be heard.")
    wanted = round(seconds * RATE)
    if len(heard) < wanted:
        heard = _repeated(heard, wanted)
    piece = heard[:wanted].copy()
    end = round(_FADE_S * RATE)
    piece[-end:] *= np.linspace(1, 0, end, dtype=np.float32)[:, None]
    return Track(piece, find_beats(piece.mean(1), RATE))


def _from_the_first_sound(sound: Sound) -> Sound:
    loud = np.flatnonzero(np.abs(sound).max(1) > _SILENT) if len(sound) else np.array([], int)
    return sound[loud[0] : loud[-1] + 1] if len(loud) else sound[:0]


def _repeated(sound: Sound, wanted: int) -> Sound:
    """The piece again and again, from a beat to a beat some whole bars later."""
    join = round(_JOIN_S * RATE)
    beats = [round(beat * RATE) for beat in find_beats(sound.mean(1), RATE)]
    beats = [beat for beat in beats if join <= beat <= len(sound) - join]
    bars = (len(beats) - 1) // _BAR * _BAR
    begin, end = (beats[0], beats[bars]) if bars else (0, len(sound) - join)
    rise = np.linspace(0, 1, join, dtype=np.float32)[:, None]
    parts, length = [sound[: end + join]], end + join
    while length < wanted + join:
        again = sound[begin : end + join].copy()
        # Both are on the beat here, so the join is short: long ones are heard twice.
        again[:join] = again[:join] * rise + parts[-1][-join:] * (1 - rise)
        parts[-1] = parts[-1][:-join]
        parts.append(again)
        length += len(again) - join
    return np.asarray(np.concatenate(parts), np.float32)
