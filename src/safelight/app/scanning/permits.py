"""Under what the assets of a batch are opened, read and looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safelight.app.composition import Rooms
from safelight.library.records import PendingAsset
from safelight.model.consent import Permit, Purpose, Refusal, Scope, Subject


@dataclass(frozen=True, slots=True)
class Permits:
    """One permit a purpose; None where consent reaches none of the batch.

    Attributes:
        content, faces: only what is known to be covered before a file was opened. The rest is
            looked at after the scan knows its date and the people in it.
    """

    library: Permit
    places: Permit | None = None
    content: Permit | None = None
    faces: Permit | None = None

    @property
    def looking(self) -> tuple[Permit, ...]:
        """Those under which a picture may be looked at."""
        return tuple(permit for permit in (self.content, self.faces) if permit is not None)

    def of(self, path: str) -> Permits:
        """The same without those that do not cover one asset."""
        return Permits(
            self.library, *(_if_covered(p, path) for p in (self.places, self.content, self.faces))
        )

    def only_reading(self) -> Permits:
        """The same without leave to look."""
        return Permits(self.library, self.places)


def ask(rooms: Rooms, batch: Sequence[PendingAsset]) -> Permits | None:
    """Ask the gate for a batch; None where the library's own purpose reaches none of it."""
    subjects = [Subject(item.path, item.path) for item in batch]
    library = rooms.gate.decide(Purpose.LIBRARY, subjects, to_learn_dates=True)
    if isinstance(library, Refusal):
        return None
    places = _decided(rooms, Purpose.PLACES, subjects)
    looking = (_at_first_sight(rooms, p, subjects) for p in (Purpose.CONTENT, Purpose.FACES))
    return Permits(library, places, *looking)


def _at_first_sight(rooms: Rooms, purpose: Purpose, subjects: Sequence[Subject]) -> Permit | None:
    """A permit as far as paths tell; none where a date or a person has to be known first."""
    grants = [rooms.book.grant(each) for each in (Purpose.LIBRARY, purpose)]
    if any(grant is None or _needs_a_look_first(grant.scope) for grant in grants):
        return None
    covered = rooms.gate.coverage(purpose)
    known = [subject for subject in subjects if covered is None or covered(subject)]
    return _decided(rooms, purpose, known) if known else None


def _decided(rooms: Rooms, purpose: Purpose, subjects: Sequence[Subject]) -> Permit | None:
    if not rooms.gate.allows(purpose):
        return None
    decision = rooms.gate.decide(purpose, subjects)
    return decision if isinstance(decision, Permit) else None


def _needs_a_look_first(scope: Scope) -> bool:
    return scope.since is not None or scope.until is not None or bool(scope.without_people)


def _if_covered(permit: Permit | None, path: str) -> Permit | None:
    return permit if permit is not None and path in permit else None
