"""The real web app over a real library, spoken to in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import httpx
import pytest
from anyio.from_thread import start_blocking_portal

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.surfaces.web.server import build_app

HERE = "http://127.0.0.1:8420"
PRAGUE = (50.0875, 14.4213)


class Camera(Protocol):
    """What the fixture `camera` does."""

    def shoot(
        self,
        path: Path,
        taken: datetime | None = None,
        *,
        gps: tuple[float, float] | None = None,
        size: tuple[int, int] = (160, 120),
    ) -> Path:
        """Write one JPEG."""
        ...


class Client:
    """Speaks to the app in memory, one request after the other; follows no redirect."""

    def __init__(self, app: Any, here: str = HERE, client: str = "127.0.0.1") -> None:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, client=(client, 50000))
        self._running = start_blocking_portal()
        self._portal = self._running.__enter__()
        self._http = httpx.AsyncClient(transport=transport, base_url=here)

    @property
    def cookies(self) -> httpx.Cookies:
        """What it has been given."""
        return self._http.cookies

    def close(self) -> None:
        self._portal.call(self._http.aclose)
        self._running.__exit__(None, None, None)

    def request(self, method: str, address: str, **more: Any) -> httpx.Response:
        return self._portal.call(partial(self._http.request, method, address, **more))

    def post(self, address: str, **more: Any) -> httpx.Response:
        return self.request("POST", address, **more)

    def delete(self, address: str, **more: Any) -> httpx.Response:
        return self.request("DELETE", address, **more)


class Browser:
    """A client that knows how to post a page's form."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, address: str, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request("GET", address, headers=named)

    def token(self) -> str:
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.get("/help").text)
        assert found
        return found[1]

    def post(self, address: str, **fields: str | list[str]) -> httpx.Response:
        return self.client.post(address, data={"csrf": self.token(), **fields})


@pytest.fixture
def browser(library: Safelight) -> Iterator[Browser]:
    """A browser on a fresh library."""
    client = Client(build_app(library))
    yield Browser(client)
    client.close()


@pytest.fixture
def weekend(library: Safelight, photos: Path, camera: Camera) -> list[str]:
    """A scanned library with eighteen photos of one weekend and a broken file; asset ids."""
    start = datetime(2023, 9, 9, 10)
    for n in range(18):
        taken = start + timedelta(minutes=37 * n + (n // 9) * 900)
        camera.shoot(photos / f"{n:02d}.jpg", taken, gps=PRAGUE, size=(240, 160))
    (photos / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY, Purpose.PLACES, Purpose.SUGGEST])
    library.scan()
    return [row.id for row in library.assets() if row.error is None]
