"""Looking for the system's key store never fails, prints or hangs."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend

from safelight.library import keystore
from safelight.library.keystore import SystemKeyStore, find_key_store


class Backend(KeyringBackend):
    """A key store in memory, as good as a system's; every fault can be switched on."""

    priority = 5
    name = "memory"

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.fault: Exception | None = None
        self.stuck = threading.Event()
        self.stuck.set()

    def get_password(self, service: str, username: str) -> str | None:
        self.stuck.wait()
        if self.fault:
            raise self.fault
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.fault:
            raise self.fault
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept.pop(username)


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> Iterator[Backend]:
    before = keyring.get_keyring()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    made = Backend()
    keyring.set_keyring(made)
    yield made
    made.stuck.set()
    keyring.set_keyring(before)


def test_a_secret_is_kept_and_removed(backend: Backend) -> None:
    store = find_key_store()
    assert store is not None
    assert store.put("one", b"\x00" * 32)
    assert store.get("one") == b"\x00" * 32
    assert store.remove("one")
    assert store.get("one") is None
    assert store.remove("one"), "gone is gone"


def test_a_fault_is_no_secret(backend: Backend, capfd: pytest.CaptureFixture[str]) -> None:
    backend.fault = RuntimeError("locked")
    store = SystemKeyStore("memory")
    assert store.get("one") is None
    assert not store.put("one", b"x")
    backend.fault = None
    backend.kept["one"] = "not hex"
    assert store.get("one") is None
    assert capfd.readouterr() == ("", "")


def test_a_store_that_hangs_is_none(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keystore, "_UNLOCK_S", 0.05)
    backend.stuck.clear()
    assert SystemKeyStore("memory").get("one") is None


def test_weak_backends_are_passed_over(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Backend, "priority", 0.5)
    assert find_key_store() is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux has a session bus")
def test_without_a_session_there_is_no_store(
    monkeypatch: pytest.MonkeyPatch, backend: Backend
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setattr(keystore, "_has_session_bus", lambda: False)
    assert find_key_store() is None
