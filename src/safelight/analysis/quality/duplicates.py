"""Near-identical pictures: embeddings that are close, the closer in time the less so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
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
_FINGERPRINT_SAYS = 0.04
_LEAST = min(limit for _, limit in LIMITS) - _FINGERPRINT_SAYS
_LEAST_UNTIMED = LIMITS[-1][1] - _FINGERPRINT_SAYS
_MOST_BEFORE = 4_096
"""Files that were copied together share a second: they are compared with so many before them."""


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
        cosine += _FINGERPRINT_SAYS
    if bits is not None and bits > PRINT_BITS:
        cosine -= _DOUBT
    least = next(limit for seconds, limit in LIMITS if abs(gap_s) <= seconds)
    return cosine >= least


def group(pictures: Sequence[Picture], vectors: NDArray[np.float16]) -> list[list[str]]:
    """Groups of two and more near-identical pictures, each oldest first.

    A picture joins a group when it is alike to the group's first, so that a slow pan does not
    chain into one. Within an hour all are compared, some 4,000 at most; beyond, only those of the
    same fingerprint.

    Args:
        vectors: unit vectors (n, dimension).
    """
    ordered = sorted((p for p in pictures if p.row >= 0), key=lambda p: (p.utc, p.id))
    if not ordered:
        return []
    leader = np.arange(len(ordered))
    for later, (earlier_ones, cosines) in enumerate(_candidates(ordered, vectors)):
        leading = leader[earlier_ones] == earlier_ones
        for at in np.flatnonzero(leading).tolist():
            first, second = ordered[int(earlier_ones[at])], ordered[later]
            if alike(float(cosines[at]), _gap(first, second), _bits(first, second)):
                leader[later] = earlier_ones[at]
                break
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for number, first_of in enumerate(leader.tolist()):
        groups[first_of].append(ordered[number].id)
    return [members for members in groups.values() if len(members) > 1]


def _candidates(
    ordered: Sequence[Picture], vectors: NDArray[np.float16]
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.float32]]]:
    """For each picture in order, the earlier ones worth a second look, the closest first.

    With their cosines. What is alike by far less than any limit asks is left out at once, a block
    of pictures at a time, so that neither a list of all pairs nor all vectors are ever held.
    """
    place = np.array([picture.row for picture in ordered])
    utc = np.array([picture.utc for picture in ordered])
    since = np.searchsorted(utc, utc - _WINDOW_S)
    same: defaultdict[int, list[int]] = defaultdict(list)
    for start in range(0, len(ordered), _BLOCK):
        end = min(start + _BLOCK, len(ordered))
        low = max(int(since[start]), start - _MOST_BEFORE)
        unit = _wide(vectors, place[low:end])
        cosines = unit[start - low :] @ unit.T
        for later in range(start, end):
            first = max(low, int(since[later]))
            own = cosines[later - start, first - low : later - low]
            least = _LEAST if ordered[later].timed else _LEAST_UNTIMED
            near = np.flatnonzero(own >= least)
            near = near[np.argsort(-own[near], kind="stable")]
            twins = _same_print(ordered[later], later, same)
            if not len(twins):
                yield first + near, own[near]
                continue
            yield (
                np.concatenate([twins, first + near]),
                np.concatenate([_wide(vectors, place[twins]) @ unit[later - low], own[near]]),
            )


def _wide(vectors: NDArray[np.float16], rows: NDArray[np.intp]) -> NDArray[np.float32]:
    return vectors[rows].astype(np.float32)


def _same_print(picture: Picture, row: int, same: defaultdict[int, list[int]]) -> NDArray[np.intp]:
    """The first few earlier ones with the very fingerprint, whenever they were taken."""
    if picture.fingerprint is None:
        return np.array([], np.intp)
    known = same[picture.fingerprint]
    found = np.array(known[:3], np.intp)
    known.append(row)
    return found


def _gap(first: Picture, second: Picture) -> float:
    return second.utc - first.utc if first.timed and second.timed else float("inf")


def _bits(first: Picture, second: Picture) -> int | None:
    if first.fingerprint is None or second.fingerprint is None:
        return None
    return (first.fingerprint ^ second.fingerprint).bit_count()
