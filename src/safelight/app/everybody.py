"""Everybody with a face that may be seen, read once and held while nothing changes."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from safelight.app.composition import Rooms
from safelight.library.people import NAMED_OVERLAP, PeopleStore, SeenFace
from safelight.library.same_faces import overlap
from safelight.model.consent import Purpose
from safelight.model.creations import Box
from safelight.model.people import PersonFace, PersonRow, WrittenName


class Everybody:
    """The people of one library; callers ask the gate whether `faces` is on.

    Reading a hundred thousand faces takes seconds, and every page about people asks.
    """

    def __init__(self, rooms: Rooms, store: PeopleStore) -> None:
        self._rooms = rooms
        self._store = store
        self._lock = threading.Lock()
        self._held: tuple[object, tuple[PersonRow, ...]] | None = None

    def people(self) -> tuple[PersonRow, ...]:
        """Named ones first, then by number of faces."""
        condition = self._rooms.gate.condition(Purpose.FACES, "a")
        with self._lock:
            key = (self._rooms.stamp(), condition)
            if self._held is None or self._held[0] != key:
                found, written = self._store.seen(condition), self._store.written(condition)
                people = sorted(
                    people_of(found, written), key=lambda p: (p.name is None, -len(p.faces), p.id)
                )
                self._held = (key, tuple(people))
            return self._held[1]

    def forget(self) -> None:
        """Drop what is held in memory; a withdrawal must not leave it there."""
        with self._lock:
            self._held = None


def people_of(found: Sequence[SeenFace], written: Sequence[WrittenName]) -> list[PersonRow]:
    """Faces put together by person, with the names that other programs wrote at them."""
    names: defaultdict[str, list[WrittenName]] = defaultdict(list)
    for each in written:
        names[each.asset].append(each)
    faces: defaultdict[str, list[SeenFace]] = defaultdict(list)
    for face in found:
        faces[face.person].append(face)
    return [_person(its, names) for its in faces.values()]


def _person(faces: Sequence[SeenFace], written: Mapping[str, list[WrittenName]]) -> PersonRow:
    first = faces[0]
    names = Counter(
        each.name
        for face in faces
        for each in written.get(face.asset, ())
        if overlap(face.box, each.box) >= NAMED_OVERLAP
    )
    return PersonRow(
        first.person,
        first.name,
        bool(first.hidden),
        tuple([_face(face) for face in faces]),
        tuple(name for name, _ in names.most_common() if name != first.name),
    )


def _face(face: SeenFace) -> PersonFace:
    wide, high = face.pixels_wide, face.pixels_high
    pixels = Box(face.x * wide, face.y * high, face.width * wide, face.height * high)
    return PersonFace(face.id, face.asset, pixels, face.quality, bool(face.confirmed))
