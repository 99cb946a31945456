"""What a person says about people stands: through new photos and through grouping anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safelight.app.learning import Learning
from safelight.app.preferring import Preferring
from safelight.library.catalogue import rows
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError, UserError
from safelight.model.ideas import Timeline
from safelight.model.observations import FaceTemplate
from safelight.model.people import FacesFound

if TYPE_CHECKING:
    from tests.unit.people.conftest import Home

    from safelight.app import Safelight


def preferring(library: Home) -> Preferring:
    """What is said of ideas in this library."""
    return Preferring(library.rooms, library.people, Learning(library.rooms), lambda: Timeline(()))


MakeHome = Callable[[int], "Home"]
MODEL = "a" * 64


def test_people_are_found_as_photos_come(home: MakeHome) -> None:
    library = home(7)
    a = library.meet([0], [1], [0, 1])
    assert library.groups() == {frozenset({a[0], a[2]}), frozenset({a[1], a[2]})}
    before = {library.of(a[0]), library.of(a[1])}
    b = library.meet([0], [1], [2])
    assert {row.id for row in library.people.people()} == before
    assert library.of(b[0]) == library.of(a[0])
    assert library.people.regroup() == 6
    assert library.of(a[0]) in before
    assert library.of(a[1]) == library.of(b[1])


def test_boxes_are_pixels_of_the_full_picture(home: MakeHome) -> None:
    library = home(2)
    library.meet([0], [0])
    (row,) = library.people.people()
    for face in row.faces:  # pictures are 160 by 120, boxes 0, 0.2, 0.1, 0.2
        box = face.box
        found = (box.x, box.y, box.width, box.height)
        assert found == pytest.approx((0, 24, 16, 24), abs=0.01)


def test_a_named_person_is_never_renamed_or_split(home: MakeHome) -> None:
    library = home(20)
    a = library.meet([0], [1], [0], [1])
    ann, bob = library.of(a[0]), library.of(a[1])
    library.people.name(ann, "  Ann\tLee ")
    library.people.merge(ann, bob)  # which no grouping would say
    for turn in range(1, 5):
        library.meet([0], [1], [2], [3])
        library.people.regroup()
        row = library.people.person(ann)
        assert row is not None
        assert row.name == "Ann Lee"
        assert {face.asset for face in row.faces} >= set(a)
        assert len(row.faces) == 4 + 2 * turn


def test_split_keeps_two_people_apart(home: MakeHome) -> None:
    library = home(8)
    a = library.meet([0], [0], [0], [0])
    person = library.of(a[0])
    row = library.people.person(person)
    assert row is not None
    faces = [face.id for face in row.faces if face.asset in a[2:]]
    made = library.people.split(person, faces)
    library.meet([0], [0])
    library.people.regroup()
    groups = {p.id: {f.asset for f in p.faces} for p in library.people.people()}
    assert groups[person] >= set(a[:2])
    assert groups[made] >= set(a[2:])
    assert len(groups) == 2
    with pytest.raises(UserError, match="all the faces"):
        library.people.split(made, [f.id for f in _row(library, made).faces])
    with pytest.raises(UserError, match="Not faces"):
        library.people.split(made, ["nothing"])


def test_not_this_person_is_remembered(home: MakeHome) -> None:
    library = home(8)
    a = library.meet([0], [0], [0], [0])
    person = library.of(a[0])
    (face,) = (f.id for f in _row(library, person).faces if f.asset == a[3])
    library.people.not_this_person(face)
    library.meet([0], [0])
    library.people.regroup()
    assert {f.asset for f in _row(library, person).faces}.isdisjoint({a[3]})
    library.people.undo()
    assert a[3] in {f.asset for f in _row(library, person).faces}


def test_merging_outweighs_not_this_person(home: MakeHome) -> None:
    library = home(8)
    a = library.meet([0], [0], [0], [1], [1])
    one, two = library.of(a[0]), library.of(a[3])
    (face,) = (f.id for f in _row(library, one).faces if f.asset == a[2])
    library.people.not_this_person(face)
    library.people.merge(two, one)
    library.people.regroup()
    assert {f.asset for f in _row(library, two).faces} == {*a[:2], *a[3:]}


@pytest.mark.parametrize("remember", [False, True])
def test_never_group_this_person(home: MakeHome, remember: bool) -> None:
    library = home(12)
    a = library.meet([0], [0], [1], [1], [0])
    person, other = library.of(a[0]), library.of(a[2])
    library.people.name(person, "Zacharias Canary")
    templates = {bytes(row["template"]) for row in library.people._store.faces_of(person)}
    assert library.people.exclude(person, remember=remember) == 3
    assert [row.id for row in library.people.people()] == [other]
    store = library.people._store.connection
    kept = {bytes(t) for (t,) in store.execute("select template from face where template > ''")}
    assert kept.isdisjoint(templates)
    assert not list(store.execute("select 1 from correction where said like '%Canary%'"))
    assert not list(store.execute("select 1 from person where name is not null"))

    library.people.regroup()
    assert [row.id for row in library.people.people()] == [other]
    b = library.meet([0], [0], [1])
    groups = library.groups()
    # Without anything kept nobody can tell who comes: new photos are grouped anew, and that
    # never touches the old ones.
    assert (frozenset(b[:2]) in groups) is not remember
    assert all(not set(a[:2]) & group for group in groups)


def test_a_photo_seen_again_does_not_bring_back_an_excluded_person(home: MakeHome) -> None:
    library = home(4)
    a = library.meet([0], [0])
    library.people.exclude(library.of(a[0]))
    library.used = 0
    assert library.meet([0], [0]) == a
    assert library.groups() == set()


def test_excluding_takes_waiting_faces_along(home: MakeHome) -> None:
    library = home(6)
    a = library.meet([0], [0], [0])
    (face,) = (f.id for f in _row(library, library.of(a[0])).faces if f.asset == a[2])
    library.people.not_this_person(face)  # by mistake: it waits, with its template
    library.people.exclude(library.of(a[0]))
    store = library.people._store.connection
    assert list(store.execute("select count(*) from face where template is not null")) == [(0,)]


def test_undo_takes_back_one_word_after_the_other(home: MakeHome) -> None:
    library = home(8)
    a = library.meet([0], [0], [1], [1])
    one, two = library.of(a[0]), library.of(a[2])
    before = _picture(library)
    library.people.name(one, "One")
    library.people.hide(two)
    library.people.merge(one, two)
    library.people.split(one, [_row(library, one).faces[0].id])
    assert [library.people.undo() for _ in range(5)] == ["split", "merge", "hide", "name", None]
    assert _picture(library) == before
    assert library.people.regroup() == 4


def test_undoing_never_group_looks_at_the_photos_again(home: MakeHome) -> None:
    library = home(4)
    a = library.meet([0], [0], [1], [1])
    library.people.exclude(library.of(a[0]), remember=True)
    assert library.people.looked_at(MODEL) == set(a)
    assert library.people.undo() == "exclude"
    assert library.people.looked_at(MODEL) == set(a[2:])
    library.used = 0
    library.meet([0], [0])
    assert frozenset(a[:2]) in library.groups()


def test_photos_that_go_take_their_faces_and_people_along(home: MakeHome) -> None:
    library = home(4)
    a = library.meet([0], [0], [1], [1])
    library.people.name(library.of(a[0]), "Canary")
    library.people.remove(a[:2])
    assert library.groups() == {frozenset(a[2:])}
    store = library.people._store.connection
    assert list(store.execute("select count(*) from person")) == [(1,)]
    assert not list(store.execute("select 1 from correction where said like '%Canary%'"))
    assert library.people.looked_at(MODEL) == set(a[2:])


def test_a_newer_model_keeps_who_is_who(home: MakeHome) -> None:
    library = home(4)
    a = library.meet([0], [0], [1], [1])
    person = library.of(a[0])
    library.people.name(person, "Ann")
    from tests.unit.people.conftest import template

    found = [
        _found(asset, template(library.likenesses.of(who + 10), 0.0))
        for asset, who in zip(a, (0, 0, 1, 1), strict=True)
    ]
    library.people.keep(found, "b" * 64)
    library.people.regroup()
    assert {f.asset for f in _row(library, person).faces} == set(a[:2])


@pytest.mark.parametrize("name", ["x" * 201, "a\x00b", "\udcff"])
def test_names_that_cannot_be_kept(home: MakeHome, name: str) -> None:
    library = home(2)
    a = library.meet([0], [0])
    with pytest.raises(UserError):
        library.people.name(library.of(a[0]), name)


def test_without_faces_nothing_is_shown_or_done(home: MakeHome, library: Safelight) -> None:
    here = home(3)
    a = here.meet([0], [0])
    person = here.of(a[0])
    here.people.name(person, "Canary")
    entries = [entry.event for entry in here.rooms.ledger.entries()]
    assert entries[-1] == "derive"
    (report,) = library.withdraw(Purpose.FACES)
    assert report.drawers == ("faces", "trail-faces")
    assert not list((here.rooms.settings.home / "drawers").glob("faces*"))
    for act in (
        here.people.people,
        here.people.update,
        here.people.regroup,
        here.people.undo,
        lambda: here.people.person(person),
        lambda: here.people.name(person, "Ann"),
        lambda: here.people.merge(person, "p"),
        lambda: here.people.split(person, ["x"]),
        lambda: here.people.not_this_person("x"),
        lambda: here.people.hide(person),
        lambda: here.people.exclude(person),
        lambda: here.people.keep([], MODEL),
        lambda: here.people.looked_at(MODEL),
    ):
        with pytest.raises(RefusedError):
            act()
    here.people.remove(a)
    assert not list((here.rooms.settings.home / "drawers").glob("faces*"))
    library.allow([Purpose.FACES])
    assert here.people.people() == []


def test_everything_is_in_the_ledger_before_it_is_kept_and_without_names(home: MakeHome) -> None:
    here = home(4)
    a = here.meet([0], [0], [1], [1])
    one, two = here.of(a[0]), here.of(a[2])
    here.people.name(one, "Canary")
    here.people.merge(one, two)
    here.people.split(one, [_row(here, one).faces[0].id])
    here.people.hide(one)
    here.people.undo()
    here.people.exclude(one)
    steps = [str(e.body.get("step")) for e in here.rooms.ledger.entries(events=["derive"])]
    assert [step for step in steps if step.startswith("people.")] == [
        "people.keep",
        "people.group",
        "people.name",
        "people.merge",
        "people.split",
        "people.hide",
        "people.undo-hide",
        "people.exclude",
    ]
    log = Path(here.rooms.ledger.log).read_text()
    assert "Canary" not in log
    assert one not in log


def _row(library: Home, person: str):  # type: ignore[no-untyped-def]
    row = library.people.person(person)
    assert row is not None
    return row


def _found(asset: str, face: FaceTemplate) -> FacesFound:
    return FacesFound(asset, (face,))


def _picture(library: Home) -> object:
    return [
        (row.id, row.name, row.hidden, [(f.id, f.confirmed) for f in row.faces])
        for row in library.people.people()
    ]


def test_who_rested_or_was_hidden_still_is_when_two_become_one(home: MakeHome) -> None:
    library = home(6)
    a = library.meet([0], [1], [0], [1])
    ann, bob = library.of(a[0]), library.of(a[1])
    wishes = preferring(library)
    until = date.today() + timedelta(days=30)
    wishes.rest(f"person:{bob}", until)
    library.people.merge(ann, bob)
    assert wishes.preferences().rested_people == {ann}
    library.people.name(ann, "Ann")
    (row,) = wishes.all()
    assert (row.label, row.until) == ("Ann", until)
    library.people.undo()
    library.people.undo()
    assert wishes.preferences().rested_people == {bob}
    library.people.hide(bob)
    library.people.merge(ann, bob)
    merged = library.people.person(ann)
    assert merged is not None
    assert merged.hidden
    library.people.undo()
    kept = library.people.person(ann)
    assert kept is not None
    assert not kept.hidden


def test_of_two_who_rested_the_later_day_counts_and_undo_gives_each_their_own(
    home: MakeHome,
) -> None:
    library = home(6)
    a = library.meet([0], [1], [0], [1])
    ann, bob = library.of(a[0]), library.of(a[1])
    wishes = preferring(library)
    soon, late = (date.today() + timedelta(days=days) for days in (10, 90))
    wishes.rest(f"person:{ann}", soon)
    wishes.rest(f"person:{bob}", late)
    library.people.merge(ann, bob)
    assert [(row.subject, row.until) for row in wishes.all()] == [(f"person:{ann}", late)]
    library.people.undo()
    assert {(row.subject, row.until) for row in wishes.all()} == {
        (f"person:{ann}", soon),
        (f"person:{bob}", late),
    }


def test_nothing_of_a_person_who_is_erased_stays_among_wishes(home: MakeHome) -> None:
    library = home(6)
    a = library.meet([0], [0])
    ann = library.of(a[0])
    library.people.name(ann, "Ann")
    preferring(library).rest(f"person:{ann}")
    library.people.exclude(ann)
    assert preferring(library).all() == []


def in_two(library: Home, assets: list[str], few: int) -> str:
    """Somebody whom the grouping had for two so far; the one of them with few faces."""
    store = library.people._store
    one = library.of(assets[0])
    with store.connection:
        store.add_people(["pother"])
        store.assign({f"{asset}.0": "pother" for asset in assets[few:]})
    return one


@pytest.mark.parametrize("anew", [False, True])
def test_a_hidden_person_stays_hidden_though_more_is_learnt_of_who_is_who(
    home: MakeHome, anew: bool
) -> None:
    library = home(12)
    a = library.meet([0], [0], [0], [0], [0], [0], [0])
    hidden = in_two(library, a, 2)
    library.people.hide(hidden)
    library.meet([0], [1], [1])
    if anew:
        library.people.regroup()
    assert set(a[:2]) <= library.people.hidden_photos()
    assert _row(library, hidden).hidden
    library.people.undo()
    assert library.people.hidden_photos() == frozenset()


def test_who_rests_goes_on_resting_though_more_is_learnt_of_who_is_who(home: MakeHome) -> None:
    library = home(12)
    a = library.meet([0], [0], [0], [0], [0], [0], [0])
    resting = in_two(library, a, 2)
    wishes = preferring(library)
    wishes.rest(f"person:{resting}")
    library.meet([0], [1], [1])
    assert wishes.preferences().rested_people == {resting}
    assert _row(library, resting).faces


def test_faces_that_came_since_find_somebody_again_when_a_split_is_taken_back(
    home: MakeHome,
) -> None:
    library = home(8)
    a = library.meet([0], [0], [0], [0])
    person = library.of(a[0])
    made = library.people.split(person, [f.id for f in _row(library, person).faces][:2])
    b = library.meet([0])
    assert library.of(b[0]) in (person, made)
    if library.of(b[0]) == person:  # the other half is as near
        library.people.move(person, [f"{b[0]}.0"], made)
        library.people.undo()
    library.people.undo()
    assert library.people.due, "the next scan puts faces to people, though it finds no new ones"
    library.people.update()
    assert {f.asset for f in _row(library, person).faces} == {*a, *b}


def test_who_is_remembered_to_be_left_alone_is_known_to_a_newer_model_too(home: MakeHome) -> None:
    from tests.unit.people.conftest import template

    library, newer = home(8), "b" * 64
    a = library.meet([0], [0], [1], [1])
    library.people.exclude(library.of(a[0]), remember=True)

    def seen_anew(assets: list[str], *who: int) -> None:
        faces = [template(library.likenesses.of(person + 10), 0.0) for person in who]
        found = [_found(asset, face) for asset, face in zip(assets, faces, strict=True)]
        library.people.keep(found, newer)

    seen_anew(library.assets[4:6], 0, 1)  # new photos, by the new model
    seen_anew(a, 0, 0, 1, 1)  # those of before
    seen_anew(library.assets[6:8], 0, 1)
    library.people.update()
    assert library.groups() == {frozenset((*a[2:], library.assets[5], library.assets[7]))}
    assert library.people.undo() == "exclude"
    outcasts = library.people._store.connection.execute("select count(*) from outcast")
    assert list(outcasts) == [(0,)]


@pytest.mark.parametrize("way", ["exclude", "photos go"])
def test_a_name_of_somebody_who_became_another_goes_with_them(home: MakeHome, way: str) -> None:
    library = home(8)
    a = library.meet([0], [0], [1], [1], [2], [2])
    stays, gone, other = (library.of(asset) for asset in (a[0], a[2], a[4]))
    library.people.name(other, "Somebody Else")
    library.people.name(gone, "Zacharias Canary")
    library.people.merge(stays, gone)
    library.people.name(stays, "Zach")
    if way == "exclude":
        library.people.exclude(stays)
    else:
        library.people.remove(a[:4])
    told = [dict(row) for row in rows(library.people._store.connection, "select * from correction")]
    assert "Canary" not in str(told)
    assert "Zach" not in str(told)
    assert "Somebody Else" in str(told)


def test_two_who_are_no_longer_one_do_not_go_together(home: MakeHome) -> None:
    library = home(4)
    a = library.meet([0], [0], [1], [1])
    one, two = library.of(a[0]), library.of(a[2])
    library.people.name(two, "Bob")
    library.people.merge(one, two)
    library.people.undo()
    library.people.exclude(one)
    assert [(row.id, row.name) for row in library.people.people()] == [(two, "Bob")]
