"""Which shots look almost the same: fingerprint distance together with closeness in time.

The closer in time, the further two fingerprints may be apart and still be one picture taken
twice: hands move between the frames of a burst. Fingerprints of unrelated photos are some 32 of
64 bits apart. Without fingerprints only the clock can tell, so only bursts are seen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

LIMITS = ((10.0, 12), (120.0, 10), (3600.0, 8), (float("inf"), 4))
"""Seconds apart, and the most bits apart at which two shots are still alike."""

BLIND_SECONDS = 3.0
"""Without a fingerprint, shots this close are taken for one burst."""

_UP_TO_S = tuple(seconds for seconds, _ in LIMITS)
_MOST_BITS = tuple(bits for _, bits in LIMITS)
FARTHEST_BITS = max(_MOST_BITS)

_UNRELATED_BITS = 32
BURST_SECONDS = 120.0
OPEN_BURSTS = 4

_BITS = np.array([n.bit_count() for n in range(1 << 16)], dtype=np.uint8)


def apart(first: int | None, second: int | None) -> int:
    """Bits in which two fingerprints differ; as many as unlike photos do, where one has none."""
    return _UNRELATED_BITS if first is None or second is None else (first ^ second).bit_count()


def alike(first: int | None, second: int | None, gap_s: float) -> bool:
    """Whether two shots `gap_s` seconds apart with these fingerprints are near-identical."""
    gap_s = abs(gap_s)
    if first is None or second is None:
        return gap_s <= BLIND_SECONDS
    return (first ^ second).bit_count() <= _MOST_BITS[bisect_left(_UP_TO_S, gap_s)]


def alike_mask(
    prints: NDArray[np.uint64], known: NDArray[np.bool_], utc: NDArray[np.float64], row: int
) -> NDArray[np.bool_]:
    """`alike` of one row against all at once.

    Args:
        prints, known: fingerprints, and which rows have one.
        utc: seconds, ascending.
    """
    blind = np.zeros(len(utc), dtype=np.bool_)
    blind[_near(utc, row, BLIND_SECONDS)] = True
    if not known[row]:
        return blind
    allowed = np.full(len(utc), LIMITS[-1][1], dtype=np.uint8)
    for seconds, bits in reversed(LIMITS[:-1]):
        allowed[_near(utc, row, seconds)] = bits
    seen: NDArray[np.bool_] = _bits(prints ^ prints[row]) <= allowed
    np.copyto(seen, blind, where=~known)
    return seen


def _near(utc: NDArray[np.float64], row: int, seconds: float) -> slice:
    at = float(utc[row])
    return slice(
        int(np.searchsorted(utc, at - seconds, "left")),
        int(np.searchsorted(utc, at + seconds, "right")),
    )


def _bits(values: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Bits set in each value; the NumPy function for it came with 2.0."""
    quarters = _BITS[values.view(np.uint16).reshape(-1, 4)]
    return quarters[:, 0] + quarters[:, 1] + quarters[:, 2] + quarters[:, 3]


def bursts(utc: Sequence[float], prints: Sequence[int | None]) -> list[int]:
    """Number each shot's burst, for shots oldest first.

    A shot joins a burst when it is alike to the first of it, so that a slow pan does not chain
    into one. A few bursts stay open, for people who switch between two motifs.
    """
    found: list[int] = []
    open_: list[tuple[float, int | None, int]] = []
    bursts_seen = 0
    for at, fingerprint in zip(utc, prints, strict=True):
        if open_ and at - open_[-1][0] > BURST_SECONDS:
            open_.clear()
        for began, leader, number in reversed(open_):
            if at - began <= BURST_SECONDS and alike(leader, fingerprint, at - began):
                found.append(number)
                break
        else:
            found.append(bursts_seen)
            open_ = [*open_[1 - OPEN_BURSTS :], (at, fingerprint, bursts_seen)]
            bursts_seen += 1
    return found
