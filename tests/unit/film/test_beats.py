"""Beats are found where they were set."""

from __future__ import annotations

import numpy as np
import pytest

from safelight.creations.film import MOODS, RATE, compose, find_beats


@pytest.mark.parametrize("tempo", [76, 100, 128])
def test_clicks_are_found_within_a_frame(tempo: float) -> None:
    beat = 60 / tempo
    sound = np.zeros(20 * RATE, np.float32)
    for n in range(int(20 / beat)):
        at = round((0.3 + n * beat) * RATE)
        sound[at : at + 400] = np.exp(-np.arange(400) / 80)
    found = np.array(find_beats(sound, RATE))
    phase = (found - 0.3) / beat
    assert np.abs(phase - phase.round()).max() * beat < 0.05
    assert np.diff(found).mean() == pytest.approx(beat, rel=0.02)


def test_the_beats_of_our_own_music_are_found_again() -> None:
    beat = 60 / MOODS["bright"].tempo
    found = np.diff(find_beats(compose("bright", 30).sound.mean(1), RATE)).mean()
    assert min(abs(found - beat * k) for k in (0.5, 1, 2)) < 0.02 * beat


def test_silence_has_none() -> None:
    assert find_beats(np.zeros(10 * RATE, np.float32), RATE) == ()
