"""A region can only take away: in every state, what it allows the baseline allows too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from safelight.consent.limits import Limits
from safelight.consent.members import AlbumContent
from safelight.consent.regions import (
    BASELINE,
    COLUMNS,
    Region,
    all_regions,
    find_region,
    parse_regions,
)
from safelight.model.consent import Grant, Permit, Purpose, Refusal, RefusalCode, Scope, Subject
from safelight.model.errors import UserError

if TYPE_CHECKING:
    from tests.unit.consent.conftest import Desk

SCOPES = [
    Scope(),
    Scope(folders=("/p",)),
    Scope(albums=("signed@1",)),
    Scope(albums=("signed@1", "unsigned@1")),
    Scope(albums=("signed@1",), folders=("/p",)),
    Scope(albums=("gone@1",)),
]
PHOTOS = [Subject(str(n), f"/{folder}/{n}.jpg") for n, folder in enumerate("ppqqr")]
grants = st.lists(
    st.tuples(
        st.sampled_from([p for p in Purpose if p is not Purpose.LIBRARY]),
        st.sampled_from(SCOPES),
        st.sampled_from([None, 10, 800]),
    ),
    max_size=6,
)
anything = st.sampled_from(all_regions()) | st.builds(
    Region,
    st.just("xx"),
    st.just("Anywhere"),
    released=st.frozensets(st.sampled_from(list(Purpose))),
    most_days=st.dictionaries(st.sampled_from(list(Purpose)), st.integers(1, 900)),
)


class Albums:
    """Two albums, one of which has a release."""

    def album(self, ref: str) -> AlbumContent | None:
        contents = {"signed@1": ("/p/0.jpg", "/q/2.jpg"), "unsigned@1": ("/q/3.jpg",)}
        return AlbumContent(frozenset(contents[ref])) if ref in contents else None

    def linked(self) -> frozenset[str]:
        return frozenset()

    def clear_of(self, people: tuple[str, ...]) -> frozenset[str] | None:
        return None

    def covered(self, album: str) -> bool:
        return album == "signed@1"


Wished = list[tuple[Purpose, Scope, int | None]]


def answered(desk: Desk, wished: Wished) -> Wished:
    """The permissions that were given, of those that a person asked for one after another."""
    desk.book.allow(Purpose.LIBRARY)
    given = []
    for purpose, scope, lasts in wished:
        ends = desk.clock.now + timedelta(days=lasts) if lasts else None
        if isinstance(desk.book.allow(purpose, scope, ends), Grant):
            given.append((purpose, scope, lasts))
    return given


def usable(desk: Desk, days: int) -> set[str]:
    """What may be used after some days, as "purpose photo"."""
    desk.clock.pass_by(days=days)
    allowed = set()
    for purpose in Purpose:
        permit = desk.gate.decide(purpose, PHOTOS)
        if isinstance(permit, Permit):
            allowed |= {f"{purpose} {name}" for name in permit.subjects}
    return allowed


@settings(max_examples=150, deadline=None)
@example(
    region=Region("xx", "Anywhere", released=frozenset({Purpose.FACES})),
    found=[(Purpose.FACES, SCOPES[2], None), (Purpose.FACES, SCOPES[1], None)],
    days=0,
)
@given(region=anything, found=grants, days=st.sampled_from([0, 9, 30, 400, 1000, 2000]))
def test_a_region_never_allows_more_than_the_baseline(
    desk_at: Callable[..., Desk],
    region: Region,
    found: Wished,
    days: int,
) -> None:
    """The same permissions on both sides: one that the region refuses changes nothing there, so
    a wider one from before stands on, as it would anywhere for somebody who had not asked."""
    known = Albums()
    with TemporaryDirectory() as folder:
        here = desk_at(Path(folder, "here"), Limits(known, region, known))
        anywhere = desk_at(Path(folder, "anywhere"), Limits(known, releases=known))
        given = answered(here, found)
        assert answered(anywhere, given) == given
        assert usable(here, days) <= usable(anywhere, days)


@pytest.mark.parametrize("region", all_regions(), ids=lambda region: region.code)
def test_no_region_turns_anything_on(
    desk_at: Callable[..., Desk], region: Region, tmp_path: Path
) -> None:
    desk = desk_at(tmp_path, Limits(region=region))
    assert not any(state.active for state in desk.book.states())
    for purpose in (Purpose.TRAIN, Purpose.ADS, Purpose.SHARE):
        assert isinstance(desk.book.allow(purpose), Refusal)


@pytest.mark.parametrize("code", ["us-il", "us-child"])
def test_faces_need_a_release_there(
    desk_at: Callable[..., Desk], code: str, tmp_path: Path
) -> None:
    known = Albums()
    desk = desk_at(tmp_path, Limits(known, find_region(code), known))
    desk.book.allow(Purpose.LIBRARY)
    for scope in (Scope(), Scope(folders=("/p",)), SCOPES[3], SCOPES[4]):
        answer = desk.book.allow(Purpose.FACES, scope)
        assert isinstance(answer, Refusal)
        assert answer.code is RefusalCode.REGION
        assert "signed a release" in answer.text
    assert isinstance(desk.book.allow(Purpose.FACES, Scope(albums=("signed@1",))), Grant)


def test_a_region_that_is_set_later_ends_what_it_rules_out(
    desk_at: Callable[..., Desk], tmp_path: Path
) -> None:
    here = [BASELINE]
    desk = desk_at(tmp_path, Limits(region=lambda: here[0]))
    desk.book.allow(Purpose.LIBRARY)
    desk.book.allow(Purpose.FACES)
    here[0] = find_region("us-il")
    assert desk.book.over() == {Purpose.FACES: "region"}
    assert not desk.gate.allows(Purpose.FACES)


def test_a_permission_ends_at_the_region_s_time(
    desk_at: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = desk_at(tmp_path, Limits(region=find_region("us-co")))
    desk.book.allow(Purpose.LIBRARY)
    grant = desk.book.allow(Purpose.FACES)
    assert isinstance(grant, Grant)
    assert desk.book.ends_at(grant) == desk.clock.now + timedelta(days=730)
    desk.clock.pass_by(days=730)
    assert desk.book.over() == {Purpose.FACES: "expired"}
    assert desk.gate.allows(Purpose.LIBRARY)


def test_every_cell_has_its_source_and_says_when_it_was_read() -> None:
    assert len(all_regions()) == 12
    for region in all_regions():
        assert region.cells["instrument"].source
        for name, cell in region.cells.items():
            assert name in COLUMNS
            assert cell.source
            day = cell.verified_on
            assert cell.needs_recheck is (day is None)
            assert day is None or day <= datetime.now(UTC).date()
    assert any(cell.needs_recheck for r in all_regions() for cell in r.cells.values())


def test_what_is_no_region_is_named() -> None:
    assert find_region("") == find_region("  ")
    assert find_region("US-IL").name.startswith("Illinois")
    with pytest.raises(UserError, match="no region 'atlantis'"):
        find_region("atlantis")


@pytest.mark.parametrize(
    "rules",
    ['allow = ["faces"]', "training = true", "most_days = { faces = 0 }", 'grant = "faces"'],
)
def test_a_rule_that_could_loosen_is_not_read(rules: str) -> None:
    row = f'[[region]]\ncode = "x"\nname = "X"\n[region.rules]\n{rules}\n[region.cells]\n'
    with pytest.raises(ValueError, match=r"take away|at least"):
        parse_regions(row)
