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
    linked: float = 0.47
    centres: float = 0.35
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
    sure: Array | None = None,
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
        sure: whether a person's word put it there (n,); such a face counts whatever its quality.
        held: numbers of people that a person has spoken about: two of them never become one, and
            they never lose their number.
        banned: (face, number): the face is not that person.
    """
    n = len(templates)
    if not n:
        return Grouping(np.zeros(0, np.int64))
    labels = np.full(n, -1) if known is None else np.array(known, np.int64)
    sound = np.asarray(np.isfinite(templates).all(axis=1))
    _, photo = np.unique(photos, return_inverse=True)
    clear = quality >= limits.founding
    founders = np.flatnonzero(sound & (clear if sure is None else clear | sure))
    merged: dict[int, int] = {}
    if len(founders):
        whose = labels[founders]
        bans = _bans(whose, founders, held, banned)
        clusters, start = _begin(templates[founders], photo[founders], whose, bans)
        final = _merge(clusters, limits)[start]
        fresh = int(labels.max()) + 1
        labels[founders], merged = _named(final, whose, held, fresh, limits.people)
    for gone, stays in merged.items():
        labels[labels == gone] = stays
    place(templates, photo, sound, labels, banned, limits.join, limits.margin)
    return Grouping(labels, merged)


def _bans(
    whose: Array, founders: Array, held: Collection[int], banned: Collection[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Pairs of a founder and a ban: ban 0 keeps people who were spoken about apart."""
    people, rows = np.unique(whose, return_index=True)
    first = dict(zip(people.tolist(), rows.tolist(), strict=True))
    row = {int(face): number for number, face in enumerate(founders)}
    bans = [(first[person], 0) for person in sorted(set(held)) if person in first]
    for number, (face, person) in enumerate(sorted(set(banned)), start=1):
        if face in row and person in first and whose[row[face]] != person:
            bans += [(row[face], number), (first[person], number)]
    return bans


def _begin(
    templates: Array, photo: Array, whose: Array, bans: list[tuple[int, int]]
) -> tuple[Clusters, Array]:
    """Clusters to begin with, and the one of each founder: people, copies, single faces."""
    n = len(templates)
    _, copy = np.unique(templates, axis=0, return_inverse=True)
    copy = copy.reshape(-1).astype(np.int64)
    # Copies of one picture have equal templates; in one photo they are two faces all the same.
    loose = _repeated(copy, photo)
    loose[[face for face, _ in bans]] = True
    key = np.where(loose, n + np.arange(n), copy)
    key = np.where(whose >= 0, 2 * n + whose, key)
    _, start = np.unique(key, return_inverse=True)
    start = start.reshape(-1)
    return single_faces(templates, photo, bans).joined(start, int(start.max()) + 1), start


def _repeated(copy: Array, photo: Array) -> Array:
    pairs = np.stack([copy, photo], axis=1)
    _, back, counts = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    return np.asarray(counts[back.reshape(-1)] > 1)


def _merge(clusters: Clusters, limits: Limits) -> Array:
    """Average linkage first, then centres; the final cluster of each."""
    first, clusters = link(clusters, limits.linked, average)
    second, _ = link(clusters, limits.centres, noise_free(limits.noise), least=limits.solid)
    return np.asarray(second[first])


def _named(
    final: Array, whose: Array, held: Collection[int], fresh: int, least: int
) -> tuple[Array, dict[int, int]]:
    """Numbers for clusters: those of known people stay, new ones continue; lone faces wait."""
    labels = np.full(len(final), -1, np.int64)
    merged: dict[int, int] = {}
    order = np.argsort(final, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(final[order])) + 1)
    for faces in sorted(parts, key=lambda part: int(part[0])):
        people = whose[faces][whose[faces] >= 0]
        if len(people):
            labels[faces] = stays = _keeps(people, held)
            merged |= {int(p): stays for p in np.unique(people) if p != stays}
        elif len(faces) >= least:
            labels[faces] = fresh
            fresh += 1
    return labels, merged


def _keeps(people: Array, held: Collection[int]) -> int:
    """Which number stays: of one spoken about, else of the one with most faces, else the first."""
    numbers, counts = np.unique(people, return_counts=True)
    spoken = np.isin(numbers, list(held))
    return int(numbers[np.lexsort((numbers, -counts, ~spoken))[0]])
