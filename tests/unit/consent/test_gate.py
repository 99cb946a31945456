"""The gate: who gets a permit, what it opens, and when it stops opening."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from safelight.consent.gate import PERMIT_LIFE, Gate
from safelight.model.consent import Permit, Purpose, Refusal, RefusalCode, Scope, Subject
from safelight.model.errors import UserError

if TYPE_CHECKING:
    from tests.unit.consent.conftest import Desk

ONE = Subject("one", "/photos/one.jpg", date(2024, 5, 1))
TWO = Subject("two", "/other/two.jpg", date(2024, 5, 2))


def code(answer: object) -> RefusalCode:
    assert isinstance(answer, Refusal)
    return answer.code


def permit(desk: Desk, purpose: Purpose = Purpose.LIBRARY) -> Permit:
    answer = desk.gate.decide(purpose, [ONE])
    assert isinstance(answer, Permit)
    return answer


def test_without_a_grant_nothing_opens_and_the_attempt_is_recorded(desk: Desk) -> None:
    assert code(desk.gate.decide(Purpose.LIBRARY, [ONE])) is RefusalCode.NOT_GRANTED
    assert desk.events() == ["refusal"]
    assert not desk.gate.allows(Purpose.LIBRARY)
    assert code(desk.gate.refusal(Purpose.LIBRARY)) is RefusalCode.NOT_GRANTED


@pytest.mark.parametrize("purpose", [Purpose.TRAIN, Purpose.ADS])
def test_training_and_ads_are_refused_and_recorded(desk: Desk, purpose: Purpose) -> None:
    desk.book.allow(Purpose.LIBRARY)
    assert code(desk.gate.decide(purpose, [ONE])) is RefusalCode.NEVER_GRANTABLE
    entry = desk.ledger.entries()[-1]
    assert (entry.event, entry.purpose) == ("refusal", purpose)
    assert desk.gate.condition(purpose).sql == "0"


def test_a_permit_covers_what_lies_in_scope_and_no_more(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY, Scope(folders=("/photos",)))
    answer = desk.gate.decide(Purpose.LIBRARY, [ONE, TWO])
    assert isinstance(answer, Permit)
    assert answer.subjects == {"one"}
    assert desk.gate.check(answer, "one") is None
    assert code(desk.gate.check(answer, "two")) is RefusalCode.OUT_OF_SCOPE
    assert code(desk.gate.decide(Purpose.LIBRARY, [TWO])) is RefusalCode.OUT_OF_SCOPE


def test_a_purpose_reaches_no_further_than_the_library(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY, Scope(folders=("/photos",)))
    desk.book.allow(Purpose.PLACES)
    answer = desk.gate.decide(Purpose.PLACES, [ONE, TWO])
    assert isinstance(answer, Permit)
    assert answer.subjects == {"one"}


def test_one_entry_a_batch_with_counts_and_no_names(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY, Scope(folders=("/photos",)))
    desk.gate.decide(Purpose.LIBRARY, [ONE, TWO])
    entry = desk.ledger.entries()[-1]
    assert entry.event == "select"
    assert (entry.body["asked"], entry.body["count"]) == (2, 1)
    assert entry.body["digest"] == desk.gate.digest(Purpose.LIBRARY, ["one"])
    assert len(desk.ledger) == 2
    assert b"one.jpg" not in desk.ledger.log.read_bytes()


def test_no_permit_without_its_entry(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.book.allow(Purpose.LIBRARY)

    def broken(*_: object) -> int:
        raise UserError("the ledger cannot be written")

    monkeypatch.setattr(desk.ledger, "append", broken)
    with pytest.raises(UserError):
        desk.gate.decide(Purpose.LIBRARY, [ONE])


def test_a_date_has_to_be_learnt_before_a_dated_scope_can_be_kept_to(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY, Scope(folders=("/photos",), since=date(2024, 1, 1)))
    unknown = replace(ONE, day=None)
    early = replace(ONE, day=date(2023, 12, 31))
    far = replace(TWO, day=None)
    decide = desk.gate.decide
    assert code(decide(Purpose.LIBRARY, [unknown])) is RefusalCode.OUT_OF_SCOPE
    assert isinstance(decide(Purpose.LIBRARY, [unknown], to_learn_dates=True), Permit)
    assert desk.ledger.entries()[-1].body["to_learn_dates"] is True
    for subject in (early, far):
        answer = decide(Purpose.LIBRARY, [subject], to_learn_dates=True)
        assert code(answer) is RefusalCode.OUT_OF_SCOPE
    desk.book.allow(Purpose.PLACES)
    answer = decide(Purpose.PLACES, [unknown], to_learn_dates=True)
    assert code(answer) is RefusalCode.OUT_OF_SCOPE


@pytest.mark.parametrize(
    "change",
    [
        {"subjects": frozenset({"one", "two"})},
        {"purpose": Purpose.FACES},
        {"revision": 7},
        {"seal": b"x" * 32},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_permit_made_by_hand_is_forged(desk: Desk, change: dict[str, object]) -> None:
    desk.book.allow(Purpose.LIBRARY)
    real = permit(desk)
    assert desk.gate.check(real, "one") is None
    forged = replace(real, **change)  # type: ignore[arg-type]  # any field
    assert code(desk.gate.check(forged, "one")) is RefusalCode.FORGED


def test_a_longer_life_written_into_a_permit_is_forged(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY)
    real = permit(desk)
    longer = replace(real, expires_at=real.expires_at + timedelta(days=1))
    assert code(desk.gate.check(longer, "one")) is RefusalCode.FORGED


def test_a_permit_of_another_process_is_forged(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY)
    other = Gate(desk.book, desk.ledger, desk.clock, b"t" * 32)
    assert code(other.check(permit(desk), "one")) is RefusalCode.FORGED


def test_an_equal_copy_of_a_permit_is_as_good(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY)
    assert desk.gate.check(replace(permit(desk)), "one") is None


def test_a_permit_lives_for_minutes(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY)
    held = permit(desk)
    desk.clock.now += PERMIT_LIFE - timedelta(seconds=1)
    assert desk.gate.check(held, "one") is None
    desk.clock.pass_by(seconds=1)
    assert code(desk.gate.check(held, "one")) is RefusalCode.EXPIRED


def test_a_permit_does_not_outlive_its_grant(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY, expires_at=desk.clock.now + timedelta(minutes=3))
    desk.book.allow(Purpose.PLACES)
    assert permit(desk, Purpose.PLACES).expires_at == desk.clock.now + timedelta(minutes=3)


@pytest.mark.parametrize("changed", [Purpose.PLACES, Purpose.LIBRARY])
def test_withdrawing_ends_permits_also_when_allowed_again(desk: Desk, changed: Purpose) -> None:
    desk.book.allow(Purpose.LIBRARY)
    desk.book.allow(Purpose.PLACES)
    held = permit(desk, Purpose.PLACES)
    desk.book.withdraw(changed)
    assert code(desk.gate.check(held, "one")) is RefusalCode.WITHDRAWN
    desk.book.allow(Purpose.LIBRARY)
    desk.book.allow(Purpose.PLACES)
    assert code(desk.gate.check(held, "one")) is RefusalCode.WITHDRAWN


def test_narrowing_a_scope_ends_permits(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY)
    held = permit(desk)
    desk.book.allow(Purpose.LIBRARY, Scope(folders=("/elsewhere",)))
    assert code(desk.gate.check(held, "one")) is RefusalCode.WITHDRAWN


def test_many_permits_are_held_at_once_without_being_mixed_up(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY)
    subjects = [replace(ONE, id=str(number)) for number in range(80)]
    permits = [desk.gate.decide(Purpose.LIBRARY, [subject]) for subject in subjects]
    for subject, held in zip(subjects, permits, strict=True):
        assert isinstance(held, Permit)
        assert desk.gate.check(held, subject.id) is None
        assert desk.gate.check(held, "other") is not None


def test_derived_data_is_recorded_with_its_step(desk: Desk) -> None:
    desk.book.allow(Purpose.LIBRARY)
    digest = desk.gate.digest(Purpose.LIBRARY, ["one"])
    index = desk.gate.record_derive(Purpose.LIBRARY, "preview 1", 1, digest)
    entry = desk.ledger.entries(index, 1)[0]
    assert entry.event == "derive"
    assert entry.body == {"step": "preview 1", "count": 1, "digest": digest}


def test_a_gate_needs_a_secret_and_a_condition_a_plain_alias(desk: Desk) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        Gate(desk.book, desk.ledger)
    with pytest.raises(ValueError, match="alias"):
        desk.gate.condition(Purpose.LIBRARY, "a; drop table asset")
