"""A home with a key ring in files and drawers over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from safelight.library.drawers import Drawers
from safelight.library.keys import KeyRing


class FakeStore:
    """A system key store in memory; `working` turns it off."""

    def __init__(self) -> None:
        self.name = "fake"
        self.kept: dict[str, bytes] = {}
        self.working = True

    def get(self, name: str) -> bytes | None:
        return self.kept.get(name) if self.working else None

    def put(self, name: str, secret: bytes) -> bool:
        if self.working:
            self.kept[name] = secret
        return self.working

    def remove(self, name: str) -> bool:
        if self.working:
            self.kept.pop(name, None)
        return self.working


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def keyring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path, "file")


@pytest.fixture
def drawers(tmp_path: Path, keyring: KeyRing) -> Drawers:
    return Drawers(tmp_path, keyring)
