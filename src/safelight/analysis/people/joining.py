"""Faces that found nothing by themselves join the person they are clearly nearest to."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelight.analysis.people.nearest import BLOCK

Array = NDArray[Any]


def place(
    templates: Array,
    photos: Array,
    sound: Array,
    labels: Array,
    banned: Collection[tuple[int, int]],
    limit: float,
    margin: float,
) -> None:
    """Give waiting faces in `labels` (changed in place) the person they are clearly nearest to.

    Centres are those of before: the order of faces does not matter, and a face that joins pulls
    nothing after it. A person gets at most one face more of each photo, and none of a photo that
    shows them already.
    """
    waiting = np.flatnonzero((labels < 0) & sound)
    people, row = np.unique(labels[(labels >= 0) & sound], return_inverse=True)
    if not len(waiting) or not len(people):
        return
    centres = _centres(templates[(labels >= 0) & sound], row.reshape(-1), len(people))
    shown = set(zip(labels[labels >= 0].tolist(), photos[labels >= 0].tolist(), strict=True))
    refused = {(int(face), int(person)) for face, person in banned}
    for gap, face, person in _candidates(templates, waiting, centres, people, limit, margin):
        seen = (person, int(photos[face]))
        if seen not in shown and (face, person) not in refused and gap < limit:
            labels[face] = person
            shown.add(seen)


def _centres(templates: Array, row: Array, count: int) -> Array:
    total = np.zeros((count, templates.shape[1]))
    np.add.at(total, row, templates.astype(np.float64))
    mean = total / np.bincount(row, minlength=count)[:, None]
    return np.asarray(mean.astype(np.float32))


def _candidates(
    templates: Array, waiting: Array, centres: Array, people: Array, limit: float, margin: float
) -> list[tuple[float, int, int]]:
    """(distance, face, person), nearest first, where the next person is far enough away."""
    found: list[tuple[float, int, int]] = []
    lengths = np.einsum("ij,ij->i", centres, centres)
    height = max(1, BLOCK // len(centres))
    for start in range(0, len(waiting), height):
        faces = waiting[start : start + height]
        values = templates[faces].astype(np.float32)
        block = lengths - 2 * values @ centres.T + np.einsum("ij,ij->i", values, values)[:, None]
        gaps = np.sqrt(np.maximum(block, 0))
        best = gaps.argmin(axis=1)
        each = np.arange(len(faces))
        first = gaps[each, best]
        gaps[each, best] = np.inf
        clear = (first < limit) & (gaps.min(axis=1) - first >= margin)
        found += zip(
            first[clear].tolist(), faces[clear].tolist(), people[best[clear]].tolist(), strict=True
        )
    return sorted(found)


def nearby(templates: Array, centres: Array, limit: float) -> Array:
    """Whether each template (n, d) is within `limit` of one of the centres (m, d); bool (n,)."""
    if not len(templates) or not len(centres):
        return np.zeros(len(templates), bool)
    apart = np.linalg.norm(templates[:, None].astype(np.float64) - centres[None], axis=2)
    return np.asarray(apart.min(axis=1) < limit)
