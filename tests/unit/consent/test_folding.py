"""The ledger for people to read: what repeats is told once, and nothing is lost by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from safelight.app.recounting import folded, recount
from safelight.model.consent import LedgerEntry, Purpose

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def entry(index: int, event: str = "select", count: int = 1, hours: float = 0) -> LedgerEntry:
    at = NOON + timedelta(hours=hours, seconds=index)
    return LedgerEntry(index, at, event, Purpose.LIBRARY, {"count": count})


def test_photos_looked_at_one_after_the_other_are_one_line() -> None:
    seen = [entry(n) for n in range(30)]
    lines = [recount(e) for e in (*seen, entry(30, "grant"), entry(31), entry(32))]
    first, second, third = folded(lines)
    assert first.text == "Photos chosen one by one to be read for “Your photo library”, 30 times."
    assert (first.first.index, first.last.index) == (0, 29)
    assert (second.text, len(second.lines)) == ("You allowed “Your photo library”.", 1)
    assert third.text.endswith(", 2 times.")
    assert [line for run in (first, second, third) for line in run.lines] == lines


def test_what_says_something_else_or_is_of_another_day_stands_alone() -> None:
    lines = [recount(e) for e in (entry(0), entry(1, count=2), entry(2), entry(3, hours=48))]
    assert [run.text for run in folded(lines)] == [line.text for line in lines]


def test_other_repetitions_say_how_often() -> None:
    lines = [recount(entry(n, "refusal")) for n in range(3)]
    (run,) = folded(reversed(lines))
    assert run.text.endswith("was refused. (3 times)")
    assert (run.first.index, run.last.index) == (0, 2)
