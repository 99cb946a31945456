"""Leave that is asked for once: for one thing, for minutes, used up by leaving."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from safelight.model.consent import Permit, Purpose, Refusal, RefusalCode, Scope, Subject
from safelight.model.errors import UserError

if TYPE_CHECKING:
    from tests.unit.consent.conftest import Desk

INSIDE = Subject("one", "/photos/one.jpg")
OUTSIDE = Subject("two", "/other/two.jpg")


def once(desk: Desk, *subjects: Subject) -> Permit:
    answer = desk.gate.decide_once("thing", subjects or [INSIDE], {"sign": True})
    assert isinstance(answer, Permit)
    return answer


def code(answer: object) -> RefusalCode:
    assert isinstance(answer, Refusal)
    return answer.code


def test_the_decision_is_recorded_before_anything_and_names_nothing(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY)
    once(desk)
    entry = desk.ledger.entries()[-1]
    assert (entry.event, entry.purpose) == ("share", Purpose.SHARE)
    assert entry.body["choices"] == {"sign": True}
    assert "thing" not in str(entry.body["thing"])
    assert "one" not in str(entry.body["digest"])


def test_it_is_never_a_standing_grant(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY)
    once(desk)
    assert not desk.gate.allows(Purpose.SHARE)
    assert code(desk.gate.decide(Purpose.SHARE, [INSIDE])) is RefusalCode.NEVER_GRANTABLE
    assert isinstance(desk.book.allow(Purpose.SHARE), Refusal)


def test_it_leaves_once(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY)
    permit = once(desk)
    intent = desk.gate.record_egress(permit, "thing", b"content")
    assert isinstance(intent, int)
    desk.gate.record_egress_done(intent)
    assert isinstance(desk.gate.record_egress(permit, "thing", b"content"), Refusal)
    assert desk.events()[-4:] == ["share", "egress-intent", "egress-done", "refusal"]
    assert desk.ledger.entries()[-2].body == {"intent": intent}


def test_it_is_for_that_thing_alone_and_for_minutes(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY)
    permit = once(desk)
    assert code(desk.gate.record_egress(permit, "other", b"")) is RefusalCode.OUT_OF_SCOPE
    desk.clock.pass_by(minutes=6)
    assert code(desk.gate.record_egress(permit, "thing", b"")) is RefusalCode.EXPIRED


def test_it_ends_where_a_region_ends_the_permission(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.book.allow(Purpose.LIBRARY)
    soon = desk.clock() + timedelta(minutes=1)
    monkeypatch.setattr(type(desk.book), "ends_at", lambda self, grant: soon)
    permit = once(desk)
    assert permit.expires_at == soon


def test_the_library_must_cover_every_photo_in_it(desk: Desk) -> None:
    assert code(desk.gate.decide_once("thing", [INSIDE], {})) is RefusalCode.NOT_GRANTED
    desk.book.allow(Purpose.LIBRARY, Scope(folders=("/photos",)))
    refused = desk.gate.decide_once("thing", [INSIDE, OUTSIDE], {})
    assert code(refused) is RefusalCode.OUT_OF_SCOPE
    assert desk.events()[-1] == "refusal"


def test_withdrawn_meanwhile_nothing_leaves(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY)
    permit = once(desk)
    desk.book.withdraw(Purpose.LIBRARY)
    desk.book.allow(Purpose.LIBRARY)
    assert code(desk.gate.record_egress(permit, "thing", b"")) is RefusalCode.WITHDRAWN


def test_where_it_cannot_be_recorded_nothing_leaves(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.book.allow(Purpose.LIBRARY)
    permit = once(desk)

    def full(*_: object) -> int:
        raise UserError("the disk is full")

    monkeypatch.setattr(desk.ledger, "append", full)
    with pytest.raises(UserError):
        desk.gate.record_egress(permit, "thing", b"")
