"""Without somebody: with real faces in a real drawer, from the name to what is erased."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from safelight.app.locating import Locating
from safelight.model.consent import Purpose, Refusal, Scope
from safelight.model.errors import RefusedError, UserError

if TYPE_CHECKING:
    from tests.unit.people.conftest import Home

    from safelight.app import Safelight

WITHOUT_ANNA = Scope(without_people=("Anna",))


@pytest.fixture
def here(home: Callable[[int], Home]) -> Home:
    """Three photos of Anna, three of Ben, one of both, one of nobody, one not looked at."""
    made = home(9)
    made.meet([0], [0], [0], [1], [1], [1], [0, 1], [])
    made.people.name(made.of(made.assets[0]), "Anna")
    return made


def located(here: Home) -> set[str]:
    """Look for places as a scan does; returns the assets that were looked at."""
    Locating(here.rooms, threading.Event(), lambda _: None).run()
    return here.rooms.locations.looked_at() if here.rooms.drawers.exists("places") else set()


def test_her_photos_and_those_nobody_knows_are_not_read(library: Safelight, here: Home) -> None:
    library.allow([Purpose.PLACES], WITHOUT_ANNA)
    assert located(here) == {*here.assets[3:6], here.assets[7]}
    state = next(s for s in library.purposes() if s.notice.purpose is Purpose.PLACES)
    assert state.grant is not None
    assert library.consent.scoping.words(state.grant.scope).endswith("without photos of Anna")


def test_a_face_that_is_put_to_nobody_leaves_the_photo_out(library: Safelight, here: Home) -> None:
    here.rooms.drawers.connection("faces").execute(
        "update face set person = null where asset = ?", (here.assets[3],)
    )
    library.allow([Purpose.PLACES], WITHOUT_ANNA)
    assert here.assets[3] not in located(here)


def test_a_photo_found_to_show_her_is_forgotten(library: Safelight, here: Home) -> None:
    library.allow([Purpose.PLACES], WITHOUT_ANNA)
    found = here.assets[4]
    assert found in located(here)
    face = next(f for p in here.people.people() for f in p.faces if f.asset == found)
    alone = here.people.split(here.of(found), [face.id])
    here.people.merge(here.of(here.assets[0]), alone)
    library.consent.narrow()
    assert found not in here.rooms.locations.looked_at()
    assert [line.event for line in library.ledger()][-1] == "narrow"


def test_without_faces_it_is_off_and_erased_too(library: Safelight, here: Home) -> None:
    library.allow([Purpose.PLACES], WITHOUT_ANNA)
    library.allow([Purpose.CONTENT])
    located(here)
    assert library.consent.ends_with(Purpose.FACES) == (Purpose.PLACES,)
    (report,) = library.withdraw(Purpose.FACES)
    assert {"faces", "places"} < set(report.drawers)
    assert not here.rooms.drawers.exists("places")
    assert set(library.status().on) == {Purpose.LIBRARY, Purpose.CONTENT}
    library.allow([Purpose.FACES])
    assert Purpose.PLACES not in library.status().on


def test_a_person_who_is_never_to_be_grouped_stops_it(library: Safelight, here: Home) -> None:
    library.allow([Purpose.PLACES], WITHOUT_ANNA)
    here.people.exclude(here.of(here.assets[0]))
    assert Purpose.PLACES not in library.status().on
    assert located(here) == set()


def test_it_needs_faces_and_a_name_that_is_known(library: Safelight, here: Home) -> None:
    with pytest.raises(UserError, match="nobody called “Cleo”"):
        library.allow([Purpose.PLACES], Scope(without_people=("Cleo",)))
    library.withdraw(Purpose.FACES)
    with pytest.raises(RefusedError, match="who is in the pictures"):
        library.allow([Purpose.PLACES], WITHOUT_ANNA)
    stale = Scope(without_people=("p-gone",))
    assert isinstance(here.rooms.book.allow(Purpose.PLACES, stale), Refusal)
    assert library.status().on == (Purpose.LIBRARY,)


def test_a_photo_s_account_says_whom_it_leaves_out(library: Safelight, here: Home) -> None:
    library.allow([Purpose.PLACES], WITHOUT_ANNA)
    located(here)
    hers, his = here.assets[0], here.assets[3]
    accounts = {}
    for asset in (hers, his):
        found = library.explaining.explain(asset)
        assert found is not None
        assert not isinstance(found, Refusal)
        accounts[asset] = {a.purpose: a for a in found.purposes}
    assert not accounts[hers][Purpose.PLACES].covered
    assert accounts[his][Purpose.PLACES].covered
    assert {"Who is in it", "Face templates"} <= {
        item.what for item in accounts[hers][Purpose.FACES].held
    }
    assert accounts[hers][Purpose.PLACES].held == ()
