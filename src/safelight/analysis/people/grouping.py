"""Faces into people: clear faces found groups, unclear ones join, a person's word stands.

Distances are Euclidean between templates as the model gives them (dlib's ResNet: one person is
usually within 0.6). The limits below were chosen on generated templates (seeds 0 to 9 of
benchmarks/accuracy/people.py) with the published figures as frame; docs/decisions/0012-people.md
has what was measured.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelight.analysis.people.clusters import Clusters, single_faces
from safelight.analysis.people.joining import place
from safelight.analysis.people.linkage import average, link, noise_free

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Limits:
    """What decides; distances, not squared.

    Attributes:
        founding: faces of lower quality never found or bridge a group.
        linked: clusters whose faces are this close on average are one person.
        centres: clusters of at least `solid` faces are one person when the centres that many
            faces would give are closer than this.
        noise: squared error of a centre made of one face, beyond what more faces cannot mend.
        join: an unclear or lone face joins the person whose centre is within this distance,
        margin: if the next person is at least this much farther.
        people: faces that a group must have to be a person.
    """

    founding: float = 0.2
    linked: float = 0.50
    centres: float = 0.36
    noise: float = 0.06
    solid: int = 3
    join: float = 0.55
    margin: float = 0.04
    people: int = 2


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which person each face belongs to.

    Attributes:
        labels: int64 (n,): number of the group, -1 for a face that waits. Groups of known people
            have their numbers; new groups continue from the largest.
        merged: known people that turned out to be one, {number that went: number that stays}.
    """

    labels: Array
    merged: dict[int, int] = field(default_factory=dict)


def group(
    templates: Array,
    photos: Array,
    quality: Array,
    known: Array | None = None,
    held: Collection[int] = (),
    banned: Collection[tuple[int, int]] = (),
    limits: Limits = LIMITS,
) -> Grouping:
    """Group faces into people; the same input always gives the same groups.

    Args:
        templates: (n, d) floats. A face whose template has a number that is none waits for ever.
        photos: which photo each face is in, any integers (n,). Two faces of one photo are
            different people, except where large groups say otherwise (see `MIRROR_SHARE`).
        quality: 0 to 1 (n,).
        known: for each face the number of the person it already belongs to, from 0, or -1 (n,).
            These faces stay together.
        held: numbers of people that a person has spoken about: two of them never become one, and
            they never lose their number.
        banned: (face, number): the face is not that person.
    """
    n = len(templates)
    known = np.full(n, -1) if known is None else np.asarray(known, np.int64)
    sound = np.isfinite(templates).all(axis=1) if n else np.zeros(0, bool)
    _, photo = np.unique(photos, return_inverse=True) if n else (None, np.zeros(0, np.int64))
    bans = _bans(known, held, banned)
    founders = np.flatnonzero(sound & ((quality >= limits.founding) | (known >= 0)))
    labels = known.copy()
    merged: dict[int, int] = {}
    if len(founders):
        clusters, start = _begin(templates, photo, known, founders, bans)
        final = _merge(clusters, limits)
        labels[founders], merged = _named(final[start], known[founders], held, limits)
    labels = _renumber_known(labels, known, merged)
    place(templates, photo, sound, labels, [b for b in banned], limits.join, limits.margin)
    return Grouping(labels, merged)


def _bans(
    known: Array, held: Collection[int], banned: Collection[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Pairs of a face and a ban: ban 0 keeps people who were spoken about apart."""
    first = {int(p): int(i) for i, p in reversed(list(enumerate(known))) if p >= 0}
    bans = [(first[p], 0) for p in sorted(set(held)) if p in first]
    for number, (face, person) in enumerate(sorted(set(banned)), start=1):
        if person in first and known[face] != person:
            bans += [(face, number), (first[person], number)]
    return bans


def _begin(
    templates: Array, photo: Array, known: Array, founders: Array, bans: list[tuple[int, int]]
) -> tuple[Clusters, Array]:
    """Clusters to begin with, and the one of each founder: people, copies, single faces."""
    place_of = {int(face): row for row, face in enumerate(founders)}
    own = [(place_of[face], ban) for face, ban in bans if face in place_of]
    singles = single_faces(templates[founders], photo[founders], own)
    _, copy = np.unique(templates[founders], axis=0, return_inverse=True)
    copy = copy.reshape(-1)
    # Copies of one picture have equal templates; in one photo they are two faces all the same.
    copies = copy * (int(photo.max(initial=0)) + 1)
    repeated = _repeated(copy, photo[founders])
    loose = np.isin(np.arange(len(founders)), [face for face, _ in own]) | repeated
    key = np.where(loose, -2 - np.arange(len(founders)), copies)
    key = np.where(known[founders] >= 0, copies.max(initial=0) + 1 + known[founders], key)
    _, start = np.unique(key, return_inverse=True)
    start = start.reshape(-1)
    return singles.joined(start, int(start.max()) + 1), start


def _repeated(copy: Array, photo: Array) -> Array:
    pairs = np.stack([copy, photo], axis=1)
    _, back, counts = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    return np.asarray(counts[back.reshape(-1)] > 1)


def _merge(clusters: Clusters, limits: Limits) -> Array:
    """Average linkage first, then centres; the final cluster of each."""
    first, clusters = link(clusters, limits.linked, average)
    second, _ = link(
        clusters, limits.centres, noise_free(limits.noise), least=limits.solid
    )
    return np.asarray(second[first])


def _named(
    final: Array, known: Array, held: Collection[int], limits: Limits
) -> tuple[Array, dict[int, int]]:
    """Numbers for clusters: those of known people stay, new ones continue; lone faces wait."""
    labels = np.full(len(final), -1, np.int64)
    merged: dict[int, int] = {}
    fresh = int(known.max(initial=-1)) + 1
    order = np.argsort(final, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(final[order])) + 1)
    for faces in sorted(parts, key=lambda part: int(part[0])):
        people = known[faces][known[faces] >= 0]
        if len(people):
            labels[faces] = stays = _keeps(people, held)
            merged |= {int(p): stays for p in np.unique(people) if p != stays}
        elif len(faces) >= limits.people:
            labels[faces] = fresh
            fresh += 1
    return labels, merged


def _keeps(people: Array, held: Collection[int]) -> int:
    """Which number stays: of one spoken about, else of the one with most faces, else the first."""
    numbers, counts = np.unique(people, return_counts=True)
    spoken = np.isin(numbers, list(held))
    best = np.lexsort((numbers, -counts, ~spoken))[0]
    return int(numbers[best])


def _renumber_known(labels: Array, known: Array, merged: dict[int, int]) -> Array:
    """Faces that took no part follow the person they belong to."""
    for gone, stays in merged.items():
        labels[(known == gone) & (labels == gone)] = stays
    return labels
