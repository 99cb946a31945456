"""A name that is not to be said any more is said by nothing that was made with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from safelight.app.making.keeping import Made, Shelf
from safelight.ideas import person_subject
from safelight.library.shelves import IdeaShelf
from safelight.model.consent import Purpose
from safelight.model.creations import CreationKind
from safelight.model.ideas import Idea, IdeaKind, Reason

if TYPE_CHECKING:
    from tests.unit.people.conftest import Home


@pytest.fixture
def here(home: Callable[[int], Home]) -> Home:
    """Photos of Ann and Bob, an idea about each and one about June, and what was made of two."""
    made = home(6)
    made.meet([0], [0], [0], [1], [1], [1])
    people = {"Ann": made.of(made.assets[0]), "Bob": made.of(made.assets[3])}
    for name, person in people.items():
        made.people.name(person, name)
    ann, bob = (_idea(made, name, person) for name, person in people.items())
    june = replace(ann, id="i-june", title="Anniversary", about=(), reasons=(_reason("June"),))
    IdeaShelf(made.rooms.drawers, "catalogue").replace([ann, bob, june], [])
    for name, idea in (("Ann", ann), ("Bob", bob)):
        file = Made(
            CreationKind.COLLAGE, idea.title, "image/jpeg", 1, 1, idea.assets, {"of": name}, b"x"
        )
        Shelf(made.rooms).keep(file, idea.id, {Purpose.FACES})
    return made


def _reason(text: str) -> Reason:
    return Reason("people", text, Purpose.FACES)


def _idea(here: Home, name: str, person: str) -> Idea:
    photos = tuple(here.assets[:3] if name == "Ann" else here.assets[3:])
    about = (person_subject(person),)
    reasons = (_reason(f"{name} is in it"),)
    title = f"{name} through the years"
    return Idea(
        f"i-{name}", IdeaKind.TOGETHER, title, "3 photos", photos, photos[0], reasons, 0.5,
        about=about,
    )  # fmt: skip


def kept(here: Home) -> tuple[set[str], set[str]]:
    """Titles of ideas and of creations."""
    ideas = IdeaShelf(here.rooms.drawers, "catalogue").all()
    return {idea.title for idea, _ in ideas}, {c.title for c in here.rooms.creations.all()}


BOB = "Bob through the years"
ANN = "Ann through the years"


def test_never_grouping_somebody_erases_what_says_their_name(here: Home) -> None:
    here.people.exclude(here.of(here.assets[0]))
    assert kept(here) == ({BOB, "Anniversary"}, {BOB})
    for drawer in ("catalogue", "creations"):
        connection = here.rooms.drawers.connection(drawer)
        held = bytes(connection.serialize("main"))
        log = here.rooms.drawers.path(drawer).with_name(f"{drawer}.db-wal")
        assert ANN.encode() not in held + (log.read_bytes() if log.exists() else b"")


def test_a_name_that_is_taken_back_takes_what_says_it_along(here: Home) -> None:
    assert here.people.undo() == "name"  # Bob's
    assert kept(here)[0] == {ANN, "Anniversary"}
    here.people.name(here.of(here.assets[3]), "Bob")
    here.people.hide(here.of(here.assets[0]))
    assert here.people.undo() == "hide"
    assert kept(here)[0] == {ANN, "Anniversary"}, "nobody lost a name"


CHANGES: Mapping[str, Callable[[Home], object]] = {
    "another name": lambda here: here.people.name(here.of(here.assets[0]), "Anne"),
    "no name": lambda here: here.people.name(here.of(here.assets[0]), ""),
    "one with another": lambda here: here.people.merge(
        here.of(here.assets[3]), here.of(here.assets[0])
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_name_that_changes_takes_ideas_back_and_leaves_what_was_made(
    here: Home, change: str
) -> None:
    CHANGES[change](here)
    assert kept(here) == ({BOB, "Anniversary"}, {ANN, BOB})


def test_a_first_name_takes_nothing_back(here: Home) -> None:
    ann = here.of(here.assets[0])
    here.people.name(ann, "Ann")
    assert kept(here)[0] == {ANN, BOB, "Anniversary"}
