"""A notice on the desktop, taken by a stand-in for the system's program; none unless asked for."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest
from click.testing import CliRunner

from safelight.app import Safelight
from safelight.app.notifying import Notifying, notice_for, words
from safelight.app.views import IdeaCard
from safelight.model.consent import Purpose
from safelight.model.errors import UserError
from safelight.model.ideas import Idea, IdeaKind
from safelight.settings import Settings
from safelight.surfaces.cli import cli

Said = Callable[[], list[list[str]]]


class Camera(Protocol):
    def shoot(self, path: Path, taken: datetime | None = None, **more: object) -> Path: ...


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Said:
    """Programs that write down what they are given, in front of all others on PATH."""
    folder, log = tmp_path / "bin", tmp_path / "said.jsonl"
    folder.mkdir()
    for name in ("notify-send", "osascript", "powershell"):
        (folder / name).write_text(
            f"#!{sys.executable}\nimport json, os, sys\n"
            "notice = os.environ.get('SAFELIGHT_NOTICE')\n"
            f"with open({str(log)!r}, 'a') as file:\n"
            "    print(json.dumps([*sys.argv, *([notice] if notice else [])]), file=file)\n"
        )
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    def said() -> list[list[str]]:
        if not log.exists():
            return []
        return [json.loads(line)[1:] for line in log.read_text().splitlines()]

    return said


@pytest.fixture
def full(photos: Path, camera: Camera) -> Path:
    """Sixteen photos of a Saturday."""
    for n in range(16):
        camera.shoot(photos / f"{n}.jpg", datetime(2023, 9, 9, 10) + timedelta(minutes=29 * n))
    return photos


def opened(settings: Settings, photos: Path, notify: str) -> Safelight:
    library = Safelight(replace(settings, notify=notify), inline=True)
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY, Purpose.SUGGEST])
    return library


def run_daily(library: Safelight) -> None:
    library.daily.expect()
    library.scan()


def card(title: str) -> IdeaCard:
    idea = Idea("x", IdeaKind.DAY, title, "", ("a",), "a", (), 1.0)
    return IdeaCard(idea, ("a",), "new")


def test_nothing_is_started_unless_the_person_turned_it_on(
    settings: Settings, full: Path, stand_in: Said
) -> None:
    assert settings.notify == "off"
    with opened(settings, full, "off") as library:
        run_daily(library)
        assert library.daily.cards()
    assert stand_in() == []


def test_a_count_tells_nothing_of_the_photos(
    settings: Settings, full: Path, stand_in: Said
) -> None:
    with opened(settings, full, "count") as library:
        before = library.ledger_size()
        run_daily(library)
        assert library.ledger_size() > before
        count = len(library.daily.cards())
    expected = "A new idea is ready." if count == 1 else f"{count} new ideas are ready."
    assert [said[-1] for said in stand_in() if said] == [expected]


def test_titles_are_said_once_and_only_those_that_are_new(
    settings: Settings, full: Path, stand_in: Said
) -> None:
    with opened(settings, full, "titles") as library:
        run_daily(library)
        titles = [each.idea.title for each in library.daily.cards()]
        (said,) = stand_in()
        assert said[-1].startswith(titles[0])
        run_daily(library)
        library.scan()  # one that the person began themselves
        assert len(stand_in()) == 1


def test_nothing_is_said_while_suggest_is_off(
    settings: Settings, full: Path, stand_in: Said
) -> None:
    with opened(settings, full, "titles") as library:
        library.withdraw(Purpose.SUGGEST)
        assert not Notifying(library._rooms).say([card("A day")])
    assert stand_in() == []


def test_a_missing_or_failing_program_is_noted_and_stops_nothing(
    settings: Settings, full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(settings, full, "count") as library:
        monkeypatch.setenv("PATH", str(tmp_path / "empty"))
        run_daily(library)
        assert library.daily.cards()
        assert Notifying(library._rooms, "linux").missing() == [
            "notices: this machine has no notify-send."
        ]
        broken = tmp_path / "broken"
        broken.mkdir()
        (broken / "notify-send").write_text("#!/bin/sh\nexit 1\n")
        (broken / "notify-send").chmod(0o755)
        monkeypatch.setenv("PATH", str(broken))
        assert not Notifying(library._rooms, "linux").say([card("A day")])


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_words_are_data_to_every_program(
    settings: Settings, full: Path, stand_in: Said, platform: str
) -> None:
    evil = '--help"; $(touch x) & <b>'
    with opened(settings, full, "titles") as library:
        assert Notifying(library._rooms, platform).say([card(evil)])
    (said,) = stand_in()
    shown = evil.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert said[-1] == (shown if platform == "linux" else evil)
    notice = notice_for(platform, evil)
    code = notice.arguments if platform == "win32" else notice.arguments[:-1]
    assert not any("touch" in part for part in code)


def test_what_a_notice_says() -> None:
    cards = [card(f"Day {n}") for n in range(5)]
    assert words(cards[:1], titles=False) == "A new idea is ready."
    assert words(cards, titles=False) == "5 new ideas are ready."
    assert words(cards[:2], titles=True) == "Day 0 · Day 1"
    assert words(cards, titles=True) == "Day 0 · Day 1 · Day 2 · and 2 more"


def test_a_wrong_setting_is_said(settings: Settings) -> None:
    with pytest.raises(UserError, match="notify must be"):
        Safelight(replace(settings, notify="loud"), inline=True)


def test_the_daily_command_says_it(
    settings: Settings, full: Path, stand_in: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(settings, full, "off").close()
    monkeypatch.setenv("SAFELIGHT_NOTIFY", "count")
    monkeypatch.setenv("SAFELIGHT_DAILY_AT", "")
    result = CliRunner().invoke(cli, ["ideas", "daily", "--home", str(settings.home), "--json"])
    assert result.exit_code == 0, result.output
    assert len(stand_in()) == 1
