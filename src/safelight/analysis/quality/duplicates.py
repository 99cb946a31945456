"""Near-identical pictures: embeddings that are close, the closer in time the less so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LIMITS: tuple[tuple[float, float], ...] = (
    (10.0, 0.80),
    (120.0, 0.84),
    (3600.0, 0.90),
    (float("inf"), 0.96),
)
"""Seconds apart, and the least cosine at which two pictures are one taken twice."""

PRINT_BITS = 22
"""Fingerprints further apart than this out of 64 speak against it; chance puts 32 between two."""

_DOUBT = 0.05

_WINDOW_S = 3600.0
_BLOCK = 512


@dataclass(frozen=True, slots=True)
class Picture:
    """What is compared; `row` of the embeddings, -1 where there is none.

    Attributes:
        timed: whether its time is that of the photo. Files that were copied together share a
            second that says nothing.
    """

    id: str
    row: int
    utc: float
    fingerprint: int | None = None
    timed: bool = True


def alike(cosine: float, gap_s: float, bits: int | None = None) -> bool:
    """Whether two pictures are near-identical.

    Args:
        cosine: of their embeddings.
        gap_s: seconds between them.
        bits: by which their fingerprints differ, None where one has none.
    """
    if bits is not None and bits <= 3:
        cosine += 0.04
    if bits is not None and bits > PRINT_BITS:
        cosine -= _DOUBT
    least = next(limit for seconds, limit in LIMITS if abs(gap_s) <= seconds)
    return cosine >= least


def group(pictures: Sequence[Picture], vectors: NDArray[np.float16]) -> list[list[str]]:
    """Groups of two and more near-identical pictures, each oldest first.

    A picture joins a group when it is alike to the group's first, so that a slow pan does not
    chain into one. Within an hour all are compared; beyond, only those of the same fingerprint.

    Args:
        vectors: unit vectors (n, dimension).
    """
    ordered = sorted((p for p in pictures if p.row >= 0), key=lambda p: (p.utc, p.id))
    if not ordered:
        return []
    unit = vectors[[picture.row for picture in ordered]].astype(np.float32)
    leader = list(range(len(ordered)))
    for later, earlier in _candidates(ordered, unit):
        if leader[later] != later or leader[earlier] != earlier:
            continue
        first, second = ordered[earlier], ordered[later]
        cosine = float(unit[earlier] @ unit[later])
        if alike(cosine, _gap(first, second), _bits(first, second)):
            leader[later] = earlier
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for number, first_of in enumerate(leader):
        groups[first_of].append(ordered[number].id)
    return [members for members in groups.values() if len(members) > 1]


def _candidates(ordered: Sequence[Picture], unit: NDArray[np.float32]) -> list[tuple[int, int]]:
    """Pairs (later, earlier) worth a second look, later ones in order, the closest first."""
    utc = np.array([picture.utc for picture in ordered])
    least = min(limit for _, limit in LIMITS) - 0.04
    found: list[tuple[int, int, float]] = []
    for start in range(0, len(ordered), _BLOCK):
        end = min(start + _BLOCK, len(ordered))
        low = int(np.searchsorted(utc, utc[start] - _WINDOW_S))
        cosines = unit[start:end] @ unit[low:end].T
        rows, columns = np.nonzero(cosines >= least)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            later, earlier = start + row, low + column
            if earlier < later and utc[later] - utc[earlier] <= _WINDOW_S:
                found.append((later, earlier, -float(cosines[row, column])))
    same: defaultdict[int, list[int]] = defaultdict(list)
    for number, picture in enumerate(ordered):
        if picture.fingerprint is not None:
            earlier_ones = same[picture.fingerprint]
            found += [(number, other, -1.0) for other in earlier_ones[:3]]
            earlier_ones.append(number)
    return [(later, earlier) for later, earlier, _ in sorted(found, key=lambda f: (f[0], f[2]))]


def _gap(first: Picture, second: Picture) -> float:
    return second.utc - first.utc if first.timed and second.timed else float("inf")


def _bits(first: Picture, second: Picture) -> int | None:
    if first.fingerprint is None or second.fingerprint is None:
        return None
    return (first.fingerprint ^ second.fingerprint).bit_count()
