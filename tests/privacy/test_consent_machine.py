"""No use without a live grant: random lives of a library against a model of what was promised.

The machine allows, narrows, withdraws, erases, lets time pass, asks for permits and uses them,
also for sharing, which has no standing grant, through two books on one database as two processes
would. What is kept lies in drawers that erasing empties. The model knows only the promises. The
same machine is run against gates and erasures with a planted fault, to show that it would find one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, cast

import apsw
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    multiple,
    rule,
    run_state_machine_as_test,
)

from safelight.consent.book import ConsentBook
from safelight.consent.gate import Gate
from safelight.consent.ledger import Ledger
from safelight.consent.purposes import NOTICES
from safelight.library.drawers import DRAWERS
from safelight.library.erasure import Erasure
from safelight.model.consent import (
    ErasureReport,
    Grant,
    Permit,
    Purpose,
    Refusal,
    Scope,
    Subject,
)

SCHEMA = files("safelight.library").joinpath("schema/consent/0001_grants.sql").read_text("utf-8")
START = datetime(2026, 1, 1, tzinfo=UTC)
PERMIT_MINUTES = 15

# What the promises say of each scope is spelt out here, and not asked of the code under test.
PHOTOS = (
    Subject("a", "/photos/trip/a.jpg", date(2020, 5, 1)),
    Subject("b", "/photos/home/b.jpg", date(2019, 5, 1)),
    Subject("c", "/photos/trip2/c.jpg", None),
    Subject("d", "/private/d.jpg", date(2020, 6, 1)),
)
SCOPES: dict[str, tuple[Scope, frozenset[str]]] = {
    "all": (Scope(), frozenset("abcd")),
    "photos": (Scope(folders=("/photos",)), frozenset("abc")),
    "trip": (Scope(folders=("/photos/trip",)), frozenset("a")),
    "2020": (Scope(since=date(2020, 1, 1)), frozenset("ad")),
    "nothing": (Scope(folders=("/empty",)), frozenset()),
}
# Most of a life happens around few switches; the rest are tried now and then.
OFTEN = (*[Purpose.LIBRARY] * 6, *[Purpose.PLACES] * 4)
purposes = st.sampled_from([*OFTEN, Purpose.FACES, Purpose.SUGGEST, Purpose.TRAIN, Purpose.SHARE])
subsets = st.sets(st.sampled_from(PHOTOS), min_size=1).map(tuple)


@dataclass(frozen=True)
class Promise:
    """A grant as the person remembers it."""

    covers: frozenset[str]
    until: datetime | None


@dataclass(frozen=True)
class Held:
    """A permit, and what the model says it was given for."""

    permit: Permit
    covers: frozenset[str]
    age: tuple[int, int]
    until: datetime


class Consent(RuleBasedStateMachine):
    """The machine; `gate_class` is what is tried."""

    gate_class: ClassVar[type[Gate]] = Gate
    erasure_class: ClassVar[type[Erasure]] = Erasure
    sequences: ClassVar[int] = 0
    permits = Bundle("permits")

    @initialize(allowed=st.sampled_from([(), (Purpose.LIBRARY,), OFTEN[5:7]]))
    def begin(self, allowed: tuple[Purpose, ...]) -> None:
        type(self).sequences += 1
        self.folder = TemporaryDirectory()
        home = Path(self.folder.name)
        self.now = START
        self.connections = [apsw.Connection(str(home / "consent.db")) for _ in "ab"]
        for connection in self.connections:
            connection.pragma("journal_mode", "wal")
            connection.pragma("synchronous", "off")
        self.connections[0].execute(SCHEMA)
        self.ledgers = [Ledger(home, self.clock) for _ in "ab"]
        self.books = [
            ConsentBook(partial(self.connections.__getitem__, n), self.ledgers[n], self, self.clock)
            for n in (0, 1)
        ]
        self.gate = self.gate_class(self.books[0], self.ledgers[0], self.clock, b"s" * 32)
        self.promises: dict[Purpose, Promise] = {}
        self.ages = dict.fromkeys(Purpose, 0)
        self.expected: list[tuple[str, Purpose | None]] = []
        self.kept: dict[Purpose, set[str]] = {purpose: set() for purpose in Purpose}
        self.keys_made = dict.fromkeys(Purpose, 0)
        self.cabinet = Cabinet(home, self)
        for purpose in allowed:
            self.allow(purpose=purpose, scope="all", minutes=None, where=0)

    def clock(self) -> datetime:
        return self.now

    def key(self, purpose: Purpose) -> bytes:
        return f"{purpose.value}{self.keys_made[purpose]}".encode().ljust(32)

    # The model

    def live(self, purpose: Purpose) -> frozenset[str] | None:
        """What may be used for a purpose now; None when it is off."""
        found = [self.promises.get(p) for p in {purpose, Purpose.LIBRARY}]
        if any(p is None or (p.until and p.until <= self.now) for p in found):
            return None
        return frozenset.intersection(*(p.covers for p in found if p))

    def age(self, purpose: Purpose) -> tuple[int, int]:
        return self.ages[purpose], self.ages[Purpose.LIBRARY]

    # What a person does

    @rule(
        purpose=purposes,
        scope=st.sampled_from(sorted(SCOPES)),
        minutes=st.sampled_from([None, None, None, 2, 30]),
        where=st.sampled_from([0, 1]),
    )
    def allow(self, purpose: Purpose, scope: str, minutes: int | None, where: int) -> None:
        until = self.now + timedelta(minutes=minutes) if minutes else None
        possible = purpose.grantable and (
            purpose is Purpose.LIBRARY or self.live(Purpose.LIBRARY) is not None
        )
        answer = self.books[where].allow(purpose, SCOPES[scope][0], until)
        assert isinstance(answer, Grant if possible else Refusal)
        self.expected.append(("grant" if possible else "refusal", purpose))
        if possible:
            self.promises[purpose] = Promise(SCOPES[scope][1], until)
            self.ages[purpose] += 1

    @rule(purpose=purposes, where=st.sampled_from([0, 1]))
    def withdraw(self, purpose: Purpose, where: int) -> None:
        ending = self.ended_by(purpose) & set(self.promises)
        assert set(self.books[where].withdraw(purpose)) == ending
        self.expect_end(ending)

    @rule(purpose=purposes, where=st.sampled_from([0, 1]))
    def erase(self, purpose: Purpose, where: int) -> None:
        if not purpose.grantable:
            return
        ending = self.ended_by(purpose)
        before = {each: self.books[where].digest(each, ["a"]) for each in ending}
        self.expected.append(("erase-intent", purpose))
        self.expect_end(ending & set(self.promises))
        self.expected.append(("erase-done", purpose))
        book, ledger = self.books[where], self.ledgers[where]
        cabinet = cast("Any", self.cabinet)
        self.erasure_class(book, cabinet, cabinet, ledger, lambda _: 0).withdraw(purpose)
        for each in ending:
            assert self.kept[each] == set(), "nothing is left of what it held"
            assert self.books[where].digest(each, ["a"]) != before[each], (
                "nor the key of its digests"
            )

    def ended_by(self, purpose: Purpose) -> set[Purpose]:
        return set(NOTICES) if purpose is Purpose.LIBRARY else {purpose}

    def expect_end(self, ending: set[Purpose]) -> None:
        order = sorted(ending, key=lambda p: (p is Purpose.LIBRARY, list(Purpose).index(p)))
        for each in order:
            self.expected.append(("withdraw", each))
            self.ages[each] += 1
            del self.promises[each]

    @rule(minutes=st.sampled_from([1, 2, 5, 14, 15]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    # What the program does

    @rule(target=permits, purpose=purposes, subjects=subsets)
    def decide(self, purpose: Purpose, subjects: tuple[Subject, ...]) -> object:
        live = self.live(purpose) if purpose.grantable else None
        covers = frozenset(s.id for s in subjects) & (live or frozenset())
        answer = self.gate.decide(purpose, subjects)
        self.expected.append(("select" if covers else "refusal", purpose))
        if not covers:
            assert isinstance(answer, Refusal)
            return multiple()
        assert isinstance(answer, Permit)
        assert answer.subjects == covers
        until = self.now + timedelta(minutes=PERMIT_MINUTES)
        return Held(answer, covers, self.age(purpose), until)

    @rule(held=permits)
    def use(self, held: Held) -> None:
        purpose = held.permit.purpose
        live = self.live(purpose) or frozenset()
        fresh = held.age == self.age(purpose) and self.now < held.until
        promised = live & held.covers if fresh else frozenset()
        opens = {s.id for s in PHOTOS if self.gate.check(held.permit, s.id) is None}
        assert opens == promised, purpose
        if opens:
            digest = self.gate.digest(purpose, opens)
            self.gate.record_derive(purpose, "step", len(opens), digest)
            self.expected.append(("derive", purpose))
            self.kept[purpose] |= opens

    @rule(subjects=subsets)
    def share(self, subjects: tuple[Subject, ...]) -> None:
        """Sharing is asked each time: no grant stands for it, whatever else is allowed."""
        assert isinstance(self.gate.decide(Purpose.SHARE, subjects), Refusal)
        self.expected.append(("refusal", Purpose.SHARE))

    @rule(
        held=permits,
        change=st.sampled_from(
            [
                {"subjects": frozenset("abcdz")},
                {"expires_at": START + timedelta(days=99)},
                {"revision": 99},
                {"purpose": Purpose.CONTENT},
            ]
        ),
    )
    def forge(self, held: Held, change: dict[str, object]) -> None:
        forged = replace(held.permit, **change)  # type: ignore[arg-type]  # fields of a permit
        for subject in "abcdz":
            assert self.gate.check(forged, subject) is not None

    @rule(held=consumes(permits))
    def let_go(self, held: Held) -> None:
        """A permit is never used again: keeps the bundle from filling with dead ones."""

    @rule(where=st.sampled_from([0, 1]))
    def append_elsewhere(self, where: int) -> None:
        self.ledgers[where].append("note", None, {})
        self.expected.append(("note", None))

    @rule()
    def look(self) -> None:
        for purpose in NOTICES:
            live = self.live(purpose)
            assert self.gate.allows(purpose) is (live is not None)
            condition = self.gate.condition(purpose)
            assert self.listed(condition.sql, condition.params) == (live or frozenset())

    def listed(self, sql: str, params: tuple[str, ...]) -> frozenset[str]:
        rows = [(s.id, s.path, s.day.isoformat() if s.day else None) for s in PHOTOS]
        values = " union all select ".join("? as id, ? as path, ? as taken_on" for _ in rows)
        query = f"select id from (select {values}) a where {sql}"
        flat = tuple(value for row in rows for value in row)
        return frozenset(i for (i,) in self.connections[0].execute(query, flat + params))

    def teardown(self) -> None:
        if not hasattr(self, "folder"):
            return
        try:
            entries = self.ledgers[1].entries()
            assert [(entry.event, entry.purpose) for entry in entries] == self.expected
            assert self.ledgers[0].verify().ok
        finally:
            for connection in self.connections:
                connection.close()
            self.folder.cleanup()


class Cabinet:
    """Drawers and their keys, as far as erasing sees them, over what the machine keeps."""

    def __init__(self, home: Path, machine: Consent) -> None:
        self.folder = home / "drawers"
        self._machine = machine

    def exists(self, name: str) -> bool:
        return False

    def names(self) -> frozenset[str]:
        return frozenset()

    def erase(self, *names: str, also: Iterable[str] = ()) -> int:
        for name in names:
            owner = DRAWERS[name].owner
            if owner is not None:
                self._machine.kept[owner].clear()
        for key in also:
            if key.startswith("digest:"):
                self._machine.keys_made[Purpose(key.removeprefix("digest:"))] += 1
        return len(names)


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """What survives a power cut is not the question here."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


