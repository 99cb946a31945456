"""Turned off while a scan runs: nothing is kept after the entry that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from safelight.app import Safelight
from safelight.consent.gate import Gate
from safelight.engine import InlineExecutor
from safelight.model.consent import Permit, Purpose, Refusal
from safelight.model.jobs import Job, JobResult
from safelight.settings import Settings

COUNT = 40


@pytest.fixture
def filled(library: Safelight, photos: Path, camera: Any) -> Safelight:
    for n in range(COUNT):
        camera.shoot(photos / f"{n:02}.jpg", datetime(2020, 1, 1) + timedelta(hours=n), gps=(1, 2))
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY, Purpose.PLACES])
    return library


def interrupt(library: Safelight, monkeypatch: pytest.MonkeyPatch, after: int, act: Any) -> None:
    """Do something in the middle of a scan's reading, as another program would."""
    real = InlineExecutor.run

    def run(self: InlineExecutor, jobs: Iterable[Job]) -> Iterator[JobResult]:
        for number, result in enumerate(real(self, jobs)):
            if number == after:
                act()
            yield result

    monkeypatch.setattr(InlineExecutor, "run", run)


def kept_after(library: Safelight, event: str, purpose: Purpose) -> list[str]:
    """Entries after an event that say that something was kept for a purpose."""
    lines = library.ledger(0, 100_000)
    last = max(line.index for line in lines if line.event == event and line.purpose is purpose)
    return [
        line.event
        for line in lines
        if line.index > last and line.purpose is purpose and line.event in ("derive", "select")
    ]


def test_no_place_is_kept_once_places_are_off(
    filled: Safelight, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def withdraw() -> None:
        with Safelight(settings, inline=True) as other:
            other.withdraw(Purpose.PLACES)

    interrupt(filled, monkeypatch, 7, withdraw)
    filled.scan()
    assert len(list(filled.assets())) == COUNT, "what is still allowed goes on"
    assert kept_after(filled, "erase-done", Purpose.PLACES) == []
    assert not filled._rooms.drawers.exists("places")


def test_nothing_is_kept_once_the_library_is_off(
    filled: Safelight, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def withdraw() -> None:
        with Safelight(settings, inline=True) as other:
            other.withdraw(Purpose.LIBRARY)

    interrupt(filled, monkeypatch, 7, withdraw)
    filled.scan()
    assert kept_after(filled, "erase-done", Purpose.LIBRARY) == []
    filled.allow([Purpose.LIBRARY])
    assert list(filled.assets()) == []


def test_a_planted_scan_that_does_not_look_again_is_found(
    filled: Safelight, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    believed: dict[Purpose, bool] = {}

    def check(self: Gate, permit: Permit, subject: str) -> Refusal | None:
        believed[permit.purpose] = True
        return None

    def withdraw() -> None:
        with Safelight(settings, inline=True) as other:
            other.withdraw(Purpose.PLACES)

    monkeypatch.setattr(Gate, "check", check)
    interrupt(filled, monkeypatch, 7, withdraw)
    filled.scan()
    assert kept_after(filled, "erase-done", Purpose.PLACES) != []
    assert believed[Purpose.PLACES]
