"""The master key behind a passphrase: Argon2id, then ChaCha20-Poly1305 (RFC 9106, RFC 8439)."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from safelight.model.errors import UserError

MEMORY_KIB, ITERATIONS, LANES = 65_536, 3, 4
"""The second choice of RFC 9106, section 4, which a small home server can afford."""
VARIABLE = "SAFELIGHT_PASSPHRASE"
SHORTEST = 8
_SALT, _NONCE = 16, 12
Ask = Callable[[], str]


def passphrase_from_environment() -> str:
    """The passphrase where a program without a terminal finds it.

    Raises:
        UserError: it is not there.
    """
    found = os.environ.get(VARIABLE)
    if found is None:
        raise UserError(
            f"This library is locked with a passphrase. Give it in {VARIABLE}, or run Safelight "
            "in a terminal."
        )
    return found


@dataclass(frozen=True, slots=True)
class Lock:
    """A key made of a passphrase, with what is needed to make it again."""

    salt: bytes
    key: bytes
    memory_kib: int
    iterations: int
    lanes: int

    def seal(self, secret: bytes) -> bytes:
        """A secret as the text of a file."""
        nonce = os.urandom(_NONCE)
        sealed = ChaCha20Poly1305(self.key).encrypt(nonce, secret, b"safelight master key")
        fields = {
            "version": 1,
            "kdf": "argon2id",
            "salt": b64encode(self.salt).decode(),
            "memory_kib": self.memory_kib,
            "iterations": self.iterations,
            "lanes": self.lanes,
            "sealed": b64encode(nonce + sealed).decode(),
        }
        return json.dumps(fields, indent=1).encode() + b"\n"


def new_lock(passphrase: str) -> Lock:
    """A lock that this passphrase opens.

    Raises:
        UserError: it is too short to protect anything.
    """
    if len(passphrase) < SHORTEST:
        raise UserError(f"A passphrase needs at least {SHORTEST} characters; four words are good.")
    salt = os.urandom(_SALT)
    costs = MEMORY_KIB, ITERATIONS, LANES
    return Lock(salt, _derive(passphrase, salt, *costs), *costs)


def unseal(data: bytes, ask: Ask, lock: Lock | None) -> tuple[bytes, Lock]:
    """Open what `Lock.seal` gave.

    Args:
        lock: one that was opened before, so that nobody is asked twice.

    Returns:
        the secret, and the lock for the next time.

    Raises:
        UserError: the passphrase does not open it.
        ValueError: it is not a sealed key.
    """
    fields: dict[str, Any] = json.loads(data)
    try:
        salt, sealed = b64decode(fields["salt"]), b64decode(fields["sealed"])
        costs = fields["memory_kib"], fields["iterations"], fields["lanes"]
    except (KeyError, TypeError) as error:
        raise ValueError("not a sealed key") from error
    if lock is None or lock.salt != salt:
        lock = Lock(salt, _derive(ask(), salt, *costs), *costs)
    cipher = ChaCha20Poly1305(lock.key)
    try:
        secret = cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], b"safelight master key")
    except InvalidTag as error:
        raise UserError("That passphrase does not open this library.") from error
    return bytes(secret), lock


def _derive(passphrase: str, salt: bytes, memory_kib: int, iterations: int, lanes: int) -> bytes:
    kdf = Argon2id(salt=salt, length=32, iterations=iterations, lanes=lanes, memory_cost=memory_kib)
    return bytes(kdf.derive(passphrase.encode()))