CHOSEN = settings(
    max_examples=1000,
    stateful_step_count=20,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_nothing_is_used_without_a_live_grant() -> None:
    run_state_machine_as_test(Consent, settings=CHOSEN)
    assert Consent.sequences >= CHOSEN.max_examples


class SkipsRevision(Gate):
    """Planted: a permit outlives a withdrawal when the purpose is allowed again."""

    def _changed(self, permit: Permit) -> bool:
        return False


class SkipsSeal(Gate):
    """Planted: believes any permit."""

    def _sealed(self, permit: Permit) -> bool:
        return True


class SkipsLibrary(Gate):
    """Planted: a purpose reaches beyond the library's own scope."""

    def _grants(self, purpose: Purpose) -> tuple[Grant, ...] | Refusal:
        found = super()._grants(purpose)
        return found if isinstance(found, Refusal) else found[:1]


class SkipsRecord(Gate):
    """Planted: refuses without recording it."""

    def _refuse(self, refusal: Refusal, asked: int) -> Refusal:
        return refusal


class SkipsDrawers(Erasure):
    """Planted: turns off and records the end, and erases nothing."""

    def _carry_out(
        self, purpose: Purpose, intent: int, ending: tuple[Purpose, ...], why: str = ""
    ) -> ErasureReport:
        self._book.withdraw(purpose, why, also=ending)
        done = self._ledger.append("erase-done", purpose, {"intent": intent})
        return ErasureReport(purpose, (), 0, 0, (), done)


# The search stops at the first failure, so room to spare costs nothing where a fault is found.
UNTIL_FOUND = settings(
    CHOSEN, max_examples=20_000, phases=[Phase.generate], report_multiple_bugs=False
)


def test_the_machine_finds_an_erasing_that_erases_nothing() -> None:
    machine = type("WithSkipsDrawers", (Consent,), {"erasure_class": SkipsDrawers})
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=UNTIL_FOUND)


@pytest.mark.parametrize("faulty", [SkipsRevision, SkipsSeal, SkipsLibrary, SkipsRecord])
def test_the_machine_finds_a_planted_fault(faulty: type[Gate]) -> None:
    machine = type(f"With{faulty.__name__}", (Consent,), {"gate_class": faulty})
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=UNTIL_FOUND)
