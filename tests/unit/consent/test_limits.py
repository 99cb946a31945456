"""Albums and people that a grant names: kept to exactly, or the purpose stops."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safelight.consent.albums import Albums, parse_reference
from safelight.consent.limits import Limits
from safelight.consent.members import AlbumContent
from safelight.model.consent import Grant, Permit, Purpose, Refusal, RefusalCode, Scope, Subject
from safelight.model.errors import UserError

if TYPE_CHECKING:
    from tests.unit.consent.conftest import Desk

WITHOUT_ANNA = Scope(without_people=("anna",))
ONE, TWO = Subject("1", "/p/1.jpg"), Subject("2", "/p/2.jpg")


class Faces:
    """Who is surely not in which photo; None once nobody can tell."""

    def __init__(self) -> None:
        self.clear: frozenset[str] | None = frozenset({"1"})

    def album(self, ref: str) -> AlbumContent | None:
        return None

    def linked(self) -> frozenset[str]:
        return frozenset()

    def clear_of(self, people: tuple[str, ...]) -> frozenset[str] | None:
        return self.clear if people == ("anna",) else None


@pytest.fixture
def faces() -> Faces:
    return Faces()


@pytest.fixture
def limited(desk_at: Callable[..., Desk], faces: Faces, tmp_path: Path) -> Desk:
    """Places without Anna, with faces on."""
    desk = desk_at(tmp_path, Limits(faces))
    for purpose in (Purpose.LIBRARY, Purpose.FACES):
        desk.book.allow(purpose)
    assert isinstance(desk.book.allow(Purpose.PLACES, WITHOUT_ANNA), Grant)
    return desk


@pytest.fixture
def albums(desk: Desk) -> Albums:
    return Albums(lambda: desk.connection, desk.ledger, desk.clock)


def code(answer: object) -> RefusalCode:
    assert isinstance(answer, Refusal)
    return answer.code


# People


def test_only_photos_that_surely_do_not_show_her_are_covered(limited: Desk) -> None:
    permit = limited.gate.decide(Purpose.PLACES, [ONE, TWO])
    assert isinstance(permit, Permit)
    assert permit.subjects == {"1"}


def test_a_limit_by_people_needs_faces(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY)
    answer = desk.book.allow(Purpose.PLACES, WITHOUT_ANNA)
    assert code(answer) is RefusalCode.NEEDS_OTHER
    assert "Who is in the pictures" in str(answer)
    assert desk.book.grant(Purpose.PLACES) is None


def test_whom_nobody_knows_cannot_be_left_out(limited: Desk) -> None:
    answer = limited.book.allow(Purpose.CONTENT, Scope(without_people=("ben",)))
    assert code(answer) is RefusalCode.LIMIT_UNKNOWN


@pytest.mark.parametrize("purpose", [Purpose.LIBRARY, Purpose.FACES])
def test_what_tells_who_is_shown_cannot_leave_people_out(limited: Desk, purpose: Purpose) -> None:
    with pytest.raises(UserError, match="cannot leave out people"):
        limited.book.allow(purpose, WITHOUT_ANNA)


def test_without_faces_the_limited_purpose_ends_too(limited: Desk) -> None:
    limited.book.allow(Purpose.CONTENT)
    assert set(limited.book.ending(Purpose.FACES)) == {Purpose.FACES, Purpose.PLACES}
    assert set(limited.book.withdraw(Purpose.FACES)) == {Purpose.FACES, Purpose.PLACES}
    assert limited.book.grant(Purpose.PLACES) is None
    assert limited.book.grant(Purpose.CONTENT)


def test_a_person_who_is_forgotten_stops_what_leaves_her_out(limited: Desk, faces: Faces) -> None:
    faces.clear = None
    assert code(limited.book.standing(Purpose.PLACES)) is RefusalCode.LIMIT_UNKNOWN
    assert not limited.book.state(Purpose.PLACES).active
    assert isinstance(limited.gate.decide(Purpose.PLACES, [ONE]), Refusal)
    assert limited.gate.condition(Purpose.PLACES).sql == "0"


def test_a_face_found_meanwhile_ends_the_use(limited: Desk, faces: Faces) -> None:
    permit = limited.gate.decide(Purpose.PLACES, [ONE])
    assert isinstance(permit, Permit)
    assert limited.gate.check(permit, "1") is None
    faces.clear = frozenset()
    assert code(limited.gate.check(permit, "1")) is RefusalCode.OUT_OF_SCOPE


def test_faces_allowed_anew_end_the_permits_that_stood_on_them(limited: Desk) -> None:
    permit = limited.gate.decide(Purpose.PLACES, [ONE])
    assert isinstance(permit, Permit)
    limited.book.allow(Purpose.FACES, Scope(folders=("/p",)))
    assert code(limited.gate.check(permit, "1")) is RefusalCode.WITHDRAWN


def test_a_withdrawal_ends_a_limited_permit(limited: Desk) -> None:
    permit = limited.gate.decide(Purpose.PLACES, [ONE])
    assert isinstance(permit, Permit)
    limited.book.withdraw(Purpose.PLACES)
    assert limited.gate.check(permit, "1") is not None


# Albums


def test_a_reference_covers_what_was_in_it_then(albums: Albums) -> None:
    then = albums.put("Trip", ["/p/1.jpg"], ["/p/sub/"]).reference
    now = albums.put("Trip", ["/p/2.jpg"]).reference
    assert albums.content(then) == AlbumContent(frozenset({"/p/1.jpg"}), ("/p/sub",))
    assert albums.content(now) == AlbumContent(frozenset({"/p/1.jpg", "/p/2.jpg"}), ("/p/sub",))
    albums.take_out("Trip", ["/p/1.jpg"])
    assert albums.content(then) == AlbumContent(frozenset(), ("/p/sub",))


def test_what_is_put_in_again_counts_as_new(albums: Albums) -> None:
    then = albums.put("Trip", ["/p/1.jpg", "/p/2.jpg"]).reference
    albums.take_out("Trip", ["/p/1.jpg"])
    albums.put("Trip", ["/p/1.jpg"])
    assert albums.content(then) == AlbumContent(frozenset({"/p/2.jpg"}))


def test_a_new_album_of_an_old_name_is_another(albums: Albums) -> None:
    then = albums.put("Trip", ["/p/1.jpg"]).reference
    albums.remove("Trip")
    assert albums.content(then) is None
    albums.put("Trip", ["/p/private.jpg"])
    assert albums.content(then) == AlbumContent()


@pytest.mark.parametrize("name", ["", "  ", "a" * 81, "a\u202eb"])
def test_a_name_that_cannot_be_shown_is_refused(albums: Albums, name: str) -> None:
    with pytest.raises(UserError):
        albums.put(name, ["/p/1.jpg"])


@pytest.mark.parametrize("ref", ["Trip", "Trip@x", "Trip@", "@3", "Trip@-1"])
def test_a_reference_that_is_none_covers_nothing(albums: Albums, ref: str) -> None:
    albums.put("Trip", ["/p/1.jpg"])
    found = albums.content(ref)
    assert found is None or found == AlbumContent()


def test_names_may_hold_the_sign_that_parts_them(albums: Albums) -> None:
    made = albums.put("me@home", ["/p/1.jpg"])
    assert parse_reference(made.reference)[0] == "me@home"
    assert albums.content(made.reference) == AlbumContent(frozenset({"/p/1.jpg"}))


def test_albums_go_with_the_library(desk_at: Callable[..., Desk], tmp_path: Path) -> None:
    limits = Limits()
    desk = desk_at(tmp_path, limits)
    albums = Albums(lambda: desk.connection, desk.ledger, desk.clock)
    limits._watchers = (albums,)
    albums.put("Trip", ["/p/1.jpg"])
    desk.book.allow(Purpose.LIBRARY)
    assert albums.all()
    desk.book.withdraw(Purpose.LIBRARY)
    assert albums.all() == []
    assert desk.connection.execute("select count(*) from album_member").fetchone() == (0,)
