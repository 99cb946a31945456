"""Faces into people: clear faces found groups, unclear ones join, a person's word stands.

Faces that are turned away or small found groups too, but only of faces that are far more alike than
two people ever were when such faces were measured.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelight.analysis.people.appearances import appearances, merged
from safelight.analysis.people.clusters import Clusters, single_faces
from safelight.analysis.people.joining import place, single_out
from safelight.analysis.people.limits import LIMITS, Limits

Array = NDArray[Any]


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
            different people; of two
            that look like one (a mirror, a collage) only the nearer is put there.
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
    founders = sound & (clear if sure is None else clear | sure)
    looks = np.full(n, -1)
    table = _Table(templates, photo, labels, looks, held, banned)
    became = table.found(np.flatnonzero(founders), limits)
    single_out(templates, photo, labels, None if known is None else np.asarray(known))
    place(templates, photo, sound, quality, labels, looks, banned, limits)
    for least, own in ((limits.faint, limits.strict()), (0.0, limits.strictest())):
        faint = sound & ~founders & (quality >= least) & _without(labels, labels[founders])
        if faint.any():
            became |= table.found(np.flatnonzero(faint), own)
            place(templates, photo, sound, quality, labels, looks, banned, limits)
        founders |= faint
    return Grouping(labels, became)


@dataclass(frozen=True, slots=True)
class _Table:
    """What is known of every face; `labels` and `looks` are filled in place."""

    templates: Array
    photo: Array
    labels: Array
    looks: Array
    held: Collection[int]
    banned: Collection[tuple[int, int]]

    def found(self, founders: Array, limits: Limits) -> dict[int, int]:
        """Merge these faces into people; returns known people that turned out to be one."""
        if not len(founders):
            return {}
        labels, whose = self.labels, self.labels[founders]
        own = _looks(self.templates[founders], whose, self.held, limits)
        bans = _bans(whose, own, founders, self.held, self.banned)
        clusters, start = _begin(self.templates[founders], self.photo[founders], own, bans)
        final = merged(clusters, limits)[start]
        # Somebody who was spoken about keeps the number, though no face is left.
        spoken = (*self.held, *(person for _, person in self.banned))
        fresh = max(int(labels.max()), *spoken, -1) + 1
        self.looks[founders] = final + int(self.looks.max()) + 1
        labels[founders], became = _named(final, whose, self.held, fresh, limits.people)
        for gone, stays in became.items():
            labels[labels == gone] = stays
        return became


def _without(labels: Array, people: Array) -> Array:
    """Which faces belong to nobody, or to somebody who is not among these people."""
    return np.asarray(~np.isin(labels, people[people >= 0]))


def _looks(templates: Array, whose: Array, held: Collection[int], limits: Limits) -> Array:
    """A number for each look of each known person, -1 for faces of nobody yet.

    What a person put together may look like two; what grouping put together looks like one.
    """
    looks, fresh = np.full(len(whose), -1), 0
    for person in np.unique(whose[whose >= 0]).tolist():
        mine = whose == person
        found = appearances(templates[mine], limits) if person in held else np.zeros(mine.sum())
        looks[mine] = fresh + found.astype(np.int64)
        fresh = int(looks.max()) + 1
    return looks


def _bans(
    whose: Array,
    looks: Array,
    founders: Array,
    held: Collection[int],
    banned: Collection[tuple[int, int]],
) -> list[tuple[int, int]]:
    """Pairs of a founder and a ban: ban 0 keeps people who were spoken about apart."""
    first: dict[int, list[int]] = {}
    for row in np.unique(looks, return_index=True)[1].tolist():
        first.setdefault(int(whose[row]), []).append(row)
    place_of = {int(face): number for number, face in enumerate(founders)}
    bans = [(row, 0) for person in sorted(set(held)) for row in first.get(person, ())]
    for number, (face, person) in enumerate(sorted(set(banned)), start=1):
        if face in place_of and person in first and whose[place_of[face]] != person:
            bans += [(row, number) for row in (place_of[face], *first[person])]
    return bans


def _begin(
    templates: Array, photo: Array, looks: Array, bans: list[tuple[int, int]]
) -> tuple[Clusters, Array]:
    """Clusters to begin with, and the one of each founder: looks, copies, single faces."""
    n = len(templates)
    _, copy = np.unique(templates, axis=0, return_inverse=True)
    copy = copy.reshape(-1).astype(np.int64)
    # Copies of one picture have equal templates; in one photo they are two faces all the same.
    loose = _repeated(copy, photo)
    loose[[face for face, _ in bans]] = True
    key = np.where(loose, n + np.arange(n), copy)
    key = np.where(looks >= 0, 2 * n + looks, key)
    _, start = np.unique(key, return_inverse=True)
    start = start.reshape(-1)
    return single_faces(templates, photo, bans).joined(start, int(start.max()) + 1), start


def _repeated(copy: Array, photo: Array) -> Array:
    pairs = np.stack([copy, photo], axis=1)
    _, back, counts = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    return np.asarray(counts[back.reshape(-1)] > 1)


def _named(
    final: Array, whose: Array, held: Collection[int], fresh: int, least: int
) -> tuple[Array, dict[int, int]]:
    """Numbers for clusters: those of known people stay, new ones continue; lone faces wait."""
    labels = np.full(len(final), -1, np.int64)
    became: dict[int, int] = {}
    order = np.argsort(final, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(final[order])) + 1)
    for faces in sorted(parts, key=lambda part: int(part[0])):
        people = whose[faces][whose[faces] >= 0]
        if len(people):
            labels[faces] = stays = _keeps(people, held)
            became |= {int(p): stays for p in np.unique(people) if p != stays}
        elif len(faces) >= least:
            labels[faces] = fresh
            fresh += 1
    return labels, became


def _keeps(people: Array, held: Collection[int]) -> int:
    """Which number stays: of one spoken about, else of the one with most faces, else the first."""
    numbers, counts = np.unique(people, return_counts=True)
    spoken = np.isin(numbers, list(held))
    return int(numbers[np.lexsort((numbers, -counts, ~spoken))[0]])
