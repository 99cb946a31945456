"""A real Chromium on the real program, started as a person would start it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

PRAGUE = (50.0875, 14.4213)
BRNO = (49.1951, 16.6068)
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@pytest.fixture(scope="module")  # its event loop must not outlive this module
def chromium() -> Iterator[Any]:
    """A started Chromium; where there is none the tests skip, but not on CI."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not installed (extra `dev`)")
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("SAFELIGHT_CHROMIUM") or next(filter(None, map(shutil.which, names)), "")
    if not found:
        _missing("no Chromium; name one with SAFELIGHT_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_ARGUMENTS)
        yield browser
        browser.close()


def _missing(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@dataclass
class Server:
    """A running `safelight open` and its library's home."""

    address: str
    home: Path
    process: subprocess.Popen[str]

    def stop(self) -> int:
        """Ctrl-C; returns the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


@pytest.fixture
def server(tmp_path: Path, photos: Path, camera: Any) -> Iterator[Server]:
    """Two places, a home and a weekend away, served at the prompt."""
    _take_photos(photos, camera)
    home = tmp_path / "home"
    command = [sys.executable, "-m", "safelight", "open", str(photos), "--home", str(home)]
    environment = {**os.environ, "SAFELIGHT_KEY_STORE": "file", "SAFELIGHT_WORKERS": "1"}
    process = subprocess.Popen(
        [*command, "--port", "0", "--no-browser", "--json"],
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    )
    assert process.stdout
    with process, process.stdout:
        yield Server(json.loads(process.stdout.readline())["url"], home, process)
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def _take_photos(photos: Path, camera: Any) -> None:
    for n in range(12):
        taken = datetime(2023, 9, 9, 9) + timedelta(minutes=61 * n + 700 * (n // 6))
        size = (240, 320) if n % 3 == 0 else (320, 240)
        camera.shoot(photos / f"prague-{n:02d}.jpg", taken, gps=PRAGUE, size=size)
    for n in range(10):
        camera.shoot(
            photos / f"home-{n:02d}.jpg", datetime(2023, 6, 1, 18) + timedelta(days=9 * n), gps=BRNO
        )
    (photos / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")


class Watch:
    """What went wrong on a page, and where it asked."""

    def __init__(self, page: Any) -> None:
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._asked)

    def _said(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(f"{message.text} {message.location}")

    def _asked(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.hostname != "127.0.0.1":
            self.elsewhere.append(request.url)


@pytest.fixture
def page(chromium: Any, server: Server) -> Iterator[Any]:
    """A desktop page; after the test it must have had no error and asked nobody else."""
    yield from _watched(chromium, server, viewport={"width": 1280, "height": 860})


@pytest.fixture
def phone(chromium: Any, server: Server) -> Iterator[Any]:
    """A phone's page, as `page`."""
    yield from _watched(
        chromium,
        server,
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
        color_scheme="dark",
    )


def _watched(chromium: Any, server: Server, **options: Any) -> Iterator[Any]:
    context = chromium.new_context(base_url=server.address, accept_downloads=True, **options)
    context.set_default_timeout(60_000)
    page = context.new_page()
    watch = Watch(page)
    yield page
    context.close()
    assert watch.errors == []
    assert watch.elsewhere == []
