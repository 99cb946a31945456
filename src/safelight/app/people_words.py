"""What a person says about people: each word is recorded, kept, and can be taken back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelight.analysis.people import LIMITS, means, nearby
from safelight.app.composition import Rooms
from safelight.app.regrouping import new_person, unpacked
from safelight.library.catalogue import Row
from safelight.library.corrections import Corrections
from safelight.library.people import PeopleStore
from safelight.model.consent import Purpose
from safelight.model.errors import UserError
from safelight.model.names import shown

Array = NDArray[Any]

LONGEST_NAME = 200


class Words:
    """Corrections of one library; the caller has asked the gate."""

    def __init__(self, rooms: Rooms, store: PeopleStore) -> None:
        self._rooms = rooms
        self._store = store
        self._log = Corrections(store)

    def name(self, person: str, name: str) -> None:
        """Name a person."""
        chosen = _clean(name)
        faces = self._faces(person)
        with self._saying("name", [person], faces, {"name": chosen}):
            self._store.change(person, name=chosen)
            self._confirm(faces, person)

    def merge(self, person: str, other: str) -> str:
        """Two are one."""
        if person == other:
            raise UserError("That is one person already.")
        faces, others = self._faces(person), self._faces(other)
        row, gone = self._row(person), self._row(other)
        with self._saying("merge", [person, other], faces + others, {}):
            self._confirm(faces + others, person)
            self._log.withdraw_refusals([face["id"] for face in others], person)
            self._log.move_refusals(other, person)
            if row["name"] is None and gone["name"] is not None:
                self._store.change(person, name=gone["name"])
            # Who was out of sight, or rested, still is: the two were one all along.
            self._store.change(person, hidden=int(row["hidden"] or gone["hidden"]))
            self._log.share_rest(other, person)
            self._log.drop_person(other)
        return person

    def split(self, person: str, faces: Sequence[str]) -> str:
        """Some faces are somebody else."""
        mine = self._faces(person)
        chosen = _chosen(person, mine, faces)
        if len(chosen) == len(mine):
            raise UserError("Those are all the faces that this person has.")
        made = new_person()
        with self._saying("split", [person, made], mine, {"faces": list(faces)}):
            self._store.add_people([made])
            self._confirm([face for face in mine if face not in chosen], person)
            self._confirm(chosen, made)
        return made

    def not_this_person(self, faces: Sequence[str]) -> None:
        """Faces are not the person they were put to."""
        row = self._store.face(faces[0]) if self._store.exists and faces else None
        if row is None or row["person"] is None:
            raise UserError(f"There is no face {''.join(faces[:1])} that belongs to a person.")
        person = row["person"]
        mine = self._faces(person)
        chosen = _chosen(person, mine, faces)
        with self._saying("not-this-person", [person], mine, {"faces": list(faces)}):
            self._confirm([each for each in mine if each not in chosen], person)
            self._part(chosen, person, None)

    def move(self, person: str, faces: Sequence[str], to: str) -> None:
        """Faces of a person are another one, who is known already."""
        if person == to:
            raise UserError("That is one person already.")
        mine, others = self._faces(person), self._faces(to)
        chosen = _chosen(person, mine, faces)
        if len(chosen) == len(mine):
            raise UserError("Those are all the faces that this person has; merge the two instead.")
        with self._saying("move", [person, to], mine + others, {"faces": list(faces)}):
            self._confirm([each for each in mine if each not in chosen], person)
            self._log.withdraw_refusals([face["id"] for face in chosen], to)
            self._part(chosen, person, to)

    def hide(self, person: str, hidden: bool) -> None:
        """Out of lists and ideas, or back. Who is hidden keeps the faces that were seen then."""
        faces = self._faces(person) if hidden else []
        self._row(person)
        with self._saying("hide" if hidden else "show", [person], faces, {}):
            self._store.change(person, hidden=int(hidden))
            self._confirm(faces, person)

    def exclude(self, person: str, remember: bool) -> int:
        """Never group a person."""
        faces = self._faces(person)
        assets = sorted({face["asset"] for face in faces})
        self._rooms.record(Purpose.FACES, "people.exclude", assets)
        name = f"x{secrets.token_hex(5)}"
        mean = self._mean(faces)
        with self._store.connection:
            if remember and mean is not None:
                looks = [row.tobytes() for row in mean[1].astype("<f2")]
                self._store.keep_out(name, mean[0], looks)
            erased = self._store.erase_templates(person, self.waiting_near(mean))
            self._log.add("exclude", [], {"outcast": name, "faces": erased}, {})
        self._store.tidy()
        return len(erased)

    def last_said(self) -> int | None:
        """The number of the last word that stands."""
        last = self._log.last()
        return last.number if last else None

    def undo(self, number: int | None) -> str | None:
        """Take the last word back."""
        last = self._log.last()
        if last is None:
            return None
        if number is not None and last.number != number:
            raise UserError("Something else was said about people since; take that back first.")
        assets = sorted({str(face).rpartition(".")[0] for face in last.faces})
        self._rooms.record(Purpose.FACES, f"people.undo-{last.kind}", assets)
        with self._store.connection:
            self._log.take_back(last)
        return last.kind

    def _saying(
        self, kind: str, people: Sequence[str], faces: Sequence[Row], said: dict[str, Any]
    ) -> Any:
        """Record first in the ledger, then in the drawer; what follows is one transaction."""
        assets = sorted({face["asset"] for face in faces})
        self._rooms.record(Purpose.FACES, f"people.{kind}", assets)
        return self._log.saying(kind, people, faces, said)

    def _confirm(self, faces: Sequence[Row], person: str) -> None:
        self._store.confirm([face["id"] for face in faces], person)

    def _part(self, faces: Sequence[Row], person: str, to: str | None) -> None:
        """Faces leave a person for good, for another or for nobody."""
        self._store.confirm([face["id"] for face in faces], to)
        for face in faces:
            self._store.refuse(face["id"], person)

    def _mean(self, faces: Sequence[Row]) -> tuple[str, Array] | None:
        """The model that made most templates, and the mean of each look of these faces by it."""
        model = self._store.latest_model()
        known = [f["template"] for f in faces if f["model"] == model and f["template"]]
        if model is None or not known:
            return None
        values = unpacked(known)
        values = values[np.isfinite(values).all(axis=1)]
        return (model, means(values)) if len(values) else None

    def waiting_near(self, mean: tuple[str, Array] | None) -> list[str]:
        """Faces that belong to nobody yet and would soon bring the person back."""
        if mean is None:
            return []
        waiting = [face for face in self._store.stored(mean[0]) if face.person is None]
        near = nearby(unpacked([f.template for f in waiting]), mean[1], LIMITS.join)
        return [face.id for face, close in zip(waiting, near, strict=True) if close]

    def _row(self, person: str) -> Row:
        row = self._store.person(person) if self._store.exists else None
        if row is None:
            raise UserError(f"There is no person {person}.")
        return row

    def _faces(self, person: str) -> list[Row]:
        self._row(person)
        return self._store.faces_of(person)


def _chosen(person: str, mine: Sequence[Row], faces: Sequence[str]) -> list[Row]:
    chosen = [face for face in mine if face["id"] in set(faces)]
    unknown = set(faces) - {face["id"] for face in chosen}
    if unknown or not chosen:
        raise UserError(f"Not faces of {person}: {', '.join(sorted(unknown)) or 'none given'}.")
    return chosen


def _clean(name: str) -> str | None:
    """A name as it can be kept: one line of text, None when empty."""
    words = " ".join(name.split())
    if len(words) > LONGEST_NAME or shown(words) != words:
        raise UserError(f"A name is one line of at most {LONGEST_NAME} letters.")
    return words or None
