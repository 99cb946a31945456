"""Who is in the pictures: grouping faces, and what a person says about it, under `faces`.

Every method asks the gate first, records in the ledger what it is about to keep, and keeps it in
the faces drawer alone, while nobody can turn `faces` off.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date

from safelight.analysis.people import LIMITS, nearby
from safelight.app.composition import Rooms
from safelight.app.everybody import Everybody, people_of
from safelight.app.people_words import Words
from safelight.app.regrouping import Regrouping, unpacked
from safelight.app.unsaying import forget_said, take_back_ideas
from safelight.library.catalogue import Row
from safelight.library.people import NAMED_OVERLAP, PeopleStore
from safelight.library.same_faces import box_of, overlap
from safelight.model.consent import Permit, Purpose, Refusal, Subject
from safelight.model.creations import Box
from safelight.model.errors import RefusedError
from safelight.model.observations import FaceTemplate
from safelight.model.people import FacesFound, PeopleSeen, PersonInPhoto, PersonRow

STEP_KEEP = "people.keep"


class People:
    """People of one library. A person's word always wins over the grouping."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._store = PeopleStore(rooms.drawers)
        self._words = Words(rooms, self._store)
        self._everybody = Everybody(rooms, self._store)

    # Seeing

    def people(self) -> list[PersonRow]:
        """Everybody with a face that may be seen, named ones first, then by number of photos.

        Raises:
            RefusedError: `faces` is off.
        """
        self._require()
        if not self._store.exists:
            return []
        return list(self._everybody.people())

    def person(self, person: str) -> PersonRow | None:
        """One of `people`.

        Raises:
            RefusedError: `faces` is off.
        """
        self._require()
        if not self._store.exists:
            return None
        condition = self._rooms.gate.condition(Purpose.FACES, "a")
        found = self._store.seen(condition, "f.person = ?", (person,))
        written = self._store.written(
            condition, "n.asset in (select asset from faces.face where person = ?)", (person,)
        )
        return next(iter(people_of(found, written)), None)

    def in_photo(self, asset: str) -> list[PersonInPhoto]:
        """Who is in one photo, hidden people left out, from left to right.

        Raises:
            RefusedError: `faces` is off.
        """
        self._require()
        if not self._store.exists:
            return []
        condition = self._rooms.gate.condition(Purpose.FACES, "a")
        found = self._store.visible(condition, "f.asset = ? and not p.hidden", (asset,))
        people = [PersonInPhoto(r["person"], r["name"], r["id"], box_of(r)) for r in found]
        return sorted(people, key=lambda person: person.box.x)

    def written_names(self) -> dict[str, tuple[str, ...]]:
        """Names that other programs wrote, by asset, but for those of hidden people.

        Raises:
            RefusedError: `faces` is off.
        """
        self._require()
        if not self._store.exists:
            return {}
        condition = self._rooms.gate.condition(Purpose.FACES, "a")
        hidden: defaultdict[str, list[Box]] = defaultdict(list)
        for row in self._store.visible(condition, "p.hidden"):
            hidden[row["asset"]].append(box_of(row))
        names: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for each in self._store.written(condition):
            if not any(overlap(each.box, box) >= NAMED_OVERLAP for box in hidden[each.asset]):
                names[each.asset][each.name] = None
        return {asset: tuple(found) for asset, found in names.items()}

    def known(self) -> PeopleSeen:
        """Who is in which photos, and the names that may be said, but for hidden people.

        Raises:
            RefusedError: `faces` is off.
        """
        rows = [row for row in self.people() if not row.hidden]
        photos: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows:
            for face in row.faces:
                photos[face.asset].add(row.id)
        names = {row.id: row.name for row in rows if row.name}
        seen = {asset: frozenset(who) for asset, who in photos.items()}
        return PeopleSeen(names, seen, written=self.written_names())

    def hidden_photos(self) -> frozenset[str]:
        """Assets with somebody whom the person hid; none where `faces` is off."""
        if not self._rooms.gate.allows(Purpose.FACES):
            return frozenset()
        hidden = (row for row in self.people() if row.hidden)
        return frozenset(face.asset for row in hidden for face in row.faces)

    # Saying

    def name(self, person: str, name: str) -> None:
        """Name a person; an empty name takes it away. Their faces of now count as confirmed.

        Raises:
            UserError: no such person, or no name that can be kept.
            RefusedError: `faces` is off; so for every method below.
        """
        with self._saying():
            before = self._called(person)
            self._words.name(person, name)
            after = self._called(person)
        if before and before != after:
            take_back_ideas(self._rooms, before)

    def merge(self, person: str, other: str) -> str:
        """Two are one: `other` becomes `person`; returns the id that stays."""
        with self._saying():
            before = self._called(other)
            stays = self._words.merge(person, other)
            after = self._called(stays)
        if before and before != after:
            take_back_ideas(self._rooms, before)
        return stays

    def split(self, person: str, faces: Sequence[str]) -> str:
        """These faces are somebody else; returns the new person's id."""
        with self._saying():
            return self._words.split(person, faces)

    def not_this_person(self, *faces: str) -> None:
        """These faces are not the person they were put to; they never will be again."""
        with self._saying():
            self._words.not_this_person(faces)

    def move(self, person: str, faces: Sequence[str], to: str) -> None:
        """These faces of a person are another one, who is known already."""
        with self._saying():
            self._words.move(person, faces, to)

    def hide(self, person: str, hidden: bool = True) -> None:
        """Leave a person out of lists and ideas, or bring them back."""
        with self._saying():
            self._words.hide(person, hidden)

    def exclude(self, person: str, *, remember: bool = False) -> int:
        """Never group this person: their templates and name are erased; returns how many faces.

        Ideas about them, and what was made of those, are erased too.

        Args:
            remember: keep one mean template, so that new photos of them are left alone too. Only
                where that person agrees: without it nothing is kept that could recognise them,
                and their faces in photos yet to come are grouped anew.
        """
        with self._saying():
            before = self._called(person)
            erased = self._words.exclude(person, remember)
        forget_said(self._rooms, person, before)
        return erased

    def last_said(self) -> int | None:
        """The number of what was said last and not taken back."""
        self._require()
        return self._words.last_said() if self._store.exists else None

    def undo(self, number: int | None = None) -> str | None:
        """Take back what was said last; returns what it was, None when there is nothing.

        Templates that were erased are not brought back: their photos are looked at again in the
        next scan.

        Args:
            number: only if this is the last.

        Raises:
            UserError: something else was said since.
        """
        with self._saying():
            if not self._store.exists:
                return None
            before = self._names()
            undone = self._words.undo(number)
            gone = before - self._names()
        for name in sorted(gone):
            take_back_ideas(self._rooms, name)
        return undone

    # Working

    def looked_at(self, model: str) -> set[str]:
        """Assets whose faces this model (by digest) has seen."""
        self._require()
        return self._store.looked_at(model) if self._store.exists else set()

    def keep(self, found: Sequence[FacesFound], model: str) -> None:
        """Store the faces found in a batch of assets; the caller checked its permit, and holds it.

        Args:
            model: digest of the model that made the templates.
        """
        self._require()
        found = [self._without_outcasts(each, model) for each in found]
        self._rooms.record(Purpose.FACES, STEP_KEEP, [each.asset for each in found])
        with self._store.connection:
            self._store.put(found, model)

    @property
    def due(self) -> bool:
        """Whether faces were found that were not put to people yet."""
        self._require()
        return self._store.due

    def update(self) -> int:
        """Put new faces to people, and found new ones; returns how many faces have a person."""
        return self._group(anew=False)

    def regroup(self) -> int:
        """Group everything anew but for what a person has said; returns as `update`."""
        return self._group(anew=True)

    def remove(self, assets: Iterable[str]) -> None:
        """Forget the faces of assets that are no more; works also while `faces` is off."""
        if self._store.exists:
            self._store.remove(assets)

    def forget_unseen(self) -> None:
        """Forget faces of edited photos in which a whole scan could not look for them again."""
        if self._store.exists:
            with self._rooms.book.held():
                self._store.forget_unseen()

    def forget(self) -> None:
        """Drop what is held in memory; a withdrawal must not leave it there."""
        self._everybody.forget()

    def _group(self, *, anew: bool) -> int:
        self._require()
        if not self._store.exists:
            return 0
        self._leave_alone()
        subjects = [_subject(row) for row in self._store.subjects()]
        if not subjects:
            self._store.grouped()
            return 0
        permit = self._rooms.gate.decide(Purpose.FACES, subjects)
        if isinstance(permit, Refusal):
            raise RefusedError(permit.text)
        return self._commit(permit, Regrouping(self._store, permit.subjects), anew)

    def _leave_alone(self) -> None:
        """Faces that wait and are those of somebody who is never to be grouped are erased."""
        model = self._store.latest_model()
        kept = self._store.outcasts(model) if model else []
        if model is None or not kept:
            return
        with self._rooms.keeping(Purpose.FACES):
            found = self._words.waiting_near((model, unpacked(kept)))
            if found:
                with self._store.connection:
                    self._store.leave_alone(found)

    def _commit(self, permit: Permit, grouping: Regrouping, anew: bool) -> int:
        whose = grouping.run(anew=anew)
        with self._rooms.book.held():
            refusal = self._rooms.gate.check(permit, next(iter(permit.subjects)))
            if refusal is not None:  # withdrawn meanwhile: what was worked out is dropped
                raise RefusedError(refusal.text)
            self._rooms.record(Purpose.FACES, "people.group", sorted(permit.subjects))
            grouping.write(whose)
            self._store.grouped()
        return sum(person is not None for person in whose.values())

    def _without_outcasts(self, found: FacesFound, model: str) -> FacesFound:
        kept = self._store.outcasts(model)
        if not kept or not found.templates:
            return found
        values = unpacked([template.template.values for template in found.templates])
        out = nearby(values, unpacked(kept), LIMITS.join)
        pairs: list[tuple[FaceTemplate, bool]] = list(zip(found.templates, out, strict=True))
        dropped = [template.face.box for template, gone in pairs if gone]
        names = tuple(
            region
            for region in found.names
            if not any(overlap(Box(*region.box), box) >= NAMED_OVERLAP for box in dropped)
        )
        left = tuple(template for template, gone in pairs if not gone)
        return replace(found, templates=left, names=names)

    def _called(self, person: str) -> str | None:
        row = self._store.person(person) if self._store.exists else None
        return row["name"] if row is not None else None

    def _names(self) -> set[str]:
        return {row["name"] for row in self._store.people() if row["name"]}

    def _saying(self) -> AbstractContextManager[None]:
        """While the person says something: `faces` is on, and is not turned off meanwhile."""
        return self._rooms.keeping(Purpose.FACES)

    def _require(self) -> None:
        refusal = self._rooms.gate.refusal(Purpose.FACES)
        if refusal is not None:
            raise RefusedError(refusal.text)


def _subject(row: Row) -> Subject:
    day = date.fromisoformat(row["taken_on"]) if row["taken_on"] else None
    return Subject(row["id"], row["path"], day)
