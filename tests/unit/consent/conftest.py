"""A book, a gate and a ledger over a real database in memory, with a clock held in the hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import apsw
import pytest

from safelight.consent.book import ConsentBook
from safelight.consent.gate import Gate
from safelight.consent.ledger import Ledger
from safelight.consent.limits import Limits
from safelight.model.consent import Purpose

_STEPS = files("safelight.library").joinpath("schema/consent").iterdir()
SCHEMA = "\n".join(s.read_text("utf-8") for s in sorted(_STEPS, key=lambda step: step.name))


@dataclass
class Clock:
    """Time that moves only when told."""

    now: datetime = datetime(2026, 6, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Keys:
    """One digest key for each purpose."""

    made: dict[Purpose, bytes] = field(default_factory=dict)

    def key(self, purpose: Purpose) -> bytes:
        return self.made.setdefault(purpose, purpose.value.encode().ljust(32, b"."))


@dataclass
class Desk:
    """Everything that consent is made of."""

    clock: Clock
    ledger: Ledger
    connection: apsw.Connection
    book: ConsentBook
    gate: Gate
    keys: Keys
    schema: str = SCHEMA

    def events(self) -> list[str]:
        return [entry.event for entry in self.ledger.entries()]


def make_desk(home: Path, limits: Limits | None = None) -> Desk:
    clock = Clock()
    ledger = Ledger(home, clock)
    connection = apsw.Connection(":memory:")
    connection.execute(SCHEMA)
    keys = Keys()
    book = ConsentBook(lambda: connection, ledger, keys, clock, limits)
    return Desk(clock, ledger, connection, book, Gate(book, ledger, clock, b"s" * 32), keys)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


@pytest.fixture(scope="session")
def desk_at() -> Callable[..., Desk]:
    """Makes a desk in a folder, for tests that need many."""
    return make_desk
