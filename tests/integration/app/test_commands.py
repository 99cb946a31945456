"""The command line that outside programs rely on: exit codes, JSON, dry runs, and no harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest


class Camera(Protocol):
    def shoot(self, path: Path, taken: datetime | None = None, **more: object) -> Path: ...


class Shell:
    """Runs the real program in a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {
            **os.environ,
            "SAFELIGHT_HOME": str(home),
            "SAFELIGHT_KEY_STORE": "file",
        }

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "safelight", *arguments]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=120
        )

    def rows(self, *arguments: str) -> list[dict[str, object]]:
        done = self(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "home")


def test_from_a_folder_to_a_collage(
    shell: Shell, photos: Path, camera: Camera, tmp_path: Path
) -> None:
    for n in range(12):
        taken, place = datetime(2021, 6, 4 + n // 4, 9 + n % 12), (44.1 + n / 10, 9.7)
        camera.shoot(photos / f"{n}.jpg", taken, gps=place, size=(640, 480), offset="+02:00")
    assert shell("scan").returncode == 3  # nothing is allowed yet
    shell("sources", "add", "folder", str(photos))
    assert shell("consent", "allow", "places").returncode == 3  # it needs the library
    shell("consent", "allow", "library", "places")
    (report,) = shell.rows("scan")
    assert (report["new"], report["failed"]) == (12, 0)
    (trip,) = shell.rows("trips", "list")
    assert len(trip["assets"]) == 12  # type: ignore[arg-type]  # JSON
    ideas = shell.rows("ideas", "make", "--today", "2021-07-01")
    assert "trip" in {idea["kind"] for idea in ideas}
    out = tmp_path / "collage.jpg"
    (made,) = shell.rows(
        "creations", "make", str(ideas[0]["id"]), "--as", "collage", "--out", str(out)
    )
    assert out.read_bytes()[:2] == b"\xff\xd8"
    assert made["used"]
    before = {path: path.read_bytes() for path in photos.iterdir()}
    target = next(iter(before))
    refused = shell(
        "creations", "make", str(ideas[0]["id"]), "--as", "collage", "--out", str(target)
    )
    assert refused.returncode == 1
    assert {path: path.read_bytes() for path in photos.iterdir()} == before


def test_wrong_usage_and_unknown_things_have_their_own_codes(shell: Shell) -> None:
    assert shell("scan", "--nonsense").returncode == 2
    assert shell("no-such-command").returncode == 2
    assert shell("sources", "remove", "7").returncode == 1
    done = shell("sources", "add", "folder", "/no/such/folder")
    assert done.returncode == 1
    assert "no folder" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("never", ["train", "ads", "share"])
def test_what_cannot_be_granted_is_refused_and_recorded(shell: Shell, never: str) -> None:
    assert shell("consent", "allow", never).returncode == 3
    (line,) = shell.rows("ledger", "show")
    assert (line["event"], line["purpose"]) == ("refusal", never)
    assert shell("ledger", "verify").returncode == 0
