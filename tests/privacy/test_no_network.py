"""No connection off this machine: every system call that could make one is watched.

The detector is shown to fire: a planted leak must be seen by the same watch.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest

from safelight.app import Safelight
from safelight.settings import load_settings

pytestmark = pytest.mark.strace

_ADDRESS = re.compile(r"sa_family=AF_INET6?.*?(?:inet_addr\(\"|inet_pton\(AF_INET6, \")([^\"]+)")


class Camera(Protocol):
    def shoot(self, path: Path, taken: datetime | None = None, **more: object) -> Path: ...


@pytest.fixture
def strace() -> str:
    found = shutil.which("strace")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("strace is missing; .ci/run installs it")
        pytest.skip("strace is not installed")
    return found


def addresses(strace: str, log: Path, home: Path, arguments: list[str]) -> set[str]:
    """Every internet address that a command and all its children named in a system call."""
    command = [
        strace,
        "-f",
        "-e",
        "trace=connect,sendto,sendmsg,sendmmsg,bind,listen",
        "-o",
        str(log),
        sys.executable,
        *arguments,
    ]
    environment = {**os.environ, "SAFELIGHT_HOME": str(home), "SAFELIGHT_KEY_STORE": "file"}
    environment["HOME"] = str(log.parent / "user")
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=240)
    return set(_ADDRESS.findall(log.read_text(errors="replace")))


def test_from_a_folder_to_a_collage_nothing_connects_anywhere(
    strace: str, tmp_path: Path, photos: Path, camera: Camera
) -> None:
    for n in range(8):
        camera.shoot(
            photos / f"{n}.jpg",
            datetime(2021, 6, 12, 8 + n),
            gps=(49.2 + n / 5, 16.6),
            size=(640, 480),
        )
    home, log = tmp_path / "home", tmp_path / "strace.log"
    for arguments in (
        ["sources", "add", "folder", str(photos)],
        ["consent", "allow", "library", "places", "content", "faces", "suggest", "learn"],
        ["scan"],
        ["search", "beach"],
        ["people", "list"],
        ["trips", "list"],
        ["ideas", "make", "--today", "2021-07-01"],
        ["ledger", "verify"],
    ):
        # Not even loopback: a name server may listen there.
        assert addresses(strace, log, home, ["-m", "safelight", *arguments]) == set(), arguments
    with Safelight(load_settings(home, key_store="file"), inline=True) as library:
        asset = next(row.id for row in library.assets())
    for arguments in (
        ["creations", "make", asset, "--as", "collage", "--out", str(tmp_path / "collage.jpg")],
        ["share", asset, "--out", str(tmp_path / "photo.png"), "--yes"],  # signs, too
    ):
        assert addresses(strace, log, home, ["-m", "safelight", *arguments]) == set(), arguments
    assert left_behind(tmp_path) == []


def left_behind(place: Path) -> list[Path]:
    """What was written into the user's own folder instead of Safelight's."""
    return sorted(path for path in (place / "user").rglob("*") if path.is_file())


def test_a_planted_leak_is_seen(strace: str, tmp_path: Path) -> None:
    # 192.0.2.0/24 is for documentation: nothing is there, and nothing is sent to it. Connecting
    # a datagram socket only names the address.
    leak = "import socket; socket.socket(type=socket.SOCK_DGRAM).connect(('192.0.2.1', 9))"
    found = addresses(strace, tmp_path / "strace.log", tmp_path, ["-c", leak])
    assert found == {"192.0.2.1"}
