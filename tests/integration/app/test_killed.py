"""A scan that is killed at any time leaves a library that opens and resumes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.settings import Settings


class Camera(Protocol):
    def shoot(self, path: Path, taken: datetime | None = None, **more: object) -> Path: ...


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_killed_scan_resumes(settings: Settings, photos: Path, camera: Camera) -> None:
    for n in range(400):
        camera.shoot(photos / f"{n:03}.jpg", datetime(2021, 6, 12) + timedelta(minutes=n))
    with Safelight(settings, inline=True) as library:
        library.add_folder(str(photos))
        library.allow([Purpose.LIBRARY])
    seen = []
    for wait_s in (0.4, 0.8, 1.6):
        kill_a_scan(settings.home, wait_s)
        with Safelight(settings, inline=True) as library:
            seen.append(len(list(library.assets())))
            assert library.ledger_verify()[0]
    with Safelight(settings, inline=True) as library:
        report = library.scan()
        assert report.assets == 400
        assert report.new == 400 - seen[-1]
        assert all(library.preview(row.id) for row in library.assets())
    assert seen == sorted(seen)


def kill_a_scan(home: Path, wait_s: float) -> None:
    """Start a scan in a process of its own and kill it, workers and all, once it reads."""
    environment = {**os.environ, "SAFELIGHT_HOME": str(home), "SAFELIGHT_KEY_STORE": "file"}
    process = subprocess.Popen(
        [sys.executable, "-m", "safelight", "scan"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    log = home / "ledger" / "log.jsonl"
    before = log.stat().st_size
    deadline = time.monotonic() + 30
    while log.stat().st_size == before and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)  # until its first selection is recorded
    time.sleep(wait_s)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
