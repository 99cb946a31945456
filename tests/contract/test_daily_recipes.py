"""The recipes for schedulers, as they stand in the how-to: what can be checked here is."""

from __future__ import annotations

import plistlib
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from safelight.surfaces.cli import cli

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "daily.md").read_text("utf-8")
ANALYZE = shutil.which("systemd-analyze")


def recipes(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.skipif(ANALYZE is None, reason="systemd is not installed here")
@pytest.mark.parametrize("planted", [None, "OnCalendar=when the cock crows"])
def test_the_units_of_systemd_are_sound_and_a_broken_one_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, planted: str | None
) -> None:
    service, timer = recipes("ini")
    program = tmp_path / "safelight" / ".venv" / "bin" / "safelight"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    units = tmp_path / ".config" / "systemd" / "user"
    units.mkdir(parents=True)
    if planted:
        timer = re.sub("OnCalendar=.*", planted, timer)
    (units / "safelight-daily.service").write_text(service)
    (units / "safelight-daily.timer").write_text(timer)
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    assert ANALYZE is not None
    done = subprocess.run(
        [ANALYZE, "verify", "--user", *map(str, sorted(units.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) is (planted is None), done.stderr


def test_the_agent_of_launchd_is_a_property_list() -> None:
    (text,) = recipes("xml")
    agent = plistlib.loads(text.encode())
    assert agent["ProgramArguments"][1:] == ["ideas", "daily"]
    assert agent["StartCalendarInterval"] == {"Hour": 7, "Minute": 0}


def test_every_recipe_calls_a_command_that_there_is() -> None:
    calls = re.findall(r"bin/safelight (\w+) (\w+)|safelight\.exe (\w+) (\w+)", TEXT)
    assert len(calls) == 2
    for call in calls:
        group, name = (word for word in call if word)
        found = cli.get_command(click.Context(cli), group)
        assert isinstance(found, click.Group)
        assert found.get_command(click.Context(found), name) is not None
