"""Signed notes: text with Ed25519 signatures under it (c2sp.org/signed-note).

Also the timestamped signatures of witnesses (c2sp.org/tlog-cosignature, version 1).
"""

from __future__ import annotations

import binascii
import time
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

LOG, WITNESS = 1, 4
"""Kinds of key: plain Ed25519, and Ed25519 with a time in front of the signature."""
_DASH = "— "
_MOST_SIGNATURES = 100
_TIME_BYTES = 8


@dataclass(frozen=True)
class NoteKey:
    """A public key with the name that it signs under; `str()` is its one-line form."""

    name: str
    kind: int
    public: bytes

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(c.isspace() for c in self.name):
            raise ValueError(f"{self.name!r} cannot name a key")
        if self.kind not in (LOG, WITNESS) or len(self.public) != 32:
            raise ValueError("not an Ed25519 key")

    @cached_property
    def id(self) -> bytes:
        """Four bytes that go before each signature, to find the key again."""
        tagged = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return sha256(tagged).digest()[:4]

    def __str__(self) -> str:
        material = b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{material}"

    def verifies(self, text: str, value: bytes) -> bool:
        """Whether a signature (without the id before it) is this key's over a note's text."""
        stamp, signature = b"", value
        if self.kind == WITNESS:
            stamp, signature = value[:_TIME_BYTES], value[_TIME_BYTES:]
        return self.signed(
            _message(text, int.from_bytes(stamp, "big") if stamp else None), signature
        )

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Whether a bare Ed25519 signature is this key's."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


def parse_key(text: str) -> NoteKey:
    """A key from its one-line form.

    Raises:
        ValueError: it is not one, or its id does not fit.
    """
    try:
        name, key_id, material = text.strip().split("+", 2)
        decoded = b64decode(material, validate=True)
        key = NoteKey(name, decoded[0], decoded[1:])
    except (ValueError, IndexError) as error:
        raise ValueError("This is not a public key of a log or a witness.") from error
    if key_id != key.id.hex() or str(key) != text.strip():
        raise ValueError("This public key is damaged: its parts do not fit together.")
    return key


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who, the key's id, and the signature."""

    name: str
    key_id: bytes
    value: bytes

    @property
    def time(self) -> int:
        """When a witness signed, in seconds since 1970; means nothing for a log's signature."""
        return int.from_bytes(self.value[:_TIME_BYTES], "big")

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends with a newline, and the signatures under it, not checked yet."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(map(str, self.signatures))}"

    def by(self, key: NoteKey) -> Signature | None:
        """A key's signature.

        Raises:
            ValueError: there is one in its name, and it is not its.
        """
        mine = [s for s in self.signatures if (s.name, s.key_id) == (key.name, key.id)]
        if not mine:
            return None
        if not key.verifies(self.text, mine[0].value):
            raise ValueError(f"The signature of {key.name} does not hold.")
        return mine[0]


def parse_note(data: bytes) -> Note:
    """Take a note apart; nothing in it is to be believed before a signature is checked.

    Raises:
        ValueError: it is not a signed note.
    """
    try:
        whole = data.decode()
    except UnicodeDecodeError as error:
        raise ValueError("This is not a signed note.") from error
    text, blank, signed = whole.rpartition("\n\n")
    lines = signed.split("\n")
    malformed = any(ord(c) < 32 and c != "\n" for c in whole)
    if malformed or not blank or lines.pop() or not 0 < len(lines) <= _MOST_SIGNATURES:
        raise ValueError("This is not a signed note.")
    return Note(text + "\n", tuple(map(_parse_signature, lines)))


def sign(text: str, name: str, key: Ed25519PrivateKey) -> Signature:
    """A log's signature over a text that ends with a newline."""
    public = NoteKey(name, LOG, key.public_key().public_bytes_raw())
    return Signature(name, public.id, key.sign(_message(text, None)))


def cosign(text: str, name: str, key: Ed25519PrivateKey, at: int | None = None) -> Signature:
    """A witness's signature, with the time (seconds since 1970) in it."""
    public = NoteKey(name, WITNESS, key.public_key().public_bytes_raw())
    moment = int(time.time()) if at is None else at
    signature = key.sign(_message(text, moment))
    return Signature(name, public.id, moment.to_bytes(_TIME_BYTES, "big") + signature)


def with_signatures(note: Note, more: Iterable[Signature]) -> Note:
    """The note with further signatures, each in place of an older one of the same key."""
    fresh = {(s.name, s.key_id): s for s in (*note.signatures, *more)}
    return Note(note.text, tuple(fresh.values()))


def _message(text: str, moment: int | None) -> bytes:
    if not text.endswith("\n"):
        raise ValueError("a note's text ends with a newline")
    head = "" if moment is None else f"cosignature/v1\ntime {moment}\n"
    return (head + text).encode()


def _parse_signature(line: str) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        value = b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("This is not a signed note.") from error
    odd = not name or "+" in name or any(c.isspace() for c in name)
    if not line.startswith(_DASH) or not space or odd or len(value) < 5:
        raise ValueError("This is not a signed note.")
    return Signature(name, value[:4], value[4:])
