"""Faces from the drawer to the grouping and back, with people keeping their ids."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelight.analysis.people import group, keep_numbers
from safelight.library.people import PeopleStore
from safelight.model.people import StoredFace

Array = NDArray[Any]


class Regrouping:
    """One run over the faces of the assets that a permit covers."""

    def __init__(self, store: PeopleStore, assets: Collection[str]) -> None:
        self._store = store
        model = store.latest_model()
        found = store.stored(model) if model else []
        self._faces = [face for face in found if face.asset in assets]
        people = sorted({face.person for face in self._faces if face.person is not None})
        self._number = {person: number for number, person in enumerate(people)}
        self._before = [_number_of(face, self._number) for face in self._faces]

    def run(self, *, anew: bool) -> dict[str, str | None]:
        """Whose each face is now.

        Args:
            anew: forget what grouping said before; a person's word stands.
        """
        if not self._faces:
            return {}
        before, sure = np.array(self._before), np.array([f.confirmed for f in self._faces])
        known = np.where(sure, before, -1) if anew else before
        _, photos = np.unique([face.asset for face in self._faces], return_inverse=True)
        labels = group(
            unpacked([face.template for face in self._faces]),
            photos,
            np.array([face.quality for face in self._faces]),
            known,
            sure,
            self._held(),
            self._banned(),
        ).labels
        if anew:
            labels = self._renewed(labels, before, sure)
        return self._people(labels)

    def write(self, whose: Mapping[str, str | None]) -> None:
        """Keep what `run` said."""
        with self._store.connection:
            self._store.add_people({person for person in whose.values() if person is not None})
            self._store.assign(whose)
            self._store.drop_empty()

    def _renewed(self, labels: Array, before: Array, sure: Array) -> Array:
        fixed = np.isin(labels, np.unique(before[sure]))
        return keep_numbers(labels, before, fixed & (labels >= 0))

    def _people(self, labels: Array) -> dict[str, str | None]:
        names: dict[int, str | None] = {n: person for person, n in self._number.items()}
        names[-1] = None
        for number in np.unique(labels).tolist():
            if number not in names:
                names[number] = new_person()
        return {
            face.id: names[number]
            for face, number in zip(self._faces, labels.tolist(), strict=True)
        }

    def _held(self) -> set[int]:
        """People who were spoken about: named, hidden, resting, or with confirmed faces."""
        spoken = {face.person for face in self._faces if face.confirmed}
        spoken |= {row["id"] for row in self._store.people() if row["name"] or row["hidden"]}
        spoken |= self._store.resting()
        return {self._number[person] for person in spoken if person in self._number}

    def _banned(self) -> list[tuple[int, int]]:
        row = {face.id: number for number, face in enumerate(self._faces)}
        return [
            (row[face], self._number[person])
            for face, person in self._store.refusals()
            if face in row and person in self._number
        ]


def new_person() -> str:
    """A person's id; says nothing about them."""
    return f"p{secrets.token_hex(5)}"


def unpacked(templates: Sequence[bytes]) -> Array:
    """Templates of one model as float32 rows; (0, 0) of none."""
    if not templates:
        return np.zeros((0, 0), np.float32)
    values = np.frombuffer(b"".join(templates), "<f2")
    return np.asarray(values.reshape(len(templates), -1).astype(np.float32))


def _number_of(face: StoredFace, numbers: Mapping[str, int]) -> int:
    return -1 if face.person is None else numbers[face.person]
