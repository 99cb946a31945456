"""The gate's decision and its SQL are one rule: the same assets, for any scope and any path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelight.consent.limits import Limits
from safelight.consent.members import AlbumContent
from safelight.consent.scopes import from_json, matcher, tidy, to_json, to_sql
from safelight.model.consent import Permit, Purpose, Scope, Subject

if TYPE_CHECKING:
    from tests.unit.consent.conftest import Desk

FOLDERS = [
    *("/", "/a", "/a/", "/a/b", "/a/b/", "/a/b/../c", "/a//b", "//a", "/A", "/é", "/a/b%", "/a/b_"),
    *("C:\\", "C:\\Fotos", "c:/fotos/", "C:\\Fotos\\É", "\\\\server\\share\\x", "takeout://2015/"),
]
PIECES = [
    *("a", "b", "bc", "B", "c", "..", ".", "é", "É", "e\u0301", "b%", "b_", "b0", "b.", "~", ""),
    *("Fotos", "FOTOS", "x", "share", "server", "😀", "2015"),
]
ROOTS = ["/", "C:\\", "c:/", "D:\\", "\\\\", "takeout://", "//"]

days = st.dates(date(2019, 12, 30), date(2020, 1, 3))
paths = st.builds(
    lambda root, pieces, separator: root + separator.join(pieces),
    st.sampled_from(ROOTS),
    st.lists(st.sampled_from(PIECES), max_size=5),
    st.sampled_from(["/", "\\"]),
)
albums = st.builds(
    AlbumContent,
    files=st.frozensets(paths, max_size=4),
    folders=st.lists(st.sampled_from(FOLDERS), max_size=2).map(tuple),
)
scopes = st.builds(
    Scope,
    folders=st.lists(st.sampled_from(FOLDERS) | paths, max_size=3).map(tuple),
    albums=st.lists(st.sampled_from(["trip@1", "best@7", "gone@1"]), max_size=2).map(tuple),
    since=st.none() | days,
    until=st.none() | days,
    without_people=st.lists(st.sampled_from(["anna", "ben", "nobody"]), max_size=2).map(tuple),
)


@dataclass(frozen=True)
class Known:
    """Two albums and two people; whoever else is named is not known."""

    trip: AlbumContent
    best: AlbumContent
    shown: dict[str, frozenset[str]]
    links: frozenset[str] = frozenset()

    def linked(self) -> frozenset[str]:
        return self.links

    def album(self, ref: str) -> AlbumContent | None:
        return {"trip@1": self.trip, "best@7": self.best}.get(ref)

    def clear_of(self, people: tuple[str, ...]) -> frozenset[str] | None:
        if not set(people) <= {"anna", "ben"}:
            return None
        return frozenset(a for a, who in self.shown.items() if who.isdisjoint(people))


known = st.builds(
    Known,
    albums,
    albums,
    st.dictionaries(
        st.integers(0, 24).map(str), st.frozensets(st.sampled_from(["anna", "ben", "cleo"]))
    ),
    st.frozensets(paths, max_size=3),
)
assets = st.lists(st.tuples(paths, st.none() | days), min_size=1, max_size=25)


def subjects_of(found: list[tuple[str, date | None]]) -> list[Subject]:
    return [Subject(str(number), path, day) for number, (path, day) in enumerate(found)]


def chosen_by_sql(sql: str, params: tuple[str, ...], subjects: list[Subject]) -> set[str]:
    connection = apsw.Connection(":memory:")
    connection.execute("create table asset (id text, path text, taken_on text)")
    rows = [(s.id, s.path, s.day.isoformat() if s.day else None) for s in subjects]
    connection.executemany("insert into asset values (?, ?, ?)", rows)
    chosen = {i for (i,) in connection.execute(f"select id from asset a where {sql}", params)}
    left = {i for (i,) in connection.execute(f"select id from asset a where not {sql}", params)}
    assert chosen | left == {s.id for s in subjects}, "the condition was null for some row"
    return chosen


@settings(max_examples=600, deadline=None)
@given(scopes, assets, known)
def test_matcher_and_sql_agree(
    scope: Scope, found: list[tuple[str, date | None]], members: Known
) -> None:
    subjects = subjects_of(found)
    sql, params = to_sql(scope, "a", members)
    matches = matcher(scope, members)
    assert {s.id for s in subjects if matches(s)} == chosen_by_sql(f"({sql})", params, subjects)


@settings(max_examples=200, deadline=None)
@given(scopes, assets, known)
def test_a_named_limit_never_lets_more_in(
    scope: Scope, found: list[tuple[str, date | None]], members: Known
) -> None:
    subjects = subjects_of(found)
    covered = {s.id for s in subjects if matcher(scope, members)(s)}
    for person in scope.without_people:
        assert not any(person in members.shown.get(asset, {person}) for asset in covered)
    if "gone@1" in scope.albums or "nobody" in scope.without_people:
        assert not covered


@settings(max_examples=60, deadline=None)
@given(library=scopes, places=scopes, found=assets, members=known)
def test_decide_and_condition_agree(
    desk_at: Callable[..., Desk],
    library: Scope,
    places: Scope,
    found: list[tuple[str, date | None]],
    members: Known,
) -> None:
    subjects = subjects_of(found)
    with TemporaryDirectory() as folder:
        desk = desk_at(Path(folder), Limits(members))
        desk.book.allow(Purpose.LIBRARY)
        desk.book.allow(Purpose.FACES)
        for purpose, scope in ((Purpose.LIBRARY, library), (Purpose.PLACES, places)):
            if scope.since and scope.until and scope.since > scope.until:
                return
            if purpose is Purpose.LIBRARY:
                scope = replace(scope, without_people=())
            desk.book.allow(purpose, scope)
        answer = desk.gate.decide(Purpose.PLACES, subjects)
        condition = desk.gate.condition(Purpose.PLACES)
    decided = answer.subjects if isinstance(answer, Permit) else frozenset()
    assert decided == chosen_by_sql(condition.sql, condition.params, subjects)


@pytest.mark.parametrize(
    ("folder", "path", "inside"),
    [
        ("/a/b", "/a/b/x.jpg", True),
        ("/a/b", "/a/b", True),
        ("/a/b", "/a/bc/x.jpg", False),
        ("/a/b", "/a/b/../c/x.jpg", False),
        ("/a/b", "/a/b/..", False),
        ("/a/b", "/a/b/..x/y.jpg", True),
        ("/a/b", "/A/b/x.jpg", False),
        ("/", "/x.jpg", True),
        ("C:\\Fotos", "c:\\fotos\\x.jpg", True),
        ("C:\\Fotos", "C:/FOTOS/sub/x.jpg", True),
        ("C:\\Fotos", "C:\\Fotos2\\x.jpg", False),
        ("C:\\Fotos", "C:\\Fotos\\..\\x.jpg", False),
        ("C:\\", "C:\\x.jpg", True),
        ("C:\\", "D:\\x.jpg", False),
        ("\\\\nas\\fotos", "\\\\NAS\\Fotos\\x.jpg", True),
        ("takeout://2015", "takeout://2015/x.jpg", True),
        ("/100%", "/100x/y.jpg", False),
    ],
)
def test_what_lies_in_a_folder(folder: str, path: str, inside: bool) -> None:
    scope = tidy(Scope(folders=(folder,)))
    subject = Subject("0", path)
    assert matcher(scope)(subject) is inside
    sql, params = to_sql(scope, "a")
    assert chosen_by_sql(f"({sql})", params, [subject]) == ({"0"} if inside else set())


@pytest.mark.parametrize("scope", [Scope(albums=("x",)), Scope(without_people=("p",))])
def test_limits_that_a_path_cannot_tell_let_nothing_in(scope: Scope) -> None:
    subject = Subject("0", "/x.jpg", date(2020, 1, 1), albums=("x",))
    assert not matcher(scope)(subject)
    assert to_sql(scope, "a") == ("0", ())


@given(scopes)
def test_a_scope_is_kept_whole(scope: Scope) -> None:
    assert from_json(to_json(scope)) == scope
