"""Zero packets: a whole day in a network whose only way out is counted, and one when planted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="counts with Linux's namespaces")


class Camera(Protocol):
    def shoot(self, path: Path, taken: datetime | None = None, **more: object) -> Path: ...


def left(place: Path, *command: str) -> list[str]:
    """What a Python program sent to anywhere but loopback, packet by packet.

    Skips where no network namespace can be made, but not on CI.
    """
    report = place / "packets.json"
    environment = {**os.environ, "SAFELIGHT_KEY_STORE": "file", "HOME": str(place / "user")}
    done = subprocess.run(
        [sys.executable, str(HERE / "counted.py"), str(report), sys.executable, *command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=480,
    )
    if not report.is_file() and "no network namespace" in done.stderr:
        if os.environ.get("CI"):
            pytest.fail("no network namespace can be made here")
        pytest.skip("no network namespace can be made here")
    assert done.returncode == 0, done.stderr
    packets: list[str] = json.loads(report.read_text())
    return packets


@pytest.fixture
def holiday(photos: Path, camera: Camera) -> Path:
    for n in range(6):
        taken = datetime(2021, 6, 12, 8 + n)
        camera.shoot(photos / f"{n}.jpg", taken, gps=(49.2 + n / 5, 16.6), size=(640, 480))
    return photos


def test_a_whole_day_sends_nothing(tmp_path: Path, holiday: Path) -> None:
    day = str(HERE / "whole_day.py")
    assert left(tmp_path, day, str(tmp_path / "home"), str(holiday)) == []


def test_a_planted_leak_is_one_packet(tmp_path: Path, holiday: Path) -> None:
    day = str(HERE / "whole_day.py")
    packets = left(tmp_path, day, str(tmp_path / "home"), str(holiday), "leak")
    assert packets == ["protocol 17 to 192.0.2.77"]


@pytest.mark.parametrize(
    ("leak", "told"),
    [
        ("socket.socket(type=2).sendto(b'x', ('198.51.100.7', 9))", "17 to 198.51.100.7"),
        ("socket.socket(10, 2).sendto(b'x', ('2001:db8:1::1', 9))", "17 to 2001:db8:1::1"),
        ("s = socket.socket(); s.settimeout(.1); s.connect_ex(('203.0.113.9', 443))",
         "6 to 203.0.113.9"),
    ],
)  # fmt: skip
def test_every_way_out_is_counted(tmp_path: Path, leak: str, told: str) -> None:
    assert f"protocol {told}" in left(tmp_path, "-c", f"import socket; {leak}")


def test_loopback_is_not_a_way_out(tmp_path: Path) -> None:
    alone = "import socket as s\nwith s.create_server(('127.0.0.1', 0)) as l: "
    assert left(tmp_path, "-c", alone + "s.create_connection(l.getsockname())") == []
