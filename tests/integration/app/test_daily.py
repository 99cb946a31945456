"""Once a day, from its hour on, under `suggest`: new photos are read and ideas are made."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NoReturn, Protocol

import pytest

from safelight.app import Safelight
from safelight.app.daily import Daily
from safelight.ideas.highlights import Highlights
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError, UserError
from safelight.settings import Settings, load_settings


class Camera(Protocol):
    def shoot(self, path: Path, taken: datetime | None = None, **more: object) -> Path: ...


@pytest.fixture
def shot(library: Safelight, photos: Path, camera: Camera) -> Safelight:
    """Sixteen photos of a Saturday, not scanned yet."""
    for n in range(16):
        camera.shoot(photos / f"{n}.jpg", datetime(2023, 9, 9, 10) + timedelta(minutes=29 * n))
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    return library


def _daily(library: Safelight, clock: list[datetime]) -> Daily:
    return Daily(library._rooms, library._stories, library.scan, lambda: clock[0])


def test_it_waits_for_its_hour_and_for_permission_and_runs_once(shot: Safelight) -> None:
    midnight = datetime.combine(date.today(), datetime.min.time())
    clock = [midnight + timedelta(hours=6, minutes=59)]
    daily = _daily(shot, clock)
    assert not daily.tick()
    clock[0] += timedelta(minutes=1)
    assert not daily.tick()  # `suggest` is off
    shot.allow([Purpose.SUGGEST])
    assert daily.tick()
    assert shot.daily.cards()
    assert not daily.tick()
    assert not _daily(shot, clock).tick()  # another start on the same day


def test_new_photos_are_picked_up(shot: Safelight, photos: Path, camera: Camera) -> None:
    shot.allow([Purpose.SUGGEST])
    shot.scan()
    camera.shoot(photos / "new.jpg", datetime(2023, 9, 9, 20))
    tomorrow = datetime.combine(date.today() + timedelta(days=1), datetime.min.time())
    assert _daily(shot, [tomorrow + timedelta(hours=8)]).tick()
    assert sum(1 for _ in shot.assets()) == 17


def test_the_days_ideas_go_with_suggest(shot: Safelight) -> None:
    shot.allow([Purpose.SUGGEST])
    shot.scan()
    assert shot.daily.cards()
    assert not shot.daily.cards(date.today() - timedelta(days=1))
    shot.withdraw(Purpose.SUGGEST)
    assert not shot.daily.cards()
    with pytest.raises(RefusedError):
        shot.daily.require()


def test_a_surprise_is_the_same_for_the_same_seed(shot: Safelight) -> None:
    assert shot.daily.surprise() is None
    shot.scan()
    shot.make_ideas()
    ids = {card.idea.id for card in shot.ideas()}
    found = [shot.daily.surprise(seed) for seed in (*range(30), 3)]
    assert {card.idea.id for card in found if card} <= ids
    assert found[3] == found[-1]


def test_a_wrong_hour_is_said(settings: Settings) -> None:
    wrong = load_settings(settings.home, key_store="file", daily_at="7 o'clock")
    with pytest.raises(UserError, match="time of day"):
        Safelight(wrong, inline=True)


def test_a_maker_that_fails_is_named_in_the_status_until_it_works_again(
    shot: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> NoReturn:
        raise RuntimeError("no such day")

    shot.scan()
    with monkeypatch.context() as broken:
        broken.setattr(Highlights, "make", fail)
        shot.make_ideas()
        assert any("highlights: RuntimeError" in each for each in shot.status().missing)
    shot.make_ideas()
    assert not any("highlights" in each for each in shot.status().missing)
