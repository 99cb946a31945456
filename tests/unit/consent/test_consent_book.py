"""Grants: nothing by default, recorded first, ended in every way they can end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import apsw
import pytest

from safelight.consent import purposes
from safelight.consent.book import ConsentBook
from safelight.consent.purposes import NOTICES, notice_digest
from safelight.model.consent import Grant, Purpose, Refusal, RefusalCode, Scope
from safelight.model.errors import UserError

if TYPE_CHECKING:
    from tests.unit.consent.conftest import Desk


def code(answer: object) -> RefusalCode:
    assert isinstance(answer, Refusal)
    return answer.code


def test_nothing_is_on_until_it_is_turned_on(desk: Desk) -> None:
    states = desk.book.states()
    assert [state.notice.purpose for state in states] == list(NOTICES)
    assert not any(state.active or state.grant for state in states)
    assert len(desk.ledger) == 0


def test_a_grant_is_kept_with_its_words_scope_and_entry(desk: Desk) -> None:
    scope = Scope(folders=("/photos/", "/photos"), since=date(2020, 1, 1))
    expires = desk.clock.now + timedelta(days=30)
    grant = desk.book.allow(Purpose.LIBRARY, scope, expires)
    assert grant == desk.book.grant(Purpose.LIBRARY)
    assert isinstance(grant, Grant)
    assert grant.scope == Scope(folders=("/photos",), since=date(2020, 1, 1))
    assert grant.expires_at == expires
    assert desk.ledger.entries()[grant.entry].event == "grant"
    state = desk.book.state(Purpose.LIBRARY)
    assert state.active
    assert state.why == "On since 2026-06-01, until 2026-07-01"


def test_no_folder_name_reaches_the_ledger(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY, Scope(folders=("/photos/secret-place",)))
    assert b"secret-place" not in desk.ledger.log.read_bytes()


@pytest.mark.parametrize("purpose", [Purpose.TRAIN, Purpose.ADS, Purpose.SHARE])
def test_what_can_never_be_granted_is_refused_and_recorded(desk: Desk, purpose: Purpose) -> None:
    assert code(desk.book.allow(purpose)) is RefusalCode.NEVER_GRANTABLE
    assert code(desk.book.standing(purpose)) is RefusalCode.NEVER_GRANTABLE
    assert [entry.purpose for entry in desk.ledger.entries(events=("refusal",))] == [purpose]


def test_a_purpose_needs_the_library(desk: Desk) -> None:
    assert code(desk.book.allow(Purpose.PLACES)) is RefusalCode.NEEDS_OTHER
    assert desk.book.allow(Purpose.LIBRARY)
    assert desk.book.allow(Purpose.PLACES)
    assert desk.events() == ["refusal", "grant", "grant"]


def test_withdrawing_the_library_ends_all_that_needs_it(desk: Desk) -> None:
    for purpose in (Purpose.LIBRARY, Purpose.PLACES, Purpose.SUGGEST):
        desk.book.allow(purpose)
    ended = desk.book.withdraw(Purpose.LIBRARY)
    assert set(ended) == {Purpose.LIBRARY, Purpose.PLACES, Purpose.SUGGEST}
    desk.book.allow(Purpose.LIBRARY)
    assert code(desk.book.standing(Purpose.PLACES)) is RefusalCode.NOT_GRANTED
    assert desk.events() == ["grant"] * 3 + ["withdraw"] * 3 + ["grant"]


def test_withdrawing_what_is_off_changes_nothing(desk: Desk) -> None:
    assert desk.book.withdraw(Purpose.FACES) == ()
    assert len(desk.ledger) == 0


def test_a_grant_ends_at_its_time_and_takes_its_dependents_along(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY, expires_at=desk.clock.now + timedelta(hours=1))
    desk.book.allow(Purpose.PLACES)
    desk.clock.pass_by(hours=1)
    assert code(desk.book.standing(Purpose.LIBRARY)) is RefusalCode.EXPIRED
    assert code(desk.book.standing(Purpose.PLACES)) is RefusalCode.NEEDS_OTHER
    assert "has ended" in desk.book.state(Purpose.LIBRARY).why


def test_new_words_end_the_grant_until_it_is_renewed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.book.allow(Purpose.LIBRARY)
    draft = replace(NOTICES[Purpose.LIBRARY], version=2, reads="More than before.")
    renewed = replace(draft, digest=notice_digest(draft))
    monkeypatch.setitem(purposes.NOTICES, Purpose.LIBRARY, renewed)
    assert code(desk.book.standing(Purpose.LIBRARY)) is RefusalCode.NOTICE_CHANGED
    assert desk.book.state(Purpose.LIBRARY).grant is not None
    desk.book.allow(Purpose.LIBRARY)
    assert desk.book.state(Purpose.LIBRARY).active


def test_every_change_raises_the_revision_also_of_what_depends_on_it(desk: Desk) -> None:
    seen = [desk.book.revision(Purpose.PLACES)]
    for change in (desk.book.allow, desk.book.allow, desk.book.withdraw):
        change(Purpose.LIBRARY)
        seen.append(desk.book.revision(Purpose.PLACES))
    assert seen == sorted(set(seen))


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (Scope(folders=("photos",)), "not an absolute path"),
        (Scope(since=date(2021, 1, 1), until=date(2020, 1, 1)), "no photo would be covered"),
    ],
)
def test_a_scope_that_could_not_be_kept_to_is_not_taken(
    desk: Desk, scope: Scope, words: str
) -> None:
    with pytest.raises(UserError, match=words):
        desk.book.allow(Purpose.LIBRARY, scope)
    assert len(desk.ledger) == 0


@pytest.mark.parametrize(
    "expires", [datetime(2030, 1, 1), datetime.fromisoformat("2020-01-01T00:00Z")]
)
def test_an_expiry_that_makes_no_sense_is_not_taken(desk: Desk, expires: datetime) -> None:
    with pytest.raises(UserError, match="expiry"):
        desk.book.allow(Purpose.LIBRARY, expires_at=expires)


def test_when_the_ledger_cannot_be_written_nothing_changes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.book.allow(Purpose.LIBRARY)

    def broken(*_: object) -> int:
        raise UserError("the ledger cannot be written")

    monkeypatch.setattr(desk.ledger, "append", broken)
    with pytest.raises(UserError):
        desk.book.allow(Purpose.PLACES)
    with pytest.raises(UserError):
        desk.book.withdraw(Purpose.LIBRARY)
    assert desk.book.grant(Purpose.LIBRARY)
    assert desk.book.grant(Purpose.PLACES) is None


def test_a_withdrawal_that_a_crash_kept_from_taking_effect_is_carried_out(desk: Desk) -> None:
    for purpose in (Purpose.LIBRARY, Purpose.PLACES):
        desk.book.allow(purpose)
    desk.ledger.append("withdraw", Purpose.PLACES, {})
    assert desk.book.settle() == (Purpose.PLACES,)
    assert desk.book.grant(Purpose.PLACES) is None
    assert desk.book.grant(Purpose.LIBRARY)
    desk.book.allow(Purpose.PLACES)
    assert desk.book.settle() == ()


def test_a_change_by_another_process_is_seen_at_once(desk: Desk, tmp_path: Path) -> None:
    path = str(tmp_path / "consent.db")
    connections = [apsw.Connection(path), apsw.Connection(path)]
    connections[0].pragma("journal_mode", "wal")
    connections[0].execute(desk.schema)
    books = [
        ConsentBook(partial(connections.__getitem__, n), desk.ledger, desk.keys) for n in (0, 1)
    ]
    assert books[0].grant(Purpose.LIBRARY) is None
    books[1].allow(Purpose.LIBRARY)
    assert books[0].grant(Purpose.LIBRARY)
    books[1].withdraw(Purpose.LIBRARY)
    assert books[0].grant(Purpose.LIBRARY) is None
