"""The operating system's key store, asked so that it can neither hang nor print."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

import keyring

SERVICE = "safelight"
_PROBE_S = 5.0
_UNLOCK_S = 120.0
_T = TypeVar("_T")


class KeyStore(Protocol):
    """Keeps one secret a name; None and False stand for every kind of failure."""

    name: str

    def get(self, name: str) -> bytes | None:
        """The secret, or None."""
        ...

    def put(self, name: str, secret: bytes) -> bool:
        """Keep a secret; False when it cannot be read back."""
        ...

    def remove(self, name: str) -> bool:
        """Forget a secret; True when it is gone."""
        ...


class SystemKeyStore:
    """The key store that `keyring` finds."""

    def __init__(self, name: str) -> None:
        self.name = name

    def get(self, name: str) -> bytes | None:
        """The secret, or None; waits for the person to unlock the store."""
        text = _attempt(lambda: keyring.get_password(SERVICE, name), _UNLOCK_S)
        try:
            return bytes.fromhex(text) if text else None
        except ValueError:
            return None

    def put(self, name: str, secret: bytes) -> bool:
        """Keep a secret; False when it cannot be read back."""
        _attempt(lambda: keyring.set_password(SERVICE, name, secret.hex()), _UNLOCK_S)
        return self.get(name) == secret

    def remove(self, name: str) -> bool:
        """Forget a secret; True when it is gone."""
        _attempt(lambda: keyring.delete_password(SERVICE, name), _UNLOCK_S)
        return self.get(name) is None


def find_key_store() -> SystemKeyStore | None:
    """The system's key store, or None where there is none that protects anything."""
    if sys.platform.startswith("linux") and not _has_session_bus():
        return None
    name = _attempt(_backend_name, _PROBE_S)
    return SystemKeyStore(name) if name else None


def _has_session_bus() -> bool:
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    return Path(f"/run/user/{os.getuid()}/bus").exists()


def _backend_name() -> str | None:
    backend = keyring.get_keyring()
    # Below 1 stand the backends that keep plain text, keep nothing, or only fail.
    if backend.priority < 1 or "null" in type(backend).__module__:
        return None
    return str(backend.name)


def _attempt(call: Callable[[], _T], seconds: float) -> _T | None:
    """The call's result, or None when it fails or takes too long."""
    found: list[_T] = []

    def run() -> None:
        try:
            found.append(call())
        except Exception:  # noqa: BLE001  # every backend has errors of its own; all mean no
            return

    thread = threading.Thread(target=run, daemon=True, name="key store")
    thread.start()
    thread.join(seconds)
    return found[0] if found else None
