"""Music made here: a few pieces in moods, from a seed, whose beats are known because we set them.

Nobody else has rights in it. Piano-like tones are sums of partials that decay, pads are slow sums
of sines, drums are noise and a falling sine, and a little room is decaying noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE = 44_100
Sound = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Mood:
    """How a piece sounds: beats a minute, chords as semitones over the key, drums or none.

    `key` is a MIDI note; `pluck` how loud the moving notes are.
    """

    label: str
    tempo: float
    key: int
    harmony: str
    drums: bool
    pluck: float

    @property
    def chords(self) -> list[list[int]]:
        """The chords, one a bar."""
        return [[int(step) for step in chord.split()] for chord in self.harmony.split("|")]


@dataclass(frozen=True, slots=True)
class Track:
    """Sound as two channels of -1 to 1, shape (samples, 2), and the times of its beats."""

    sound: Sound
    beats: tuple[float, ...]


MOODS = {
    "calm": Mood("Calm", 76, 57, "0 4 7 11|-3 0 4 7|5 9 12 16|7 11 14 17", False, 0.7),
    "bright": Mood("Bright", 112, 60, "0 4 7 12|7 11 14 19|9 12 16 21|5 9 12 17", True, 1.0),
    "tender": Mood("Tender", 84, 55, "0 3 7 10|-4 0 3 8|3 7 10 15|-2 2 5 10", False, 0.85),
    "evening": Mood("Evening", 96, 53, "0 4 7 11|2 5 9 12|4 7 11 14|5 9 12 16", True, 0.8),
}


def compose(mood: str, seconds: float, seed: int = 0) -> Track:
    """A piece of a length; the same mood, length and seed give the same samples.

    Raises:
        KeyError: there is no such mood.
    """
    how = MOODS[mood]
    rng = np.random.default_rng([seed, sum(map(ord, mood))])
    beat = 60 / how.tempo
    sound: Sound = np.zeros((round((seconds + 2) * RATE), 2), np.float32)
    chords = how.chords
    turn = int(rng.integers(len(chords)))
    for bar in range(int(seconds / (4 * beat)) + 1):
        chord = chords[(bar + turn) % len(chords)]
        _bar(sound, how, chord, bar, rng)
    sound = _in_a_room(sound[: round(seconds * RATE)], rng)
    beats = tuple(float(n * beat) for n in range(int(seconds / beat) + 1))
    return Track(_finished(sound), beats)


def _bar(sound: Sound, how: Mood, chord: list[int], bar: int, rng: np.random.Generator) -> None:
    beat = 60 / how.tempo
    begin = 4 * bar * beat
    for n, step in enumerate(chord):
        _add(sound, begin, _pad(how.key + step, 4.4 * beat), 0.05, (n - 1.5) * 0.3)
    _add(sound, begin, _tone(how.key + chord[0] - 12, 3.6 * beat, 0.5), 0.26, 0.0)
    order = [0, 2, 1, 3, 2, 1, 3, 2] if bar % 2 == 0 else [0, 1, 2, 3, 2, 3, 1, 2]
    for eighth, which in enumerate(order):
        if rng.random() < (0.18 if eighth % 2 else 0.05):
            continue  # a rest now and then, or it sounds like a machine
        high = 12 if rng.random() < 0.35 + 0.2 * (bar % 4 == 3) else 0
        loud = (0.2 if eighth % 4 == 0 else 0.13) * how.pluck * rng.uniform(0.85, 1.1)
        at = begin + eighth * beat / 2 + rng.normal(0, 0.004)
        _add(sound, max(0.0, at), _tone(how.key + 12 + chord[which] + high, 1.8, 1.0), loud,
             0.25 * np.sin(which))  # fmt: skip
    if how.drums and bar > 0:
        for n in range(4):
            if n % 2 == 0:
                _add(sound, begin + n * beat, _kick(), 0.34, 0.0)
            else:
                _add(sound, begin + n * beat, _brush(rng, 0.16), 0.12, 0.1)
            _add(sound, begin + (n + 0.5) * beat, _brush(rng, 0.05), 0.07, -0.25)


def _tone(note: int, seconds: float, brightness: float) -> Sound:
    pitch = 440 * 2 ** ((note - 69) / 12)
    time = np.arange(round(seconds * RATE), dtype=np.float32) / RATE
    found = np.zeros_like(time)
    for partial in range(1, 8):
        stretched = pitch * partial * (1 + 0.0004 * partial**2)  # strings are a little stiff
        if stretched > 12_000:
            break
        level = brightness ** (partial - 1) / partial**1.7
        found += (
            level * np.exp(-time * (1.6 + 0.9 * partial)) * np.sin(2 * np.pi * stretched * time)
        )
    attack = np.minimum(time / 0.006, 1)
    return np.asarray(found * attack * _released(time), np.float32)


def _pad(note: int, seconds: float) -> Sound:
    pitch = 440 * 2 ** ((note - 69) / 12)
    time = np.arange(round(seconds * RATE), dtype=np.float32) / RATE
    found = np.zeros_like(time)
    for detune in (0.997, 1.0, 1.003):
        for partial, level in ((1, 1.0), (2, 0.28), (3, 0.1)):
            found += level * np.sin(2 * np.pi * pitch * detune * partial * time)
    swell = np.minimum(time / 0.9, 1) * np.minimum((time[-1] - time) / 0.9, 1)
    return np.asarray(found * swell / 3, np.float32)


def _kick() -> Sound:
    time = np.arange(round(0.28 * RATE), dtype=np.float32) / RATE
    return np.asarray(
        np.sin(2 * np.pi * (48 * time + 22 * (1 - np.exp(-time * 28)) / 9)) * np.exp(-time * 16),
        np.float32,
    )


def _brush(rng: np.random.Generator, seconds: float) -> Sound:
    time = np.arange(round(seconds * RATE), dtype=np.float32) / RATE
    noise = np.diff(rng.normal(0, 1, len(time) + 1))  # brighter than plain noise
    return np.asarray(noise * np.exp(-time * 5 / seconds) * 0.4, np.float32)


def _released(time: NDArray[Any]) -> Sound:
    return np.asarray(np.minimum((time[-1] - time) / 0.05, 1), np.float32)


def _add(sound: Sound, at: float, tone: Sound, level: float, pan: float) -> None:
    start = round(at * RATE)
    part = sound[start : start + len(tone)]
    gains = np.array([1 - pan, 1 + pan], np.float32) * np.float32(level)
    part += tone[: len(part), None] * gains


def _in_a_room(sound: Sound, rng: np.random.Generator) -> Sound:
    """The sound with a small room around it, convolved in the frequency domain."""
    length = round(1.4 * RATE)
    decay = np.exp(-np.arange(length) / (0.32 * RATE))[:, None]
    echo = rng.normal(0, 1, (length, 2)) * decay
    size = 1 << int(np.ceil(np.log2(len(sound) + length)))
    spectrum = np.fft.rfft(sound, size, axis=0) * np.fft.rfft(echo, size, axis=0)
    wet = np.fft.irfft(spectrum, size, axis=0)[: len(sound)]
    level = 0.22 * float(np.abs(sound).max()) / max(float(np.abs(wet).max()), 1e-6)
    return np.asarray(sound + level * wet, np.float32)


def _finished(sound: Sound) -> Sound:
    """Evened out, with a breath at the beginning and an end that goes away."""
    peak = float(np.quantile(np.abs(sound), 0.999))
    even = np.tanh(sound / max(peak, 1e-6) * 0.9) * 0.82
    fade_in, fade_out = round(0.05 * RATE), round(1.6 * RATE)
    even[:fade_in] *= np.linspace(0, 1, fade_in, dtype=np.float32)[:, None]
    even[-fade_out:] *= np.linspace(1, 0, fade_out, dtype=np.float32)[:, None] ** 1.5
    return np.asarray(even, np.float32)
