"""Turned off while a scan runs: nothing is kept after the entry that says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from safelight.app import Safelight, stories
from safelight.app.making import collages
from safelight.consent.gate import Gate
from safelight.creations.collage import render
from safelight.engine import InlineExecutor
from safelight.ideas import make_ideas
from safelight.library.shelves import IdeaShelf
from safelight.model.consent import Permit, Purpose, Refusal, Scope
from safelight.model.errors import RefusedError
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


def in_another_program(settings: Settings, act: Callable[[Safelight], object]) -> None:
    with Safelight(settings, inline=True) as other:
        act(other)


def test_places_that_were_read_and_not_yet_kept_are_dropped(
    library: Safelight,
    settings: Settings,
    photos: Path,
    camera: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Coordinates are kept by the hundred: those in hand were asked about too early."""
    for n in range(COUNT):
        camera.shoot(photos / f"{n:02}.jpg", datetime(2020, 1, 1) + timedelta(hours=n), gps=(1, 2))
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    library.scan()
    library.allow([Purpose.PLACES])
    off = partial(in_another_program, settings, lambda other: other.withdraw(Purpose.PLACES))
    interrupt(library, monkeypatch, 7, off)
    library.scan()
    assert kept_after(library, "erase-done", Purpose.PLACES) == []
    assert not library._rooms.drawers.exists("places")


def test_ideas_in_the_making_are_dropped_when_a_purpose_goes(
    filled: Safelight, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.scan()

    def make(*arguments: Any) -> Any:
        made = make_ideas(*arguments)
        in_another_program(settings, lambda other: other.withdraw(Purpose.PLACES))
        return made

    monkeypatch.setattr(stories, "make_ideas", make)
    with pytest.raises(RefusedError, match="meantime"):
        filled.make_ideas()
    shelf = IdeaShelf(filled._rooms.drawers, "catalogue")
    assert [idea for idea, _ in shelf.all() if Purpose.PLACES in idea.purposes] == []
    assert kept_after(filled, "withdraw", Purpose.PLACES) == []


@pytest.mark.parametrize("act", ["off", "narrowed", "erased"])
def test_a_collage_in_the_making_is_dropped(
    filled: Safelight, settings: Settings, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    filled.scan()
    names = [row.id for row in filled.assets()]
    acts: dict[str, Callable[[Safelight], object]] = {
        "off": lambda other: other.withdraw(Purpose.LIBRARY),
        "narrowed": lambda other: other.allow([Purpose.LIBRARY], Scope(since=date(2020, 1, 2))),
        "erased": lambda other: other.erasing.erase(other.erasing.photos(names[:1])),
    }
    plan = filled.collages.choices(names[:3]).plans[0]

    def drawing(*arguments: Any, **more: Any) -> bytes:
        drawn = render(*arguments, **more)
        in_another_program(settings, acts[act])
        return drawn

    monkeypatch.setattr(collages, "render", drawing)
    with pytest.raises(RefusedError, match="dropped"):
        filled.collages.make(plan)
    assert filled._rooms.creations.all() == []


def test_an_erased_photo_does_not_come_back_by_a_scan_that_runs(
    filled: Safelight,
    settings: Settings,
    photos: Path,
    camera: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    filled.scan()
    first = next(iter(filled.assets()))
    camera.shoot(Path(first.path), datetime(2020, 1, 1), gps=(1, 2), size=(200, 150))
    camera.shoot(photos / "later.jpg", datetime(2021, 1, 1))

    def erase(other: Safelight) -> None:
        other.erasing.erase(other.erasing.photos([first.id]))

    interrupt(filled, monkeypatch, 1, partial(in_another_program, settings, erase))
    filled.scan()
    assert first.path not in [row.path for row in filled.assets()]
    assert filled._rooms.locations.get(first.id) is None
