"""How much a request may bring: nobody fills the memory, least of all without signing in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from tests.integration.web.conftest import Browser, Client

from safelight.app import Safelight
from safelight.surfaces.web.reach import Reach
from safelight.surfaces.web.server import build_app

FORM = {"content-type": "application/x-www-form-urlencoded"}
PIECE = b"x" * (1 << 16)


@pytest.fixture
def stranger(library: Safelight) -> Iterator[Browser]:
    """Somebody in the same network who knows no passphrase."""
    library.access.set_passphrase("purple otter quiet harbour")
    app = build_app(library, Reach("0.0.0.0", beyond=True))
    client = Client(app, "http://192.168.7.5:8420", "192.168.7.20")
    yield Browser(client)
    client.close()


class Pieces:
    """A body without end that does not say how long it is; counts what is taken of it."""

    def __init__(self) -> None:
        self.taken = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"csrf="
        while self.taken < 64 << 20:
            self.taken += len(PIECE)
            yield PIECE


def test_a_stranger_fills_no_memory(stranger: Any) -> None:
    said = stranger.client.post("/sign-in", content=b"csrf=" + PIECE, headers=FORM)
    assert said.status_code == 413
    pieces = Pieces()
    answer = stranger.client.post("/sign-in", content=pieces, headers=FORM)
    assert answer.status_code == 413
    assert pieces.taken <= 4 * len(PIECE)


def test_what_is_sent_has_an_end(browser: Any) -> None:
    pieces = Pieces()
    headers = {"content-type": "application/json", "x-csrf-token": browser.token()}
    answer = browser.client.post("/api/v1/creations", content=pieces, headers=headers)
    assert answer.status_code == 413
    assert "more than Safelight takes" in answer.text
    assert pieces.taken <= 9 << 20


@pytest.mark.parametrize("length", ["-1", "²", "1e3", "9" * 5000])
def test_lengths_that_are_none_are_refused(browser: Any, length: str) -> None:
    headers = {**FORM, "content-length": length.encode()}
    assert browser.client.post("/scan/start", content=b"", headers=headers).status_code == 413


def test_thousands_of_photos_can_be_picked(browser: Any, weekend: list[str]) -> None:
    picked = browser.post("/scan/start", photo=weekend * 150)
    assert picked.status_code == 303
