"""The ring's file: wrapped keys, and the name of the master key that opens them."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from safelight.model.errors import UserError

_NONCE = 12


@dataclass(slots=True)
class Ring:
    """What `ring.json` holds.

    Attributes:
        master, store: name of the master key and where it is ("file" or "keyring").
        keys: wrapped data keys: nonce, then ChaCha20-Poly1305 with the key's name bound in.
        retired: (store, name) of old master keys that are still to be destroyed.
        forgotten: names whose keys were destroyed and not made again since.
        chosen: where the person moved the master key to; empty where they never did.
        generation: counts the times it was written.
    """

    master: str = ""
    store: str = "file"
    keys: dict[str, bytes] = field(default_factory=dict)
    retired: list[tuple[str, str]] = field(default_factory=list)
    forgotten: frozenset[str] = frozenset()
    generation: int = 0
    chosen: str = ""

    def copy(self) -> Ring:
        """A ring that can be changed without changing this one."""
        return replace(self, keys=dict(self.keys), retired=list(self.retired))

    def add(self, master: bytes, name: str, key: bytes) -> None:
        """Wrap a data key and hold it."""
        nonce = os.urandom(_NONCE)
        sealed = ChaCha20Poly1305(master).encrypt(nonce, key, name.encode())
        self.keys[name] = nonce + sealed
        self.forgotten -= {name}

    def unwrap(self, master: bytes, name: str) -> bytes:
        """Open a data key.

        Raises:
            cryptography.exceptions.InvalidTag: another master key, another name, or damage.
        """
        sealed = self.keys[name]
        opened = ChaCha20Poly1305(master).decrypt(sealed[:_NONCE], sealed[_NONCE:], name.encode())
        return bytes(opened)

    def to_bytes(self) -> bytes:
        """JSON, version 1."""
        fields = {
            "version": 1,
            "master": self.master,
            "store": self.store,
            "keys": {name: b64encode(key).decode() for name, key in self.keys.items()},
            "retired": self.retired,
            "forgotten": sorted(self.forgotten),
            "chosen": self.chosen,
            "generation": self.generation,
        }
        # The length varies with the generation, so that a `stat` tells two rings apart that were
        # written within one tick of the file system's clock.
        return json.dumps(fields, indent=1).encode() + b"\n" * (1 + self.generation % 61)


def read_ring(path: Path) -> Ring:
    """Read a ring; an empty one where there is no file.

    Raises:
        UserError: the file cannot be read or is damaged; the message names it.
    """
    try:
        fields = json.loads(path.read_bytes())
        return Ring(
            master=fields["master"],
            store=fields["store"],
            keys={name: b64decode(key) for name, key in fields["keys"].items()},
            retired=[(store, name) for store, name in fields["retired"]],
            forgotten=frozenset(fields["forgotten"]),
            chosen=fields.get("chosen", ""),
            generation=fields["generation"],
        )
    except FileNotFoundError:
        return Ring()
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(
            f"{path}, the key ring of this library, is damaged. Put it back from a backup."
        ) from error
