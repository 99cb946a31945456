"""A scan in the background goes on after something was turned off, as far as it still may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from safelight.app import Safelight
from safelight.model.consent import Purpose, Scope


class Runner:
    """Says what was asked of it."""

    def __init__(self) -> None:
        self.running = True
        self.asked: list[str] = []

    def start(self) -> None:
        self.asked.append("start")

    def stop(self) -> None:
        self.asked.append("stop")


@pytest.fixture
def runner(
    library: Safelight, photos: Path, camera: Any, monkeypatch: pytest.MonkeyPatch
) -> Runner:
    """In place of the library's own, over two photos that may be seen."""
    for n in range(2):
        camera.shoot(photos / f"{n}.jpg")
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY, Purpose.PLACES])
    library.scan()
    runner = Runner()
    monkeypatch.setattr(library.scans, "_runner", runner)
    return runner


def test_it_goes_on_after_one_switch_but_not_without_the_library(
    library: Safelight, runner: Runner
) -> None:
    library.withdraw(Purpose.PLACES)
    assert runner.asked == ["stop", "start"]
    library.withdraw(Purpose.LIBRARY)
    assert runner.asked == ["stop", "start", "stop"]


def test_it_goes_on_after_narrowing_and_erasing(library: Safelight, runner: Runner) -> None:
    library.allow([Purpose.PLACES], Scope(folders=("/elsewhere",)))
    (first, _) = library.assets()
    library.erasing.erase(library.erasing.photos([first.id]))
    assert runner.asked == ["stop", "start"] * 2


def test_one_that_was_paused_stays_paused(library: Safelight, runner: Runner) -> None:
    runner.running = False
    library.withdraw(Purpose.PLACES)
    library.sourcing.remove(library.sources()[0].id)
    assert runner.asked == ["stop", "stop"]
