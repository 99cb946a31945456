"""Beats of somebody's own music, from onsets: where the spectrum suddenly grows.

Spectral flux, its autocorrelation for the tempo, and the phase that collects most of it (Dixon,
"Onset detection revisited", DAFx 2006; Ellis, "Beat tracking by dynamic programming", 2007).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_WINDOW, _HOP = 1024, 441
_SLOWEST, _FASTEST = 60, 180


def find_beats(mono: NDArray[np.float32], rate: int) -> tuple[float, ...]:
    """Times of the beats in seconds; empty where there is no pulse.

    Args:
        mono: samples of one channel.
        rate: samples a second.
    """
    flux, steps = _flux(mono), rate / _HOP
    if len(flux) < 6 * steps or float(flux.max(initial=0.0)) <= 1e-6:
        return ()
    period = _period(flux, steps)
    phase = _phase(flux, period)
    times = np.arange(phase, len(flux), period)
    return tuple(float(time) for time in (times + _WINDOW / _HOP / 2) / steps)


def _flux(mono: NDArray[np.float32]) -> NDArray[np.float64]:
    count = max(0, (len(mono) - _WINDOW) // _HOP)
    shape = np.hanning(_WINDOW)
    before = np.zeros(_WINDOW // 2 + 1)
    found = np.zeros(count)
    for n in range(count):
        part = mono[n * _HOP : n * _HOP + _WINDOW] * shape
        after = np.log1p(100 * np.abs(np.fft.rfft(part)))
        found[n] = np.clip(after - before, 0, None).sum()
        before = after
    smooth = np.convolve(found, np.ones(31) / 31, "same")
    return np.clip(found - smooth, 0, None)


def _period(flux: NDArray[np.float64], steps: float) -> float:
    """Steps from beat to beat: the strongest echo of the onsets, in doubt near a usual tempo."""
    low, high = int(steps * 60 / _FASTEST), int(steps * 60 / _SLOWEST)
    centred = flux - flux.mean()
    echo = np.array([float(centred[lag:] @ centred[:-lag]) / (len(flux) - lag)
                     for lag in range(1, min(high * 4 + 2, len(flux) - 1))])  # fmt: skip
    lags = np.arange(low, min(high, len(echo) // 4) + 1)
    usual = np.exp(-0.5 * (np.log2(lags / (steps * 0.55)) / 0.6) ** 2)
    # Bars echo more than beats do, but only whole beats have echoes at two and four of them.
    heard = echo[lags - 1] + 0.5 * echo[2 * lags - 1] + 0.5 * echo[4 * lags - 1]
    score = heard * usual
    best = int(lags[int(np.argmax(score))])
    around = echo[best - 2 : best + 1]  # a parabola through three points finds the peak between
    bend = float(around[0] - 2 * around[1] + around[2])
    shift = 0.5 * float(around[0] - around[2]) / bend if bend else 0.0
    return best + min(max(shift, -0.5), 0.5)


def _phase(flux: NDArray[np.float64], period: float) -> float:
    tries = np.arange(0, period, 0.5)
    sums = []
    for phase in tries:
        at = np.arange(phase, len(flux) - 1, period)
        near = at.round().astype(int)
        sums.append(float(flux[near].sum() + 0.5 * flux[np.minimum(near + 1, len(flux) - 1)].sum()))
    return float(tries[int(np.argmax(sums))])
