"""Faces that found nothing by themselves join the person they are clearly nearest to."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelight.analysis.people.limits import Limits
from safelight.analysis.people.nearest import BLOCK

Array = NDArray[Any]

_SMALL = 32
"""Faces up to which a cluster is looked through for copies."""


def place(
    templates: Array,
    photos: Array,
    sound: Array,
    quality: Array,
    labels: Array,
    looks: Array,
    banned: Collection[tuple[int, int]],
    limits: Limits,
) -> None:
    """Give waiting faces in `labels` (changed in place) the person they are clearly nearest to.

    Centres are those of before, one for each look: the order of faces does not matter, and a face
    that joins pulls nothing after it. How far a face may be depends on how clear it is, how clear
    the clearest face there is (two unclear ones prove less than one), and how much those faces
    differ; what somebody with few faces looks like is less known. A person gets at most one face
    more of each photo, and none of a photo that shows them already.

    Args:
        looks: the cluster of each face, -1 for those that took no part in making them.
    """
    waiting = np.flatnonzero((labels < 0) & sound)
    made = np.flatnonzero((labels >= 0) & sound & (looks >= 0))
    if not len(waiting) or not len(made):
        return
    _, first, row = np.unique(looks[made], return_index=True, return_inverse=True)
    centres = _centres(templates[made], row.reshape(-1), len(first))
    people = labels[made][first]
    clearest = np.zeros(len(first))
    np.maximum.at(clearest, row.reshape(-1), quality[made])
    few = _different(templates[made], row.reshape(-1), len(first), limits) <= limits.few
    shown = set(zip(labels[labels >= 0].tolist(), photos[labels >= 0].tolist(), strict=True))
    refused = {(int(face), int(person)) for face, person in banned}
    whole = np.minimum(
        _reach(clearest, limits), _as_varied(templates[made], row.reshape(-1), centres, limits)
    )
    reach = _reach(quality, limits), np.where(few, np.minimum(whole, limits.join_few), whole)
    for _, face, person in _candidates(templates, waiting, centres, people, reach, limits.margin):
        seen = (person, int(photos[face]))
        if seen not in shown and (face, person) not in refused:
            labels[face] = person
            shown.add(seen)


def _as_varied(templates: Array, row: Array, centres: Array, limits: Limits) -> Array:
    """How far from each centre a lone face may be, for how much those of the cluster differ.

    Somebody who always looks the same is not a face far away; somebody who varies may be.
    """
    apart = templates - centres[row]
    squares = np.bincount(row, np.einsum("ij,ij->i", apart, apart), minlength=len(centres))
    spread = np.sqrt(squares / np.maximum(np.bincount(row, minlength=len(centres)) - 1, 1))
    return np.asarray(np.clip(limits.varied * spread, limits.join_few, limits.join))


def _different(templates: Array, row: Array, count: int, limits: Limits) -> Array:
    """How many different faces each cluster has: copies, and what hardly differs, count once.

    Only small clusters are looked through; the others have enough in any case.
    """
    found = np.bincount(row, minlength=count)
    order = np.argsort(row, kind="stable")
    parts = np.split(order, np.cumsum(found)[:-1])
    for cluster in np.flatnonzero((found > limits.few) & (found <= _SMALL)).tolist():
        faces = templates[parts[cluster]].astype(np.float64)
        apart = np.linalg.norm(faces[:, None] - faces[None], axis=2)
        earlier = np.tril(apart < limits.copy, -1).any(axis=1)
        found[cluster] = int((~earlier).sum())
    return found


def _reach(quality: Array, limits: Limits) -> Array:
    """How far from a centre a face of this quality may be."""
    share = np.clip(quality / limits.sound, 0, 1)
    return np.asarray(limits.unclear + share * (limits.join - limits.unclear))


def single_out(templates: Array, photos: Array, labels: Array, known: Array | None) -> None:
    """Of two faces of one photo with one person, set free the farther one, in place.

    A face that was with that person before (`known`) stays.
    """
    held = np.flatnonzero((labels >= 0) & np.isfinite(templates).all(axis=1))
    pairs = np.stack([labels[held], photos[held]], axis=1)
    _, back, count = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    twice = held[count[back.reshape(-1)] > 1]
    if not len(twice):
        return
    people, row = np.unique(labels[held], return_inverse=True)
    centres = _centres(templates[held], row.reshape(-1), len(people))
    gap = np.linalg.norm(templates[twice] - centres[np.searchsorted(people, labels[twice])], axis=1)
    stays = np.zeros(len(twice), bool) if known is None else known[twice] >= 0
    shown: set[tuple[int, int]] = set()
    for row_number in np.lexsort((twice, gap, ~stays)).tolist():
        face = int(twice[row_number])
        seen = (int(labels[face]), int(photos[face]))
        if seen in shown and not stays[row_number]:
            labels[face] = -1
        shown.add(seen)


def _centres(templates: Array, row: Array, count: int) -> Array:
    total = np.zeros((count, templates.shape[1]))
    np.add.at(total, row, templates.astype(np.float64))
    mean = total / np.bincount(row, minlength=count)[:, None]
    return np.asarray(mean.astype(np.float32))


def _candidates(
    templates: Array,
    waiting: Array,
    centres: Array,
    people: Array,
    reach: tuple[Array, Array],
    margin: float,
) -> list[tuple[float, int, int]]:
    """(distance, face, person), nearest first, where the next person is far enough away."""
    found: list[tuple[float, int, int]] = []
    of_faces, of_centres = reach
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
        gaps[people == people[best][:, None]] = np.inf
        near = first < np.minimum(of_faces[faces], of_centres[best])
        clear = near & (gaps.min(axis=1) - first >= margin)
        found += zip(
            first[clear].tolist(), faces[clear].tolist(), people[best[clear]].tolist(), strict=True
        )
    return sorted(found)


def nearby(templates: Array, centres: Array, limit: float) -> Array:
    """Whether each template (n, d) is within `limit` of one of the centres (m, d); bool (n,)."""
    if not len(templates) or not len(centres):
        return np.zeros(len(templates), bool)
    wide = templates.astype(np.float64)
    near = [np.linalg.norm(wide - centre, axis=1) < limit for centre in centres]
    return np.asarray(np.any(near, axis=0))
